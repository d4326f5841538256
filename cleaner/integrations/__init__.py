"""`cleaner` inside other tools.  Each module needs its tool only where it is used; none is installed with `cleaner`."""

from __future__ import annotations

from cleaner.errors import CleanerError


def told(error: Exception) -> str:
    """Why something was not cleaned, for people."""
    if isinstance(error, CleanerError):
        return str(error)
    return f"internal error: {type(error).__name__}: {error} (please report)"
