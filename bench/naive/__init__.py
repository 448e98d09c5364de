"""What we are measured against: programs as the libraries' own pages show them, and nothing cleverer."""
