"""What is remembered of lines and of what stands around them changes nothing: every round could begin afresh."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.report.json import to_dict
from tests.forgetting import forget
from tests.properties.strategies import MARKUP, NOISE, PROSE

CLEANER = cleaner.Cleaner()
lines = st.lists(st.sampled_from([*NOISE, *PROSE, *MARKUP, "", ""]), min_size=2, max_size=24)


def told(text: str) -> tuple[str, object]:
    result = CLEANER.clean(text)
    return result.text, to_dict(result.report)


@given(lines, st.randoms(use_true_random=False), st.sampled_from(["\n", "\n\n", "\r\n"]))
@settings(max_examples=settings().max_examples // 3, deadline=None)
def test_what_was_cleaned_before_changes_nothing(found: list[str], random: object, end: str) -> None:
    text = end.join(found)
    forget()
    fresh = told(text)
    for _ in range(2):  # the same lines with other neighbours
        random.shuffle(found)  # type: ignore[attr-defined]
        told(end.join(found))
    assert told(text) == fresh
