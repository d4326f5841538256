"""The page to paste into; see `cleaner.report.frame`."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.model import FORMATS, LEVELS
from cleaner.report.frame import frame, policy


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what its policy allows it."""

    text: str
    policy: str


def page() -> Page:
    """The page.  It asks nobody but the service for anything."""
    connect = "'self'"
    text = frame("serve", connect=connect, levels=LEVELS, formats=FORMATS)
    return Page(text, f"{policy('serve', connect=connect)}; frame-ancestors 'none'")
