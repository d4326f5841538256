"""Cutting out of a note's markup what went from its text; all else stays as it is, byte for byte.

The cleaner says what went in offsets of the note rendered as Markdown.  To find that in the markup, the note is
rendered once more with a mark before each text and in each image: where a mark comes out, its text stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from string import digits
from typing import Literal

from cleaner.formats.enml import Element, Markup, Text, part
from cleaner.html.parse import parse
from cleaner.html.render.page import render
from cleaner.html.tags import BLOCKS
from cleaner.html.walk import walk
from cleaner.isolation.problem import DocumentError
from cleaner.model import Span
from cleaner.read.spans import union

Fate = Literal["kept", "gone", "blank"]

_LINE_ENDS = BLOCKS | {"br"}
_GAP = re.compile(r"[\s\\]*")
"""White space and escapes: what the marks around may change."""


def cut(markup: Markup, source: str, gone: Sequence[Span], base: str) -> bytes:
    """The markup without what went.

    Args:
        source: the note as rendered without marks.
        gone: what went from it, sorted and disjoint.
        base: address that links were made absolute with, or empty.

    Raises:
        DocumentError: `spared`: what went cannot be taken out of the markup, or holds something that must not go.
    """
    cutter = _Cutter(markup, source, gone, base)
    cutter.element(markup.root)
    if not cutter.spans:
        raise DocumentError("spared", "what would go could not be found in its markup: it stays as it is")
    pieces: list[bytes] = []
    at = 0
    for start, end in union(cutter.spans):
        pieces.append(markup.data[at:start])
        at = end
    return b"".join((*pieces, markup.data[at:]))


class _Cutter:
    """Goes through a note's elements and notes what is to be cut, in bytes of the markup."""

    def __init__(self, markup: Markup, source: str, gone: Sequence[Span], base: str) -> None:
        self._source = source
        self._gone = gone
        self._starts = [start for start, _ in gone]
        self._places = _places(markup, source, base)
        self.spans: list[Span] = []

    def element(self, element: Element) -> Fate:
        """What becomes of an element; one that goes is cut by whoever holds it."""
        kind = element.kind
        place = self._places.get(id(element))
        is_gone = place is not None and self._is_gone(place[0])
        if is_gone and kind in ("checkbox", "secret", "tasks"):
            raise DocumentError("spared", "what would go holds a checkbox, tasks or encrypted words: it stays as it is")
        if element.name == "img" and kind is None and place is None:
            return "blank"  # an icon, a pixel: it goes with what is around it
        if (
            kind in ("media", "picture", "secret", "tasks")
            or element.name in ("img", "en-todo")
            or element.is_reference
        ):
            return "gone" if is_gone else "kept"
        fates = [self.element(child) if isinstance(child, Element) else self._text(child) for child in element.children]
        is_kept = "kept" in fates or kind == "checkbox"
        if "gone" in fates and not is_kept:
            return "gone"
        if element.name == "tr":
            self._cut_cells(element, fates)
        else:
            self._cut_children(element, fates)
        return "kept" if is_kept else "blank"

    def _cut_cells(self, row: Element, fates: Sequence[Fate]) -> None:
        """A row keeps all its cells."""
        for cell, fate in zip(row.children, fates, strict=True):
            if fate == "gone" and isinstance(cell, Element):
                self.spans.append((cell.children[0].start, cell.children[-1].end))

    def _cut_children(self, element: Element, fates: Sequence[Fate]) -> None:
        """Cut children that go, what is blank between two of them, and the end of a line that is no more."""
        children = element.children
        numbered = list(enumerate(fates))
        for is_kept, group in groupby(numbered, lambda item: item[1] == "kept"):
            gone = [number for number, fate in group if fate == "gone"]
            if is_kept or not gone:
                continue
            first, last = gone[0], gone[-1]
            before, after = _past_blank(children, first - 1, -1), _past_blank(children, last + 1, 1)
            begins_line = before < 0 or getattr(children[before], "name", "") in _LINE_ENDS
            if begins_line and after < len(children) and getattr(children[after], "name", "") == "br":
                last = after
            self.spans.append((_beginning(children[first]), children[last].end))

    def _text(self, text: Text) -> Fate:
        if not text.value.strip():
            return "blank"
        place = self._places.get(id(text))
        if place is None:
            return "kept"
        start, end = place
        number = bisect_right(self._starts, start)
        if number and end <= self._gone[number - 1][1]:
            return "gone"
        if (number == len(self._gone) or end <= self._starts[number]) and not self._is_gone(start):
            return "kept"
        went = self._went(text.value, start)
        if all(gone for _, gone in went):
            return "gone"
        for is_gone, group in groupby(went, lambda item: item[1]):
            numbers = [number for number, _ in group]
            if is_gone:
                self._cut_words(text, numbers[0], numbers[-1])
        return "kept"

    def _cut_words(self, text: Text, first: int, last: int) -> None:
        """Cut some words, with the white space that follows."""
        rest = text.value[last + 1 :]
        after = last + 1 + len(rest) - len(rest.lstrip())
        end = text.end if after == len(text.value) else text.start + len(text.value[:after].encode())
        self.spans.append((text.start + len(text.value[:first].encode()), end))

    def _went(self, value: str, at: int) -> list[tuple[int, bool]]:
        """The number of each character that is no white space, and whether it went; the source has them from `at`."""
        went = []
        for number, character in enumerate(value):
            if not character.isspace():
                at = _past(self._source, at, character)
                went.append((number, self._is_gone(at - 1)))
        return went

    def _is_gone(self, place: int) -> bool:
        """Whether the first character that is no white space went, from a place on."""
        place = _gap_end(self._source, place)
        number = bisect_right(self._starts, place) - 1
        return number >= 0 and place < self._gone[number][1]


def _beginning(child: Element | Text) -> int:
    """Where it begins; the white space before a text may be what keeps two words apart."""
    if isinstance(child, Element):
        return child.start
    return child.start + len(child.value.encode()) - len(child.value.lstrip().encode())


def _past_blank(children: Sequence[Element | Text], at: int, step: int) -> int:
    """The place of the first child from `at` on that is more than white space, or a place outside."""
    while 0 <= at < len(children):
        child = children[at]
        if isinstance(child, Element) or child.value.strip():
            break
        at += step
    return at


def _places(markup: Markup, source: str, base: str) -> dict[int, Span]:
    """Where each text, reference or image stands in the source, to where the next one does, by its `id`.

    What is not rendered has no place.

    Raises:
        DocumentError: `spared`: the note with marks reads otherwise.
    """
    marked: list[Element | Text] = []
    signs = _unused(markup.data.decode())
    there, back = str.maketrans(digits, signs[:10]), str.maketrans(signs[:10], digits)

    def mark(leaf: Element | Text) -> str:
        marked.append(leaf)
        return str(len(marked) - 1).translate(there) + signs[10]

    page = walk(parse(part(markup, mark=mark).html).root)
    rendered = render(page.blocks, "markdown", base=base).text
    places = {}
    first, *pieces = re.split(f"([{signs[:10]}]+){signs[10]}", rendered)
    end_before = _behind(source, 0, first)
    for number, piece in zip(pieces[::2], pieces[1::2], strict=True):
        start, end_before = end_before, _behind(source, end_before, piece)
        places[id(marked[int(number.translate(back))])] = start, end_before
    return places


def _unused(content: str) -> str:
    """Ten digits and an end for marks: characters that do not occur in it, and are no letters.

    A letter would make words of an icon.
    """
    for first in range(0xF0000, 0xFFFF0, 11):
        signs = "".join(map(chr, range(first, first + 11)))
        if not any(sign in content for sign in signs):
            return signs
    raise _does_not_fit()


def _behind(source: str, at: int, piece: str) -> int:
    """Where a piece ends that the source has from `at`."""
    if source.startswith(piece, at):
        return at + len(piece)
    for character in _GAP.sub("", piece):
        at = _past(source, at, character)
    return at


def _past(source: str, at: int, character: str) -> int:
    """Where the source goes on after a character that stands at `at`, or after a gap there.

    Raises:
        DocumentError: it does not stand there.
    """
    if not source.startswith(character, at):
        at = source.find(character, at, _gap_end(source, at) + 1)
        if at < 0:
            raise _does_not_fit()
    return at + 1


def _gap_end(source: str, at: int) -> int:
    gap = _GAP.match(source, at)
    return gap.end() if gap else at


def _does_not_fit() -> DocumentError:
    return DocumentError("spared", "its markup and its text do not go together: it stays as it is")
