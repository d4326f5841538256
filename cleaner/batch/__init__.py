"""Folders and long runs: many documents, several processes, a state that outlives them."""
