"""What the lines of a block begin with in Markdown: the markers of lists, quotations, definitions and footnotes."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element as Element

from cleaner.html.attributes import Attributes
from cleaner.html.lists import BOXES, List, is_task, ticked
from cleaner.html.tags import HEADINGS, LISTS

_NOTE_INDENT = "    "
SECTIONS = ("dl", "table", *HEADINGS)
"""What makes a section of a definition, whose text is not indented."""


@dataclass(slots=True, eq=False)
class _Indent:
    """A marker for the first block of an element, and what its other lines begin with.

    Attributes:
        list: whose item it is.
        number: of the item, if Markdown can count as its list does; `delimiter` stands after it.
    """

    marker: str
    rest: str
    list: _Open | None = None
    number: int | None = None
    delimiter: str = "."
    box: str = ""
    note: str = ""
    used: bool = False

    @property
    def is_quote(self) -> bool:
        return self.marker == "> "

    @property
    def is_definition(self) -> bool:
        return self.marker == ": "


@dataclass(slots=True, eq=False)
class _Open:
    """A list that is being walked.

    Attributes:
        depth: how many elements that indent are around it.
        begun: whether an item of it was written.
        item: its last item.
        goes_on: whether it stands in a list without an item around it, and so belongs to the item before.
    """

    list: List
    depth: int
    begun: bool = False
    item: _Indent | None = None
    goes_on: bool = False


class Prefix(NamedTuple):
    """See `cleaner.html.blocks.Block`; `note` is the label of a footnote that begins with the block."""

    first: str
    rest: str
    joint: str
    tight: bool
    note: str = ""


_NOTHING = Prefix("", "", "", False)


class Indents:
    """The elements around the text that is being walked, as far as they indent it.

    Args:
        wrappers: items that indent nothing (see `cleaner.html.lists.holding_page`).
    """

    def __init__(self, wrappers: Container[Element] = ()) -> None:
        self._wrappers = wrappers
        self._around: list[_Indent] = []
        self._lists: list[_Open] = []
        self._stray = _Open(List(), 0)  # for items without a list
        self._before: list[_Indent] = []  # around the last block

    @property
    def depth(self) -> int:
        """How many elements indent what is being walked."""
        return len(self._around)

    @property
    def counts(self) -> bool:
        """Whether the innermost list shows numbers."""
        return bool(self._lists) and self._lists[-1].list.ordered

    def open(self, element: Element, tag: str, attributes: Attributes, note: str | None) -> bool:
        """An element begins; whether it indents.

        Args:
            note: the label of the footnote that the element holds.
        """
        if note:
            self._around.append(_Indent(f"[^{note}]: ", _NOTE_INDENT, note=note))
        elif tag == "li":
            self._around.append(self._item(element, attributes))
        elif tag == "blockquote":
            self._around.append(_Indent("> ", "> "))
        elif tag == "dd" and _has_term(element):
            self._end_definition(element)
            is_section = next(element.iterdescendants(*SECTIONS), None) is not None
            self._around.append(_Indent(": ", "" if is_section else "  "))
        elif tag in ("div", "p") and is_task(element):
            self._around.append(_Indent("- ", "  ", self._stray))
        else:
            if tag == "dt":
                self._end_definition(element)
            if tag in LISTS:
                self._open_list(element, tag)
            return False
        return True

    def _end_definition(self, element: Element) -> None:
        """A definition ends where the next begins, even if the tree has that one inside."""
        parent = element.getparent()
        if parent is not None and parent.tag == "dd" and self._around and self._around[-1].is_definition:
            self._around[-1].rest = ""

    def _open_list(self, element: Element, tag: str) -> None:
        opened = _Open(List.of(element, tag), len(self._around))
        outer = self._lists[-1] if self._lists else None
        if outer and outer.item and outer.depth == opened.depth:
            opened.goes_on = True
            self._around.append(outer.item)
            opened.depth += 1
        self._lists.append(opened)

    def _item(self, element: Element, attributes: Attributes) -> _Indent:
        if element in self._wrappers:
            return _Indent("", "", used=True)
        around = self._lists[-1] if self._lists else self._stray
        number = around.list.take(element)
        if isinstance(number, int):
            marker, rest = "", " " * len(f"{number}. ")
        else:
            marker, rest = (f"- {number} " if number else "- "), "  "
        box = BOXES[ticked(element, attributes)]
        item = _Indent(marker, rest, around, number if isinstance(number, int) else None, box=box)
        around.item = item
        return item

    def tick(self, done: bool) -> None:
        """A check box stands here: it is the item's, if that has just begun."""
        item = next((indent for indent in reversed(self._around) if indent.list), None)
        if item and not item.used:
            item.box = BOXES[done]

    def close(self) -> None:
        """The innermost element that indents ends."""
        self._around.pop()

    def close_list(self) -> None:
        """The innermost list ends."""
        if self._lists.pop().goes_on:
            self._around.pop()

    def prefix(self, *, aside: bool = False, prose: bool = True) -> Prefix:
        """For the next block.

        Args:
            aside: whether it stands beside the text and leaves the markers to those after it, and what they begin.
            prose: whether it is text, which alone can stand behind the marker of a definition.
        """
        if aside:
            begun = "".join(indent.rest for indent in self._around if indent.used)
            return Prefix(begun, "".join(indent.rest for indent in self._around), self._joint(), False)
        if not self._around:
            self._before = []
            return _NOTHING
        first = rest = note = ""
        tight = together = bool(self._before)
        fresh = False
        for depth, indent in enumerate(self._around):
            before = self._before[depth] if together and depth < len(self._before) else None
            together = before is indent
            if indent.is_quote or indent.used:
                first += indent.rest
            elif indent.is_definition and not (prose and indent is self._around[-1]):
                indent.rest = ""
            else:
                tight = _counted(indent, before) and tight and not _would_go_on(indent)
                first += (indent.marker or f"{indent.number}{indent.delimiter} ") + indent.box
                note = indent.note or note
            rest += indent.rest
            if indent.list and not indent.used:
                fresh = True
                tight = tight and (indent.list.begun or any(one.used for one in self._around[:depth] if one.list))
                indent.list.begun = True
            indent.used = True
        joint = self._joint()
        self._before = list(self._around)
        return Prefix(first, rest, joint, fresh and tight, note)

    def _joint(self) -> str:
        """What a blank line between the last block and the next begins with: the quotations that both stand in."""
        joint = rest = ""
        for indent, before in zip(self._around, self._before, strict=False):
            if indent is not before:
                break
            rest += indent.rest
            if indent.is_quote:
                joint = rest.rstrip()
        return joint


def _would_go_on(item: _Indent) -> bool:
    """Whether Markdown would take an item right below other text for more of that: a list that does not begin at 1."""
    return item.number not in (None, 1) and item.list is not None and not item.list.begun


def _counted(item: _Indent, before: _Indent | None) -> bool:
    """Choose the delimiter of a number, so that it begins a new list where a reader of Markdown would count on from the
    item before; whether that was not needed."""
    if item.number is None or before is None or before.number is None:
        return True
    goes_on = before.number + 1 == item.number
    item.delimiter = before.delimiter if goes_on else ")" if before.delimiter == "." else "."
    return goes_on


def _has_term(definition: Element) -> bool:
    """Whether a term stands above a definition; else its list only indents."""
    around = definition.getparent()
    if around is None or around.tag != "dl":
        return True
    return next(around.iterchildren("dt", "div"), None) is not None
