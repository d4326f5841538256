"""How much of what should go goes, and what is lost with it: the measure of the bench of real clippings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.lines.letters import Bools, Numbers
from cleaner.lines.rows import cover
from cleaner.model import Level
from training.lines.sources import DROP, KEEP, Source

_HIDDEN = re.compile(r"(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|https?://[^\s)>\"]+|<[a-zA-Z/!][^<>\n]*>")
_MARKS = re.compile(r"[\[\]!*#>|\-_`\\]")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What is scored of a clipping, by line of its text.

    Attributes:
        label: as in `Source`, the front matter as what stays.
        size: characters that count.
        inside: how many of them stand in a part that goes from a line that stays.
        taken: level to how many of them the rules alone take; `freed`: to how many of those inside.
    """

    source: Source
    label: Numbers
    size: Numbers
    inside: Numbers
    taken: dict[Level, Numbers]
    freed: dict[Level, Numbers]


@dataclass(frozen=True, slots=True)
class Score:
    """Sums over clippings; characters if nothing else is said."""

    clippings: int = 0
    littered: int = 0
    drop: int = 0
    hit: int = 0
    keep: int = 0
    lost: int = 0
    lines: int = 0
    lines_hit: int = 0
    right: int = 0
    near: int = 0
    harmed: int = 0
    badly: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def __str__(self) -> str:
        shares = {
            "lines": _percent(self.lines_hit, self.lines),
            "characters": _percent(self.hit, self.drop),
            "damage": _percent(self.lost, self.keep),
            "right": _percent(self.right, self.littered),
            "near": _percent(self.near, self.littered),
            "badly": _percent(self.badly, self.clippings),
        }
        return f"n {self.clippings:4}" + "".join(f"  {name} {share:6.2f}" for name, share in shares.items())


def _percent(part: float, whole: float) -> float:
    return 100 * part / max(1, whole)


def sheet(source: Source, rules: Mapping[Level, Iterable[tuple[int, int]]], first: int) -> Sheet:
    """The sheet of a clipping.

    Args:
        rules: level to the spans of the text that the rules alone take.
        first: where the front matter ends.
    """
    text = source.text
    shown = np.array([not _SPACE.match(c) for c in text], bool)
    full = shown.copy()
    for match in _HIDDEN.finditer(text):
        shown[slice(*match.span())] = False
    for match in _MARKS.finditer(text):
        shown[match.start()] = False
    starts = np.array([0, *(m.end() for m in re.finditer("\n", text))])
    of = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(text))))
    size = np.bincount(of[shown], minlength=len(starts))
    only = np.flatnonzero((size == 0) & (np.bincount(of[full], minlength=len(starts)) > 0))
    for line in only.tolist():  # a picture counts as one
        place = int(starts[line]) + int(np.argmax(full[starts[line] :]))
        shown[place] = True
        size[line] = 1
    label = source.label.copy()
    label[: text.count("\n", 0, first)] = KEEP
    within = cover(len(text), np.array(source.spans, np.int64).reshape(-1, 2))
    taken: dict[Level, Numbers] = {}
    freed: dict[Level, Numbers] = {}
    for level, spans in rules.items():
        gone = shown & cover(len(text), np.array([*spans], np.int64).reshape(-1, 2))
        taken[level] = np.bincount(of[gone], minlength=len(starts))
        freed[level] = np.bincount(of[gone & within], minlength=len(starts))
    return Sheet(source, label, size, np.bincount(of[shown & within], minlength=len(starts)), taken, freed)


def score(sheet: Sheet, gone: Bools, level: Level | None) -> Score:
    """The score of a clipping of which some lines went, and what the rules take at `level`, if they are asked."""
    size, inside = sheet.size, sheet.inside
    lost = np.where(gone, size, sheet.taken[level] if level else 0)
    freed = np.where(gone, inside, sheet.freed[level] if level else 0)
    drop, keep = (sheet.label == DROP) & (size > 0), sheet.label == KEEP
    goes, hit = int(size[drop].sum() + inside[keep].sum()), int(lost[drop].sum() + freed[keep].sum())
    stays, harm = int((size - inside)[keep].sum()), int((lost - freed)[keep].sum())
    return Score(
        clippings=1,
        littered=int(goes > 0),
        drop=goes,
        hit=hit,
        keep=stays,
        lost=harm,
        lines=int(drop.sum()),
        lines_hit=int((lost[drop] == size[drop]).sum()),
        right=int(goes > 0 and hit == goes and not harm),
        near=int(goes > 0 and hit >= 0.9 * goes and not harm),
        harmed=int(harm > 0),
        badly=int(harm > 0.01 * max(1, stays)),
    )


def total(scores: Sequence[Score]) -> Score:
    """The sum of scores."""
    return sum(scores, Score())
