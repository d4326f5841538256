"""Reasons in plain words."""

from __future__ import annotations

import typing

import pytest

from cleaner.html.score.reasons import FAMILIES
from cleaner.match.conditions import _CONDITIONS
from cleaner.reasons import Code, Reason
from cleaner.report import plainly as module
from cleaner.report.plainly import plainly, together

CODES = typing.get_args(Code)


def test_every_code_is_a_clause() -> None:
    same = {"sentence-continues"}  # whose short form is one
    assert module._TOLD.keys() | {"words"} | same == set(CODES)
    assert module._CONDITIONS.keys() == _CONDITIONS.keys()


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            Reason.of("article-probability", probability="0.39"),
            "by its place and form it is no text of the article (61 % sure)",
        ),
        (Reason.of("words", text="- wording"), "against it: how it is worded"),
        (Reason.of("words", text="+ sentence"), "for the article: it is a sentence"),
        (
            Reason.of("words", text="- container of 3 blocks, link density 0.25"),
            "against it: a box of 3 blocks, 25 % links",
        ),
        (Reason.of("words", text="- at 45 % of the page"), "against it: it stands after 45 % of the page"),
        (Reason.of("words", text="begs for money"), "begs for money"),
        (Reason.of("condition", condition="near"), "there are no other leftovers near it"),
        (
            Reason.of("unless", conditions="followed_by and zone"),
            "the rule makes an exception here: what follows it and it stands in a list or a table",
        ),
        (Reason.of("zone", kind="own"), "it is what the owner of the note wrote, which no rule may touch"),
        (Reason.of("reader-keeps", probability="0.93"), "it reads like text of the article (93 % sure)"),
        (Reason.of("sentence-continues"), "the sentence goes on in the next line"),
    ],
)
def test_some(reason: Reason, told: str) -> None:
    assert plainly(reason) == told


def test_one_side_is_named_once() -> None:
    reasons = [Reason.of("words", text=text) for text in ("- wording", "- icons", "+ sentence", "- no date")]
    assert together(reasons) == (
        "against it: how it is worded; icons; for the article: it is a sentence; against it: no date"
    )


def test_the_families_of_the_scorer_have_words() -> None:
    assert {"wording", "visibility"} & {plainly(Reason.of("words", text=f"- {family}")) for family in FAMILIES} == set()
