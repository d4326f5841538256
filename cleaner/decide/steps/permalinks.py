"""Permalinks: the link to itself that a heading of documentation or a blog carries, ``## Install [](#install)``.

Its words are none, a sign, or say what it is, so no rule can find it: most often the view does not even show it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from cleaner.decide.board import Board, Step, Unseen
from cleaner.decide.engine_rules import engine_rule
from cleaner.edit import Lines
from cleaner.late import late
from cleaner.model import Evidence, Link
from cleaner.reasons import Reason

PERMALINK = engine_rule("permalinks.heading", "interface", "span", "the link of a heading to itself")
_HEADING = late(r"^[ \t>]{0,12}#{1,6}[ \t]", re.MULTILINE)
_WORDS = late(
    r"(?:hidden )?anchor|(?:direct |perma)?link(?: to (?:this )?(?:heading|section))?|permalink(?: (?:to|for) .{1,80})?"
    r"|copy link|section titled .{1,80}",
    re.IGNORECASE,
)


def _apply(board: Board) -> None:
    document = board.document
    if board.level == "safe" or document.format != "markdown" or not board.wants(PERMALINK):
        return
    if "#" not in document.text or not document.links:
        return
    lines = Lines(document.text)
    starts = [link.start for link in document.links]
    going = {lines.at(board.view.origin(board.view.lines[line][0])) for line in board.lines}
    for heading in _HEADING.finditer(document.text):
        line = lines.at(heading.start())
        _, stop = lines.span(line, line)
        at = bisect_left(starts, heading.end())
        while at < len(starts) and starts[at] < stop and line not in going:
            if _is_permalink(board, document.links[at]):
                _take(board, document.links[at])
            at += 1


def _is_permalink(board: Board, link: Link) -> bool:
    text = board.document.text
    words = text[link.text_start : link.text_end].strip()
    if not text[link.text_end : link.end].startswith("](") or "#" not in text[link.text_end : link.end]:
        return False
    if text.startswith("!", link.start) or "](" in words or board.vetoes.in_zone(link.start, link.end):
        return False
    return not any(map(str.isalnum, words)) or _WORDS.fullmatch(words) is not None


def _take(board: Board, link: Link) -> None:
    seen = Reason.of("matched", text=board.document.text[link.start : link.end])
    board.unseen.append(Unseen(PERMALINK, link.start, link.end, (Evidence(PERMALINK.id, seen),), whole=False))


STEP = Step("permalinks", _apply, (PERMALINK,))
