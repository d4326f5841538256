"""Judges real clippings by the models of the folds: ``python -m training.lines.evaluate --real DIR --work DIR``.

Each clipping goes through the whole pipeline with the model that has not seen its site, as
`training.lines.train --folds` left it in the work directory.  Tables by sample, language, tool and category;
``--parts`` adds what rules alone, the model alone and no boxes give, ``--held-out`` judges the sites that were held
out, by the model of all folds, and ``--text DIR`` the pages as text of the first fold.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from unittest import mock

import numpy as np

from cleaner.api import Cleaner
from cleaner.categories import CATEGORIES
from cleaner.decide.steps import CHECKING, JUDGING, STEPS, lines, wholes
from cleaner.lines.model import Model
from cleaner.model import Level
from training.lines.measure import Score, Sheet, score, sheet, total
from training.lines.samples import FOLDS
from training.lines.sources import DROP, KEEP, Source, fold, held_out, pages_as_text, real

LEVELS: tuple[Level, ...] = ("normal", "aggressive")
PARTS = {
    "both": STEPS,
    "rules alone": tuple(step for step in STEPS if step is not lines.STEP),
    "model alone": (*JUDGING, lines.STEP, wholes.STEP, *CHECKING),
    "no boxes": STEPS,
}
"""What of the decision is at work."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A clipping and what went of it at some level.

    Attributes:
        who: of each removal the rule, the first and the last line.
    """

    sheet: Sheet
    score: Score
    who: tuple[tuple[str, int, int], ...]


def judge(source: Source, model: Path, level: Level, part: str) -> Judged:
    """Clean a clipping and compare with its labels."""
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(Model, "load", partial(_model, model)))
        stack.enter_context(mock.patch("cleaner.pipeline.STEPS", PARTS[part]))
        if part == "no boxes":
            stack.enter_context(mock.patch("cleaner.lines.boxes.units", lambda facts: np.arange(len(facts.rows))))
            stack.enter_context(mock.patch("cleaner.lines.boxes._headings"))
        result = _cleaner(level).clean(source.text, url=source.url, name=f"x.{source.format}")
    report = result.report
    spans = [(one.start, one.end) for one in report.removals] + [(one.start, one.end) for one in report.repairs]
    its = sheet(source, {level: spans}, _front(source.text))
    who = tuple((one.rule, one.line - 1, one.line - 1 + one.text.rstrip().count("\n")) for one in report.removals)
    return Judged(its, score(its, np.zeros(len(its.size), bool), level), who)


@cache
def _cleaner(level: Level) -> Cleaner:
    return Cleaner(level=level)


@cache
def _model(path: Path) -> Model:
    return Model.read(path)


def _front(text: str) -> int:
    """Where the front matter ends."""
    if not text.startswith("---"):
        return 0
    end = text.find("\n---", 3)
    return 0 if end < 0 else min(len(text), text.find("\n", end + 1) + 1 or len(text))


def judge_all(
    some: Iterable[tuple[Source, Path]], level: Level, part: str = "both", processes: int = 1
) -> list[Judged]:
    """Judge clippings by the models beside them."""
    sources, models = zip(*sorted(some, key=lambda pair: str(pair[1])), strict=True)
    if processes == 1:
        return [judge(source, model, level, part) for source, model in zip(sources, models, strict=True)]
    with ProcessPoolExecutor(processes) as pool:
        work = partial(judge, level=level, part=part)
        return list(pool.map(work, sources, models, chunksize=8))


def clippings(bench: Path, work: Path, *, end: bool) -> Iterator[tuple[Source, Path]]:
    """The clippings and who judges them: those that are held out, or all others."""
    for source in real(bench):
        if held_out(source.group) == end:
            yield source, work / ("all.npz" if end else f"fold{fold(source.group, FOLDS)}.npz")


def pages(bench: Path, work: Path, limit: int) -> Iterator[tuple[Source, Path]]:
    """Pages as text of the first fold, and who judges them."""
    counts: Counter[str] = Counter()
    for source in pages_as_text(bench):
        if fold(source.group, FOLDS) == 0 and source.traits["type"] == "article":
            counts[source.kind] += 1
            if counts[source.kind] <= limit:
                yield source, work / "pages.npz"


def _table(some: Sequence[Judged], trait: str) -> None:
    print(trait)
    groups: dict[str, list[Score]] = {}
    for one in some:
        source = one.sheet.source
        groups.setdefault(source.traits.get(trait, source.kind), []).append(one.score)
    for name, its in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        print(f"  {name:16}", total(its))


def _categories(some: Sequence[Judged], level: Level) -> None:
    all_of: Counter[str] = Counter()
    gone_of: Counter[str] = Counter()
    for one in some:
        its = one.sheet
        for line in np.flatnonzero((its.label == DROP) & (its.size > 0)).tolist():
            name = CATEGORIES[int(its.source.category[line])]
            all_of[name] += int(its.size[line])
            gone_of[name] += int(its.taken[level][line])
    for name, size in all_of.most_common():
        print(f"  {name:16} {100 * gone_of[name] / size:6.1f} % of {size:6} characters")


def _worst(some: Sequence[Judged], level: Level, count: int) -> None:
    """What is lost and left, of the clippings with the most of it; a letter lost counts for twenty left."""
    for one in sorted(some, key=lambda one: one.score.drop - one.score.hit + 20 * one.score.lost, reverse=True)[:count]:
        its = one.sheet
        rows, taken = its.source.text.split("\n"), its.taken[level]
        print(f"\n{its.source.name} {its.source.group} {its.source.traits}")
        wrong = (its.label == KEEP) & (taken > its.inside)
        for word, marked in (("lost", wrong), ("left", (its.label == DROP) & (taken < its.size))):
            for line in np.flatnonzero(marked)[:8].tolist():
                who = next((rule for rule, first, last in one.who if first <= line <= last), "")
                print(f"  {word} {line + 1} {who} {rows[line][:120]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, required=True, help="bench of real clippings")
    parser.add_argument("--work", type=Path, required=True, help="directory that `train --folds` has filled")
    parser.add_argument("--text", type=Path, help="bench of pages as text: judge these instead")
    parser.add_argument("--limit", type=int, default=60, help="pages of each renderer")
    parser.add_argument("--held-out", action="store_true", help="judge the sites that were held out")
    parser.add_argument("--parts", action="store_true", help="also rules alone, the model alone, no boxes")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N worst clippings")
    args = parser.parse_args()
    some = list(
        pages(args.text, args.work, args.limit) if args.text else clippings(args.real, args.work, end=args.held_out)
    )
    for part in PARTS if args.parts else ("both",):
        for level in LEVELS if part == "both" else LEVELS[:1]:
            found = judge_all(some, level, part, args.processes)
            print(f"{level:10} {part:12}", total([one.score for one in found]), flush=True)
            if (level, part) == ("normal", "both"):
                for trait in ("renderer",) if args.text else ("sample", "lang", "tool"):
                    _table(found, trait)
                _categories(found, level)
                _worst(found, level, args.worst)


if __name__ == "__main__":
    main()
