"""A board for one step alone: a text, and what rules have done to its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from cleaner.decide.board import Board
from cleaner.decide.engine_rules import engine_rule
from cleaner.match.claims import Claim
from cleaner.model import Confidence, Format, Level, Rule, Scope
from cleaner.read.document import read
from cleaner.view import View


@cache
def rule(category: str, confidence: Confidence = "high", scope: Scope = "line") -> Rule:
    """A rule of a test, always the same."""
    return engine_rule(f"t.{category}-{confidence}-{scope}", category, scope, "of a test", confidence)


def stage(
    text: str,
    going: Mapping[str, str] | None = None,
    weak: Mapping[str, tuple[str, Confidence]] | None = None,
    *,
    format: Format = "text",
    level: Level = "normal",
    url: str | None = None,
    **fields: Any,
) -> Board:
    """A board on which some lines go, and weak rules want others; both are given by their words."""
    document = replace(read(text, format), url=url)
    board = Board(document, View(document.text, document.hidden), level, [], **fields)
    words = [board.view.line_text(line) for line in range(len(board.view.lines))]
    for line, its in enumerate(words):
        start, end = board.view.lines[line]
        if its in (going or {}):
            claim = Claim(rule((going or {})[its]), start, end, line, line, whole=True)
            board.fit.append(claim)
            board.take(line, line, claim)
        elif its in (weak or {}):
            board.fit.append(Claim(rule(*(weak or {})[its]), start, end, line, line))
    return board


def at(board: Board, words: str) -> int:
    """The first line with these words."""
    return next(line for line in range(len(board.view.lines)) if board.view.line_text(line) == words)


def gone(board: Board, before: Sequence[str] | Mapping[str, str] = ()) -> list[str]:
    """The words of the lines that went, but for those that did before."""
    words = (board.view.line_text(line) for line in sorted(board.lines))
    return [its for its in words if its not in before]
