"""How the block scorer of the HTML road is trained and judged; nothing here is needed at run time."""
