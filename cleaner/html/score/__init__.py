"""How likely each block of a page belongs to its main content."""
