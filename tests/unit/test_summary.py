"""The report in a few lines, and its numbers, colours and safe text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cleaner.model import Confidence, Kept, Level, SiteMatch
from cleaner.reasons import Code, Reason
from cleaner.report.numbers import count, share
from cleaner.report.paint import BOLD, DIM, STRUCK, Paint, shortened, visible
from cleaner.report.summary import summary
from tests.unit.test_page import kept, removal, report

SOURCE = (
    "Share this\nA line that stays, and one that follows it.\nSign in\nBuy two\nCookies\nRelated\nPrint\nShare that\n"
)


def told(*removals: str, colour: bool = False, **facts: Any) -> list[str]:
    """The summary of a report on which lines of `SOURCE` went, each for a category of its own."""
    took = [
        removal(SOURCE, text, category, number)
        for number, (category, text) in enumerate((one.split(": ") for one in removals), 1)
    ]
    return summary(replace(report(SOURCE, *took), **facts), name="clip.txt", colour=colour)


def test_nothing_went() -> None:
    assert told() == [
        "clip.txt: nothing removed from 8 lines (text, level normal)",
        "  site: not known (--url names it)",
        "  kept: nothing was in doubt",
    ]


def test_what_went_by_category_and_rule() -> None:
    assert told("share: Share this", "navigation: Sign in", "share: Share that") == [
        "clip.txt: 3 removals, 27 of 104 characters (26 %; text, level normal)",
        "  share          2 ×       20 characters   19 %",
        "  navigation     1 ×        7 characters    7 %",
        "  rules: share.test (2), navigation.test",
        "  site: not known (--url names it)",
        "  kept: nothing was in doubt",
    ]


FIVE = ("share: Share this", "navigation: Sign in", "subscription: Buy two", "cookie: Cookies", "related: Related")


def test_of_many_categories_the_smaller_ones_are_named_together() -> None:
    assert told(*FIVE[:4])[1:5] == [
        "  share            1 ×       10 characters   10 %",
        "  cookie           1 ×        7 characters    7 %",
        "  navigation       1 ×        7 characters    7 %",
        "  subscription     1 ×        7 characters    7 %",
    ]
    assert told(*FIVE)[3:5] == [
        "  navigation       1 ×        7 characters    7 %",
        "  and 2 more categories: related, subscription",
    ]
    assert told(*FIVE, colour=True)[4] == "\x1b[2m  and 2 more categories: related, subscription\x1b[0m"


def test_of_many_rules_six_are_named() -> None:
    six = (*FIVE, "print: Print")
    names = "cookie.test, navigation.test, print.test, related.test, share.test, subscription.test"
    assert told(*six)[5] == f"  rules: {names}"
    assert told(*six, "donation: Share that")[5] == (
        "  rules: cookie.test, donation.test, navigation.test, print.test, related.test, share.test and 1 more"
    )


def test_colours() -> None:
    first, second = told("share: Share this", colour=True)[:2]
    assert first.startswith("\x1b[1mclip.txt\x1b[0m: 1 removal, 10 of")
    assert second.startswith("  \x1b[34mshare\x1b[0m  ")


@pytest.mark.parametrize(
    ("warnings", "lines"),
    [
        ((), []),
        (("one",), ["one"]),
        (("one", "two\x1b"), ["one", "two\\x1b"]),
        (("one", "two", "three"), ["one", "and 2 more, in the report"]),
        (("one", "two", "three", "four"), ["one", "and 3 more, in the report"]),
    ],
)
def test_warnings(warnings: tuple[str, ...], lines: list[str]) -> None:
    assert told(warnings=warnings)[1:-2] == [f"  warning: {line}" for line in lines]
    painted = [f"  \x1b[33mwarning\x1b[0m: {line}" for line in lines]
    assert told(warnings=warnings, colour=True)[1:-2] == painted


@pytest.mark.parametrize(
    ("site", "url", "line"),
    [
        (None, None, "not known (--url names it)"),
        (None, "https://a.example", "no rules for this site"),
        (SiteMatch("sites/a", "url", ("a.example",)), "https://a.example", "sites/a, told by its address (a.example)"),
        (SiteMatch("sites/a", "front-matter", ("x\x1b", "y")), None, "sites/a, told by the front matter (x\\x1b, y)"),
        (
            SiteMatch("sites/a", "fingerprints", ("x" * 61,)),
            None,
            f"sites/a, told by phrases in the text ({'x' * 59}…)",
        ),
    ],
)
def test_the_site(site: SiteMatch | None, url: str | None, line: str) -> None:
    assert told(site=site, url=url)[-2] == f"  site: {line}"


def doubt(confidence: Confidence, code: Code = "needs-neighbours", rule: str = "legal.test") -> Kept:
    return kept(SOURCE, "Print", confidence=confidence, veto=Reason.of(code), rule=rule)


@pytest.mark.parametrize(
    ("level", "doubts", "line"),
    [
        ("normal", [doubt("medium")], "1 match would go with --level aggressive (legal.test)"),
        ("normal", [doubt("medium", "below-level")], "1 match would go with --level aggressive (legal.test)"),
        ("normal", [doubt("low")], "1 match saved by a veto or for lack of company"),
        ("normal", [doubt("high")], "1 match saved by a veto or for lack of company"),
        ("normal", [doubt("medium", "title")], "1 match saved by a veto or for lack of company"),
        ("safe", [doubt("high")], "1 match would go with --level aggressive (legal.test)"),
        ("safe", [doubt("certain")], "1 match saved by a veto or for lack of company"),
        ("aggressive", [doubt("medium")], "1 match saved by a veto or for lack of company"),
        (
            "normal",
            [doubt("medium"), doubt("medium"), doubt("low"), doubt("high", "title")],
            "2 matches would go with --level aggressive (legal.test); 2 matches saved by a veto or for lack of company",
        ),
        (
            "normal",
            [doubt("medium", rule=f"legal.{name}") for name in "cab"],
            "3 matches would go with --level aggressive (legal.c, legal.a, legal.b)",
        ),
        (
            "normal",
            [doubt("medium", rule=f"legal.{name}") for name in "abcde"],
            "5 matches would go with --level aggressive (legal.a, legal.b, legal.c and 2 more)",
        ),
    ],
)
def test_what_was_kept(level: Level, doubts: list[Kept], line: str) -> None:
    assert told(level=level, kept=tuple(doubts))[-1] == f"  kept: {line}"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "0 %"),
        (0, 9, "0 %"),
        (1, 101, "< 1 %"),
        (1, 100, "1 %"),
        (1, 3, "33 %"),
        (5, 5, "100 %"),
        (1, 0, "100 %"),
    ],
)
def test_shares(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def test_counts() -> None:
    assert [count(number, "line") for number in (0, 1, 2, 1234)] == ["0 lines", "1 line", "2 lines", "1,234 lines"]
    assert [count(number, "match") for number in (1, 2)] == ["1 match", "2 matches"]


def test_paint() -> None:
    assert Paint(True)("x", BOLD, DIM) == "\x1b[1;2mx\x1b[0m"
    assert (Paint(True)("x"), Paint(True)("", BOLD), Paint(False)("x", BOLD)) == ("x", "", "x")
    assert Paint(True).category("x", "share", STRUCK) == "\x1b[34;9mx\x1b[0m"
    assert Paint(True).category("x", "no such", STRUCK) == "\x1b[31;9mx\x1b[0m"


def test_what_a_terminal_shows() -> None:
    assert visible("a\tb\u00a0c\u200b\r\n") == "a\tb\u00a0c\u200b"
    assert visible("a\x1b[1m\nb\x85\u202e") == "a\\x1b[1m\\nb\\x85\\u202e"
    assert [shortened("abcd", size) for size in (None, 5, 4, 3, 1, 0)] == ["abcd", "abcd", "abcd", "ab…", "a…", "a…"]
