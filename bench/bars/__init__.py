"""What reliability is measured by: what is lost, doubled or let out, beside what the usual way loses."""
