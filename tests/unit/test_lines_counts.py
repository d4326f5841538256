"""Counting is what NumPy's slower functions do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.lines import rows as counting
from cleaner.lines.counts import copies, counted, places
from cleaner.lines.facts import facts
from cleaner.lines.reading import reading
from cleaner.lines.rows import points, rows
from cleaner.read.document import read
from cleaner.view import View

numbers = st.lists(st.integers(0, 9), max_size=30).map(lambda found: np.array(found, np.int64))


@given(numbers)
def test_counting(values: np.ndarray) -> None:
    known, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    ours, ours_counts = counted(values)
    assert (ours.tolist(), ours_counts.tolist()) == (known.tolist(), counts.tolist())
    assert copies(values).tolist() == counts[where].tolist()


@given(numbers, numbers)
def test_places(values: np.ndarray, others: np.ndarray) -> None:
    known = np.unique(others)
    at, met = places(values, known)
    assert met.tolist() == np.isin(values, known).tolist()
    assert known[at[met]].tolist() == values[met].tolist()


@pytest.mark.parametrize("stretch", [1, 4, 1 << 18])
@pytest.mark.parametrize("lines", [["ab c", "", "  x ", "é分"], ["", "# h", "y "], [""], ["a long one", "b"]])
def test_sums_of_rows(lines: list[str], stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_STRETCH", stretch)
    text = "\n".join(lines)
    its = reading(read(text, "text"), View(text), [], [], [])
    table = rows(its)
    values = np.arange(len(text)) % 5
    sums = [int(values[start:end].sum()) for start, end in zip(table.start.tolist(), table.end.tolist(), strict=True)]
    parts = [part.total(values[part.offset : part.offset + len(part.of)]).tolist() for part in points(its, table)]
    assert [one for part in parts for one in part] == sums


@pytest.mark.parametrize("stretch", [1, 40, 300])
def test_stretches_change_nothing(stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "---\ntitle: A Ferry\n---\n# A **ferry** → 分分\n\n[Tides](https://a.b/c)\n  `x = y`\n\nIt left, in 1999.\n" * 3
    )
    document = read(text, "markdown", "https://a.b/d")
    its = reading(document, View(text, document.hidden), [], [], [])
    whole = facts(its)
    monkeypatch.setattr(counting, "_STRETCH", stretch)
    parts = facts(its)
    assert {name: column.tolist() for name, column in parts.own.items()} == {
        name: column.tolist() for name, column in whole.own.items()
    }
    for one, other in ((parts.words, whole.words), (parts.led, whole.led)):
        assert (one.row.tolist(), one.hash.tolist(), one.left.tolist()) == (
            *(other.row.tolist(), other.hash.tolist(), other.left.tolist()),
        )
    assert parts.copies.tolist() == whole.copies.tolist()
