"""The kernels of the model of lines."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core import TWINS
from cleaner.lines import letters, rows
from cleaner.lines.letters import Numbers
from tests.core.twins import kernels

TEXTS = st.one_of(
    st.text("aBß1 .,([|:分ア\u0301\u200b\ue000\U0001f512\n", max_size=60), st.text(st.characters(), max_size=40)
)


def filled(name: str, given: tuple[Any, ...], *shapes: tuple[tuple[int, ...], Any]) -> list[Any]:
    """What a kernel fills in, if the twin fills in the same."""
    ways = []
    for function in (getattr(kernels, name), TWINS[name]):
        arrays = [np.zeros(shape, kind) for shape, kind in shapes]
        assert function(*given, *arrays) is None
        ways.append([array.tolist() for array in arrays])
    assert ways[0] == ways[1]
    return ways[0]


def spans(size: int) -> st.SearchStrategy[Numbers]:
    """Some stretches of a text, in any order."""
    ends = st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted)
    return st.lists(ends, max_size=5).map(lambda found: np.array(found, np.int64).reshape(-1, 2))


def lines_of(text: str) -> Numbers:
    """The spans of the lines that are not empty."""
    starts = np.cumsum([0, *(len(line) + 1 for line in text.split("\n"))])
    found = [(start, start + len(line)) for start, line in zip(starts.tolist(), text.split("\n"), strict=False) if line]
    return np.array(found, np.int64).reshape(-1, 2)


def marked(text: str, hidden: Numbers, addresses: Numbers, words: Numbers) -> SimpleNamespace:
    """What is known of the code points of a text."""
    points, lines = letters.code_points(text), lines_of(text)
    given = (points, letters.CLASS_OF, letters.LOWER_OF, rows._SIZE, lines, hidden, addresses, words)
    names = ("of", "seen", "linked", "classes", "lower", "sizes")
    kinds = (np.int32, bool, bool, np.uint8, np.uint32, np.uint8)
    found = filled("mark_points", given, *(((len(points),), kind) for kind in kinds))
    columns = {name: np.array(column, kind) for name, column, kind in zip(names, found, kinds, strict=True)}
    return SimpleNamespace(lines=lines, **columns)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, Numbers, Numbers, Numbers]:
    text = draw(TEXTS)
    return text, draw(spans(len(text))), draw(spans(len(text))), draw(spans(len(text)))


@given(texts())
def test_points_words_and_letters(case: tuple[str, Numbers, Numbers, Numbers]) -> None:
    same(*case)


def test_signs_are_words_in_pairs() -> None:
    same("分分ア a分分b分\n分ア\n分, 分a1", *[NONE] * 3)
    same("分分分分", np.array([[1, 2]], np.int64), NONE, NONE)


def same(text: str, hidden: Numbers, addresses: Numbers, words: Numbers) -> None:
    """What is known of a text, by the kernels and by their twins."""
    its = marked(text, hidden, addresses, words)
    arguments = its.seen, its.classes, its.of, its.lower
    kinds = (np.int32, np.uint32, np.int32, np.int32, np.int32)
    ways = [function(*arguments) for function in (kernels.spelled, TWINS["spelled"])]
    kernel, twin = ([np.frombuffer(c, k).tolist() for c, k in zip(way, kinds, strict=True)] for way in ways)
    assert kernel == twin
    count = len(its.lines)
    start, end = its.lines.T
    columns: Any = {name: column for name, column in vars(its).items() if name != "lines"}
    table = rows.Points(slice(0, count), start, end, 0, **columns)
    filled("count_letters", (table,), ((count, letters.CLASSES), np.int64), ((6, count), np.int64))


def test_long_words_are_told_by_their_beginning() -> None:
    its = marked("\n".join("ab" * half + end for half in (11, 12, 13) for end in ("", "c", "cd", "x")), *[NONE] * 3)
    ways = [f(its.seen, its.classes, its.of, its.lower)[1] for f in (kernels.spelled, TWINS["spelled"])]
    kernel, twin = (np.frombuffer(way, np.uint32).tolist() for way in ways)
    assert kernel == twin
    assert len(set(kernel)) == 5  # up to 24 letters


@given(st.lists(st.integers(0, 3), max_size=60))
def test_runs(shape: list[int]) -> None:
    filled("runs_of", (np.array(shape, np.int64),), *[((len(shape),), np.int64)] * 3)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 60), st.integers(1, 6)), max_size=120), st.data())
def test_shared_words(found: list[tuple[int, int, int]], data: st.DataObject) -> None:
    row, word, size = np.array(sorted(found), np.int64).reshape(-1, 3).astype(np.int32).T.copy()
    told = np.array(data.draw(st.lists(st.booleans(), min_size=7, max_size=7)), bool)
    filled("count_shared", (row, word.astype(np.uint32), size, told), *[((7,), np.int64)] * 3)


def test_words_that_are_common_are_told_by_their_numbers() -> None:
    word = np.array([*range(50), *range(45, 50)], np.uint32)
    row = np.array([0] * 50 + [1] * 5, np.int32)
    told = np.array([True, True])
    _, _, common = filled("count_shared", (row, word, np.full(55, 4, np.int32), told), *[((2,), np.int64)] * 3)
    assert common == [40, 5]


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 15), st.integers(-1, 8)), max_size=9),
    st.integers(0, 1 << 32),
)
def test_weights_of_words(rows_of: list[tuple[int, int, int]], seed: int) -> None:
    draw = np.random.default_rng(seed)

    def words(sizes: list[int]) -> tuple[Numbers, ...]:
        row = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        place = np.concatenate([np.arange(size, dtype=np.int32) for size in (0, *sizes)])
        left = np.concatenate([np.arange(size, dtype=np.int32)[::-1] for size in (0, *sizes)])
        return row, draw.integers(0, 1 << 32, len(row)).astype(np.uint32), place, left.copy()

    count = len(rows_of)
    heads = np.array([min(head, count - 1) for _, _, head in rows_of], np.int64)
    copies = draw.integers(0, 1 << 62, count)
    weights = draw.integers(-128, 128, 1 << 16).astype(np.int8)
    targets = words([size for _, size, _ in rows_of])[:3]
    given = *words([size for size, _, _ in rows_of]), *targets, copies, heads, weights
    filled("weigh", given, *[((count,), np.int64)] * 2)


WEIGHTS = np.zeros(1 << 16, np.int8)
BYTES, INTS, TRUTHS = np.zeros(3, np.uint8), np.zeros(3, np.int64), np.zeros(3, bool)
POINTS, OF = np.zeros(3, np.uint32), np.zeros(3, np.int32)
NONE, OUT = np.zeros((0, 2), np.int64), (OF, TRUTHS, TRUTHS, BYTES, POINTS, BYTES)
TABLES = letters.CLASS_OF, letters.LOWER_OF, rows._SIZE


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("spelled", (TRUTHS, BYTES, OF)),
        ("spelled", (TRUTHS, BYTES, INTS, POINTS)),
        ("spelled", (TRUTHS, BYTES, OF, POINTS[:2])),
        ("spelled", (np.zeros(6, bool)[::2], BYTES, OF, POINTS)),
        ("count_shared", (INTS, POINTS, INTS, TRUTHS, INTS, INTS, INTS[:2])),
        ("count_shared", (INTS + 3, POINTS, INTS, TRUTHS, INTS, INTS, INTS)),
        ("count_shared", (INTS - 1, POINTS, INTS, TRUTHS, INTS, INTS, INTS)),
        ("count_shared", (INTS[::-1] - [0, 1, 2], POINTS, INTS, TRUTHS, INTS, INTS, INTS)),
        ("count_shared", (INTS, POINTS, INTS, TRUTHS, INTS, INTS, b"x" * 24)),
        ("mark_points", (POINTS + 0x110000, *TABLES, NONE, NONE, NONE, NONE, *OUT)),
        ("mark_points", (POINTS, *TABLES, NONE, np.array([[0, 4]]), NONE, NONE, *OUT)),
        ("mark_points", (POINTS, *TABLES, NONE, NONE, NONE, np.array([[-1, 2]]), *OUT)),
        ("mark_points", (POINTS, *TABLES, np.array([[0, 2], [1, 3]]), NONE, NONE, NONE, *OUT)),
        ("mark_points", (POINTS, *TABLES, np.array([[0, 9]]), NONE, NONE, NONE, *OUT)),
        ("mark_points", (POINTS, *TABLES, np.zeros((1, 1), np.int64), NONE, NONE, NONE, *OUT)),
        ("mark_points", (POINTS[:2], *TABLES, NONE, NONE, NONE, NONE, *OUT)),
        ("mark_points", (POINTS, *TABLES[:2], BYTES, NONE, NONE, NONE, NONE, *OUT)),
        ("count_letters", (SimpleNamespace(), NONE, NONE)),
        ("runs_of", (INTS, INTS, INTS, INTS[:2])),
        ("weigh", (INTS + 3, POINTS, INTS, INTS, INTS, POINTS, INTS, INTS, INTS, WEIGHTS, INTS, INTS)),
        ("weigh", (INTS - [0, 0, 1], POINTS, INTS, INTS, INTS, POINTS, INTS, INTS, INTS, WEIGHTS, INTS, INTS)),
        ("weigh", (INTS, POINTS, INTS, INTS, INTS + 3, POINTS, INTS, INTS, INTS, WEIGHTS, INTS, INTS)),
        ("weigh", (INTS, POINTS, INTS, INTS, INTS, POINTS, INTS, INTS, INTS + 3, WEIGHTS, INTS, INTS)),
        ("weigh", (INTS, POINTS, INTS, INTS, INTS, POINTS, INTS, INTS, INTS, WEIGHTS[1:], INTS, INTS)),
        ("weigh", (INTS, POINTS, INTS, INTS, INTS, POINTS, INTS, INTS, INTS, WEIGHTS, INTS[1:], INTS[1:])),
        ("weigh", (INTS, POINTS, INTS, INTS, INTS, POINTS, INTS, INTS, INTS[1:], WEIGHTS, INTS, INTS)),
    ],
)
def test_what_makes_no_sense_is_an_error(name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, ValueError, IndexError, AttributeError, BufferError)):
        getattr(kernels, name)(*arguments)


@pytest.mark.parametrize(
    ("change", "counts", "others"),
    [
        ({"of": OF + 3}, (3, 16), (6, 3)),
        ({"classes": BYTES + 16}, (3, 16), (6, 3)),
        ({"seen": TRUTHS[:2]}, (3, 16), (6, 3)),
        ({}, (3, 15), (6, 3)),
        ({}, (3, 16), (5, 3)),
        ({}, (3, 16), (6, 2)),
    ],
)
def test_letters_of_rows_that_are_not_there(
    change: dict[str, Any], counts: tuple[int, int], others: tuple[int, int]
) -> None:
    table = SimpleNamespace(**({"of": OF, "seen": TRUTHS, "classes": BYTES, "sizes": BYTES, "linked": TRUTHS} | change))
    with pytest.raises((ValueError, IndexError)):
        kernels.count_letters(table, np.zeros(counts, np.int64), np.zeros(others, np.int64))
