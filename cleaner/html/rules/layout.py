"""Where the elements of a page stand, and how many words each of them holds, without going over any of them twice."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from cleaner.html.score.characters import count_words
from cleaner.html.tags import SILENT

_COUNT = etree.XPath("count(descendant::*)")


class Layout:
    """The elements in the order of the page, numbered while they are walked over.

    Words are counted in running totals, so that those of any element are a difference of two.
    """

    def __init__(self) -> None:
        self._before: list[int] = []
        self._tails: list[int] = []
        self._ends: dict[int, int] = {}
        self._positions: dict[Element, int] = {}
        self._source: str | None = None
        self.total = 0

    def walk(self, root: Element) -> Iterator[tuple[int, Element]]:
        """Every element of the page with its position; only then the other methods know anything."""
        before, tails = self._before, self._tails
        total = 0
        position = 0
        for element in root.iter():
            tag, text, tail = element.tag, element.text, element.tail
            after = 0
            if tail:
                after = count_words(tail)
            if type(tag) is str:
                before.append(total)
                tails.append(after)
                if text and tag not in SILENT:
                    total += count_words(text)
                yield position, element
                position += 1
            total += after
        before.append(total)
        self.total = total

    def end(self, position: int, element: Element) -> int:
        """The position after the last element inside of `element`."""
        end = self._ends.get(position)
        if end is None:
            inside = int(_COUNT(element)) if len(element) else 0
            end = self._ends[position] = position + 1 + inside
        return end

    def words(self, position: int, element: Element) -> int:
        """How many words the element holds."""
        return self._before[self.end(position, element)] - self._before[position] - self._tails[position]

    def position(self, root: Element, element: Element) -> int:
        """The position of an element that was found in another way than by walking."""
        if not self._positions:
            self._positions = {one: number for number, one in enumerate(root.iter("*"))}
        return self._positions[element]

    def source(self, root: Element) -> str:
        """All attribute values and texts of the page."""
        if self._source is None:
            values = (value for element in root.iter("*") for value in element.values())
            self._source = "\n".join((*values, *root.itertext()))
        return self._source
