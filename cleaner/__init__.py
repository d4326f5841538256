"""Cleaner: turns a web clipping into the clean article, with a report of what was removed.

    >>> import cleaner
    >>> result = cleaner.clean(text_or_html, url="https://example.com/story")
    >>> result.text, result.report.removals

Everything public is listed in `__all__` and imported when first used, so that ``import cleaner`` costs nothing.
"""

from __future__ import annotations

from cleaner._version import VERSION as __version__

TYPE_CHECKING = False  # typing itself is slow to import
if TYPE_CHECKING:
    from cleaner.api import Cleaner, clean
    from cleaner.errors import CleanerError, InputError, OptionError, RestoreError, RuleError
    from cleaner.model import Evidence, Kept, Metadata, PageFacts, Removal, Repair, Report, Result, SiteMatch
    from cleaner.report import restore

__all__ = [
    "Cleaner",
    "CleanerError",
    "Evidence",
    "InputError",
    "Kept",
    "Metadata",
    "OptionError",
    "PageFacts",
    "Removal",
    "Repair",
    "Report",
    "RestoreError",
    "Result",
    "RuleError",
    "SiteMatch",
    "__version__",
    "clean",
    "restore",
]

_HOMES = {
    "Cleaner": "cleaner.api",
    "clean": "cleaner.api",
    "restore": "cleaner.report",
    **dict.fromkeys(("CleanerError", "InputError", "OptionError", "RestoreError", "RuleError"), "cleaner.errors"),
    **dict.fromkeys(
        ("Evidence", "Kept", "Metadata", "PageFacts", "Removal", "Repair", "Report", "Result", "SiteMatch"),
        "cleaner.model",
    ),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
