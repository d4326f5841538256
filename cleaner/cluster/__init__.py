"""Folders that have become crawls: the same cleaning on all nodes of a Ray cluster."""
