"""Both ways of finding keywords find the same."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rulebook import keywords as searching
from cleaner.rulebook.keywords import Keywords, chests

WORDS = st.text("ab 分", min_size=1, max_size=7)


@given(st.sets(WORDS, min_size=1, max_size=12), st.text("ab 分x", max_size=60))
def test_both_ways_find_the_same(words: set[str], text: str) -> None:
    closed = chests({word: ((number,), (number % 2,)) for number, word in enumerate(sorted(words))})
    by_drawer, by_index = Keywords(closed), Keywords(closed)
    by_index._searched = searching.SEARCHED
    found = list(by_drawer.hits(text))
    assert found == list(by_index.hits(text))
    expected = {(at, at + len(w)) for w in words for at in range(len(text)) if text.startswith(w, at)}
    assert [(start, end) for start, end, *_ in found] == sorted(expected, key=lambda span: (span[1], span[0]))
    assert by_drawer.any_in(text) is bool(expected)


def test_long_texts_get_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "SEARCHED", 20)
    keywords = Keywords(chests({"needle": ((1,), ()), "pin": ((2,), (3,))}))
    assert list(keywords.hits("a needle")) == [(2, 8, (1,), ())]
    assert keywords._index is None
    again = pickle.loads(pickle.dumps(keywords))
    for one in (keywords, again):
        assert list(one.hits("a needle and a pin in it")) == [(2, 8, (1,), ()), (15, 18, (2,), (3,))]
        assert one._index is not None


def test_no_keywords_at_all() -> None:
    empty = Keywords({})
    assert list(empty.hits("x" * 300_000)) == []
    assert not empty.any_in("x")


def test_only_what_is_asked_for_is_opened() -> None:
    keywords = Keywords(chests({"needle": ((1,), ()), "haystack": ((2,), ())}))
    list(keywords.hits("a needle"))
    assert set(keywords._open) == {searching.SHORT, "need"}
    assert set(keywords._chests) == {searching.SHORT, *"a nedl"}
