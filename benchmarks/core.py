"""What the compiled core gives: processor time with it, of that without it.

    python -m benchmarks.core --pages FOLDER --clips BENCH.jsonl.gz [--every 20] [--runs 5]

Two processes, one with the core and one without, clean every document in turn; of each the smallest of several runs
counts.  Pages are cleaned as text; of a bench of texts the whole pages are taken (`insc`, `md`, `node`), of one of
clippings every `text`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import cleaner

Input = tuple[str, bytes, str]
"""Set, content, file name."""
_WHOLE = ("insc", "md", "node")


def choose(wish: str) -> None:
    """Before the package is imported."""
    os.environ["CLEANER_CORE"] = wish


@cache
def _cleaner() -> cleaner.Cleaner:
    import cleaner

    return cleaner.Cleaner(to="text")


def seconds(content: bytes, name: str) -> float:
    """Processor time of cleaning a document."""
    its = _cleaner()
    started = process_time()
    its.clean(content, name=name)
    return process_time() - started


def inputs(args: argparse.Namespace) -> Iterator[Input]:
    """The documents that are asked for."""
    for folder in args.pages:
        for path in sorted(folder.rglob("*.html*"))[:: args.every]:
            content = path.read_bytes()
            yield f"pages of {folder.name}", gzip.decompress(content) if path.suffix == ".gz" else content, "x.html"
    for bench in args.clips:
        with gzip.open(bench, "rt", encoding="utf-8") as lines:
            for record in list(map(json.loads, lines))[:: args.every]:
                if "clips" in record:
                    for name in _WHOLE:
                        if name in record["clips"]:
                            yield "whole pages as text", record["clips"][name].encode(), "x.txt"
                else:
                    yield "clippings", record["text"].encode(), f"x.{record['format']}"


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, action="append", default=[])
    parser.add_argument("--clips", type=Path, action="append", default=[])
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    documents = list(inputs(args))
    best: dict[tuple[int, str], float] = {}
    with (
        ProcessPoolExecutor(1, get_context("spawn"), choose, ("required",)) as with_it,
        ProcessPoolExecutor(1, get_context("spawn"), choose, ("off",)) as without,
    ):
        for run in range(args.runs + 1):  # the first one compiles patterns, and does not count
            for number, (_, content, name) in enumerate(documents):
                for way, pool in (("on", with_it), ("off", without)):
                    took = pool.submit(seconds, content, name).result()
                    if run:
                        best[number, way] = min(took, best.get((number, way), took))
    for group in dict.fromkeys(group for group, *_ in documents):
        chosen = [number for number, (its, *_) in enumerate(documents) if its == group]
        on, off = (sum(best[number, way] for number in chosen) for way in ("on", "off"))
        ratios = sorted(best[number, "on"] / best[number, "off"] for number in chosen)
        size = sum(len(documents[number][1]) for number in chosen) / 1e6
        print(
            f"{group:24} {len(chosen):5}  {on / off:.3f} of the time, median {ratios[len(ratios) // 2]:.3f}, "
            f"{size / off:.2f} to {size / on:.2f} MB/s"
        )


if __name__ == "__main__":
    main()
