"""What a rule may find in one text is bounded: a text that is made of what it finds is none of its business."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.match.bound import EACH, HITS, bound, too_many
from cleaner.model import Rule
from tests.linear import calls

FEW = Rule("a.few", "generic/a", "share", "certain", "line", "m", "phrases", (), ())
MANY = Rule("a.many", "generic/a", "share", "certain", "line", "m", "phrases", (), ())
KEEPER = Rule("a.keeper", "generic/a", "share", "certain", "line", "m", "phrases", (), (), keep=True)


def test_who_hits_most_is_left_out_first() -> None:
    assert too_many([(FEW, 10), (MANY, HITS)], 0) == [MANY]
    assert too_many([(FEW, 10), (MANY, HITS)], 10 * EACH) == []
    assert too_many([(FEW, 10), (MANY, 10)], 0) == []


def test_who_keeps_is_left_out_last() -> None:
    assert too_many([(FEW, 10), (KEEPER, HITS)], 0) == [FEW]
    assert too_many([(KEEPER, HITS + 1), (FEW, 10)], 0) == [FEW, KEEPER]


def test_a_text_that_is_made_of_a_label_stays_with_a_word(shipped: cleaner.Cleaner) -> None:
    text = "Share\n" * 20_000
    result = shipped.clean(text)
    assert result.text == text
    assert any(warning.startswith("rule share.") for warning in result.report.warnings)
    assert len(result.report.warnings) <= 6


def test_no_more_hits_are_held_than_count() -> None:
    assert bound(0) == HITS
    assert bound(1_000_000) == HITS + 1_000_000 // EACH


@pytest.mark.parametrize(
    "text", ["Read {{a.b}} in it, and more of it. ", "He said “{{a.b}}” and went on to the quay. "]
)
def test_the_work_for_tokens_on_a_line_grows_as_the_line(shipped: cleaner.Cleaner, text: str) -> None:
    """Counted in calls, not in seconds, so that it says the same on every machine."""
    shipped.clean("word " * 100_000)  # from now on an automaton looks up the keywords
    few = calls(lambda: shipped.clean(text * 500, format="text"))
    assert calls(lambda: shipped.clean(text * 2000, format="text")) < 5 * few
