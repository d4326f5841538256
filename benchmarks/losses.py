"""Which pages lose a part of their article, and whether the report says so.

    python -m benchmarks.losses [--wcxb DIR] [--world DIR] [--work DIR] [--every N]

A loss is a page of which more than a tenth of the words that stand both in its reference text and on the page are gone;
it is silent if the report warns of nothing.  Prints how many pages lose, by type of page, and names the silent losses.
With `--work` each page is judged by the scorer that has not seen its domain.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.pages import clean_with
from cleaner.html.parse import parse
from cleaner.html.score.scorer import Scorer
from cleaner.html.walk import walk
from training.labels import words
from training.sources import Source, fold, read, wcxb, world

TENTH = 0.1


@dataclass(frozen=True, slots=True)
class Loss:
    """What a page lost.

    Attributes:
        share: of the words that the reference and the page have in common.
        warned: whether the report warns of anything.
    """

    page: str
    type: str
    share: float
    warned: bool


def loss(source: Source, work: Path | None) -> Loss:
    """What a page loses of its article; of several references the one it keeps most of counts."""
    html = read(source)
    scorer = Scorer.load(work / f"fold{fold(source.url)}.npz" if work else None)
    cleaned = clean_with(html, source.url, scorer)
    there = Counter(words("\n".join(block.text for block in walk(parse(html).root).blocks)))
    left = Counter(words(cleaned.text))
    kept = []
    for reference in source.references:
        wanted = Counter(words(reference)) & there
        kept.append((wanted & left).total() / max(1, wanted.total()) if wanted else 1.0)
    return Loss(source.id, source.type, 1 - max(kept), bool(cleaned.outcome.warnings))


def lines(found: Sequence[Loss]) -> list[str]:
    """The table, and the silent losses."""
    rows = [f"{'type':<14}{'pages':>6}{'lose':>6}{'silent':>8}"]
    for kind in ("all", *sorted({one.type for one in found})):
        some = [one for one in found if kind in ("all", one.type)]
        losing = [one for one in some if one.share > TENTH]
        rows.append(f"{kind:<14}{len(some):6}{len(losing):6}{sum(not one.warned for one in losing):8}")
    silent = sorted((one for one in found if one.share > TENTH and not one.warned), key=lambda one: -one.share)
    return [*rows, *(f"{one.page} ({one.type}): {one.share:.0%}" for one in silent)]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wcxb", type=Path, help="directory of WCXB")
    parser.add_argument("--world", type=Path, help="directory of the pages of newspapers")
    parser.add_argument("--work", type=Path, help="directory that training.train has filled")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th page only")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    benches = ((wcxb, args.wcxb), (world, args.world))
    pages = [page for sources, bench in benches if bench for page in list(sources(bench))[:: args.every]]
    if not pages:
        parser.error("name a bench: --wcxb DIR, --world DIR")
    with ProcessPoolExecutor(args.jobs) as pool:
        found = list(pool.map(partial(loss, work=args.work), pages, chunksize=4))
    print("\n".join(lines(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
