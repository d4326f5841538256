"""Counting lines: never too high, never much too low, and the same however it was split up."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus import counter as module
from cleaner.corpus.counter import LineCounter, Summary
from cleaner.corpus.lines import key_of
from cleaner.errors import InputError

SMALL = 4
documents = st.lists(st.sets(st.integers(0, 30), max_size=12).map(sorted), max_size=40)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINES", SMALL)


def counted(texts: list[list[int]], site: str = "example.com") -> LineCounter:
    counter = LineCounter()
    for keys in texts:
        counter.add(site, keys)
    return counter


def summary(counter: LineCounter) -> Summary:
    return dict(counter.sites()).get(key_of("example.com"), Summary())


def assert_bounds(got: Summary, texts: list[list[int]]) -> None:
    true = Counter(key for keys in texts for key in keys)
    assert got.documents == len(texts)
    assert got.missing * (SMALL + 1) <= true.total()
    assert len(got.counts) <= 2 * SMALL
    assert all(0 < count <= true[key] for key, count in got.counts.items())
    assert all(got.counts.get(key, 0) >= count - got.missing for key, count in true.items())


@given(documents)
def test_a_count_is_never_too_high_nor_lacks_more_than_it_says(texts: list[list[int]]) -> None:
    assert_bounds(summary(counted(texts)), texts)


@given(st.lists(documents, min_size=1, max_size=5), st.randoms())
def test_merging_keeps_the_bounds_in_any_order(parts: list[list[list[int]]], random: object) -> None:
    counters = [LineCounter.from_bytes(counted(part).to_bytes()) for part in parts]
    while len(counters) > 1:
        random.shuffle(counters)  # type: ignore[attr-defined]
        last = counters.pop()
        counters[0].merge(last)
    assert_bounds(summary(counters[0]), [text for part in parts for text in part])


@given(documents)
def test_bytes_say_it_all_and_do_not_depend_on_the_order_of_lines(texts: list[list[int]]) -> None:
    data = counted(texts).to_bytes()
    assert LineCounter.from_bytes(data).to_bytes() == data
    assert counted([keys[::-1] for keys in texts]).to_bytes() == data


def test_sites_are_counted_apart_and_split_in_order() -> None:
    counter = LineCounter()
    for number in range(100):
        counter.add(f"{number}.example.com", [1, 2])
    counter.add("", [1])
    assert len(counter) == 100
    parts = counter.split(7)
    assert [site for part in parts for site, _ in part.sites()] == [site for site, _ in counter.sites()]
    assert sum(map(bool, parts)) > 1
    whole = LineCounter()
    for part in parts:
        whole.merge(part)
    assert whole.to_bytes() == counter.to_bytes()


def test_merging_leaves_the_other_as_it_was() -> None:
    one, other = LineCounter(), counted([[1, 2]])
    before = other.to_bytes()
    one.merge(other)
    one.add("example.com", [1])
    assert other.to_bytes() == before


@pytest.mark.parametrize("change", [lambda d: b"", lambda d: b"x" + d[1:], lambda d: d[:-1], lambda d: d + b"\0"])
def test_damaged_bytes(change: object) -> None:
    data = counted([[1, 2, 3]]).to_bytes()
    with pytest.raises(InputError, match="count them again"):
        LineCounter.from_bytes(change(data))  # type: ignore[operator]
