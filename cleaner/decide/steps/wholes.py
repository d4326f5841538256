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

_MARKS = re.compile(
    r"[ \t>]*(?:(?P<item>\d{1,9}[.)])[ \t]|(?P<heading>#{1,6}(?=[ \t])|<summary\b))|(?P<indent>[ \t]{2,})"
)

_LABEL_WORDS = 2


def _apply(board: Board) -> None:
    if not board.lines:
        return
    marks = _marks(board)
    for first, last in _lists(marks):
        going = [line for line in range(first, last + 1) if line in board.lines]
        if going and (len(going) <= last - first or not _links(board, first, last)):
            _give_back(board, going, Reason.of("list-middle"))
    if board.document.format == "markdown":
        for line in reversed([line for line in board.lines if marks[line].startswith(("#", "<"))]):
            if _may_head(board, line) and _leads(board, line, marks):
                _give_back(board, [line], Reason.of("heading"))


def _marks(board: Board) -> list[str]:
    """What each line begins with in the input: the mark of a numbered item or a heading, or what indents it."""
    text = board.document.text
    marks = []
    done = 0
    for first, _ in board.view.lines:
        start = board.view.origin(first)
        begin = max(text.rfind("\n", done, start), text.rfind("\r", done, start), done - 1) + 1
        found = _MARKS.match(text, begin)
        marks.append((found["item"] or found["heading"] or found["indent"]) if found else "")
        done = begin
    return marks


def _lists(marks: list[str]) -> Iterator[Span]:
    """The numbered lists, from their first line to the last; what is indented below an item belongs to it."""
    first = last = -1
    for line, mark in enumerate(marks):
        item = mark[:1].isdigit()
        if first >= 0 and (item or mark.isspace()):
            last = line
        elif first >= 0:
            yield first, last
            first = -1
        if item and first < 0:
            first = last = line
    if first >= 0:
        yield first, last


def _links(board: Board, first: int, last: int) -> bool:
    """Whether lines hold a link; of plain text it is not known."""
    return board.document.format != "markdown" or board.vetoes.has_link(first, last)


def _may_head(board: Board, heading: int) -> bool:
    """Whether an article may have such a heading: of some leftovers only those of a word or two are like one."""
    category = CATEGORY[board.lines[heading].rule.category]
    return category.in_headings or board.view.words(heading, heading) <= _LABEL_WORDS


def _leads(board: Board, heading: int, marks: list[str]) -> bool:
    """Whether what stands below a heading stays, up to a heading that is no lower."""
    below = heading + 1
    if below >= len(marks) or below in board.lines:
        return False
    mark = marks[below]
    return not mark.startswith("#") or marks[heading] == "<summary" or len(mark) > len(marks[heading])


def _give_back(board: Board, lines: list[int], why: Reason) -> None:
    by_claim: dict[Claim, list[int]] = {}
    for line in lines:
        by_claim.setdefault(board.lines[line], []).append(line)
    for claim, its in by_claim.items():
        board.give_back(claim, its, why)


STEP = Step("wholes", _apply, saves=True)
