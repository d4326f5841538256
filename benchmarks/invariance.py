"""Whether the same is decided on a page in other letters, of another length, in other markup.

    python -m benchmarks.invariance WCXB [--work DIR] [--every N] [--only greek double …]

For each page of WCXB's development split and each of its altered copies (`training.alter`): F1 of the words kept,
against the blocks of the main text; once for what was decided on the page itself, block by block, once for what is
decided on the copy.  (The page's own F1 would compare two measures: what is left over weighs half as much beside twice
the text.)  Prints the mean change, the mean of its size, and the pages that change most.  With `--work` each page is
judged by the scorer that has not seen its domain.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean

from lxml import etree
from lxml.etree import _Element as Element

from benchmarks.pages import extract_with
from cleaner.html.blocks import Page
from cleaner.html.facts import facts
from cleaner.html.parse import parse
from cleaner.html.score.names import Floats
from cleaner.html.score.scorer import Scorer
from cleaner.html.walk import walk
from training import alter
from training.labels import f1, labels, words
from training.pages import reference
from training.sources import Source, fold, read, wcxb

Alteration = Callable[[Element, Page, str, Floats], "alter.Copy | None"]


def _written(script: str) -> Alteration:
    return lambda root, page, title, share: alter.rewritten(root, page, title, script)


ALTERATIONS: dict[str, Alteration] = {
    **{script: _written(script) for script in alter.SCRIPTS},
    "double": lambda root, page, title, share: alter.longer(root, page, title, share, 2, exact=False),
    "tenfold": lambda root, page, title, share: alter.longer(root, page, title, share, 10, exact=False),
    "tenth": lambda root, page, title, share: alter.shorter(root, page, title, share, 10),
    "classless": lambda root, page, title, share: alter.bare(root, page, title, hashed=False),
    "tables": lambda root, page, title, share: alter.tables(page, title, share),
    "flat": lambda root, page, title, share: alter.flat(page, title, breaks=False),
    "breaks": lambda root, page, title, share: alter.flat(page, title, breaks=True),
}


@dataclass(frozen=True, slots=True)
class Change:
    """F1 of an altered copy, by what was decided on the page and by what is decided on the copy."""

    page: str
    name: str
    before: float
    after: float


def changes(source: Source, names: Sequence[str], work: Path | None) -> list[Change]:
    """What the alterations of a page change."""
    scorer = Scorer.load(work / f"fold{fold(source.url)}.npz" if work else None)
    html = read(source)
    root = parse(html).root
    said = facts(root).metadata
    page = walk(root)
    share, _ = reference([block.text for block in page.blocks], source.references)
    if not (share >= 0.5).any():
        return []

    kept = labels([block.text for block in page.blocks], extract_with(html, source.url, scorer)) >= 0.5
    found = []
    for name in names:
        copy = ALTERATIONS[name](root, page, said.headline or said.title or "", share)
        if copy is None:
            continue
        write = alter.letters(name) if name in alter.SCRIPTS else str
        texts = [(number, words(write(page.blocks[number].text))) for number in copy.origins]
        wanted = Counter(word for number, text in texts if share[number] >= 0.5 for word in text)
        same = Counter(word for number, text in texts if kept[number] for word in text)
        text = etree.tostring(copy.root, encoding="unicode", method="html")
        now = Counter(words(extract_with(text, source.url, scorer)))
        found.append(Change(source.id, name, f1(same, wanted), f1(now, wanted)))
    return found


def lines(found: Sequence[Change], names: Sequence[str]) -> Iterator[str]:
    """The table."""
    yield f"{'alteration':<12}{'pages':>6}{'before':>9}{'after':>9}{'change':>9}{'size':>9}  changes most"
    for name in names:
        some = [change for change in found if change.name == name]
        if some:
            before, after = fmean(c.before for c in some), fmean(c.after for c in some)
            size = fmean(abs(c.after - c.before) for c in some)
            worst = sorted(some, key=lambda c: c.after - c.before)[:3]
            pages = " ".join(f"{c.page} {c.after - c.before:+.2f}" for c in worst)
            yield f"{name:<12}{len(some):6}{before:9.4f}{after:9.4f}{after - before:+9.4f}{size:9.4f}  {pages}"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wcxb", type=Path, help="directory of WCXB")
    parser.add_argument("--work", type=Path, help="directory with the scorers of the folds")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th page only")
    parser.add_argument("--only", nargs="+", choices=ALTERATIONS, default=list(ALTERATIONS), metavar="NAME")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    pages = list(wcxb(args.wcxb))[:: args.every]
    with ProcessPoolExecutor(args.jobs) as pool:
        run = partial(changes, names=args.only, work=args.work)
        found = [change for some in pool.map(run, pages, chunksize=4) for change in some]
    print("\n".join(lines(found, args.only)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
