"""Cutting, repairing white space, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edit import Lines, Origins, cut, inserted, repairs
from cleaner.model import Span
from cleaner.read.spans import union

spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: (min(p), max(p)))).map(union)


def cut_lines(text: str, *numbers: int) -> str:
    """`text` without these lines (from 0), white space repaired."""
    lines = Lines(text)
    whole = union(lines.span(n, n) for n in numbers)
    return cut(text, union([*whole, *repairs(lines, whole, [])]))


@pytest.mark.parametrize(
    ("text", "numbers", "left"),
    [
        ("a\n\nX\n\nb\n", [2], "a\n\nb\n"),
        ("a\nX\nb\n", [1], "a\nb\n"),
        ("a\n\nX\nb\n", [2], "a\n\nb\n"),
        ("a\nX\n\nb\n", [1], "a\n\nb\n"),
        ("a\n\n\nX\n\nb\n", [3], "a\n\n\nb\n"),
        ("a\n\nX\n\n\nb\n", [2], "a\n\n\nb\n"),
        ("X\n\na\n", [0], "a\n"),
        ("a\n\nX\n", [2], "a\n"),
        ("a\n\nX", [2], "a\n"),
        ("a\n\nX\n\n\n", [2], "a\n"),
        ("a\n\nX\n\nY\n\nb", [2, 4], "a\n\nb"),
        ("a\n\nX\n\n\n\nY\nb", [2, 6], "a\n\nb"),
        ("a\r\n\r\nX\r\n\r\nb\r\n", [2], "a\r\n\r\nb\r\n"),
        ("a\r\rX\r\rb", [2], "a\r\rb"),
        ("a\n \u200b\nX\n\t\nb", [2], "a\n \u200b\nb"),
        ("X\n", [0], ""),
        ("\nX\n\na\n", [1], "\na\n"),
    ],
)
def test_blank_lines_around_removed_lines(text: str, numbers: list[int], left: str) -> None:
    assert cut_lines(text, *numbers) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hej <X>! Welcome", "Hej! Welcome"),
        ("over <X> now", "over now"),
        ("<X> now", "now"),
        ("now <X>", "now"),
        ("now <X>\nthen", "now\nthen"),
        ("glued<X>text", "gluedtext"),
        ("(<X>)", "()"),
        ("<X> now ", "now "),
        (" <X> now", " now"),
        ("then\n<X> now", "then\nnow"),
        ("glued<X> text", "glued text"),
        ("X<X> text", "X text"),
        ("now <X>X", "now X"),
    ],
)
def test_spaces_around_a_removed_span(text: str, left: str) -> None:
    start = text.index("<X>")
    span = (start, start + 3)
    assert cut(text, union([span, *repairs(Lines(text), [], [span])])) == left


@given(st.text(min_size=40, max_size=60), spans)
def test_inserting_undoes_cutting(text: str, cuts: list[Span]) -> None:
    clean = cut(text, cuts)
    assert inserted(clean, [(start, text[start:end]) for start, end in cuts]) == text


def test_what_takes_nothing_with_it_needs_no_repair() -> None:
    assert repairs(Lines("a\nX\nb\n"), [(2, 4)], []) == []


@pytest.mark.parametrize(
    ("text", "pieces", "whole"),
    [
        ("ab", [(2, "c")], "abc"),
        ("ad", [(1, "b"), (2, "c")], "abcd"),
        ("ad", [(2, "a"), (1, "z")], "azad"),
        ("", [(0, "abc"), (1, "b")], "abc"),
    ],
)
def test_pieces_are_put_back_where_they_were(text: str, pieces: list[tuple[int, str]], whole: str) -> None:
    assert inserted(text, pieces) == whole


@pytest.mark.parametrize("pieces", [[(3, "c")], [(1, "x"), (9, "y")]])
def test_no_piece_stands_beyond_the_text(pieces: list[tuple[int, str]]) -> None:
    with pytest.raises(ValueError, match=str(pieces[-1][0])):
        inserted("ab", pieces)


def test_a_copy_of_origins_is_edited_alone() -> None:
    origins = Origins()
    origins.cut([(0, 2)])
    other = origins.copy()
    other.cut([(0, 1)])
    assert (origins.of(0, 1), other.of(0, 1)) == ((2, 3), (3, 4))


@given(st.lists(spans, max_size=4))
def test_origins_over_several_edits(rounds: list[list[Span]]) -> None:
    text = "".join(map(chr, range(0x100, 0x140)))
    now, origins = text, Origins()
    for cuts in rounds:
        fitting = [(start, min(end, len(now))) for start, end in cuts if start < len(now)]
        now = cut(now, fitting)
        origins.cut(fitting)
        for at, c in enumerate(now):
            start, end = origins.of(at, at + 1)
            assert text[start:end] == c


def test_lines_know_every_terminator() -> None:
    text = "a\nb\r\nc\rd\u2028e"
    lines = Lines(text)
    assert [text[slice(*lines.span(n, n))] for n in range(len(lines))] == ["a\n", "b\r\n", "c\r", "d\u2028e"]
    assert lines.at(3) == 1
    assert len(Lines("")) == 0
    assert len(Lines("a\n")) == 1
