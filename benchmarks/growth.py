"""Whether memory grows while one cleaner cleans texts and pages without end.

    python -m benchmarks.growth --cleans 20000

The seeds and small pages made of them, each a little different each time, so that nothing can be remembered.
"""

from __future__ import annotations

import argparse
import gc
import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from pathlib import Path

import psutil

from cleaner import Cleaner

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_LOOKS = 10
_SIZE = 4_000  # characters of a text


def texts() -> Iterator[str]:
    """Texts and pages without end; no two are the same."""
    seeds = [path.read_text(encoding="utf-8", errors="replace")[:_SIZE] for path in sorted(_SEEDS.iterdir())]
    number = 0
    while True:
        for seed in seeds:
            number += 1
            text = f"{seed}\n\nThat was number {number}.\n"
            blocks = "".join(f"<p>{escape(block)}</p>" for block in text.split("\n\n"))
            yield f"<html><body><article>{blocks}</article></body></html>" if number % 2 else text


def grown(worker: Cleaner, sources: Iterable[str]) -> int:
    """Bytes that cleaning leaves behind; `tracemalloc` must be at work."""
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    for source in sources:
        worker.clean(source)
    gc.collect()
    return tracemalloc.get_traced_memory()[0] - before


def main(args: Sequence[str] | None = None) -> None:
    """Clean, and print what the process holds on the way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cleans", type=int, default=20_000)
    cleans = parser.parse_args(args).cleans
    worker, process, sources = Cleaner(), psutil.Process(), texts()
    part = max(1, cleans // _LOOKS)
    for look in range(1, _LOOKS + 1):
        for source in islice(sources, part):
            worker.clean(source)
        gc.collect()
        print(f"{look * part:,} cleans: {process.memory_info().rss / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
