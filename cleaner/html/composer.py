"""A page that grows: containers open around it, the inline content of the block that is being written, blocks.

What the tags of a page mean is none of this module's business: see `cleaner.html.walk`.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from cleaner.errors import InputError
from cleaner.html import footnotes
from cleaner.html.attributes import AttributesOf, groups, hiding, traits
from cleaner.html.blocks import Block, Container, Kind, Page, Place, only_icons
from cleaner.html.broken import texts
from cleaner.html.deadline import Deadline
from cleaner.html.footnotes import Notes
from cleaner.html.indents import Indents
from cleaner.html.measure import covering, is_formula, measure, visible
from cleaner.html.parts import BREAK, EMPHASIS, HIT, Mark, Part
from cleaner.html.rawmaths import with_formulas
from cleaner.html.signs import EMPHASIZED, STRONG, STRUCK
from cleaner.html.tags import HEADINGS

MAX_BLOCKS = 500_000
_JOINERS = "\u200c\u200d"
_UNSEEN = re.compile("[\u00ad\u2060\ufeff]|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])")
"""Soft hyphens and other characters without a width, which only say where a line may break; where words are not set
apart, that is where they end."""
_NO_PROSE = frozenset({"code", "row", "math", "break", "heading", "image"})
"""Kinds of blocks that cannot stand behind the marker of a definition."""

_BOLD = frozenset({"heading", "term", "summary", "control"})
"""Kinds of blocks that are bold as a whole."""

_Around = tuple[int, Element, Kind, int, int, tuple[int, ...]]
"""What holds around a container: its number, element, kind, class groups, hiding and hits."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a page before it is walked over.

    Attributes:
        attributes: of its elements.
        hits: elements that structural rules hit, each with its number.
        deadline: when the walk must end.
        notes: its footnotes.
    """

    attributes: AttributesOf
    hits: Mapping[Element, int]
    deadline: Deadline
    notes: Notes


class Composer:
    """Puts a page together."""

    def __init__(self, given: Given, indents: Indents) -> None:
        self.page = Page()
        self.attributes = given.attributes
        self.hit_at = given.hits
        self.deadline = given.deadline
        self.notes = given.notes
        self.parts: list[Part] = []
        self.visible = False  # whether `parts` hold anything to see
        self.container = -1
        self.depth = 0
        self.element: Element = None
        self.kind: Kind = "paragraph"
        self.words = 0
        self.hidden = 0
        self.hits: tuple[int, ...] = ()
        self.indents = indents
        self.in_cell = False
        self.keeps_lines = False  # whether a line break in the source is one on the page
        self.row: Place | None = None  # of the row that is being written
        self.label = ""  # of a note that has just begun
        self.has_tex = False  # whether the text of `parts` may hold formulas between delimiters
        self.has_hits = False  # whether `parts` may hold an inline element that a rule hit
        self.open: list[Mark] = []  # inline marks that are open, to be closed and opened again at block borders

    # --- containers -----------------------------------------------------------------------------

    def _enter(self, element: Element, tag: str, told: int | None = None) -> _Around:
        """A container begins, with these traits; gives what `_leave` goes back to."""
        if self.parts:
            self._flush()
        around = self.container, self.element, self.kind, self.words, self.hidden, self.hits
        page = self.page
        attributes = self.attributes[element]
        if told is None:
            told = traits(attributes)
        own = groups(told)
        number = len(page.containers)
        page.containers.append(
            Container(number, self.container, element, tag, own, self.depth, attributes, len(page.blocks))
        )
        self.container = number
        self.element = element
        self.words |= own
        self.hidden |= hiding(tag, told)
        if element in self.hit_at:
            self.hits = (*self.hits, self.hit_at[element])
        return around

    def _leave(self, around: _Around) -> None:
        self.page.containers[self.container].last = len(self.page.blocks)
        self.container, self.element, self.kind, self.words, self.hidden, self.hits = around

    def _check(self) -> None:
        self.deadline.check()
        if len(self.page.blocks) > MAX_BLOCKS:
            raise InputError(f"the page has more than {MAX_BLOCKS:,} pieces of text: split it")

    # --- inline content -------------------------------------------------------------------------

    def _begin(self, mark: Mark) -> None:
        if mark[0] == HIT:
            self.has_hits = True
        self._add(mark)
        self.open.append(mark)

    def _end(self) -> None:
        mark = self.open.pop()
        if self.parts:
            self.parts.append((-mark[0], mark[1]))

    def _styled(self, element: Element, tag: str, told: int) -> Mark | None:
        """The emphasis that a style stands for: none where all is bold, nor inside of the same."""
        if not told & EMPHASIZED or tag not in ("span", "font") or not "".join(element.itertext()).strip():
            return None
        mark = EMPHASIS, "~~" if told & STRUCK else "**" if told & STRONG else "*"
        return None if mark in self.open or (mark[1] == "**" and self.kind in _BOLD) else mark

    def _separate(self) -> None:
        """What follows begins on a line of its own."""
        if not self.parts:
            return
        if self.in_cell or self.kind == "heading":
            self.parts.append((BREAK, ""))
        else:
            self._flush()

    @abstractmethod
    def _break(self) -> None:
        """A line ends."""

    def _text(self, text: str) -> None:
        if self.keeps_lines and "\n" in text:
            first, *others = text.split("\n")
            self._text(first)
            for line in others:
                self._break()
                self._text(line)
            return
        if not text.isascii():
            text = _UNSEEN.sub("", text)
            if not self.parts:
                text = text.lstrip(_JOINERS)  # with nothing before them they join nothing
        if not text or text.isspace():
            if text and self.parts:
                self.parts.append(" ")
            return
        self._add(text)
        self.visible = True
        if "$" in text or "\\" in text:
            self.has_tex = True

    def _add(self, part: Part) -> None:
        if not self.parts:
            self.parts.extend(self.open)  # opened in a block before this one
        self.parts.append(part)

    def _plainly(self, element: Element) -> None:
        """The text of an element whose markup is too much for us."""
        if self.parts and not self.in_cell:
            self._flush()
        for text in texts(element):
            if text:
                self._text(text)
        if self.parts and not self.in_cell:
            self._flush()

    def _flush(self, *, language: str = "", tight: bool = False, level: int = 0) -> None:
        parts, self.parts = self.parts, []
        seen, self.visible = self.visible, False
        has_tex, self.has_tex = self.has_tex, False
        has_hits, self.has_hits = self.has_hits, any(mark[0] == HIT for mark in self.open)
        if not seen:
            return
        if has_tex:
            parts = with_formulas(parts)
        if self.open:
            parts += closing(self.open)
        if self.label:
            parts = footnotes.without_label(parts, self.label, counted=self.indents.counts)
            self.label = ""
            if not visible(parts):
                return
        text, linked, links, icons = measure(parts, code=self.kind == "code")
        kind = self.kind
        if not text and kind not in ("code", "break", "row"):
            kind = "image"
        elif kind not in ("row", "heading") and is_formula(parts):
            kind = "math"
        prefix = self.indents.prefix(aside=only_icons(text, icons), prose=kind not in _NO_PROSE)
        self.page.blocks.append(
            Block(
                parts=parts,
                text=text,
                kind=kind,
                container=self.container,
                element=self.element,
                words=self.words,
                prefix=prefix.rest if tight else prefix.first,
                rest=prefix.rest,
                joint=prefix.joint,
                tight=tight or prefix.tight,
                hidden=self.hidden,
                linked=linked,
                links=links,
                icons=icons,
                hits=(*self.hits, *covering(parts)) if has_hits else self.hits,
                level=HEADINGS.get(self._heading(), 0) if kind == "heading" else level,
                language=language,
                note=prefix.note,
                row=self.row if kind == "row" else None,
            )
        )

    def _heading(self) -> str:
        number = self.container
        while number >= 0:
            container = self.page.containers[number]
            if container.tag in HEADINGS:
                return container.tag
            number = container.parent
        return ""


def closing(marks: Sequence[Mark]) -> list[Part]:
    """What closes some marks."""
    return [(-mark[0], mark[1]) for mark in reversed(marks)]
