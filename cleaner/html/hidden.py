"""What keeps an element from sight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

STYLE, ATTRIBUTE, ARIA, READERS, SCRIPTLESS, NEVER = 1, 2, 4, 8, 16, 32
"""Bits: by its style, by ``hidden``, from screen readers, only for them, only without scripts, and what no browser
shows: templates, closed dialogs."""

_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|screen-reader(?:-text|-only)?|visually-?hidden|u-hiddenvisually|visuallyhidden|a11y-hidden"
    r"|show-for-sr|assistive-text|element-invisible|screenreader(?:-only)?|offscreen)(?=\s|$)",
    re.IGNORECASE,
)
_UNSEEN = {"template": SCRIPTLESS | NEVER, "dialog": ATTRIBUTE | NEVER}
_STREAMED = re.compile(r"S:[0-9a-f]+")
"""The id of a part of the page that React moves into its place."""


def hiding(tag: str, attributes: Iterable[tuple[str, str]]) -> int:
    """How an element itself is hidden; 0: it is not."""
    if tag == "noscript":
        return SCRIPTLESS
    found = _UNSEEN.get(tag, 0)
    for name, value in attributes:
        if name == "class":
            found |= _for_readers(value)
        elif name == "style":
            if _STYLE.search(value):
                found |= STYLE
        elif name == "aria-hidden":
            if value == "true":
                found |= ARIA
        elif name == "hidden":
            if value != "until-found":
                found |= ATTRIBUTE
        elif name == "inert":
            found |= ARIA
        elif _shows(tag, name, value):
            return 0
    return found


def _shows(tag: str, name: str, value: str) -> bool:
    """Whether an attribute shows what would be hidden otherwise."""
    if tag == "dialog":
        return name == "open"
    if tag == "template":
        return name.startswith("shadowroot")
    return name == "id" and _STREAMED.fullmatch(value) is not None


@lru_cache(maxsize=50_000)
def _for_readers(names: str) -> int:
    return READERS if _READERS.search(names) else 0
