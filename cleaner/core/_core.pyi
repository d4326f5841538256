NUMBER: int
SOURCES: str
"""A digest of the sources it was compiled of."""
