"""Tags: links to the pages of a site's tags below a text, which only their addresses tell from other links."""

from __future__ import annotations

import re
from bisect import bisect_left

from cleaner.decide.board import Board, Step
from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.steps.menus import paragraphs_left
from cleaner.late import late

TAGS = engine_rule("tags.links", "navigation", "line", "links to the pages of tags, below the text")
_PAGE = late(
    r"/(?:tags?|tagged|hashtags?|topics?|keywords?|labels?|themen|schlagwort|etiquetas?|mots?-cles?)/[^/?#\s)]+/?[?#)>]",
    re.IGNORECASE,
)
_LABEL = late(r"\W*(?:(?:tags?|tagged(?: (?:in|with|as))?|topics?|filed under|posted in|themen)\b)?\W*", re.IGNORECASE)
_LEAST = 2
"""Links, for one alone may be a hint; and paragraphs, for a text of fewer may be a list of tags."""


def _apply(board: Board) -> None:
    document = board.document
    if board.judged or board.level == "safe" or document.format != "markdown" or not board.wants(TAGS):
        return
    if not document.links:
        return
    paragraphs = paragraphs_left(board)
    if len(paragraphs) < _LEAST:
        return
    starts = [link.start for link in document.links]
    found = {
        line: links
        for line in range(paragraphs[-1] + 1, len(board.view.lines))
        if line not in board.lines and (links := _tags(board, starts, line))
    }
    if sum(found.values()) >= _LEAST:
        for line in found:
            if not board.stays(line, line):
                board.take_as(line, line, TAGS)


def _tags(board: Board, starts: list[int], line: int) -> int:
    """How many links to pages of tags a line is made of; 0 if it says anything else."""
    text, links = board.document.text, board.document.links
    first, last = board.view.origin_span(*board.view.lines[line])
    at = bisect_left(starts, first)
    if at and links[at - 1].end > first:
        at -= 1
    count, outside = 0, first
    while at < len(links) and links[at].start < last:
        link = links[at]
        if not _PAGE.search(text, link.text_end, link.end) or not _LABEL.fullmatch(text[outside : link.start]):
            return 0
        count, outside, at = count + 1, max(outside, link.end), at + 1
    return count if not any(map(str.isalnum, text[outside:last])) else 0


STEP = Step("tags", _apply, (TAGS,))
