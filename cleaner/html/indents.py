"""What the lines of a block begin with in Markdown: the markers of lists, quotations, definitions and footnotes."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element as Element

from cleaner.html.tags import LISTS

_NOTE_INDENT = "    "


@dataclass(slots=True, eq=False)
class _List:
    """A list that is being walked; `begun` when an item of it was written."""

    ordered: bool
    number: int
    begun: bool = False


@dataclass(slots=True, eq=False)
class _Indent:
    """A marker for the first block of an element, and what its other lines begin with."""

    marker: str
    rest: str
    list: _List | None = None
    used: bool = False

    @property
    def is_quote(self) -> bool:
        return self.marker == "> "

    @property
    def is_definition(self) -> bool:
        return self.marker == ": "


@dataclass(frozen=True, slots=True)
class Prefix:
    """See `cleaner.html.blocks.Block`."""

    first: str
    rest: str
    joint: str
    tight: bool


_NOTHING = Prefix("", "", "", False)


class Indents:
    """The elements around the text that is being walked, as far as they indent it."""

    def __init__(self) -> None:
        self._around: list[_Indent] = []
        self._lists: list[_List] = []
        self._before: list[_Indent] = []  # around the last block

    def open(self, element: Element, tag: str, note: str | None) -> bool:
        """An element begins; whether it indents.

        Args:
            note: the label of the footnote that the element holds.
        """
        if note:
            self._around.append(_Indent(f"[^{note}]: ", _NOTE_INDENT))
        elif tag == "li":
            around = self._lists[-1] if self._lists else _List(False, 1)
            marker = f"{around.number}. " if around.ordered else "- "
            around.number += 1
            self._around.append(_Indent(marker, " " * len(marker), around))
        elif tag == "blockquote":
            self._around.append(_Indent("> ", "> "))
        elif tag == "dd":
            self._around.append(_Indent(": ", ""))
        else:
            if tag in LISTS:
                start = element.get("start") or ""
                self._lists.append(_List(tag == "ol", int(start) if start.isdecimal() and len(start) < 6 else 1))
            return False
        return True

    def close(self) -> None:
        """The innermost element that indents ends."""
        self._around.pop()

    def close_list(self) -> None:
        """The innermost list ends."""
        self._lists.pop()

    def prefix(self, *, aside: bool = False) -> Prefix:
        """For the next block; one that stands beside the text leaves the markers to those after it."""
        if aside:
            rest = "".join(indent.rest for indent in self._around)
            return Prefix(rest, rest, "", False)
        if not self._around:
            self._before = []
            return _NOTHING
        first = rest = joint = ""
        tight = together = bool(self._before)
        fresh = False
        for depth, indent in enumerate(self._around):
            together = together and depth < len(self._before) and self._before[depth] is indent
            if indent.is_quote or (indent.used and not indent.is_definition):
                first += indent.rest
            elif not indent.used and (not indent.is_definition or indent is self._around[-1]):
                first += indent.marker
            rest += indent.rest
            if together and indent.is_quote:
                joint = rest.rstrip()
            if indent.list and not indent.used:
                fresh = True
                tight = tight and (indent.list.begun or any(one.used for one in self._around[:depth] if one.list))
                indent.list.begun = True
            indent.used = True
        self._before = list(self._around)
        return Prefix(first, rest, joint, fresh and tight)
