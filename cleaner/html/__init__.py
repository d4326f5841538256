"""The pipeline for pages: a page becomes blocks, the blocks are judged, what stays goes on as Markdown or text."""
