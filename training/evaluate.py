"""Judges the scorers of the folds, each on the pages it has not seen.

    python -m training.evaluate --wcxb DIR --world DIR --work DIR

Prints the F1 of the words kept, for all pages and by type of page, beside other extractors, and can write one row per
page.  ``--extract module:function`` puts a complete extractor to the test: ``function(html, url, scorer) -> text``.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import fmean

import lxml.html

from cleaner.html.choice import chosen
from cleaner.html.facts import facts
from cleaner.html.judge import is_article
from cleaner.html.parse import parse
from cleaner.html.score.scorer import Scorer
from cleaner.html.walk import walk
from training.labels import words
from training.sources import FOLDS, Source, fold, read, wcxb, world

Extract = Callable[[str, str, Scorer], "str | None"]


@dataclass(frozen=True, slots=True)
class Row:
    """How well one page came out.

    Attributes:
        wanted_found, unwanted_found: the share of the snippets that are to be there, and of those that are not.
        ms: processor time.
        error: what the extractor raised.
    """

    id: str
    type: str
    url: str
    precision: float
    recall: float
    f1: float
    wanted_found: float
    unwanted_found: float
    ms: float
    error: str


def blocks(html: str, url: str, scorer: Scorer) -> str:
    """The text of the blocks that the scorer alone would keep."""
    root = parse(html).root
    said = facts(root).metadata
    page = walk(root)
    scores = scorer.score(page, title=said.headline or said.title or "", kind=said.kind)
    keep = chosen(page, scores, is_article=is_article(said))
    return "\n".join(block.text for block, kept in zip(page.blocks, keep, strict=True) if kept)


def _trafilatura(html: str, url: str, scorer: Scorer) -> str | None:
    import trafilatura

    return trafilatura.extract(html, url=url)


def _readability(html: str, url: str, scorer: Scorer) -> str | None:
    from readability import Document

    return "\n".join(map(str, lxml.html.document_fromstring(Document(html).summary()).itertext()))


def _resiliparse(html: str, url: str, scorer: Scorer) -> str | None:
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(html, main_content=True)
    return text


OTHERS: dict[str, tuple[str, Extract]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "readability-lxml": ("readability", _readability),
    "resiliparse": ("resiliparse", _resiliparse),
}
"""Extractors to stand beside, with the module that must be there."""


def measures(text: str, reference: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words of a text."""
    found, wanted = Counter(words(text)), Counter(words(reference))
    hits = (found & wanted).total()
    if not wanted:
        precision = recall = float(not found)
    else:
        precision, recall = hits / max(1, found.total()), hits / wanted.total()
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def judge(source: Source, extract: Extract, work: Path) -> Row:
    """One page through `extract`, with the scorer of its fold."""
    scorer = Scorer.load(work / f"fold{fold(source.url)}.npz")
    html = read(source)
    text, error = "", ""
    start = time.process_time()
    try:
        text = extract(html, source.url, scorer) or ""
    except Exception as raised:  # a page that cannot be read counts as empty, and the table says so
        error = f"{type(raised).__name__}: {raised}"
    took = 1000 * (time.process_time() - start)
    precision, recall, f1 = max((measures(text, one) for one in source.references), key=lambda found: found[2])
    low = text.lower()
    return Row(
        id=source.id,
        type=source.type,
        url=source.url,
        precision=precision,
        recall=recall,
        f1=f1,
        wanted_found=fmean(snippet.lower() in low for snippet in source.present) if source.present else 1.0,
        unwanted_found=fmean(snippet.lower() in low for snippet in source.absent) if source.absent else 0.0,
        ms=round(took, 2),
        error=error,
    )


def table(name: str, rows: Sequence[Row]) -> Iterable[str]:
    """The lines that sum up an extractor."""
    for kind in ("all", *sorted({row.type for row in rows})):
        some = [row for row in rows if kind in ("all", row.type)]
        figures = "".join(f"{fmean(getattr(row, key) for row in some):10.4f}" for key in ("f1", "precision", "recall"))
        errors = sum(bool(row.error) for row in some)
        yield f"{name:<18}{kind:<14}{len(some):6}{figures}{fmean(row.ms for row in some):10.1f}{errors:8}"


def _resolve(name: str) -> Extract:
    module, _, function = name.partition(":")
    found: Extract = getattr(importlib.import_module(module), function)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wcxb", type=Path, help="directory of WCXB")
    parser.add_argument("--world", type=Path, help="directory of the pages of newspapers")
    parser.add_argument("--work", type=Path, required=True, help="directory that training.train has filled")
    parser.add_argument("--extract", metavar="MODULE:FUNCTION", default="training.evaluate:blocks")
    parser.add_argument("--others", action="store_true", help="run the other extractors, too")
    parser.add_argument("--csv", type=Path, help="one row per page of the extractor under test")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th page only")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    missing = [str(number) for number in range(FOLDS) if not (args.work / f"fold{number}.npz").is_file()]
    if missing:
        parser.error(f"{args.work}: no scorer of fold {', '.join(missing)}; run training.train first")
    read_from = ((wcxb, args.wcxb), (world, args.world))
    pages = [page for sources, bench in read_from if bench for page in list(sources(bench))[:: args.every]]
    tested = {args.extract: _resolve(args.extract)}
    if args.others:
        tested |= {name: run for name, (module, run) in OTHERS.items() if importlib.util.find_spec(module)}
    columns = ("f1", "precision", "recall", "ms")
    print(
        f"{'extractor':<18}{'pages of type':<14}{'count':>6}{''.join(f'{name:>10}' for name in columns)}{'errors':>8}"
    )
    for name, extract in tested.items():
        with ProcessPoolExecutor(args.jobs) as pool:
            rows = list(pool.map(partial(judge, extract=extract, work=args.work), pages, chunksize=4))
        print("\n".join(table(name.rpartition(":")[2], rows)), flush=True)
        for row in rows:
            if row.error:
                print(f"{name}: {row.id}: {row.error}", file=sys.stderr)
        if args.csv and name == args.extract:
            with args.csv.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, fieldnames=list(asdict(rows[0])))
                writer.writeheader()
                writer.writerows(map(asdict, rows))


if __name__ == "__main__":
    main()
