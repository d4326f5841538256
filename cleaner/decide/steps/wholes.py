"""Wholes: no item goes out of a numbered list that stays, and no Markdown heading from above its section.

A numbered list of Markdown goes only if it links somewhere: menus are not numbered, steps to take are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.categories import CATEGORY
from cleaner.decide.board import Board, Step
from cleaner.match.claims import Claim
from cleaner.model import Span
from cleaner.reasons import Reason

_MARKS = re.compile(r"(?P<indent>[ \t>]*)(?:(?P<mark>\d{1,9}[.)](?=[ \t])|#{1,6}(?=[ \t])|<summary\b))?")
_DEEPER = 2
"""Columns by which what belongs to an item is indented at least."""
_ALIGNED = 3
"""Columns by which items of a list may stand further left than its first: numbers are aligned on the right."""
_LABEL_WORDS = 2
Mark = tuple[int, str]
"""How far a line is indented, and the mark of a numbered item or a heading that it begins with, if it does."""


def _apply(board: Board) -> None:
    if not board.lines:
        return
    marks = _marks(board)
    for first, last in _lists(marks):
        going = [line for line in range(first, last + 1) if line in board.lines]
        if going and (len(going) <= last - first or not _links(board, first, last)):
            _give_back(board, going, Reason.of("list-middle"))
    if board.document.format == "markdown":
        for line in reversed([line for line in board.lines if marks[line][1].startswith(("#", "<"))]):
            if _may_head(board, line) and _leads(board, line, marks):
                _give_back(board, [line], Reason.of("heading"))


def _marks(board: Board) -> list[Mark]:
    """What each line begins with in the input."""
    text = board.document.text
    marks = []
    done = 0
    for first, _ in board.view.lines:
        start = board.view.origin(first)
        begin = max(text.rfind("\n", done, start), text.rfind("\r", done, start), done - 1) + 1
        found = _MARKS.match(text, begin)
        assert found  # all of it may be missing
        marks.append((len(found["indent"].expandtabs(4)), found["mark"] or ""))
        done = begin
    return marks


def _lists(marks: list[Mark]) -> Iterator[Span]:
    """The numbered lists, from their first line to the last; what is indented below an item belongs to it."""
    first = last = -1
    depth = 0
    for line, (indent, mark) in enumerate(marks):
        item = mark[:1].isdigit()
        if first >= 0 and (indent + _ALIGNED >= depth if item else indent >= max(_DEEPER, depth + 1)):
            last = line
        elif first >= 0:
            yield first, last
            first = -1
        if item and first < 0:
            first = last = line
            depth = indent
    if first >= 0:
        yield first, last


def _links(board: Board, first: int, last: int) -> bool:
    """Whether lines hold a link; of plain text it is not known."""
    return board.document.format != "markdown" or board.vetoes.has_link(first, last)


def _may_head(board: Board, heading: int) -> bool:
    """Whether an article may have such a heading: of some leftovers only those of a word or two are like one."""
    category = CATEGORY[board.lines[heading].rule.category]
    return category.in_headings or board.view.words(heading, heading) <= _LABEL_WORDS


def _leads(board: Board, heading: int, marks: list[Mark]) -> bool:
    """Whether what stands below a heading stays, up to a heading that is no lower."""
    below = heading + 1
    if below >= len(marks) or below in board.lines:
        return False
    mark, own = marks[below][1], marks[heading][1]
    return not mark.startswith("#") or own == "<summary" or len(mark) > len(own)


def _give_back(board: Board, lines: list[int], why: Reason) -> None:
    by_claim: dict[Claim, list[int]] = {}
    for line in lines:
        by_claim.setdefault(board.lines[line], []).append(line)
    for claim, its in by_claim.items():
        board.give_back(claim, its, why)


STEP = Step("wholes", _apply, saves=True)
