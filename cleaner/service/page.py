"""The page to paste into; see `cleaner.report.frame`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cleaner.model import Format, Level
from cleaner.report.frame import frame, policy

_FORMATS: Mapping[Format | Literal["auto"], str] = {
    "auto": "tell it from the text",
    "text": "plain text",
    "markdown": "Markdown",
    "html": "a web page (HTML)",
}
_LEVELS: Mapping[Level, str] = {
    "safe": "only what is certain",
    "normal": "also what is likely",
    "aggressive": "also what is doubtful",
}
_SELF = "'self'"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what its policy allows it."""

    text: str
    policy: str


@dataclass(frozen=True, slots=True)
class _Choice:
    name: str
    shown: str


def page() -> Page:
    """The page.  It asks nobody but the service for anything."""
    formats, levels = ([_Choice(*each) for each in kinds.items()] for kinds in (_FORMATS, _LEVELS))
    text = frame("serve", connect=_SELF, formats=formats, levels=levels)
    return Page(text, f"{policy('serve', connect=_SELF)}; frame-ancestors 'none'")
