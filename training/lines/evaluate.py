"""Judges the folds on real clippings they have not seen: ``python -m training.lines.evaluate --real DIR --work DIR``.

Prints what rules alone, the model alone and both take out and what is lost with it, by level; then both by language,
tool, sample and category, and the clippings that come out worst.  `training.lines.train` must have filled the work
directory.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np

from cleaner import pipeline
from cleaner.api import Cleaner
from cleaner.categories import CATEGORIES
from cleaner.decide.notes import is_note
from cleaner.decide.steps import STEPS
from cleaner.decide.steps.lines import STEP as LINES_STEP
from cleaner.lines.boxes import ODDS, boxes
from cleaner.lines.facts import Facts, facts
from cleaner.lines.letters import Bools, Floats
from cleaner.lines.owned import owned
from cleaner.model import Level
from cleaner.read.document import read as read_text
from cleaner.read.intake import take_in
from training.lines.measure import Score, Sheet, score, sheet, total
from training.lines.samples import read
from training.lines.sources import DROP, KEEP, real

LEVELS: tuple[Level, ...] = ("safe", "normal", "aggressive")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A clipping to be judged: its sheet, its facts, and what the folds say of its rows."""

    sheet: Sheet
    facts: Facts
    probability: Floats
    owned: Bools
    note: bool

    def gone(self, level: Level, odds: float) -> Bools:
        """The lines that the model takes."""
        found = np.zeros(len(self.sheet.size), bool)
        if level == "safe" or self.note:
            return found
        line = self.facts.rows.line
        for box in boxes(self.facts, self.probability, self.owned, odds):
            found[line[box.first : box.last + 1]] = True
        return found

    def single(self, odds: float) -> Bools:
        """The lines that the model would take one by one."""
        found = np.zeros(len(self.sheet.size), bool)
        asked = odds * np.maximum(1, self.facts.own["seen"]) ** 0.3
        found[self.facts.rows.line[self.probability > asked / (1 + asked)]] = True
        return found


def cases(bench: Path, work: Path) -> list[Case]:
    """The clippings of the bench with what the folds say."""
    said: dict[str, Floats] = pickle.loads((work / "said2.pkl").read_bytes())
    cleaners = {level: Cleaner(level=level) for level in LEVELS}
    found = []
    for source in real(bench):
        reading = read(cleaners["normal"].setup, source)
        given = take_in(source.text, name=f"x.{source.format}")
        document = read_text(given.text, given.format)
        with mock.patch.object(pipeline, "STEPS", tuple(step for step in STEPS if step is not LINES_STEP)):
            rules = {level: _taken(cleaner, source.text, source.format) for level, cleaner in cleaners.items()}
        known = facts(reading)
        found.append(
            Case(sheet(source, rules, reading.first), known, said[source.name], owned(known), is_note(document))
        )
    return found


def _taken(cleaner: Cleaner, text: str, format: str) -> list[tuple[int, int]]:
    report = cleaner.clean(text, name=f"x.{format}").report
    removed = [(one.start, one.end) for one in report.removals]
    return removed + [(one.start, one.end) for one in report.repairs]


def scores(some: Sequence[Case], level: Level, odds: float, *, rules: bool = True, model: bool = True) -> list[Score]:
    """The scores of some clippings."""
    return [
        score(
            case.sheet,
            case.gone(level, odds) if model else np.zeros(len(case.sheet.size), bool),
            ("safe" if case.note and model else level) if rules else None,
        )
        for case in some
    ]


def _categories(some: Sequence[Case], level: Level, odds: float) -> None:
    all_of: Counter[str] = Counter()
    gone_of: Counter[str] = Counter()
    for case in some:
        its = case.sheet
        taken = np.where(case.gone(level, odds), its.size, its.taken[level])
        for line in np.flatnonzero((its.label == DROP) & (its.size > 0)).tolist():
            name = CATEGORIES[int(its.source.category[line])]
            all_of[name] += int(its.size[line])
            gone_of[name] += int(taken[line])
    for name, size in all_of.most_common():
        print(f"  {name:16} {100 * gone_of[name] / size:6.1f} % of {size:6} characters")


def _worst(some: Sequence[Case], level: Level, odds: float, count: int) -> None:
    def harm(case: Case) -> float:
        its = score(case.sheet, case.gone(level, odds), level)
        return 20 * its.lost + its.drop - its.hit

    for case in sorted(some, key=harm, reverse=True)[:count]:
        its, gone = case.sheet, case.gone(level, odds)
        taken = np.where(gone, its.size, its.taken[level])
        wrong = (its.label == KEEP) & (taken > its.inside)
        left = (its.label == DROP) & (taken < its.size)
        chance = np.zeros(len(its.size))
        chance[case.facts.rows.line] = case.probability
        rows = its.source.text.split("\n")
        print(f"\n{its.source.name} {its.source.group} {its.source.traits}")
        for word, marked in (("lost", wrong), ("left", left)):
            for line in np.flatnonzero(marked)[:8].tolist():
                print(f"  {word} {line + 1} {chance[line]:.2f} {'model' if gone[line] else ''} {rows[line][:120]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, required=True, help="bench of real clippings")
    parser.add_argument("--work", type=Path, required=True, help="directory that training.lines.train has filled")
    parser.add_argument("--odds", type=float, nargs="*", default=(), help="other operating points to try")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N worst clippings")
    args = parser.parse_args()
    some = cases(args.real, args.work)
    for level in LEVELS:
        odds = ODDS.get(level, float("inf"))
        print(level)
        print("  rules alone ", total(scores(some, level, odds, model=False)))
        print("  model alone ", total(scores(some, level, odds, rules=False)))
        print("  both        ", total(scores(some, level, odds)))
        if level in ODDS:
            print("  no boxes    ", total([score(case.sheet, case.single(odds), level) for case in some]))
    for odds in args.odds:
        print(f"  normal at {odds:g}", total(scores(some, "normal", odds)))
    _tables(some, lambda case: case.sheet.source.traits)
    _categories(some, "normal", ODDS["normal"])
    _worst(some, "normal", ODDS["normal"], args.worst)


def _tables(some: Sequence[Case], traits: Callable[[Case], dict[str, str]]) -> None:
    for trait in ("sample", "lang", "tool"):
        print(trait)
        groups: dict[str, list[Case]] = {}
        for case in some:
            groups.setdefault(traits(case)[trait], []).append(case)
        for name, its in sorted(groups.items(), key=lambda pair: -len(pair[1])):
            print(f"  {name:16}", total(scores(its, "normal", ODDS["normal"])))


if __name__ == "__main__":
    main()
