"""The brackets of a link around several lines go or stay with its words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.decide.board import Board, Unseen
from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.steps import brackets
from cleaner.match.claims import Claim
from cleaner.model import Evidence, Format
from cleaner.read.document import read
from cleaner.reasons import Reason
from cleaner.view import View
from tests.unit.stage import at, gone, rule, stage

RULE = engine_rule("a.b", "related", "line", "a list")
APART = "Words of the article.\n\n[\n\nTen tricks\n\nfor your mill\n\n](https://a.example/1)\n\nMore words.\n"
TOGETHER = "Words of the article.\n\n- [\n\tTen tricks\n\t](https://a.example/1)\n- 377\n\nMore words.\n"
PICTURE = "Words.\n\n[![A mill](https://a.example/1.png)\n\nTen tricks\n\n](https://a.example/1)\n\nMore words.\n"


def left(text: str, going: Sequence[str]) -> str:
    """What the step leaves of a text when lines with these words go."""
    document = read(text, "markdown")
    board = Board(document, View(document.text, document.hidden), "normal", [])
    for number, (start, end) in enumerate(board.view.lines):
        if board.view.text[start:end] in going:
            board.take(number, number, Claim(RULE, start, end, number, number, whole=True))
    brackets.STEP.apply(board)
    gone = {text.count("\n", 0, board.view.origin(board.view.lines[line][0])) for line in board.lines}
    gone |= {text.count("\n", 0, one.start) for one in board.unseen}
    return "\n".join(row for number, row in enumerate(text.split("\n")) if number not in gone and row)


@pytest.mark.parametrize(
    ("text", "going", "expected"),
    [
        (APART, ["Ten tricks", "for your mill"], "Words of the article.\nMore words."),
        (TOGETHER, ["Ten tricks"], "Words of the article.\n- 377\nMore words."),
        (PICTURE, ["Ten tricks"], "Words.\nMore words."),
    ],
    ids=["apart", "together", "picture"],
)
def test_brackets_go_with_the_words(text: str, going: list[str], expected: str) -> None:
    assert left(text, going) == expected


@pytest.mark.parametrize("going", [["[", "Ten tricks"], ["for your mill", "](https://a.example/1)"]])
def test_brackets_stay_with_words_that_stay(going: list[str]) -> None:
    words = {"Ten tricks", "for your mill"} & set(going)
    expected = "\n".join(row for row in APART.split("\n") if row and row not in words)
    assert left(APART, going) == expected


def test_a_bracket_with_more_behind_it_stays() -> None:
    text = APART.replace("example/1)", "example/1) and more")
    assert left(text, ["Ten tricks", "for your mill"]).split("\n")[1:-1] == ["[", "](https://a.example/1) and more"]


def applied(text: str, *going: str, format: Format = "markdown") -> Board:
    board = stage(text, dict.fromkeys(going, "related"), format=format)
    brackets.STEP.apply(board)
    return board


LINKED = "](https://a.example/1)"


@pytest.mark.parametrize(
    ("rows", "going", "more"),
    [
        (["[", "Ten", "tricks", LINKED], ["Ten", "tricks"], ["[", LINKED]),
        (["Two", "Words", "Ten", LINKED], ["Ten"], []),
        ([LINKED, "[", "Ten", LINKED], ["Ten"], ["[", LINKED]),
        (["[", "Ten", LINKED, "tricks", LINKED], ["Ten", "tricks"], ["[", LINKED]),
        (["[", *map(str, range(29)), LINKED], [*map(str, range(29))], ["[", LINKED]),
        (["[", *map(str, range(30)), LINKED], [*map(str, range(30))], []),
        (["One", "Two", "[", *map(str, range(29)), LINKED], [*map(str, range(29))], ["[", LINKED]),
        (["[", LINKED], [], []),
        (["[", "Ten", "tricks", LINKED], ["Ten"], []),
    ],
)
def test_brackets_on_lines_of_their_own(rows: list[str], going: list[str], more: list[str]) -> None:
    board = applied("\n\n".join([*rows, "More words."]), *going)
    assert gone(board, going) == more
    for line in board.lines:
        assert board.lines[line].rule is rule("related")


def test_of_plain_text_no_brackets_are_known() -> None:
    assert gone(applied(APART, "Ten tricks", "for your mill", format="text")) == ["Ten tricks", "for your mill"]


def test_brackets_that_are_given_back_say_why() -> None:
    board = applied(APART, "[", "Ten tricks")
    assert [(note.claim.first, note.why) for note in board.kept] == [(at(board, "["), Reason.of("cut-link"))]
    assert gone(board) == ["Ten tricks"]


TWO = "Words.\n\n- [\n\tTen tricks\n\tfor your mill\n\t](https://a.example/1)\n- 377\n\nMore words.\n"


def test_brackets_that_the_view_does_not_show_say_why_they_go() -> None:
    board = applied(TWO, "Ten tricks", "for your mill")
    link = TWO[TWO.index("[") : TWO.index("\n- 377")]
    evidence = (Evidence(rule("related").id, Reason.of("matched", text=link)),)
    assert board.unseen == [
        Unseen(rule("related"), place, place + 1, evidence) for place in (TWO.index("["), TWO.index("](h"))
    ]
    assert applied(TWO, "Ten tricks").unseen == applied(TWO, "for your mill").unseen == []


def test_a_link_that_stays_is_no_reason_for_another() -> None:
    text = f"{TWO}\n{TWO.replace('Ten', 'Six').replace('your', 'her')}"
    assert len(applied(text, "Six tricks", "for her mill").unseen) == 2
