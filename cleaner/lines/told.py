"""What the characters of each line tell: what of them is read, which words they make, what lies in code or a claim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cleaner.core import compiled
from cleaner.lines import letters
from cleaner.lines.letters import Numbers
from cleaner.lines.reading import SOLID, Reading
from cleaner.lines.rows import Points, Rows, points
from cleaner.lines.words import Words, joined, words

_IS_ARROW = np.isin(np.arange(0x2800), [ord(arrow) for arrow in "«»‹›←→↑↓⟵⟶▲▼△▽"])


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the characters of the rows of a text tell.

    Attributes:
        spoken: the words that a reader sees; `led`: those of what the links lead to.
        copies: hash of the words of each row, 0 if it has none.
        counts: shape (rows, classes): of the seen characters how many of each class.
        others: shape (6, rows), as `count_letters` has it.
        solid: shape (kinds of `SOLID`, rows): characters in code, and in maths.
        claimed: half letters that claims take which hold.
        arrows: how many arrows there are, seen or not.
    """

    spoken: Words
    led: Words
    copies: Numbers
    counts: Numbers
    others: Numbers
    solid: Numbers
    claimed: Numbers
    arrows: Numbers


def told(reading: Reading, table: Rows) -> Told:
    """What the characters of a text tell, stretch by stretch."""
    size = len(table)
    counts: Numbers = np.zeros((size, letters.CLASSES), np.int64)
    others: Numbers = np.zeros((6, size), np.int64)
    solid: Numbers = np.zeros((len(SOLID), size), np.int64)
    copies, claimed, arrows = np.zeros((3, size), np.int64)
    standing = reading.claims[reading.claims[:, 2] > 0]
    targets = np.concatenate([reading.links[:, [3, 1]], reading.addresses])
    kinds = [reading.solid[reading.solid[:, 2] == kind] for kind in SOLID.values()]
    spoken, led = [], []
    for its in points(reading, table):
        here = its.rows
        found = np.zeros((6, here.stop - here.start), np.int64)
        count_letters(its, counts[here], found)
        others[:, here] = found
        spoken.append(words(its, its.seen))
        led.append(words(its, its.covered(targets)))
        copies[here] = copied(spoken[-1], here)
        for number, spans in enumerate(kinds):
            if len(spans):
                solid[number, here] = its.total(its.covered(spans))
        claimed[here] = its.total(its.sizes * its.covered(standing))
        arrows[here] = its.total(_IS_ARROW[np.minimum(its.lower, len(_IS_ARROW) - 1)])
    return Told(joined(spoken), joined(led), copies, counts, others, solid, claimed, arrows)


@compiled
def count_letters(points: Points, counts: Numbers, others: Numbers) -> None:
    """Count the characters of each row of a stretch; all is to be 0 before.

    Args:
        counts: int64, shape (rows, classes): of the seen ones how many of each class.
        others: int64, shape (6, rows): the classes of the first and of the last one that is seen, and of the last one
            that is no bracket; the size of what is linked; how many words begin, and how many of them with a capital.
    """
    first, last, inside = others[:3]
    at = np.flatnonzero(points.seen)
    row, kind = points.of[at].astype(np.int64), points.classes[at].astype(np.int64)
    found = np.bincount(row * letters.CLASSES + kind, minlength=counts.size)
    counts += found.reshape(counts.shape)
    last[row] = kind  # of equal indices the last one wins
    first[row[::-1]] = kind[::-1]
    text = kind != letters.BRACKET
    inside[row[text]] = kind[text]
    word = letters.IS_WORD[points.classes] & points.seen
    begins = word & ~np.append(False, word[:-1])
    others[3] = points.total(points.sizes * points.linked)
    others[4] = points.total(begins)
    others[5] = points.total(begins & (points.classes == letters.UPPER))


def copied(spoken: Words, rows: slice) -> Numbers:
    """A number for the words of each of some rows, which all of them stand in."""
    total = np.zeros(rows.stop - rows.start, np.uint64)
    weighed = spoken.hash.astype(np.uint64) * (2 * spoken.place.astype(np.uint64) + 1)
    np.add.at(total, spoken.row - rows.start, weighed)
    found: Numbers = (total & np.uint64(0x7FFFFFFFFFFFFFFF)).astype(np.int64)
    return found
