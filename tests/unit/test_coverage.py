"""Which lines go whole for the claims on them, and who takes them."""

from __future__ import annotations

import pytest

from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.steps.coverage import whole_lines
from cleaner.decide.steps.spans import free_spans
from cleaner.match.claims import Claim
from cleaner.model import Confidence, Rule
from cleaner.view import View
from tests.unit.stage import rule

STRONG, WEAK = rule("share"), rule("share", "medium")


def claim(view: View, words: str, of: Rule = STRONG, *, whole: bool = False) -> Claim:
    start = view.text.index(words)
    end = start + len(words)
    return Claim(of, start, end, view.line_at(start), view.line_at(end - 1), whole=whole)


@pytest.mark.parametrize(
    ("line", "strong", "weak", "goes"),
    [
        ("share this", ["share this"], [], True),
        ("share this now", ["share this"], [], False),
        ("share this now", ["share this"], ["now"], True),
        ("now share this", ["share this"], ["now"], True),
        ("share this now", ["this"], ["share this now"], False),
        ("share this now", ["share"], ["share this now"], False),
        ("share this now", ["now"], ["share this now"], False),
        ("share this now", [], ["share this now"], False),
        ("share this now do", ["share", "now"], ["this", "do"], True),
        ("share this now do", ["share", "do"], ["this now do"], False),
        ("share this now do", ["share", "now", "do"], ["this now"], False),
        ("share this, now do", ["share this", "do"], ["this, now"], True),
    ],
)
def test_weak_claims_help_strong_ones_but_hold_none(line: str, strong: list[str], weak: list[str], goes: bool) -> None:
    view = View(f"before\n{line}\nafter")
    found = whole_lines(view, [claim(view, one) for one in strong], [claim(view, one, WEAK) for one in weak])
    assert (sorted(found) == [1]) is goes


def test_a_weak_claim_on_whole_lines_helps_nobody() -> None:
    view = View("share this\nnow")
    weak = claim(view, "this\nnow", WEAK, whole=True)
    assert whole_lines(view, [claim(view, "share")], [weak]) == {}


def test_claims_on_whole_lines_and_lines_that_are_covered() -> None:
    view = View("one\ntwo words\nthree")
    block = claim(view, "words\nthree", whole=True)
    one = claim(view, "one")
    assert whole_lines(view, [block, one, claim(view, "two")], []) == {0: one, 1: block, 2: block}


def of(id: str, confidence: Confidence = "high") -> Rule:
    return engine_rule(id, "share", "line", "of a test", confidence)


def test_who_takes_a_line_that_many_want() -> None:
    view = View("one two\nthree")
    line, wide = claim(view, "one two", of("a.line")), claim(view, "one two", of("z.whole"), whole=True)
    block, sure = (
        claim(view, "one two\nthree", of("z.block"), whole=True),
        claim(view, "one two", of("z.sure", "certain")),
    )
    part, other = claim(view, "one", of("z.part")), claim(view, "one two", of("b.line"))

    def taker(*claims: Claim) -> str:
        return whole_lines(view, claims, [])[0].rule.id

    for claims, expected in (
        ((line, wide), "z.whole"),
        ((wide, block), "z.block"),
        ((line, sure), "z.sure"),
        ((part, line), "a.line"),
        ((other, line), "a.line"),
    ):
        assert taker(*claims) == taker(*reversed(claims)) == expected


def test_of_spans_that_overlap_the_widest_goes() -> None:
    view = View("a {{token}} in {{it}}\nand {{more}}")

    def span(words: str, id: str = "a.span") -> Claim:
        return claim(view, words, engine_rule(id, "template-token", "span", "of a test"))

    wide, narrow, late = span("{{token}} in"), span("{{token}}"), span("in {{it}}")
    other, next_line = span("{{it}}", "b.span"), span("{{more}}")
    assert free_spans([narrow, wide], []) == [wide]
    assert free_spans([late, narrow], []) == [narrow, late]
    assert free_spans([late, wide], []) == [wide]
    assert free_spans([other, late, wide], []) == [wide, other]
    assert free_spans([next_line, narrow], [1]) == [narrow]
    assert free_spans([claim(view, "a")], []) == []
    twin = span("{{token}}", "b.span")
    assert free_spans([twin, narrow], []) == free_spans([narrow, twin], []) == [narrow]
    overlapping = [span("{{to"), span("{token}} in {{it")]
    assert free_spans(overlapping, []) == overlapping[1:]
