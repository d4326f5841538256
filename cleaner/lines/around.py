"""What stands around each line: its neighbours, its section, its run of like lines, its place among the paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.core import compiled
from cleaner.lines import letters
from cleaner.lines.counts import copies, counted, places
from cleaner.lines.facts import Facts
from cleaner.lines.letters import Bools, Numbers
from cleaner.lines.rows import BOLD, CELL, HEADING, ITEM, PLAIN

Columns = Iterator[tuple[str, Numbers]]
"""Facts, by name."""

FAR = 999
"""Stands for a distance to what is not there."""
_REACH = {
    "size": (-3, -2, -1, 1, 2, 3),
    "link share": (-2, -1, 1, 2),
    "sentences": (-2, -1, 1, 2),
    "kind": (-2, -1, 1, 2),
    "pictures": (-2, -1, 1, 2),
    "own links": (-1, 1),
    "last": (-1, 1),
    "first": (-1, 1),
    "claimed": (-2, -1, 1, 2),
    "blank above": (1,),
    "closes": (-1, 1),
    "title share": (-1, 1),
    "digit share": (-1, 1),
    "away links": (-1, 1),
    "capitals": (-1, 1),
    "years": (-1, 1),
}
_WINDOWS = (4, 12)
_COUNTED = ("paragraph", "size", "links", "own links", "away links", "pictures", "claimed strong", "sentences")
_WINDOWED = (*_COUNTED, "short")
_PERIODS = (1, 2, 3, 4, 5, 6)
_SECTIONED = (*_COUNTED, "solid")
_COMMON = 40
_LONGER = 4  # letters
_SHORT = 100
_TITLE = 160
"""Half letters of a line that may be a heading without being marked as one."""


def around(facts: Facts) -> Columns:
    """The facts about the surroundings of each row, with their names, one after the other: all at once they take much
    more memory than what becomes of them."""
    own = facts.own
    base = own | {
        "claimed strong": (own["claimed"] >= 4).astype(np.int64),
        "short": ((facts.size < _SHORT) & (own["sentences"] == 0)).astype(np.int64),
    }
    yield from _neighbours(own)
    for reach in _WINDOWS:
        for name in _WINDOWED:
            yield f"{name} within {reach}", window(base[name].astype(np.int64), reach)
    yield from _place(facts)
    yield from _section(facts, base, _marked(facts), "section")
    yield from _section(facts, base, _unmarked(facts), "part")
    shape = _shape(facts)
    yield from _runs(shape)
    yield from _repeats(facts, shape)
    yield from _topic(facts)
    yield from _whole(facts, base)


def _neighbours(own: dict[str, Numbers]) -> Columns:
    for name, offsets in _REACH.items():
        for offset in offsets:
            yield f"{name} {offset:+d}", shifted(own[name], offset)


def shifted(values: Numbers, offset: int, beyond: int = -1) -> Numbers:
    """The values `offset` rows further down; `beyond` the ends."""
    out = np.empty(len(values))
    if offset > 0:
        out[:-offset], out[-offset:] = values[offset:], beyond
    else:
        out[-offset:], out[:-offset] = values[:offset], beyond
    return out


def window(values: Numbers, reach: int) -> Numbers:
    """Sums over each row and `reach` rows to both sides."""
    size = len(values)
    if not size:
        return values
    up_to = np.cumsum(values)
    total = np.empty(size + 2 * reach + 1, up_to.dtype)  # as if so many rows of nothing stood at both ends
    total[: reach + 1] = 0
    total[reach + 1 : reach + 1 + size] = up_to
    total[reach + 1 + size :] = up_to[-1]
    sums: Numbers = total[2 * reach + 1 :] - total[:size]
    return sums


def _place(facts: Facts) -> Columns:
    """Where a row stands among all rows and among the paragraphs."""
    count = len(facts.rows)
    at = np.arange(count)
    prose = np.where(facts.paragraph, facts.size, 0)
    before, all_prose = np.cumsum(prose) - prose, max(1, int(prose.sum()))
    number = np.cumsum(facts.paragraph)
    yield "row", at
    yield "rows below", count - 1 - at
    yield "place", at / max(1, count - 1)
    yield "paragraphs above", number - facts.paragraph
    yield "paragraphs below", (number[-1] if count else 0) - number
    yield "prose above", before
    yield "prose below", all_prose - before - prose
    yield "prose share above", before / all_prose
    above, below = _distances(facts.paragraph)
    yield "to paragraph above", above
    yield "to paragraph below", below
    yield "to prose", np.minimum(above, below)
    yield "gap of paragraphs", np.minimum(above + below, FAR)
    firm = facts.paragraph & ((window(facts.paragraph.astype(np.int64), 6) > 1) | (facts.paragraph.sum() < 3))
    above, below = _distances(firm)
    yield "to firm above", above
    yield "to firm below", below


def _distances(marked: Bools) -> tuple[Numbers, Numbers]:
    """How many rows above and below the next marked row stands, 0 for itself, `FAR` for none."""
    count = len(marked)
    at = np.arange(count)
    last = np.maximum.accumulate(np.where(marked, at, -FAR))
    following = np.minimum.accumulate(np.where(marked, at, count + FAR)[::-1])[::-1]
    return np.minimum(at - last, FAR), np.minimum(following - at, FAR)


def heads(facts: Facts) -> Numbers:
    """For each row the row of what may be a heading above it, -1 for none; a heading is its own."""
    marked = _unmarked(facts)
    at = np.arange(len(marked))
    found: Numbers = np.maximum.accumulate(np.where(marked, at, -1)) if len(marked) else at
    return found


def _marked(facts: Facts) -> Bools:
    kind: Numbers = facts.rows.kind
    marked: Bools = (kind == HEADING) & ~facts.solid
    return marked


def _unmarked(facts: Facts) -> Bools:
    """Rows that look like a heading, marked or not: bold, or short and alone in front of something else."""
    own = facts.own
    kind = facts.rows.kind
    label = (facts.size > 0) & (facts.size <= _TITLE) & (own["sentences"] == 0) & (own["commas"] == 0)
    alone = (own["blank above"] > 0) & (kind == PLAIN) & (own["links"] == 0) & (own["pictures"] == 0)
    offers = (own["links"] > 0) | (kind == ITEM) | (own["pictures"] > 0)
    leads = alone & (np.append(offers[1:], False) | (own["last"] == letters.COLON))
    marked: Bools = ((kind == HEADING) | ((kind == BOLD) & label) | (label & leads)) & ~facts.solid
    return marked


def _section(facts: Facts, base: dict[str, Numbers], heads: Bools, name: str) -> Columns:
    """What the heading above a row is, how far it is, and what stands below it up to the next one."""
    count = len(facts.rows)
    number = np.cumsum(heads)  # 0: above the first heading
    starts = np.append(0, np.flatnonzero(heads))
    own = facts.own
    at = np.arange(count)
    yield f"{name} head", heads
    yield f"{name} distance", np.where(number > 0, at - starts[number], FAR)
    rows = np.bincount(number, minlength=len(starts))
    rows[1:] -= 1
    yield f"{name} rows", rows[number]
    for fact in _SECTIONED:
        values = np.where(heads, 0, base[fact])
        yield f"{name} {fact}", np.bincount(number, values, minlength=len(starts))[number]
    for fact in ("size", "level", "claimed", "title share", "last"):
        yield f"{name} head {fact}", np.where(number > 0, own[fact][starts[number]], -1)
    yield f"{name}s below", number[-1] - number if count else number
    prose = np.bincount(number, facts.paragraph, minlength=len(starts))
    later = prose.sum() - np.cumsum(prose)
    yield f"{name} prose below", later[number]


def _shape(facts: Facts) -> Numbers:
    """A number for what a row is like."""
    own = facts.own
    scale = np.searchsorted([1, 16, 60, 160, 400], facts.size, side="right")
    shape = scale
    for part, width in (
        (facts.rows.kind, 8),
        (np.minimum(own["links"], 2), 3),
        (np.minimum(own["pictures"], 1), 2),
        (own["last"] == letters.STOP, 2),
        (own["link share"] > 0.5, 2),
        (own["first"] == letters.DIGIT, 2),
        (own["own links"] > 0, 2),
    ):
        shape = shape * width + part
    return shape.astype(np.int64, copy=False)


def _runs(shape: Numbers) -> Columns:
    """How long a row goes on like its neighbours, or like those one period of a card away."""
    best, period, above = np.zeros((3, len(shape)), np.int64)
    runs_of(shape, best, period, above)
    yield "run", best
    yield "period", period
    yield "like above", above
    yield "same shape", copies(shape)


@compiled
def runs_of(shape: Numbers, best: Numbers, period: Numbers, above: Numbers) -> None:
    """Fill in, for rows of some shapes, the length of the longest run of rows like those a period further up, its
    period, and the length of the run with a period of one; all is to be 0 before."""
    for step in _PERIODS:
        same = np.zeros(len(shape), bool)
        same[step:] = shape[step:] == shape[:-step] if step < len(shape) else False
        length = _run_lengths(same)
        if step == 1:
            above[:] = length
        if step < len(shape):  # rows of the first period belong to the run that follows them
            length[:-step] = np.maximum(length[:-step], length[step:])
        better = length > best + step
        period[better] = step
        best[better] = length[better]


def _run_lengths(marked: Bools) -> Numbers:
    """For each row the length of the run of marked rows that it stands in, 0 outside."""
    if not len(marked):
        return np.zeros(0, np.int64)
    edges = np.flatnonzero(np.diff(marked.astype(np.int8), prepend=0, append=0))
    lengths: Numbers = edges[1::2] - edges[::2]
    out = np.zeros(len(marked), np.int64)
    out[marked] = np.repeat(lengths, lengths)
    return out


def _repeats(facts: Facts, shape: Numbers) -> Columns:
    """How often a row's words or its target stand in the text, and how far the next copy is."""
    its = facts.targets
    for name, values in (
        ("copies", facts.copies),
        ("target copies", its.first),
        ("stem copies", its.stem),
        ("shelf copies", its.shelf),
    ):
        yield name, np.where(values != 0, copies(values), 0)
    values = facts.copies
    order = np.argsort(values, kind="stable")
    gap = np.full(len(values), FAR)
    near = np.diff(order)
    same = (np.diff(values[order]) == 0) & (values[order][1:] != 0)
    gap[order[1:][same]] = near[same]
    gap[order[:-1][same]] = np.minimum(gap[order[:-1][same]], near[same])
    yield "to copy", np.minimum(gap, FAR)


def _topic(facts: Facts) -> Columns:
    """Which share of a row's longer words the paragraphs have, itself aside, and which share of all its words is among
    those that the paragraphs use most: sentences have them, labels do not."""
    spoken = facts.words
    met, longer, common = np.zeros((3, len(facts.rows)), np.int64)
    count_shared(spoken.row, spoken.hash, spoken.size, facts.paragraph, met, longer, common)
    yield "topic share", met / np.maximum(1, longer)
    yield "topic words", longer
    yield "common share", common / np.maximum(1, np.bincount(spoken.row, minlength=len(facts.rows)))


@compiled
def count_shared(
    row: Numbers, word: Numbers, letters: Numbers, told: Bools, met: Numbers, longer: Numbers, common: Numbers
) -> None:
    """Count, for each row, its longer words that another row tells, its longer words, and those of its words that are
    among the `_COMMON` commonest of what is told; all is to be 0 before.

    Args:
        row, word, letters: of all words, in the order of the rows.
        told: for each row whether it counts as telling.
    """
    size = len(told)
    long = letters >= _LONGER
    its, here = row[long], word[long]
    twice = told[its]
    pairs, _ = counted((here[twice].astype(np.uint64) << np.uint64(32)) | its[twice].astype(np.uint64))
    known, counts = counted((pairs >> np.uint64(32)).astype(np.uint32))
    at, there = places(here, known)
    if len(known):
        there &= counts[at] > twice
    met += np.bincount(its, there, minlength=size).astype(np.int64)
    longer += np.bincount(its, minlength=size)
    known, counts = counted(word[told[row]])
    often = np.sort(known[np.argsort(-counts, kind="stable")[:_COMMON]])
    common += np.bincount(row, places(word, often)[1], minlength=size).astype(np.int64)


def _whole(facts: Facts, base: dict[str, Numbers]) -> Columns:
    """What the text is like as a whole."""
    count = max(1, len(facts.rows))
    whole = {
        "all paragraphs": facts.paragraph.sum() / count,
        "all links": base["links"].sum() / count,
        "all pictures": base["pictures"].sum() / count,
        "all short": base["short"].sum() / count,
        "all claimed": base["claimed strong"].sum() / count,
        "all solid": facts.solid.sum() / count,
        "all cells": (facts.rows.kind == CELL).sum() / count,
        "all sign share": base["sign share"].sum() / count,
        "markdown": int(facts.reading.markdown),
        "front matter": int(facts.reading.first > 0),
        "site known": int(facts.targets.away_known),
        "headings": (facts.rows.kind == HEADING).sum(),
        "prose": np.where(facts.paragraph, facts.size, 0).sum(),
        "prose share": np.where(facts.paragraph, facts.size, 0).sum() / max(1, facts.size.sum()),
        "breaks": base["blank above"].sum() / count,
    }
    for name, value in whole.items():
        yield name, np.full(len(facts.rows), float(value))
