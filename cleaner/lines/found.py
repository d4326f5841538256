"""What the model finds in a text: the boxes that go, and how likely any stretch of it would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from cleaner.categories import CATEGORIES
from cleaner.lines.boxes import BARS, CASELESS, DUMPS, boxes
from cleaner.lines.facts import Facts, facts
from cleaner.lines.model import Judgement, Model
from cleaner.lines.owned import owned
from cleaner.lines.reading import reading
from cleaner.lines.reasons import reason
from cleaner.match.claims import Claim
from cleaner.model import Document, Level
from cleaner.view import View


@dataclass(frozen=True, slots=True)
class Found:
    """A box that a reader would take out.

    Attributes:
        start, end: from the first character of its first line to the last one of its last.
        probability: that a reader would.
        category: which kind of leftover it most likely is.
        reason: what it looks like and where it stands, in words.
    """

    start: int
    end: int
    probability: float
    category: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines of a text as the model sees them; `boxes` are in the order of the text."""

    boxes: tuple[Found, ...]
    facts: Facts
    judgement: Judgement

    def probability(self, start: int, end: int) -> float:
        """How likely a reader would take out the lines that hold ``text[start:end]``, at their likeliest."""
        first, last = self.facts.rows.at(np.array([start, max(start, end - 1)])).tolist()
        return float(self.judgement.probability[max(0, first) : last + 1].max(initial=0.0))


def find(
    document: Document,
    view: View,
    level: Level,
    *,
    fit: Iterable[Claim],
    passed: Iterable[Claim],
    keepers: Iterable[Claim],
) -> Lines:
    """Judge the lines of a document.

    Args:
        fit: claims that meet their conditions, whatever came of them; `passed`: those that do not; `keepers`: of rules
            that keep.
    """
    known = facts(reading(document, view, fit, passed, keepers))
    judgement = Model.load().judge(known)
    found = []
    bars = DUMPS if known.reading.dumped else CASELESS if known.caseless else BARS
    going = boxes(known, judgement.probability, owned(known), bars[level]) if level in bars else []
    for box, kind in zip(going, judgement.kinds([(box.first, box.last) for box in going]), strict=True):
        start, end = int(known.rows.start[box.first]), int(known.rows.end[box.last])
        found.append(Found(start, end, box.probability, CATEGORIES[kind], reason(known, box)))
    return Lines(tuple(found), known, judgement)
