"""What the style sheets in a page say about white space: whether an element keeps its line breaks.

Only selectors of one class are read (``.poem``, ``p.poem``): whatever else a sheet says of white space is mostly about
the machinery of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from cleaner.html.attributes import Attributes
from cleaner.html.signs import lines_kept

_PROPERTY = "white-space"
_SELECTOR = re.compile(r"([a-zA-Z][\w-]*)?\.([\w-]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LONGEST = 5_000  # characters of a rule that is looked at


class Sheet:
    """What the sheets of one page say: the bits of `cleaner.html.signs` for classes, and for classes of one tag."""

    def __init__(self, bits: Mapping[str, Mapping[str, int]]) -> None:
        """Take the bits of each class, by tag; without a tag: of all."""
        self._bits = bits

    @classmethod
    def of(cls, root: Element) -> Sheet | None:
        """The sheets of a page; None if they say nothing."""
        bits: dict[str, dict[str, int]] = {}
        for style in root.iter("style"):
            text = style.text or ""
            if _PROPERTY in text:
                for tag, name, found in _rules(text):
                    named = bits.setdefault(name, {})
                    named[tag] = named.get(tag, 0) | found
        return cls(bits) if bits else None

    def signs(self, tag: str, attributes: Attributes) -> int:
        """What the sheets say about an element with these attributes."""
        found = 0
        for name in attributes.get("class", "").split():
            named = self._bits.get(name)
            if named:
                found |= named.get("", 0) | named.get(tag, 0)
        return found


def _rules(text: str) -> Iterator[tuple[str, str, int]]:
    """The tag, the class and the bits of each rule about white space."""
    text = _COMMENT.sub("", text) if "/*" in text else text
    at = text.find(_PROPERTY)
    while at >= 0:
        begin = text.rfind("{", max(0, at - _LONGEST), at)
        end = text.find("}", at, at + _LONGEST)
        if begin < 0 or end < 0:
            at = text.find(_PROPERTY, at + 1)
            continue
        bits = lines_kept(text[begin + 1 : end])
        if bits:
            first = max(text.rfind(sign, max(0, begin - _LONGEST), begin) for sign in "{};") + 1
            for selector in text[first:begin].split(","):
                found = _SELECTOR.fullmatch(selector.strip())
                if found:
                    yield (found[1] or "").lower(), found[2], bits
        at = text.find(_PROPERTY, end)
