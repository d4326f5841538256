"""`cleaner` inside other tools.  Each module needs its tool only where it is used; none is installed with `cleaner`."""

from __future__ import annotations

from cleaner.errors import CleanerError, internal


def told(error: Exception) -> str:
    """Why something was not cleaned, for people."""
    return str(error) if isinstance(error, CleanerError) else internal(error)
