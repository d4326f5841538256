"""How the model of lines is trained and judged; nothing here is needed at run time."""
