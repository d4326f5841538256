"""Lines that stand all over a site: where they go, and where their place does not speak against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from cleaner.decide.board import Board
from cleaner.decide.steps import sitewide
from cleaner.decide.steps.sitewide import CORPUS
from cleaner.match.conditions import letters
from cleaner.model import Evidence
from cleaner.reasons import Reason
from tests.unit.stage import at, gone, stage

STORY = [
    "The ferry left the pier at seven, as it had done.",
    "Nobody had told the keeper of the lamp.",
    "So he lit it in the old place that night.",
]
LONG = "Brought to you by all the bell ringers of the lane."
OTHER = "Printed on the old press behind the mill of the town."
HEAD, SHORT, SIGNS = "Notes from the books", "Weather", "• • •"


@dataclass
class Counts:
    """What a corpus tells of a site: all the lines of the test, as often as it says."""

    known: Mapping[str, int]
    documents: int = 10
    site: str = "a.example"

    def of(self, key: str) -> int:
        return {letters(line.casefold()): count for line, count in self.known.items()}.get(key, 0)


ALL = dict.fromkeys((LONG, OTHER, HEAD, SHORT), 10)


def applied(
    *rows: str, known: Mapping[str, int] = ALL, going: Mapping[str, str] | None = None, **options: Any
) -> Board:
    board = stage("\n\n".join(rows), going, corpus=Counts(known), **options)
    sitewide.STEP.apply(board)
    return board


def takes(*rows: str, **options: Any) -> list[str]:
    return gone(applied(*rows, **options), options.get("going") or ())


def test_header_and_footer_go() -> None:
    assert takes(LONG, *STORY, OTHER) == [LONG, OTHER]
    assert takes(*STORY, HEAD) == [HEAD]
    assert takes(HEAD, *STORY) == []
    assert takes(LONG, HEAD, *STORY) == [LONG]
    assert takes(HEAD, LONG, *STORY) == [HEAD, LONG]


def test_the_evidence() -> None:
    board = applied(LONG, *STORY)
    claim = board.lines[0]
    saw = Reason.of("on-site", documents="10", all="10", site="a.example")
    assert (claim.rule, claim.evidence, claim.whole) == (CORPUS, (Evidence(CORPUS.id, saw),), True)
    assert board.view.text[claim.start : claim.end] == LONG
    assert board.found == [claim]


def test_in_the_midst_they_go_beside_what_goes_only() -> None:
    assert takes(STORY[0], LONG, *STORY[1:]) == []
    going = {"Share": "share"}
    assert takes(STORY[0], "Share", LONG, *STORY[1:], going=going) == [LONG]
    assert takes(STORY[0], LONG, "Share", *STORY[1:], going=going) == [LONG]
    assert takes(STORY[0], "Share", HEAD, *STORY[1:], going=going) == []
    assert takes(STORY[0], HEAD, "Share", *STORY[1:], going=going) == [HEAD]
    assert takes(STORY[0], LONG, STORY[1], "Share", STORY[2], going=going) == []
    assert takes("Share", LONG, *STORY, going=going) == [LONG]
    assert takes(*STORY, LONG, "Share", going=going) == [LONG]


def test_at_aggressive_they_go_everywhere_and_at_safe_nowhere() -> None:
    assert takes(STORY[0], LONG, STORY[1], HEAD, STORY[2], level="aggressive") == [LONG, HEAD]
    assert takes(HEAD, *STORY, level="aggressive") == [HEAD]
    board = applied(LONG, *STORY, level="safe")
    assert (gone(board), len(board.found)) == ([], 1)


@pytest.mark.parametrize(("count", "goes"), [(5, True), (4, False)])
def test_how_often_a_line_must_stand_there(count: int, goes: bool) -> None:
    assert takes(LONG, *STORY, known={LONG: count}) == ([LONG] if goes else [])


def test_without_counts_or_if_nobody_asked_nothing_goes() -> None:
    board = stage("\n\n".join([LONG, *STORY]))
    sitewide.STEP.apply(board)
    assert (board.lines, board.found) == ({}, [])
    board = applied(LONG, *STORY, wants=lambda rule: rule is not CORPUS)
    assert (board.lines, board.found) == ({}, [])


@pytest.mark.parametrize(("size", "goes"), [(2000, True), (2001, False)])
def test_a_paragraph_is_never_known(size: int, goes: bool) -> None:
    line = "word " * (size // 5) + "x" * (size % 5)
    line = line[: size - 1] + "."
    assert bool(takes(line, *STORY, known={line: 10})) is goes


@pytest.mark.parametrize(
    ("line", "tells"),
    [("a" * 12, True), ("a" * 11, False), ("a b c", True), ("a bc", False)],
)
def test_what_tells(line: str, tells: bool) -> None:
    assert takes(*STORY, line.upper(), known={line.upper(): 10}) == ([line.upper()] if tells else [])


def test_short_ones_and_signs_go_between_those_that_tell() -> None:
    assert takes(LONG, SHORT, OTHER, *STORY) == [LONG, SHORT, OTHER]
    assert takes(LONG, SIGNS, OTHER, *STORY) == [LONG, SIGNS, OTHER]
    assert takes(*STORY, LONG, SIGNS, SHORT) == [LONG, SIGNS, SHORT]
    assert takes(*STORY, SIGNS, LONG) == [LONG]
    assert takes(SHORT, LONG, *STORY) == [SHORT, LONG]
    assert takes(LONG, SHORT, *STORY) == [LONG]
    assert takes(LONG, "Fog", OTHER, *STORY) == [LONG]
    assert takes(SHORT, *STORY) == []


def test_signs_go_with_the_line_above_them() -> None:
    board = applied(*STORY, LONG, SIGNS, OTHER)
    assert board.lines[at(board, SIGNS)] is board.lines[at(board, LONG)]
    assert board.lines[at(board, OTHER)] is not board.lines[at(board, LONG)]


def test_signs_of_a_table_stay() -> None:
    rows = ("| a | b |\n|---|---|\n| • | • |\n| c | d |", LONG)
    assert takes(*STORY, *rows, format="markdown") == [LONG]


def test_below_the_front_matter_is_the_edge() -> None:
    front = "---\ntitle: A ferry\n---"
    assert takes(front, LONG, *STORY, format="markdown") == [LONG]
    assert takes(front, STORY[0], LONG, *STORY[1:], format="markdown") == []


def test_what_is_quoted_or_kept_stays_with_a_word() -> None:
    board = applied(*STORY, "The sign on it said so:", LONG)
    assert gone(board) == []
    assert [note.why for note in board.kept] == [Reason.of("introduced")]
    quoted = f'"{LONG}"'
    board = applied(*STORY, quoted, known={quoted: 10})
    assert (gone(board), board.found) == ([], [])
    assert [note.why for note in board.kept] == [Reason.of("quotation-marks")]


def test_of_what_goes_already_nothing_is_taken_twice() -> None:
    board = applied(*STORY, LONG, OTHER, going={LONG: "share"})
    assert board.lines[at(board, LONG)].rule.category == "share"
    assert gone(board) == [LONG, OTHER]


def test_lines_between_two_runs_divide_them() -> None:
    assert takes(LONG, STORY[0], OTHER, *STORY[1:]) == [LONG]
    assert takes(*STORY[:2], LONG, STORY[2], OTHER) == [OTHER]
