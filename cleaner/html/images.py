"""Which image an element shows, if it is one that a reader would miss."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-hi-res-src", "data-full-src", "src")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"^data:|(?:^|/)(?:blank|spacer|pixel|placeholder|transparent|1x1|lazy)\b[^/]*$", re.IGNORECASE
)
_ICON = re.compile(r"(?:^|[\s_-])(?:avatar|gravatar|icon|logo|emoji|pixel|tracking|sprite)(?=$|[\s_-])", re.IGNORECASE)
_SMALL = 48  # pixels; smaller pictures are icons


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its alternative text and its address."""

    alt: str
    source: str


def image(element: Element) -> Image | None:
    """The picture of an ``img``; None for icons, avatars, tracking pixels and placeholders."""
    source = _source(element)
    alt = " ".join((element.get("alt") or "").split())
    if not source or _small(element) or _ICON.search(element.get("class") or ""):
        return None
    return Image(alt, source)


def _source(element: Element) -> str:
    for name in _SOURCES:
        value = (element.get(name) or "").strip()
        if value and not _PLACEHOLDER.search(value):
            return value
    for name in _SETS:
        value = _largest(element.get(name) or "")
        if value:
            return value
    for around in element.iterancestors("picture"):
        for source in around.iter("source"):
            value = _largest(source.get("srcset") or source.get("data-srcset") or "")
            if value:
                return value
    return ""


def _largest(srcset: str) -> str:
    """The address with the greatest width or density of a ``srcset``."""
    best, size = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:)", srcset):
        address, _, descriptor = candidate.strip().partition(" ")
        if not address or _PLACEHOLDER.search(address):
            continue
        number = descriptor.strip().rstrip("wx")
        width = float(number) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", number) else 0.0
        if width > size:
            best, size = address, width
    return best


def _small(element: Element) -> bool:
    for name in ("width", "height"):
        value = (element.get(name) or "").removesuffix("px")
        if value.isdecimal() and len(value) < 6 and int(value) < _SMALL:
            return True
    return False
