"""What keeps an element from sight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

STYLE, ATTRIBUTE, ARIA, READERS, SCRIPTLESS = 1, 2, 4, 8, 16
"""Bits: by its style, by ``hidden``, from screen readers, only for them, only without scripts."""

_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|screen-reader(?:-text|-only)?|visually-?hidden|u-hiddenvisually|visuallyhidden|a11y-hidden"
    r"|show-for-sr|assistive-text|element-invisible|screenreader(?:-only)?|offscreen)(?=\s|$)",
    re.IGNORECASE,
)
_SCRIPTLESS = frozenset({"noscript", "template"})


def hiding(tag: str, attributes: Iterable[tuple[str, str]]) -> int:
    """How an element itself is hidden; 0: it is not."""
    if tag in _SCRIPTLESS:
        return SCRIPTLESS
    found = ATTRIBUTE if tag == "dialog" else 0
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
            found |= ATTRIBUTE
        elif name == "open" and tag == "dialog":
            found &= ~ATTRIBUTE
    return found


@lru_cache(maxsize=50_000)
def _for_readers(names: str) -> int:
    return READERS if _READERS.search(names) else 0
