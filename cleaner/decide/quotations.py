"""What is quoted stays: an article that shows leftovers is not made of them.

A sentence that ends with a colon introduces what follows ("The box said:"), a token between quotation marks is spoken
of, a row belongs to its table, and the first heading of level one is the title, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Container

from cleaner.model import Document
from cleaner.view import View

INTRODUCING_WORDS = 5
"""A shorter line that ends with a colon is a label of a form or of a list."""
INTRODUCED_LINES = 12
PARAGRAPH_WORDS = 20
_TITLE = re.compile(r"^# (?=.*\w)", re.MULTILINE)
_MARKERS = ">-*+•|"
_MARKER_CHARS = 60
_OPENING = {'"': '"', "「": "」", "『": "』", "„": '"'}


class Quotations:
    """Asks of lines whether they are quoted.

    `going` are the lines that go: a leftover that ends with a colon introduces nothing, and a table goes as a whole.
    """

    def __init__(self, document: Document, view: View, going: Container[int]) -> None:
        self._document = document
        self._view = view
        self._going = going
        title = _TITLE.search(document.text) if document.format == "markdown" else None
        self._title = view.line_at_origin(title.start()) if title else -1

    def veto(self, first: int, last: int) -> str | None:
        """Why the lines `first` to `last` stay; None if they need not."""
        if first <= self._title <= last:
            return "the title"
        if self._introduced(first):
            return "introduced by a sentence that ends with a colon"
        return "a row of a table" if self._row(first, last) else None

    def _introduced(self, line: int) -> bool:
        """A colon introduces the rest of its block, or else the next block and those of the same marker (quotations,
        items) after it, up to the first paragraph."""
        view = self._view
        marker = _marker(self._document, view, line)
        for above in range(line - 1, max(-1, line - 1 - INTRODUCED_LINES), -1):
            if _introduces(view, above) and above not in self._going:
                return True
            crossed = view.block_of[above] != view.block_of[above + 1]
            other = not marker or _marker(self._document, view, above) != marker
            if view.words(above, above) > PARAGRAPH_WORDS or (crossed and other):
                return False
        return False

    def _row(self, first: int, last: int) -> bool:
        if self._document.format != "markdown" or _marker(self._document, self._view, first) != "|":
            return False
        neighbours = (n for n in (first - 1, last + 1) if 0 <= n < len(self._view.lines) and n not in self._going)
        return any(_marker(self._document, self._view, n) == "|" for n in neighbours)


def _introduces(view: View, line: int) -> bool:
    return view.line_text(line).endswith(":") and view.words(line, line) >= INTRODUCING_WORDS


def _marker(document: Document, view: View, line: int) -> str:
    """The marker of a quotation, an item or a row in front of a line; empty if there is none."""
    at = view.origin(view.lines[line][0])
    before = document.text[max(0, at - _MARKER_CHARS) : at + 1]
    head = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :].lstrip()
    return head[0] if head and head[0] in _MARKERS else "1" if head[:1].isdigit() else ""


def in_quotation_marks(view: View, start: int, end: int) -> bool:
    """Whether a span stands between quotation marks on its line."""
    first, last = view.lines[view.line_at(start)]
    before, after = view.text[first:start], view.text[end:last]
    if before.count('"') % 2 and '"' in after:
        return True
    return any(before.rfind(o) > before.rfind(c) and c in after for o, c in _OPENING.items() if o != c)
