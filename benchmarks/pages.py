"""How well, and how fast, pages become articles, beside other extractors on the same pages.

    python -m benchmarks.pages account BENCH    every word of every page is removed or kept, and the report restores
    python -m benchmarks.pages cut BENCH        no page, cut off or damaged too, fails or vanishes silently
    python -m benchmarks.pages speed BENCH      processor time per page beside trafilatura's, and what each step costs

BENCH is a folder of pages (`*.html` or `*.html.gz`, at any depth).  `extract` is what scorers of extraction
benchmarks call; the score itself is honest only across folds, see `training/README.md`.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import cleaner
from cleaner.html import pipeline
from cleaner.html.maths import of_element
from cleaner.html.parse import parse
from cleaner.html.pipeline import Cleaned, PagePipeline
from cleaner.html.rules.selectors import HtmlRules
from cleaner.html.score.scorer import Scorer
from cleaner.html.source import read_page
from cleaner.html.tags import SILENT
from cleaner.html.walk import walk
from cleaner.options import CleanOptions
from cleaner.pipeline import Setup
from cleaner.read.decode import decode
from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.store import Store

_LIMIT = 30  # seconds
_SILENT = SILENT | {"math"}


@cache
def _cleaner() -> cleaner.Cleaner:
    return cleaner.Cleaner(to="text", title=False)


def extract(html: str, url: str | None = None) -> str:
    """The article of a page as plain text, without its headline: the references of benchmarks have none."""
    return _cleaner().clean(html, url=url, format="html").text


def extract_with(html: str, url: str, scorer: Scorer) -> str:
    """The same with another scorer, as `training.evaluate` calls it."""
    return clean_with(html, url, scorer).text


def clean_with(html: str, url: str, scorer: Scorer) -> Cleaned:
    """The same with what the report says."""
    setup, rules = _rules()
    return PagePipeline(setup, CleanOptions(to="text", title=False), rules, scorer).clean(read_page(html), url=url)


@cache
def _rules() -> tuple[Setup, HtmlRules]:
    store = Store([])
    return Setup(Rulebook.from_store(store), "normal"), HtmlRules.from_store(store)


def page_files(bench: Path) -> list[Path]:
    """All pages of a folder."""
    return sorted(path for pattern in ("*.html", "*.html.gz") for path in bench.rglob(pattern))


def read(path: Path) -> bytes:
    """The bytes of a page."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


# --- the account --------------------------------------------------------------------------------


def letters(text: str) -> Counter[str]:
    """Letters and digits, whatever their order."""
    return Counter(filter(str.isalnum, text))


def visible(data: bytes) -> str:
    """The text of a page, found in another way than the walk finds it."""
    found: list[str] = []
    stack: list[Any] = [parse(decode(data).text).root]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            found.append(element)
        elif isinstance(element.tag, str) and element.tag not in _SILENT and not of_element(element):
            found.append(element.text or "")
            for child in reversed(element):
                stack += (child.tail or "", child)
    return "".join(found)


def account(path: Path) -> str | None:
    """What is wrong with the account of a page; None if nothing is."""
    data = read(path)
    page = walk(parse(decode(data).text).root)
    blocks = letters("".join(block.text for block in page.blocks))
    lost = letters(visible(data)) - blocks
    if lost:
        return f"{path.name}: {lost.total()} letters of the page are in no block"
    for form in ("text", "markdown"):
        result = cleaner.clean(data, format="html", to=form)
        missing = blocks - letters(result.source)
        if missing:
            return f"{path.name}: {missing.total()} letters of blocks are not in the {form}"
        removed = sum(len(r.text) for r in result.report.removals)
        if cleaner.restore(result.text, result.report).decode() != result.source:
            return f"{path.name}: the report does not restore the {form}"
        if removed < 0 or (letters(result.source) and not letters(result.text)):
            return f"{path.name}: nothing is left of the {form}"
    return None


def run_all(check: Callable[[Path], str | None], bench: Path, jobs: int) -> int:
    """Check all pages."""
    files = page_files(bench)
    with ProcessPoolExecutor(jobs) as pool:
        wrong = [fault for fault in pool.map(check, files, chunksize=8) if fault]
    for fault in wrong:
        print(fault)
    print(f"{len(files)} pages, {len(wrong)} with a fault")
    return bool(wrong)


# --- broken pages -------------------------------------------------------------------------------


def cut_off(path: Path) -> str | None:
    """What is wrong with what becomes of a page and of a part of it; None if nothing is."""
    data = read(path)
    chance = random.Random(path.name)
    for part in (data, data[: chance.randrange(len(data) + 1)], _damaged(data, chance)):
        start = time.monotonic()
        try:
            result = cleaner.clean(part, format="html")
        except cleaner.InputError:
            continue  # said aloud
        except Exception as error:
            return f"{path.name}: {len(part)} bytes: {type(error).__name__}: {error}"
        if not result.text.strip() and not result.report.warnings:
            return f"{path.name}: {len(part)} bytes: nothing left, and not a word about it"
        if time.monotonic() - start > _LIMIT:
            return f"{path.name}: {len(part)} bytes: took longer than {_LIMIT} s"
    return None


def _damaged(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(20 if data else 0):
        damaged[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(damaged)


# --- the speed ----------------------------------------------------------------------------------


def _trafilatura(html: str) -> object:
    import trafilatura

    return trafilatura.extract(html)


def timed(run: Callable[[str], object], pages: list[str]) -> list[float]:
    """Processor seconds for each page."""
    seconds = []
    for page in pages:
        start = time.process_time()
        run(page)
        seconds.append(time.process_time() - start)
    return seconds


def _rows(pages: list[str], others: list[str]) -> Iterator[tuple[str, list[float]]]:
    from cleaner.report import to_dict

    both = cleaner.Cleaner(to="markdown")
    runs: dict[str, Callable[[str], object]] = {
        "trafilatura": _trafilatura,
        "cleaner, text": lambda page: extract(page),
        "cleaner, Markdown and report": lambda page: to_dict(both.clean(page, format="html").report),
    }
    for run in runs.values():
        timed(run, others)  # imports, rules, caches
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for page in pages:  # in turn, so that all share what else the machine does
        for name, run in runs.items():
            seconds[name] += timed(run, [page])
    yield from seconds.items()


def run_speed(bench: Path, count: int) -> int:
    """Time the first page of each of `count` equal parts of the folder, after as many others."""
    logging.disable(logging.CRITICAL)
    files = page_files(bench)
    step = max(1, len(files) // count)
    pages, others = ([decode(read(path)).text for path in files[start::step][:count]] for start in (0, step // 2))
    first: tuple[float, float] | None = None
    print(f"{len(pages)} pages, {statistics.fmean(map(len, pages)) / 1000:.0f} kB on average; processor time")
    for name, seconds in _rows(pages, others):
        mean, late = statistics.fmean(seconds), statistics.quantiles(seconds, n=20)[-1]
        first = first or (mean, late)
        ratio = f"{mean / first[0]:.2f} and {late / first[1]:.2f} of trafilatura's"
        print(f"{name:<30} mean {1000 * mean:6.1f} ms, 95th percentile {1000 * late:6.1f} ms: {ratio}")
    for name, spent in steps(pages).items():
        print(f"    {STEPS[name]:<42} {1000 * spent:5.1f} ms")
    return 0


STEPS = {
    "parse": "the tree",
    "facts": "title, author, date …",
    "element_hits": "rules for the structure",
    "walk": "blocks",
    "_scores": "the scorer",
    "judge": "the judgement, with the scorer's reasons",
    "render": "the whole page as Markdown",
    "_structural_cuts": "what goes, with its paths",
    "run": "rules for text, report",
}


def steps(pages: list[str]) -> dict[str, float]:
    """Processor seconds for each step of the pipeline, a page on average."""
    spent = dict.fromkeys(STEPS, 0.0)

    def timing(name: str, run: Callable[..., Any]) -> Callable[..., Any]:
        def timed_run(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return run(*args, **options)
            finally:
                spent[name] += time.process_time() - start

        return timed_run

    run = cleaner.Cleaner()
    run.clean(pages[0], format="html")
    with ExitStack() as patches:
        for name in STEPS:
            place = PagePipeline if name == "_scores" else pipeline
            patches.enter_context(mock.patch.object(place, name, timing(name, getattr(place, name))))
        for page in pages:
            run.clean(page, format="html")
    return {name: seconds / len(pages) for name, seconds in spent.items()}


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("account", "cut", "speed"))
    parser.add_argument("bench", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--pages", type=int, default=100, help="for speed")
    args = parser.parse_args()
    if args.what != "speed":
        return run_all(account if args.what == "account" else cut_off, args.bench, args.jobs)
    return run_speed(args.bench, args.pages)


if __name__ == "__main__":
    sys.exit(main())
