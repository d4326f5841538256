"""A page as a reader meets it: blocks of text, and the containers around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from cleaner.html.attributes import Attributes
from cleaner.html.parts import Part
from cleaner.html.words import counts_nothing

Kind = str
"""paragraph, heading, item, row, code, caption, term, definition, control, summary, image, math, break."""


@dataclass(slots=True)
class Container:
    """A block-level element and what is in it.

    Attributes:
        number: its place in `Page.containers`; `parent` is the number of the one around it, -1 for the first.
        words: class groups of its own (`cleaner.html.words`).
        attributes: of the element.
        first, last: the blocks in it are ``blocks[first:last]``.
    """

    number: int
    parent: int
    element: Element
    tag: str
    words: int
    depth: int
    attributes: Attributes
    first: int = 0
    last: int = 0

    @property
    def counts_nothing(self) -> bool:
        """Whether a numbered list or an item of one numbers nothing."""
        return counts_nothing(self.words, self.attributes.get("class", ""))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in its table.

    Attributes:
        columns: how many the table has.
        first, last: whether it is the first or last row.
        heads: whether it is the header; only the first row can be.
        html: whether Markdown cannot hold the table, so that it stays HTML.
    """

    columns: int
    first: bool
    last: bool
    heads: bool
    html: bool


@dataclass(slots=True)
class Block:
    """One rendered block.

    Attributes:
        parts: its inline content: text, and marks where markup begins and ends.
        text: its words as a reader sees them, white space collapsed (code: as it is).
        kind, level: what it is; the level of a heading, for the first row of a table how many columns it has.
        container: number of the innermost container around its text.
        words: class groups of all elements around it.
        prefix, rest: what stands before its first line and before every further line in Markdown.
        joint: what stands on the blank line between it and the block before, if both are in one quotation.
        tight: follows the block before it without a blank line.
        hidden: how it is hidden from sight, as bits of `cleaner.html.hidden`; 0: it is not.
        linked, links: characters of `text` inside links; how many links.
        icons: characters of `text` that label an icon.
        hits: structural rules that hit an element around it, by place in `Hits.rules`.
        language: of code.
        note: the label of the footnote that begins with it.
        row: its place in its table.
    """

    parts: list[Part]
    text: str
    kind: Kind
    container: int
    element: Element
    words: int
    prefix: str
    rest: str
    joint: str
    tight: bool
    hidden: int
    linked: int
    links: int
    icons: int
    hits: tuple[int, ...]
    level: int = 0
    language: str = ""
    note: str = ""
    row: Place | None = None


def only_icons(text: str, icons: int) -> bool:
    """Whether a block's text is nothing but labels of icons, which have so many of its characters."""
    return 0 < icons >= len(text) - text.count(" ")


@dataclass(slots=True)
class Page:
    """All blocks of a page, in order.

    Attributes:
        notes: for each label of a footnote the number of the container that holds it.
        unreadable: for each picture or frame that no link could lead to, since the page itself holds it, the number of
            its block.
        faults: elements that could not be read as what they are, so that only their text is there.
    """

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    unreadable: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
