"""One cleaner in many threads and processes, and for a long time."""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import pytest

import cleaner
from benchmarks.growth import grown
from cleaner.errors import CleanerError
from tests.batch.support import DIRTY, PAGE

SMALL = 512
"""Bytes: of larger objects Python counts none."""
TEXTS = [f"{DIRTY}\nThe {n}th ferry.\n" if n % 3 else PAGE.replace("six", str(n)) for n in range(60)]


def test_fifty_threads_on_one_cleaner() -> None:
    shared = cleaner.Cleaner()
    alone = [cleaner.Cleaner().clean(text) for text in TEXTS[:3]]
    alone += [shared.clean(text) for text in TEXTS[3:]]
    fresh = cleaner.Cleaner()  # what it compiles at its first text is compiled by many at once
    with ThreadPoolExecutor(50) as threads:
        assert list(threads.map(fresh.clean, TEXTS)) == alone


def _cleaned(worker: cleaner.Cleaner) -> list[str]:
    return [worker.clean(text).text for text in TEXTS[:6]]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_cleaner_goes_to_other_processes(method: str) -> None:
    worker = cleaner.Cleaner()
    wanted = _cleaned(worker)  # it has been used, and holds what it compiled
    with multiprocessing.get_context(method).Pool(2) as processes:
        assert processes.map(_cleaned, [worker] * 3) == [wanted] * 3


def test_a_cleaner_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.api.VERSION", "0.0.9")
    data = pickle.dumps(cleaner.Cleaner())
    monkeypatch.undo()
    with pytest.raises(CleanerError, match=r"pickled by version 0\.0\.9, and here is .*; make a new one with its opt"):
        pickle.loads(data)


def test_nothing_grows() -> None:
    """What many texts leave behind is no more than what few do; `benchmarks.growth` looks at 20,000.

    Python counts small objects, and large ones are told by their bytes.  What is made once and kept, or takes the place
    of something older, is in ever fewer of the rounds; what each text leaves behind is in all of them.
    """
    worker = cleaner.Cleaner()
    texts = cycle(TEXTS)

    def more() -> int:
        gc.collect()
        before = sys.getallocatedblocks()
        for text in islice(texts, len(TEXTS)):
            worker.clean(text)
        gc.collect()
        return sys.getallocatedblocks() - before

    assert any(more() < len(TEXTS) for _ in range(20))
    tracemalloc.start()
    try:
        assert any(grown(worker, islice(texts, len(TEXTS))) < SMALL * len(TEXTS) for _ in range(5))
    finally:
        tracemalloc.stop()


def test_the_benchmark_runs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from benchmarks.growth import main

    main(["--cleans", "40"])
    assert "40 cleans" in capsys.readouterr().out
