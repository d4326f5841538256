"""What is asked before a pattern is tried, and what of a text its answer depends on, against `regex` itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.needed import OPEN, may_match, needed
from cleaner.rulebook.pattern import expand, reach
from cleaner.rulebook.store import Store
from cleaner.view import View

FLAGS = regex.MULTILINE | regex.IGNORECASE
BOOK = Rulebook.from_store(Store())
RULES = [rule for rule in map(BOOK.rule, range(len(BOOK))) if rule.matcher == "regex"]
FIXTURES = sorted(Path(__file__).parents[1].glob("fixtures/*/input.*"))

atoms = st.sampled_from(
    ["a", "b", "ab", "ba ", "é", "да", "σο", "分", "$", r"\.", ".", "[ab]", r"\w", r"\b", "^", " ", "K", "s", r"\n"]
)
repeats = st.sampled_from(["", "", "", "?", "{0,2}", "{1,2}", "{2}", "{,1}", "+", "*"])
looks = st.sampled_from(["(?=", "(?!", "(?<=", "(?<!"])
patterns = st.recursive(
    st.tuples(atoms, repeats).map("".join),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.tuples(st.lists(inner, min_size=1, max_size=3).map("|".join), repeats).map(lambda x: f"(?:{x[0]}){x[1]}"),
        st.tuples(looks, st.lists(atoms, min_size=1, max_size=3).map("".join)).map(lambda x: f"{x[0]}{x[1]})"),
        inner.map(lambda x: f"(?-i:{x})"),
    ),
    max_leaves=8,
).map(expand)
texts = st.text("abAB éÉдаДАᲁΣσςο分$.\nkKſsS\u212a", max_size=12)


@given(patterns, texts)
@settings(max_examples=3 * settings().max_examples)
def test_what_is_refused_is_not_there(pattern: str, text: str) -> None:
    compiled = regex.compile(pattern, FLAGS)
    if any(found.end() > found.start() for found in compiled.finditer(text)):
        assert may_match(needed(pattern), text)


def test_letters_of_any_case_are_found_by_their_lower_case() -> None:
    cased = [c for c in map(chr, range(sys.maxunicode + 1)) if {c.lower(), c.upper(), c.casefold()} != {c}]
    every = "".join(cased)
    for letter in cased:
        (groups,) = needed(f"{letter}-")
        for found in regex.findall(regex.escape(letter), every, regex.IGNORECASE):
            assert may_match((groups,), f"{found}-"), (letter, found)


@pytest.mark.parametrize("word", ["рассылку", "uživatelů", "ενημερ", "kaydır", "прыгай"])
def test_words_with_case_are_needed_in_other_scripts_too(word: str) -> None:
    ways = needed(f"(?:{word}|{word})")
    assert may_match(ways, f"xx {word.upper()}")
    assert not may_match(ways, "a newsletter in English")


@given(patterns, texts, st.data())
@settings(max_examples=3 * settings().max_examples)
def test_nothing_beyond_its_reach_matters(pattern: str, text: str, data: st.DataObject) -> None:
    reached = reach(pattern)
    if reached is None:
        return
    compiled = regex.compile(pattern, FLAGS)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first = max(0, start - reached)
    piece = text[first : end + reached]
    here = [found.span() for found in compiled.finditer(text, start, end)]
    there = [found.span() for found in compiled.finditer(piece, start - first, end - first)]
    assert here == [(first + one, first + other) for one, other in there]


@pytest.mark.parametrize(
    ("pattern", "text", "start", "end"),
    [("a(?=bb)", "abbc", 0, 1), ("a(?!bb)", "abbc", 0, 1), ("(?<=ab)a", "xaba", 3, 4), ("(?<=^ab)a", "xaba", 3, 4)],
)
def test_what_is_looked_at_beyond_is_within_reach(pattern: str, text: str, start: int, end: int) -> None:
    reached = reach(pattern)
    assert reached is not None
    first = max(0, start - reached)
    compiled = regex.compile(pattern, FLAGS)
    piece = text[first : end + reached]
    whole, part = compiled.search(text, start, end), compiled.search(piece, start - first, end - first)
    assert (whole is None) == (part is None)


@pytest.mark.parametrize("pattern", ["a(?=b*c)", "(?<!a{0,9})b", "a(?!(?:b|c)+)"])
def test_some_patterns_reach_anywhere(pattern: str) -> None:
    assert reach(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("get (?:our|the) app", "GET\nTHE APP", "get an app"),
        ("a (?:ferry|boat)s? now", "boats now", "boat then"),
        ("left(?: now)?", "left", "gone"),
        ("ab?cc[de]", "accd", "acd"),
        ("(?:one|two) (?:three|four)", "two four", "two five"),
        ("sale(?= now)", "sale", "now"),
    ],
)
def test_words_are_needed(pattern: str, yes: str, no: str) -> None:
    ways = needed(expand(pattern))
    assert may_match(ways, f"x {yes} x") or not regex.search(expand(pattern), yes, FLAGS)
    assert not may_match(ways, no)


@pytest.mark.parametrize("pattern", [r"\d+", "(?:app|\\d)", "(a", "a)", "(?:left)?", "é分?", "(?!app)"])
def test_nothing_is_needed(pattern: str) -> None:
    assert needed(pattern) == OPEN


def test_the_shipped_rules_refuse_nothing_that_they_find() -> None:
    flags = {True: regex.MULTILINE, False: FLAGS}
    views = [View(path.read_text(encoding="utf-8", errors="replace")[:4000]) for path in FIXTURES[::12]]
    found = 0
    for rule in RULES[::3]:
        compiled, ways = regex.compile(rule.patterns[0], flags[rule.case_sensitive]), needed(rule.patterns[0])
        for view in views:
            if compiled.search(view.text):
                found += 1
                assert may_match(ways, view.text), rule.id
    assert found > 10
