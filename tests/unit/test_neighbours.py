"""What weak evidence needs beside it before it counts, case by case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cleaner.decide.board import Board
from cleaner.decide.steps import neighbours
from cleaner.decide.steps.neighbours import BETWEEN, REPEATED, _Repeats
from cleaner.match.claims import Claim
from cleaner.model import Confidence, Evidence
from cleaner.reasons import Reason
from cleaner.view import View
from tests.unit.stage import at, gone, rule, stage

TOP, END = "The ferry left the pier at seven.", "The gulls followed it, as they had done."
Weak = Mapping[str, tuple[str, Confidence]]


def spread(
    *lines: str, going: Mapping[str, str], weak: Weak | None = None, joint: str = "\n\n", **options: Any
) -> Board:
    board = stage(joint.join(lines), going, weak, **options)
    neighbours.STEP.apply(board)
    return board


def after(*lines: str, going: Mapping[str, str], weak: Weak | None = None, **options: Any) -> list[str]:
    return gone(spread(*lines, going=going, weak=weak, **options), going)


@pytest.mark.parametrize(
    ("lines", "weak", "goes"),
    [
        ((TOP, "Quux", "Nine", "Zorb", END), ("legal", "low"), True),
        ((TOP, "Nine", "Zorb", END), ("legal", "medium"), False),
        ((TOP, "Nine", "Zorb", END), ("share", "medium"), True),
        ((TOP, "Quux", "Nine", END), ("share", "medium"), True),
        ((TOP, "Nine", "Zorb", END), ("share", "low"), False),
        (("Nine", "Zorb", END), ("legal", "low"), True),
        ((TOP, "Zorb", "Nine"), ("legal", "low"), True),
        (("Nine", TOP, "Zorb", END), ("share", "medium"), False),
        ((TOP, "Nine", END, "Zorb"), ("share", "medium"), False),
    ],
)
def test_a_weak_claim(lines: tuple[str, ...], weak: tuple[str, Confidence], goes: bool) -> None:
    going = {"Quux": "share", "Zorb": "share"}
    assert after(*lines, going=going, weak={"Nine": weak}) == (["Nine"] if goes else [])


def test_it_says_beside_what_it_stands() -> None:
    def why(*lines: str, category: str = "share") -> tuple[Evidence, ...]:
        board = spread(*lines, going={"Quux": "share", "Zorb": "cookie"}, weak={"Nine": (category, "medium")})
        claim = board.lines[at(board, "Nine")]
        assert (claim.rule, claim.whole) == (rule(category, "medium"), True)
        return claim.evidence

    quux, zorb = rule("share").id, rule("cookie").id
    both = Reason.of("between-removals", above=quux, below=zorb)
    assert why(TOP, "Quux", "Nine", "Zorb", END) == (Evidence("company", both),)
    assert why(TOP, "Zorb", "Nine") == (Evidence("company", Reason.of("at-edge", rule=zorb)),)
    assert why("Nine", "Quux", END) == (Evidence("company", Reason.of("at-edge", rule=quux)),)
    assert why(TOP, "Quux", "Nine", END) == (Evidence("company", Reason.of("beside-removal", rule=quux)),)
    assert why(TOP, "Nine", "Zorb", END, category="cookie") == (
        Evidence("company", Reason.of("beside-removal", rule=zorb)),
    )


def test_it_spreads_until_nothing_follows() -> None:
    weak: Weak = dict.fromkeys(("One", "Two", "Six"), ("share", "medium"))
    assert after(TOP, "One", "Two", "Zorb", "Six", END, going={"Zorb": "share"}, weak=weak) == ["One", "Two", "Six"]


def test_a_weak_claim_over_lines_goes_whole_from_either_end() -> None:
    for lines in ((TOP, "Zorb", "One", "Two", END), (TOP, "One", "Two", "Zorb", END)):
        board = stage("\n".join(lines), {"Zorb": "share"})
        first = at(board, "One")
        start, end = board.view.lines[first][0], board.view.lines[first + 1][1]
        board.fit.append(Claim(rule("share", "medium"), start, end, first, first + 1))
        neighbours.STEP.apply(board)
        assert gone(board) == [line for line in lines if line not in (TOP, END)]


def test_a_part_of_a_line_and_a_span_take_nothing() -> None:
    for scope in ("line", "span"):
        board = stage(f"{TOP}\n\nZorb\n\nNine of them\n\n{END}", {"Zorb": "share"})
        line = at(board, "Nine of them")
        start, end = board.view.lines[line]
        of = rule("share", "medium", "span" if scope == "span" else "line")
        board.fit.append(Claim(of, start, end if scope == "span" else start + 4, line, line))
        neighbours.STEP.apply(board)
        assert gone(board) == ["Zorb"]


def test_what_is_quoted_stays() -> None:
    weak: Weak = {"Nine": ("share", "medium")}
    assert after(TOP, "Zorb\nNine\nof them all", END, going={"Zorb": "share"}, weak=weak) == []
    assert after(TOP, "Quux\nNine\nof them", "Zorb", END, going={"Quux": "share", "of them": "share"}) == ["Nine"]
    assert after(TOP, "Quux\nNine\nof them", "Zorb", END, going={"Quux": "share"}, joint="\n") == []


@pytest.mark.parametrize(
    ("above", "between", "below", "goes"),
    [
        ("share", "Nine", "share", True),
        ("share", "Nine", "cookie", False),
        ("legal", "Nine", "legal", False),
        ("share", "One two three four five six seven eight", "share", True),
        ("share", "One two three four five six seven eight nine", "share", False),
        ("share", "May 1904", "share", False),
    ],
)
def test_a_short_line_between_two_of_one_box(above: str, between: str, below: str, goes: bool) -> None:
    board = spread(TOP, "Quux", between, "Zorb", END, going={"Quux": above, "Zorb": below})
    line = at(board, between)
    assert (line in board.lines) is goes
    if goes:
        claim = board.lines[line]
        assert (claim.rule.id, claim.rule.category) == (BETWEEN.id, above)


def test_a_line_beside_the_article_is_not_between() -> None:
    assert after(TOP, "Nine", "Zorb", END, going={"Zorb": "share"}) == []


def test_at_safe_and_without_removals_nothing_leans_on_anything() -> None:
    assert after(TOP, "Quux", "Nine", "Zorb", END, going={"Quux": "share", "Zorb": "share"}, level="safe") == []
    assert after(TOP, "Nine", END, going={}, weak={"Nine": ("share", "medium")}) == []


OFFER = "All the news today"
MORE = "It is what nobody else has ever told you about"
BOX = {"Zorb": "newsletter"}


def boxes(copy: str = OFFER, between: str = MORE, first: str = OFFER, category: str = "newsletter") -> list[str]:
    lines = (TOP, "Zorb", first, between, "Quux", copy, END)
    return after(*lines, going={"Zorb": category, "Quux": category})


def test_a_box_that_repeats_goes() -> None:
    assert boxes("All the boats today") == []
    assert boxes() == [OFFER, OFFER]
    assert boxes(category="share") == []
    board = spread(TOP, "Zorb", OFFER, MORE, "Quux", OFFER, END, going={"Zorb": "cookie", "Quux": "cookie"})
    claim = board.lines[at(board, OFFER)]
    assert (claim.rule.id, claim.rule.category) == (REPEATED.id, "cookie")


def test_its_copy_must_stand_beside_what_goes() -> None:
    assert after(TOP, "Zorb", OFFER, MORE, OFFER, "Words", END, going=BOX) == []
    assert after(TOP, "Zorb", OFFER, MORE, OFFER, "Quux", END, going={**BOX, "Quux": "share"}) == []
    assert after(TOP, "Zorb", OFFER, MORE, OFFER, END, going={**BOX, OFFER: "newsletter"}) == []


def test_above_what_goes_a_box_repeats_too() -> None:
    assert after(TOP, OFFER, "Zorb", MORE, OFFER, "Quux", END, going={**BOX, "Quux": "newsletter"}) == [OFFER] * 2


@pytest.mark.parametrize(("words", "goes"), [(20, True), (21, False)])
def test_no_paragraph_stands_between_its_copies(words: int, goes: bool) -> None:
    assert boxes(between=" ".join(["Word"] * words)) == ([OFFER] * 2 if goes else [])


@pytest.mark.parametrize(("lines", "goes"), [(39, True), (40, False)])
def test_its_copies_are_not_far_from_each_other(lines: int, goes: bool) -> None:
    assert boxes(between="\n".join(f"A word {n}" for n in range(lines))) == ([OFFER] * 2 if goes else [])


def test_what_goes_between_its_copies_does_not_count() -> None:
    long = " ".join(["Word"] * 30)
    going = {**BOX, "Quux": "newsletter", long: "share"}
    assert after(TOP, "Zorb", OFFER, MORE, long, "Quux", OFFER, END, going=going) == [OFFER] * 2


@pytest.mark.parametrize(("box", "goes"), [("a" * 12, True), ("a" * 11, False), ("a" * 400, True), ("a" * 401, False)])
def test_how_long_a_box_may_be(box: str, goes: bool) -> None:
    assert boxes("A" + box[1:], first="A" + box[1:]) == (["A" + box[1:]] * 2 if goes else [])


def test_copies_are_found_across_line_breaks_and_not_in_themselves() -> None:
    view = View(
        "All the news now of\nthe quay\n\nWords between\n\nAll the news now\nof the quay\n\nAll the news now, the key"
    )
    repeats = _Repeats(view)
    assert list(repeats.units(0)) == [(0, 1), (0, 0)]
    assert list(repeats.units(1)) == [(0, 1)]
    assert list(repeats.copies(0, 1)) == [(3, 4)]
    assert list(repeats.copies(3, 4)) == [(0, 1)]
    assert list(repeats.copies(3, 3)) == [(0, 0), (5, 5)]
    assert list(repeats.copies(2, 2)) == []


def test_of_very_many_copies_only_some_are_looked_at() -> None:
    view = View("\n\n".join([OFFER] * 30))
    assert list(_Repeats(view).copies(29, 29)) == [(line, line) for line in range(20)]
