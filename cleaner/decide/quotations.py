"""What is quoted stays: an article that shows leftovers is not made of them.

A sentence that ends with a colon introduces what follows ("The box said:"), a token between quotation marks is spoken
of, a row belongs to its table, and the first heading of level one is the title, whatever it says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container
from functools import cached_property

from cleaner.categories import CATEGORY
from cleaner.model import Document
from cleaner.reasons import Reason
from cleaner.view import View

INTRODUCING_WORDS = 5
"""A shorter line that ends with a colon is a label of a form or of a list."""
INTRODUCED_LINES = 12
PARAGRAPH_WORDS = 20
DEFINITION_CHARS = 60
SENTENCE_CHARS = 20
HEADWORDS = 6
OFTEN = 4
"""Times that a line stands in a text, at least, to be part of the page's frame."""
SECTION_BLOCKS = 8
"""Paragraphs of a section that are looked at where a heading may read like a leftover."""
_TITLES = frozenset({"interface", "media", "print"})
"""Categories of words that are titles of sections elsewhere: "Loading data", "Video player"."""
_TITLE = re.compile(r"^# (?=.*\w)", re.MULTILINE)
_POINTER = re.compile(r"\w ?[:|»→>\]】] ?\W{0,4}\w|^\W{0,3}[→»▶►☞]")
"""A label and what it points to ("Also read: The pond"): no headword has both."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SENTENCE = re.compile(r"[.!?。！？][\"')\]]*$")
_HAN_OR_KANA = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_MARKERS = ">-*+•|#"
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

    def veto(self, first: int, last: int, category: str = "") -> Reason | None:
        """Why the lines `first` to `last` stay; None if they need not.

        A line that stands again and again in a text is part of a page's frame, whatever introduces it and whatever
        stands below it.
        """
        if first <= self._title <= last:
            return Reason.of("title")
        if first == last and self._often(first):
            return Reason.of("table-row") if self._row(first, last) else None
        if self._introduced(first):
            return Reason.of("introduced")
        if self._goes_on(last):
            return Reason.of("sentence-continues")
        if self._heads_text(first, last, category):
            return Reason.of("heading")
        return Reason.of("table-row") if self._row(first, last) else None

    def _often(self, line: int) -> bool:
        """Whether a line without a marker stands in the text `OFTEN` times or more; a heading may come back."""
        view = self._view
        return not marker(self._document, view, line) and self._copies[view.line_text(line)] >= OFTEN

    @cached_property
    def _copies(self) -> Counter[str]:
        """How many times each line stands in the text."""
        return Counter(map(self._view.line_text, range(len(self._view.lines))))

    def _introduced(self, line: int) -> bool:
        """A colon introduces the rest of its block, or else the next block and those of the same marker (quotations,
        items) after it, up to the first paragraph."""
        view = self._view
        own = marker(self._document, view, line)
        for above in range(line - 1, max(-1, line - 1 - INTRODUCED_LINES), -1):
            if _introduces(view, above) and above not in self._going:
                return True
            crossed = view.block_of[above] != view.block_of[above + 1]
            other = not own or marker(self._document, view, above) != own
            if view.words(above, above) > PARAGRAPH_WORDS or (crossed and other):
                return False
        return False

    def _goes_on(self, last: int) -> bool:
        """Whether the next line of the block stays and begins in the middle of a sentence."""
        following = last + 1
        if following >= len(self._view.lines) or following in self._going or not self._same_block(last, following):
            return False
        start = self._view.text[self._view.lines[following][0]]
        return start.islower() or start in ",;:"

    def _heads_text(self, first: int, last: int, category: str) -> bool:
        """Whether the lines are a Markdown heading above a paragraph that stays, or a headword among others: alone
        above their text, with another that stays above the text before or below theirs."""
        block = self._view.block_of[first]
        if SENTENCE.search(self._view.line_text(last)):
            return False
        if self._view.blocks[block] == (first, last):
            if not self._is_text(block + 1):
                return False
            if self._document.format == "markdown" and marker(self._document, self._view, first) == "#":
                return not category or CATEGORY[category].in_headings
            if self._view.words(first, last) > HEADWORDS or self._points(first, last, category):
                return False
            reach = SECTION_BLOCKS if category in _TITLES else 1
            if block == 0 and reach > 1:
                return True
            return self._head_above(block, reach, category) or self._head_below(block, reach)
        heads = self._view.blocks[block][0] == first == last and self._is_entry(block)
        return heads and (self._is_entry(block - 1) or self._is_entry(block + 1))

    def _points(self, first: int, last: int, category: str) -> bool:
        return category == "related" and _POINTER.search(self._view.line_text(first, last)) is not None

    def _head_above(self, block: int, reach: int, category: str) -> bool:
        """Whether the section before a heading, of at most so many paragraphs, has one, too.  The title of a text is
        none for the label of an advertisement below a sentence."""
        view = self._view
        for above in range(block - 1, block - 2 - reach, -1):
            if not self._is_text(above):
                ends = SENTENCE.search(view.line_text(view.blocks[block - 1][1])) is not None
                is_title = above == 0 and category == "advertising" and ends
                return above < block - 1 and not is_title and self._is_other_head(above, block)
        return False

    def _head_below(self, block: int, reach: int) -> bool:
        """Whether the section after a heading, of at most so many paragraphs, is followed by one with a heading."""
        for below in range(block + 2, block + 2 + reach):
            if self._is_head(below):
                return self._is_text(below + 1) and self._is_other_head(below, block)
            if not self._is_text(below):
                return False
        return False

    def _same_block(self, line: int, other: int) -> bool:
        return self._view.block_of[line] == self._view.block_of[other]

    def _is_text(self, block: int) -> bool:
        """Whether a block is a paragraph, or at least a definition, that stays."""
        if not 0 <= block < len(self._view.blocks):
            return False
        first, last = self._view.blocks[block]
        text = self._view.line_text(first, last)
        size = len(text) + 2 * len(_HAN_OR_KANA.findall(text))
        least = SENTENCE_CHARS if SENTENCE.search(text) else DEFINITION_CHARS
        return first not in self._going and size >= least

    def _is_head(self, block: int) -> bool:
        if not 0 <= block < len(self._view.blocks):
            return False
        first, last = self._view.blocks[block]
        return first == last and first not in self._going and self._view.words(first, last) <= HEADWORDS

    def _is_other_head(self, block: int, own: int) -> bool:
        """Whether a block is a headword, and not the same label again."""
        view = self._view
        return self._is_head(block) and view.line_text(*view.blocks[block]) != view.line_text(*view.blocks[own])

    def _is_entry(self, block: int) -> bool:
        """Whether a block is a short line with a sentence below it."""
        if not 0 <= block < len(self._view.blocks):
            return False
        first, last = self._view.blocks[block]
        if first == last or self._view.words(first, first) > HEADWORDS:
            return False
        return bool(SENTENCE.search(self._view.line_text(first + 1, last))) and first + 1 not in self._going

    def _row(self, first: int, last: int) -> bool:
        if self._document.format != "markdown" or marker(self._document, self._view, first) != "|":
            return False
        neighbours = (n for n in (first - 1, last + 1) if 0 <= n < len(self._view.lines) and n not in self._going)
        return any(marker(self._document, self._view, n) == "|" for n in neighbours)


def has_year(text: str) -> bool:
    """Whether a line has a year in it, so that it may be the date of the article."""
    return ("19" in text or "20" in text) and _YEAR.search(text) is not None


def _introduces(view: View, line: int) -> bool:
    return view.text[view.lines[line][1] - 1] == ":" and view.words(line, line) >= INTRODUCING_WORDS


def marker(document: Document, view: View, line: int) -> str:
    """The marker of a quotation, an item or a row in front of a line; empty if there is none."""
    found = view.marks.get(line)
    if found is None:
        at = view.origin(view.lines[line][0])
        before = document.text[max(0, at - _MARKER_CHARS) : at + 1]
        head = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :].lstrip()
        found = head[0] if head and head[0] in _MARKERS else "1" if head[:1].isdigit() else ""
        view.marks[line] = found
    return found


def _places(mark: str, text: str) -> list[int]:
    return [found.start() for found in re.finditer(mark, text)] if mark in text else []


class QuotationMarks:
    """Where the quotation marks of a text stand."""

    def __init__(self, view: View) -> None:
        self._view = view
        marks = {*_OPENING, *_OPENING.values()}
        self._at = {mark: _places(mark, view.text) for mark in marks}

    def around(self, start: int, end: int) -> bool:
        """Whether a span stands between quotation marks on its line."""
        first, last = self._view.lines[self._view.line_at(start)]
        for opening, closing in _OPENING.items():
            before = bisect_left(self._at[opening], start)
            after = bisect_left(self._at[closing], end)
            if after == len(self._at[closing]) or self._at[closing][after] >= last:
                continue
            opened = self._at[opening][before - 1] if before else -1
            if opening == closing:
                open_here = (before - bisect_left(self._at[opening], first)) % 2 == 1
            else:
                closed = bisect_left(self._at[closing], start)
                open_here = opened >= first and opened > (self._at[closing][closed - 1] if closed else -1)
            if open_here:
                return True
        return False


def is_quotation(view: View, first: int, last: int) -> bool:
    """Whether the lines are one quotation from their first character to the last."""
    text = view.line_text(first, last)
    closing = _OPENING.get(text[0])
    return (
        closing is not None
        and len(text) > 1
        and text[-1] == closing
        and text.count(closing) <= 1 + (closing == text[0])
    )
