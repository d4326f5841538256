"""Cleaner: turns a web clipping into the clean article, with a report of what was removed.

    >>> import cleaner
    >>> result = cleaner.clean(text_or_html, url="https://example.com/story")
    >>> result.text, result.report.removals

`clean` cleans one clipping, a `Cleaner` many, `clean_folder` a folder; what came of it is a `Result` with a `Report`.

Everything public is listed in `__all__` and imported when first used, so that ``import cleaner`` costs nothing.
"""

from __future__ import annotations

from cleaner._version import VERSION as __version__

TYPE_CHECKING = False  # typing itself is slow to import
if TYPE_CHECKING:
    from cleaner.api import Cleaner, clean
    from cleaner.batch.folder import clean_folder
    from cleaner.errors import CleanerError, InputError, OptionError, RestoreError, RuleError
    from cleaner.model import Evidence, Kept, Metadata, PageFacts, Removal, Repair, SiteMatch
    from cleaner.options import CleanOptions
    from cleaner.report import restore
    from cleaner.result import Report, Result
    from cleaner.settings.load import load_options

__all__ = [
    "CleanOptions",
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
    "clean_folder",
    "load_options",
    "restore",
]

_HOMES = {
    "Cleaner": "cleaner.api",
    "clean": "cleaner.api",
    "clean_folder": "cleaner.batch.folder",
    "CleanOptions": "cleaner.options",
    "load_options": "cleaner.settings.load",
    "restore": "cleaner.report",
    **dict.fromkeys(("Report", "Result"), "cleaner.result"),
    **dict.fromkeys(("CleanerError", "InputError", "OptionError", "RestoreError", "RuleError"), "cleaner.errors"),
    **dict.fromkeys(
        ("Evidence", "Kept", "Metadata", "PageFacts", "Removal", "Repair", "SiteMatch"),
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


def __dir__() -> list[str]:
    return sorted(__all__)
