"""Cleaning for other programs while they run: over HTTP (`cleaner serve`) and over MCP (`cleaner mcp`).

What comes in is handed to processes of their own, as it came: nothing but they reads it.
"""
