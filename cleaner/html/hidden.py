"""What keeps an element from sight."""

from __future__ import annotations

import re

STYLE, ATTRIBUTE, ARIA, READERS, SCRIPTLESS, NEVER = 1, 2, 4, 8, 16, 32
"""Bits: by its style, by ``hidden``, from screen readers, only for them, only without scripts, and what no browser
shows: templates, closed dialogs."""
_OPEN, _SHADOW, _MOVED = 64, 128, 256
"""Bits of what shows: an open dialog, a template with the content of its element, what React moves into its place."""
ATTRIBUTES = frozenset({"aria-hidden", "hidden", "inert", "open", "shadowroot", "shadowrootmode"})
"""What says of an element that it is hidden or shown, beside its class, style and id."""

_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|screen-reader(?:-text|-only)?|visually-?hidden|u-hiddenvisually|visuallyhidden|a11y-hidden"
    r"|show-for-sr|assistive-text|element-invisible|screenreader(?:-only)?|offscreen)(?=\s|$)",
    re.IGNORECASE,
)
TAGS = {"noscript": SCRIPTLESS, "template": SCRIPTLESS | NEVER, "dialog": ATTRIBUTE | NEVER}
"""What is hidden by what it is."""
_SHOWN = {"noscript": 0, "template": _SHADOW, "dialog": _OPEN}
_STREAMED = re.compile(r"S:[0-9a-f]+")
"""The id of a part of the page that React moves into its place."""


def hiding(tag: str, bits: int) -> int:
    """How an element itself is hidden, by its tag and what its attributes say; 0: it is not."""
    if bits & _SHOWN.get(tag, _MOVED):
        return 0
    return TAGS[tag] if tag == "noscript" else TAGS.get(tag, 0) | bits & (_OPEN - 1)


def by_class(names: str) -> int:
    """What the classes of an element say of its being hidden."""
    return READERS if _READERS.search(names) else 0


def by_style(style: str) -> int:
    """What the style of an element says."""
    return STYLE if _STYLE.search(style) else 0


def by_id(name: str) -> int:
    """What the id of an element says."""
    return _MOVED if _STREAMED.fullmatch(name) else 0


def by_attribute(name: str, value: str) -> int:
    """What another attribute says, one of `ATTRIBUTES`."""
    if name == "aria-hidden":
        return ARIA if value == "true" else 0
    if name == "hidden":
        return 0 if value == "until-found" else ATTRIBUTE
    return {"inert": ARIA, "open": _OPEN}.get(name, _SHADOW)
