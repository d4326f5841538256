"""Which of many spans touch a given one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.decide.overlaps import Overlaps
from cleaner.decide.quotations import QuotationMarks
from cleaner.view import View

spans = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair))), max_size=10)


@given(spans, st.integers(0, 25), st.integers(1, 5))
def test_it_says_what_a_look_at_all_spans_says(found: list[tuple[int, int]], start: int, size: int) -> None:
    numbered = [(first, end, number) for number, (first, end) in enumerate(found)]
    touching = [one for one in sorted(numbered, key=lambda one: one[0]) if one[0] < start + size and start < one[1]]
    overlaps = Overlaps(numbered)
    assert overlaps.all(start, start + size) == [number for _, _, number in touching]
    assert overlaps.first(start, start + size) == (touching[0][2] if touching else None)


def test_of_equal_starts_the_order_given_holds() -> None:
    overlaps = Overlaps([(0, 5, 0), (0, 2, 1)])
    assert (overlaps.all(0, 9), overlaps.first(0, 9)) == ([0, 1], 0)


PAIRS = {'"': '"', "「": "」", "『": "』", "„": '"'}


@given(st.text('a"「」『』„\n', max_size=20), st.data())
def test_quotation_marks_around_a_span(text: str, data: st.DataObject) -> None:
    view = View(text)
    if not view.lines:
        return
    first, last = data.draw(st.sampled_from(view.lines))
    start = data.draw(st.integers(first, last - 1))
    end = data.draw(st.integers(start + 1, last))
    before, after = view.text[first:start], view.text[end:last]
    expected = (before.count('"') % 2 == 1 and '"' in after) or any(
        before.rfind(opening) > before.rfind(closing) and closing in after
        for opening, closing in PAIRS.items()
        if opening != closing
    )
    assert QuotationMarks(view).around(start, end) is expected
