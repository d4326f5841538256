"""The report as a diff: lines that went, lines that lost a part, and what stands around them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cleaner.model import Removal, Repair
from cleaner.report.diff import diff
from tests.unit.test_page import removal, report

LINES = [f"Line {number}" for number in range(1, 13)]
SOURCE = "\n".join(LINES) + "\n"
BAR = "│"


def drawn(source: str, *removals: Removal, repairs: tuple[Repair, ...] = (), **options: Any) -> list[str]:
    return list(diff(source, replace(report(source, *removals), repairs=repairs), **options))


def test_a_line_that_went_with_two_lines_around_it() -> None:
    assert drawn(SOURCE, removal(SOURCE, "Line 6\n")) == [
        f"      {BAR}            ⋮ 3 lines stayed",
        f"  4   {BAR}            Line 4",
        f"  5   {BAR}            Line 5",
        f"  6 - {BAR} share.test Line 6",
        f"  7   {BAR}            Line 7",
        f"  8   {BAR}            Line 8",
        f"      {BAR}            ⋮ 4 lines stayed",
    ]


def test_one_line_is_folded_and_none_is() -> None:
    assert drawn(SOURCE, removal(SOURCE, "Line 4\n"))[:2] == [
        f"      {BAR}            ⋮ 1 line stayed",
        f"  2   {BAR}            Line 2",
    ]
    assert drawn(SOURCE, removal(SOURCE, "Line 3\n"))[0] == f"  1   {BAR}            Line 1"
    assert drawn(SOURCE) == [f"      {BAR}  ⋮ 12 lines stayed"]
    assert drawn("") == []


def test_between_removals_lines_are_folded_too() -> None:
    rows = drawn(SOURCE, removal(SOURCE, "Line 2\n"), removal(SOURCE, "Line 10\n", number=2))
    assert [row.split(BAR)[1][12:] for row in rows] == [
        *("Line 1", "Line 2", "Line 3", "Line 4", "⋮ 3 lines stayed"),
        *("Line 8", "Line 9", "Line 10", "Line 11", "Line 12"),
    ]


def test_of_a_line_that_lost_a_part_it_is_marked() -> None:
    text = "You have {{n}} articles\n"
    part = removal(text, "{{n}}", "template-token")
    assert drawn(text, part) == [f"  1 ~ {BAR} template-token.test You have [-{{{{n}}}}-] articles"]
    assert drawn(text, part, colour=True) == [
        f"  1 \x1b[1m~\x1b[0m \x1b[2m{BAR}\x1b[0m \x1b[35mtemplate-token.test\x1b[0m "
        "You have \x1b[35;9m{{n}}\x1b[0m articles"
    ]


def test_white_space_goes_with_its_neighbour() -> None:
    text = "You have {{n}} articles\n"
    part, space = removal(text, "{{n}}", "share"), Repair(8, 9, " ")
    assert drawn(text, part, repairs=(space,)) == [f"  1 ~ {BAR} share.test You have[- {{{{n}}}}-] articles"]
    behind = Repair(14, 15, " ")
    assert drawn(text, part, repairs=(behind,)) == [f"  1 ~ {BAR} share.test You have [-{{{{n}}}} -]articles"]
    apart = Repair(3, 4, " ")
    assert drawn(text, part, repairs=(apart,)) == [f"  1 ~ {BAR} share.test You[- -]have [-{{{{n}}}}-] articles"]
    assert "\x1b[7;2m \x1b[0m" in drawn(text, part, repairs=(apart,), colour=True)[0]


def test_two_removals_beside_each_other_are_two() -> None:
    text = "You have {{n}}{{m}} articles\n"
    rows = drawn(text, removal(text, "{{n}}", "share"), removal(text, "{{m}}", "cookie", 2))
    assert rows == [f"  1 ~ {BAR} share.test  You have [-{{{{n}}}}-][-{{{{m}}}}-] articles"]


def test_a_line_that_went_in_parts_went() -> None:
    text = "Share this\n"
    rows = drawn(text, removal(text, "Share ", "share"), removal(text, "this", "cookie", 2))
    assert rows == [f"  1 - {BAR} share.test  Share this"]


def test_of_a_removal_around_another_each_shows_its_own() -> None:
    text = "one two three\n"
    rows = drawn(text, removal(text, "two three"), removal(text, "two", "cookie", 2))
    assert rows == [f"  1 ~ {BAR} share.test  one [-two three-]"]


def test_a_removal_over_lines_is_named_once() -> None:
    rows = drawn(SOURCE, removal(SOURCE, "Line 2\nLine 3\n"), removal(SOURCE, "Line 5\n", "share", 2))
    assert [row for row in rows if " - " in row] == [
        f"  2 - {BAR} share.test Line 2",
        f"  3 - {BAR}            Line 3",
        f"  5 - {BAR} share.test Line 5",
    ]


def test_blank_lines_that_went() -> None:
    text = "One\n\nTwo\n"
    assert drawn(text, removal(text, "Two\n"), repairs=(Repair(4, 5, "\n"),)) == [
        f"  1   {BAR}            One",
        f"  2 - {BAR}",
        f"  3 - {BAR} share.test Two",
    ]


def test_the_last_character_of_a_removal_is_on_its_last_line() -> None:
    rows = drawn(SOURCE, removal(SOURCE, "Line 2\n"))
    assert sum(" - " in row for row in rows) == 1


@pytest.mark.parametrize("size", [999, 1000])
def test_numbers_have_room(size: int) -> None:
    text = "x\n" * (size - 1) + "Share\n"
    rows = drawn(text, removal(text, "Share\n"))
    assert rows[-1] == f"{size} - {BAR} share.test Share"
    assert rows[0].index(BAR) == rows[-1].index(BAR) == len(str(size)) + 3


def test_long_names_of_rules_are_shortened() -> None:
    text = "Share\nStays\n"
    rows = drawn(text, removal(text, "Share\n", rule="x" * 31))
    assert rows == [f"  1 - {BAR} {'x' * 29}… Share", f"  2   {BAR} {'':30} Stays"]


def test_lines_that_stay_are_shortened_and_others_wrapped() -> None:
    text = f"{'word ' * 12}\nShare with {'word ' * 9}\n"
    rows = drawn(text, removal(text, f"Share with {'word ' * 9}\n"), width=50)
    assert rows == [
        f"  1   {BAR}            word word word word word word…",
        f"  2 - {BAR} share.test Share with word word word word",
        f"      {BAR}            word word word word word",
    ]


def test_there_is_room_on_the_narrowest_terminal() -> None:
    text = f"{'x' * 45}\n"
    rows = drawn(text, removal(text, text), width=1)
    assert [row.split()[-1] for row in rows] == ["x" * 20, "x" * 20, "x" * 5]


def test_what_was_taken_is_marked_across_rows() -> None:
    text = f"Stays here and {{{{{'n' * 20}}}}} goes\n"
    rows = drawn(text, removal(text, "{{" + "n" * 20 + "}}"), width=41)
    assert rows == [
        f"  1 ~ {BAR} share.test Stays here and",
        f"      {BAR}            [-{{{{{'n' * 17}",
        f"      {BAR}            nnn}}}}-] goes",
    ]


def test_what_a_line_ends_with_is_shown() -> None:
    text = "Say X\n"
    assert drawn(text, removal(text, "Say ")) == [f"  1 ~ {BAR} share.test [-Say -]X"]


def test_a_line_that_went_in_parts_went_wherever_it_stands() -> None:
    text = "Stays\nShare this\n"
    rows = drawn(text, removal(text, "Share ", "share"), removal(text, "this", "cookie", 2))
    assert rows[-1] == f"  2 - {BAR} share.test  Share this"


def test_colours_of_a_removal_over_lines() -> None:
    text = "Share\nthis\n"
    assert drawn(text, removal(text, text), colour=True) == [
        f"  1 \x1b[1m-\x1b[0m \x1b[2m{BAR}\x1b[0m \x1b[34mshare.test\x1b[0m \x1b[34mShare\x1b[0m",
        f"  2 \x1b[1m-\x1b[0m \x1b[2m{BAR}\x1b[0m            \x1b[34mthis\x1b[0m",
    ]


def test_white_space_has_the_colour_of_its_neighbour() -> None:
    text = "You have {{n}} articles\n"
    for space in (Repair(8, 9, " "), Repair(14, 15, " ")):
        (row,) = drawn(text, removal(text, "{{n}}", "share"), repairs=(space,), colour=True)
        its = " {{n}}" if space.start == 8 else "{{n}} "
        assert f"\x1b[34;9m{its}\x1b[0m" in row


def test_a_line_whose_end_went_stays() -> None:
    text = "One\nTwo {{n}} six\n"
    part = removal(text, "{{n}}", "share")
    rows = drawn(text, part, repairs=(Repair(3, 4, "\n"),))
    assert rows == [f"  1 ~ {BAR}            One", f"  2 ~ {BAR} share.test Two [-{{{{n}}}}-] six"]
    across = replace(part, start=3, text="\nTwo {{n}}")
    assert drawn(text, across)[-1] == f"  2 ~ {BAR}            [-Two {{{{n}}}}-] six"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("x" * 20, ["x" * 20]),
        ("x" * 20 + " y", ["x" * 20, "y"]),
        ("x" * 21 + " y", ["x" * 20, "x y"]),
        ("x " + "y" * 30, ["x", "y" * 20, "y" * 10]),
    ],
)
def test_where_rows_break(text: str, rows: list[str]) -> None:
    source = f"{text}\n"
    found = drawn(source, removal(source, source), width=1)
    assert [row.split(BAR)[1][12:] for row in found] == rows
