"""What the style sheets in a page say about text: whether it keeps its line breaks, or stands above or below the line.

Only selectors of one class are read (``.poem``, ``p.poem``): whatever else a sheet says of these is mostly about the
machinery of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from cleaner.html.attributes import Attributes
from cleaner.html.signs import lines_kept, shifted

_READERS = {"white-space": lines_kept, "vertical-align": shifted}
"""Properties, and what says which bits a rule with one of them stands for."""
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
            for property_ in _READERS:
                for tag, name, found in _rules(text, property_):
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


def _rules(text: str, property_: str) -> Iterator[tuple[str, str, int]]:
    """The tag, the class and the bits of each rule with a property."""
    if property_ not in text:
        return
    text = _COMMENT.sub("", text) if "/*" in text else text
    at = text.find(property_)
    while at >= 0:
        begin = text.rfind("{", max(0, at - _LONGEST), at)
        end = text.find("}", at, at + _LONGEST)
        if begin < 0 or end < 0:
            at = text.find(property_, at + 1)
            continue
        bits = _READERS[property_](text[begin + 1 : end])
        if bits:
            first = max(text.rfind(sign, max(0, begin - _LONGEST), begin) for sign in "{};") + 1
            for selector in text[first:begin].split(","):
                found = _SELECTOR.fullmatch(selector.strip())
                if found:
                    yield (found[1] or "").lower(), found[2], bits
        at = text.find(property_, end)
