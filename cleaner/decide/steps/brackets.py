"""Brackets: a link around several lines goes or stays with its words.

Converters write a link around a card as ``[``, the words, and ``](address)``, each on a line of its own.  No rule takes
a lone bracket, and what takes the one must not leave the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.decide.board import Board, Step, Unseen
from cleaner.edit import Lines
from cleaner.model import Evidence, Span
from cleaner.reasons import Reason

_OPENING = re.compile(r"\[[^\]\n]*")
_CLOSING = re.compile(r"\]\(\S*\)?")
_MAX_LINES = 30
"""Between the brackets of a link."""


def _apply(board: Board) -> None:
    if board.document.format != "markdown" or not (board.lines or board.unseen):
        return
    _pairs_on_lines(board)
    _unseen_brackets(board)


def _pairs_on_lines(board: Board) -> None:
    """Of links that blank lines divide, so that Markdown knows none: their brackets are text of lines of their own."""
    for opening, closing in _pairs(board):
        inside = range(opening + 1, closing)
        claims = [board.lines.get(line) for line in inside]
        if claims and all(claims):
            for bracket, beside in ((opening, claims[0]), (closing, claims[-1])):
                if bracket not in board.lines and beside is not None:
                    board.take_as(bracket, bracket, beside.rule)
        elif claims:
            for bracket in (opening, closing):
                if bracket in board.lines:
                    board.give_back(board.lines[bracket], [bracket], Reason.of("cut-link"))


def _pairs(board: Board) -> Iterator[Span]:
    """The lines of an opening bracket and of the closing one that ends the line on which it stands."""
    opening = -1
    for line in range(len(board.view.lines)):
        text = board.view.line_text(line, line)
        if _OPENING.fullmatch(text):
            opening = line
        elif text.startswith("]("):
            if opening >= 0 and line - opening <= _MAX_LINES and _CLOSING.fullmatch(text):
                yield opening, line
            opening = -1


def _unseen_brackets(board: Board) -> None:
    """Of links that Markdown knows: their brackets are markup, which may stand on lines that hold nothing else."""
    text, view = board.document.text, board.view
    some = [link for link in board.document.links if "\n" in text[link.start : link.end]]
    if not some:
        return
    raw = Lines(text)
    shown = {raw.at(view.origin(start)) for start, _ in view.lines}
    for link in some:
        first, stop = view.line_at_origin(link.text_start), view.line_at_origin(link.text_end)
        if first == stop or any(line not in board.lines for line in range(first, stop)):
            continue
        for at in (link.start, link.text_end):
            if raw.at(at) not in shown:
                rule = board.lines[first].rule
                seen = Reason.of("matched", text=text[link.start : link.end])
                board.unseen.append(Unseen(rule, at, at + 1, (Evidence(rule.id, seen),)))


STEP = Step("brackets", _apply)
