"""Blocks as text: Markdown, plain text, HTML; and front matter."""
