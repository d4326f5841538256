"""Something is left of every text, and the weakest removals are given back first."""

from __future__ import annotations

import pytest

from cleaner.decide.steps import budget
from cleaner.decide.steps.budget import give_back
from cleaner.match.claims import Claim
from cleaner.model import Span
from cleaner.reasons import Reason
from tests.unit.stage import at, gone, rule, stage


@pytest.mark.parametrize(
    ("text", "cuts", "back"),
    [
        ("abcdefghij" + "x" * 5, [(10, 15)], []),
        ("abcdefghi" + "x" * 5, [(9, 14)], [0]),
        ("abcdefghi" + "x" * 5 + "y" * 5, [(9, 14), (14, 19)], [0]),
        ("abcdefghi" + "x" * 5 + "y" * 5, [(14, 19), (9, 14)], [0]),
        ("abcde" + "x" * 2 + "y" * 3, [(5, 7), (7, 10)], [0, 1]),
        ("abcdefgh" + "x" * 2 + "y" * 3, [(8, 10), (10, 13)], [0]),
        ("abcdefgh" + "x" + "y" * 3, [(8, 9), (9, 12)], [0, 1]),
        ("ab" + "x" * 3 + "y" * 3, [(2, 5), (5, 8)], []),
        ("xxx" + "yyy", [(3, 6), (0, 3)], [0]),
        ("xxx" + "y", [(3, 4), (0, 3)], [0]),
        ("..." + "xxx", [(0, 3), (3, 6)], [1]),
        ("..." + "xxxxxxxxxxx", [(0, 3), (3, 14)], [1]),
        ("", [], []),
        ("...", [(0, 3)], []),
    ],
)
def test_which_cuts_are_undone(text: str, cuts: list[Span], back: list[int]) -> None:
    assert give_back(text, cuts) == back


def test_the_weakest_are_given_back_with_a_word() -> None:
    board = stage("Share\nSign in\nZorb", {"Share": "share", "Sign in": "navigation"})
    budget.STEP.apply(board)
    assert gone(board) == ["Share"]
    assert [(note.claim.rule.category, note.fate, note.why) for note in board.notes] == [
        ("navigation", "kept", Reason.of("budget"))
    ]
    assert board.warnings == ["almost nothing would be left; the weakest removals were given back, see `kept`"]


def test_all_lines_of_a_removal_are_given_back() -> None:
    board = stage("Share\nSign in\nand out", {"Share": "share"})
    line, start, end = 1, board.view.lines[1][0], board.view.lines[2][1]
    board.take(1, 2, Claim(rule("navigation", "medium"), start, end, line, line + 1, whole=True))
    budget.STEP.apply(board)
    assert gone(board) == ["Share"]


def test_if_enough_is_left_nothing_is_said() -> None:
    board = stage("Share\nThe harbour", {"Share": "share"})
    budget.STEP.apply(board)
    assert (gone(board), board.warnings, board.notes) == (["Share"], [], [])


def test_a_span_is_given_back_too() -> None:
    board = stage("ab zorb quux blarg", {})
    claim = Claim(rule("template-token", "certain", "span"), 3, 18, 0, 0)
    board.spans.append(claim)
    budget.STEP.apply(board)
    assert (board.spans, [note.why for note in board.notes]) == ([], [Reason.of("budget")])


def test_the_surer_is_given_back_later() -> None:
    board = stage("Share one\nSign in two\nZorb", {"Share one": "share", "Sign in two": "navigation"})
    certain = Claim(rule("share", "certain"), *board.view.lines[1], 1, 1, whole=True)
    board.lines[1] = certain
    budget.STEP.apply(board)
    assert (gone(board), at(board, "Share one")) == (["Sign in two"], 0)
