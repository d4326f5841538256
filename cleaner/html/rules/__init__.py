"""Rules about the structure of pages: which elements they mean."""
