"""Updates are stored first, work once, and are done together with their forms."""
