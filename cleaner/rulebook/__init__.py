"""Rule files: read strictly, compiled once, looked up by their literals."""
