"""How much memory a long text takes, whatever becomes of it."""

from __future__ import annotations

import tracemalloc

import cleaner
from benchmarks.throughput import clipping
from cleaner.core import AT_WORK

SIZE = 600_000
MOST = 45 if AT_WORK else 65
"""Bytes for each character; 78 and 96 once, when every round kept its board and every fact of every line its column."""


def test_a_long_text_takes_so_many_times_its_size(shipped: cleaner.Cleaner) -> None:
    text = clipping(SIZE)
    shipped.clean(text[:200_000])  # patterns, keywords and the model stay
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        shipped.clean(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < MOST * len(text)
