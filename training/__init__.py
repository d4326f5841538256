"""How the block scorer of the pipeline for pages is trained and judged; nothing here is needed at run time."""
