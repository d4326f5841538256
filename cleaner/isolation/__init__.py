"""Work that may hang, crash or take all memory, done in processes of its own, and what is told of it.

Nothing here knows what the work is.
"""
