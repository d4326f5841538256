"""Boxes, not lines: what goes together goes together, and what stands beside it stays.

First the lines that cannot be parted (a link over several lines, a table, a list, links one below the other) are made
one unit, whose odds are the mean of its lines.  Then each unit is asked whether it goes, and last the headings: a
heading goes with all that stands below it, or it stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cleaner.lines import letters
from cleaner.lines.facts import Facts
from cleaner.lines.letters import Bools, Floats, Numbers
from cleaner.lines.owned import signed
from cleaner.lines.rows import CELL, HEADING, ITEM, PLAIN, STEP
from cleaner.model import Level


@dataclass(frozen=True, slots=True)
class Bar:
    """What must be for lines to go.

    Attributes:
        odds: of a line of one letter; more for longer ones.
        least: probability of any line.
        weak: of a box below the first paragraph that stays, in which a rule wants something and none is sure: there the
            article is, and what looks like a leftover is a line of it most often.
        sure: probability of a box that holds more than `_MUCH` of what stays.
        prose: probability of a paragraph.
    """

    odds: float
    least: float = 0.0
    weak: float = 0.0
    sure: float = 0.0
    prose: float = 0.0


BARS: dict[Level, Bar] = {"normal": Bar(0.03, 0.45, 0.62, 0.68, 0.85), "aggressive": Bar(0.02, 0.2, 0.2, 0.3)}
"""By level, chosen on clippings that the folds of training had not seen: at most 0.15 and 0.7 % of what stays may go,
and of as few texts as can be more than a hundredth.  At `safe` nothing goes on the word of a model."""
CASELESS: dict[Level, Bar] = BARS | {"normal": Bar(0.03, 0.55, 0.62, 0.72, 0.85)}
"""The same for texts in scripts without case, where capitals tell no name and no heading from a sentence."""
DUMPS: dict[Level, Bar] = {"normal": Bar(0.06, 0.7, 0.7, 0.7, 0.87), "aggressive": Bar(0.04, 0.4, 0.4, 0.5, 0.7)}
"""The same for dumps of pages, of which the looks say more together (`Reading.dumped`): at most 0.3 and 0.7 %."""
_MUCH = 0.01
SIZE_POWER = 0.3
"""How much surer one must be of a long line than of a short one: the odds asked for grow with this power of its size.
"""
_IN_ALL = 50.0
"""How much surer still, the greater its share of what stays."""
_UNKNOWN = 40.0
"""How much surer of a text of which nobody knows where it is from: what it shows may be what it is about."""
_LONE = 2.0
"""How much surer of a line that is no link and of which no rule knows anything."""
_SIGNED = 30.0
"""How much surer of a line that may name an author or the day."""
_PICTURED = 10.0
"""How much surer of a picture that is no link and says next to nothing: an article has such ones, too."""
_PICTURED_WORDS = 6
_LISTING = 3.0
"""How much surer of a text with little prose, where short lines may be what it is about."""
_PROSE = 0.3
"""Share of prose of a text that is no listing."""
_WHOLE_SENTENCES = 0.02
"""Share of the rows of plain text that may begin in the middle of a sentence, if no dump broke it."""
_EVEN = 0.5
_MIDDLE = (letters.LOWER, letters.STOP, letters.COMMA)
"""Classes of characters with which the middle of a sentence begins."""
_WHOLE = 400.0
"""Characters that are taken to stay at least."""
_LEAST = 3
_SENTENCE = 60
"""Half letters of a line that may stand below a heading."""
_BLOCK = 3
"""Rows of plain text that go together at least, if no rule knows each of them; so many of a block are not parted where
nobody knows the site."""
_LINK = 0.5
"""Share of a line that is links, if it is little else."""
_ALL = 0.9
"""The same of a line in a list of links that no item marks."""
_SURE = 4
"""Rank of what a rule wants and may have."""
_HEADED = 0.15
"""Probability that suffices for a heading of which everything below goes."""


@dataclass(frozen=True, slots=True)
class Box:
    """Rows that go together, `first` to `last`, and how likely a reader would take them out."""

    first: int
    last: int
    probability: float


def boxes(facts: Facts, probability: Floats, owned: Bools, bar: Bar) -> list[Box]:
    """The boxes that go.

    Args:
        probability: of each row.
        owned: rows that stay whatever anybody says.
    """
    size = np.maximum(_LEAST, facts.size / 2)  # a sign says as much as two or three letters
    unit = units(facts)
    chance = _mean(probability, size, unit)
    goes = chance > np.maximum(bar.least, _asked(facts, chance, size, bar.odds))
    goes &= ~facts.paragraph | (chance >= bar.prose)
    goes &= ~_any(owned, unit)
    torn = _torn(facts)
    if torn:
        goes &= _outside(facts, chance) & ~_broken(facts)
    goes &= ~_any(~goes, unit)
    _headings(facts, goes, probability, owned)
    if not facts.reading.url:
        goes &= ~_headwords(facts, goes)
        goes &= facts.paragraph.any()  # a list or a form: what looks like a menu may be what it lists
    if not facts.paragraph.any():
        goes &= _tells_itself(facts)
    much = _MUCH * max(_WHOLE, float(size[~goes].sum()))
    prose = _prose(facts, chance)
    start = int(prose[0]) if len(prose) else len(facts.rows)
    found = []
    for first, last in _runs(goes):
        its = slice(first, last + 1)
        box = Box(first, last, float(np.average(chance[its], weights=size[its])))
        if size[its].sum() >= much:
            least = bar.sure
        elif first > start and _is_half_known(facts, first, last):
            least = bar.weak
        else:
            least = 0.0
        if box.probability >= least and _is_box(facts, first, last, torn):
            found.append(box)
    return found


def _is_box(facts: Facts, first: int, last: int, torn: bool) -> bool:
    """Whether rows that go are enough to be a box, which a line of a text of unknown origin or of a torn one may not
    be."""
    claimed = facts.own["claimed"][first : last + 1]
    if first == last and not facts.reading.url:
        return bool(claimed[0] >= _SURE or facts.own["link share"][first] >= _LINK)
    return not torn or last - first + 1 >= _BLOCK or bool((claimed > 0).all())


def _asked(facts: Facts, chance: Floats, size: Numbers, odds: float) -> Floats:
    """The probability that must be for each row."""
    own = facts.own
    stays = max(_WHOLE, float(size[chance < _EVEN].sum()))
    asked = odds * size**SIZE_POWER * (1 + _IN_ALL * size / stays)
    if not facts.reading.url:
        asked *= _UNKNOWN
    if facts.size[facts.paragraph].sum() < _PROSE * facts.size[~facts.solid].sum():
        asked *= _LISTING
    known = (own["claimed"] > 0) | (own["links"] > 0)
    asked[~known & (own["pictures"] == 0)] *= _LONE
    asked[~known & (own["pictures"] > 0) & (own["words"] <= _PICTURED_WORDS)] *= _PICTURED
    asked[signed(facts)] *= _SIGNED
    found: Floats = asked / (1 + asked)
    return found


def _tells_itself(facts: Facts) -> Bools:
    """Rows that need no paragraphs around them to be leftovers: what a rule is sure of, links, pictures, and in
    Markdown what is no sentence."""
    own = facts.own
    found: Bools = (own["claimed"] >= _SURE) | (own["links"] > 0) | (own["pictures"] > 0)
    return found | (own["sentences"] == 0) if facts.reading.markdown else found


def _torn(facts: Facts) -> bool:
    """Whether a text is plain and its sentences may be broken at their links: some are, or nobody knows where it is
    from."""
    if facts.reading.markdown:
        return False
    inner = _inner(facts)
    return not facts.reading.url or (len(inner) > 0 and bool(inner.mean() >= _WHOLE_SENTENCES))


def _inner(facts: Facts) -> Bools:
    """Rows that begin in the middle of a sentence."""
    return np.isin(facts.own["first"], _MIDDLE) & ~facts.solid


def _is_half_known(facts: Facts, first: int, last: int) -> bool:
    """Whether rules want something of rows, but none is sure."""
    return bool(0 < facts.own["claimed"][first : last + 1].max() < _SURE)


def _prose(facts: Facts, chance: Floats) -> Numbers:
    """The rows of the paragraphs that likely stay."""
    return np.flatnonzero(facts.paragraph & (chance < _EVEN))


def _outside(facts: Facts, chance: Floats) -> Bools:
    """Rows above the first paragraph that likely stays and below the last.

    Of plain text nobody knows whether a short line between two paragraphs is a leftover or a word of a sentence that
    some dump broke at its links.
    """
    rows = _prose(facts, chance)
    outside = np.ones(len(facts.rows), bool)
    if len(rows):
        outside[rows[0] : rows[-1] + 1] = False
    return outside


def _broken(facts: Facts) -> Bools:
    """Rows of plain text that may be parts of a sentence that some dump broke: they begin in its middle, or the next
    one does."""
    inner = _inner(facts)
    found: Bools = inner | np.append(inner[1:], False)[: len(inner)]
    return found


def units(facts: Facts) -> Numbers:
    """For each row the number of its unit."""
    count = len(facts.rows)
    glued = np.zeros(max(0, count - 1), bool)
    spans = facts.reading.links[:, :2]
    if len(spans):
        first, last = facts.rows.at(spans[:, 0]), facts.rows.at(spans[:, 1] - 1)
        for top, bottom in zip(first.tolist(), last.tolist(), strict=True):
            if 0 <= top < bottom:
                glued[top:bottom] = True
    within = facts.own["in halves"]
    glued |= within[:-1] & (within[1:] | (facts.own["closes"][1:] > 0))
    kind = facts.rows.kind
    close = facts.own["blank above"][1:] <= 1
    listed = ((kind == ITEM) | ((facts.own["indent"] > 0) & (kind != CELL))) & facts.reading.markdown
    menu = (kind == PLAIN) & (facts.own["link share"] >= _ALL) & (facts.own["pictures"] == 0) & facts.reading.markdown
    for one in (kind == CELL, kind == STEP, listed, menu):
        glued |= one[:-1] & one[1:] & close
    if not facts.reading.url:
        block = np.cumsum(facts.own["blank above"] > 0)
        glued |= (np.diff(block) == 0) & (np.bincount(block)[block][1:] <= _BLOCK)
    return np.append(0, np.cumsum(~glued)) if count else np.zeros(0, np.int64)


def _mean(values: Floats, weight: Numbers, unit: Numbers) -> Floats:
    total = np.bincount(unit, weight * values)
    mean: Floats = (total / np.bincount(unit, weight))[unit] if len(unit) else values
    return mean


def _any(marked: Bools, unit: Numbers) -> Bools:
    if not len(unit):
        return marked
    found: Bools = (np.bincount(unit, marked) > 0)[unit]
    return found


def _headings(facts: Facts, goes: Bools, probability: Floats, owned: Bools) -> None:
    """Settle the headings, the last ones first, so that those below a heading are settled before it."""
    level = np.where((facts.rows.kind == HEADING) & ~facts.solid, facts.rows.level, 0).tolist()
    heads = [row for row, its in enumerate(level) if its]
    for row in reversed(heads):
        end = next((other for other in heads if other > row and level[other] <= level[row]), len(level))
        below = goes[row + 1 : end]
        if len(below):
            goes[row] = bool(below.all()) and (goes[row] or probability[row] > _HEADED) and not owned[row]


def _headwords(facts: Facts, goes: Bools) -> Bools:
    """Labels right above a sentence that stays, at most two: in a text of which nobody knows where it is from, these
    are its headings."""
    below = (facts.size > _SENTENCE) & ~goes
    label = (facts.own["links"] == 0) & (facts.own["pictures"] == 0) & (facts.size > 0)
    heads = label & np.append(below[1:], False)
    found: Bools = heads | (label & np.append(heads[1:], False))
    return found


def _runs(marked: Bools) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(marked.astype(np.int8), prepend=0, append=0))
    yield from ((start, end - 1) for start, end in edges.reshape(-1, 2).tolist())
