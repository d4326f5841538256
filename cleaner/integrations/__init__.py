"""`cleaner` inside other tools.  Each module needs its tool only where it is used; none is installed with `cleaner`."""

from __future__ import annotations

from cleaner.errors import CleanerError, internal
from cleaner.formats.extras import way


def told(error: Exception) -> str:
    """Why something was not cleaned, for people."""
    return str(error) if isinstance(error, CleanerError) else internal(error)


def hint(extra: str) -> ImportError:
    """What to raise where the package is missing that the extra, and the module of that name, is about."""
    return ImportError(f"cleaner.integrations.{extra} needs one more package: {way(extra)}")
