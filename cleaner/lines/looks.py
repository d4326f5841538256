"""What the looks of the model see: the facts, what the words say, and what the look before says of the lines around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from cleaner.lines.around import Columns, around, heads, shifted, window
from cleaner.lines.facts import Facts
from cleaner.lines.letters import Numbers
from cleaner.lines.lexicon import said

Matrix = npt.NDArray[np.float32]

_OFFSETS = (-3, -2, -1, 1, 2, 3)
_REACHES = (2, 5, 12)


class Table:
    """The facts that looks ask for, one row each, filled in as they come; what none asks for is passed over."""

    def __init__(self, names: Sequence[str], count: int) -> None:
        """Room for the facts of these names of `count` rows of a text."""
        self.matrix: Matrix = np.empty((len(names), count), np.float32)
        self._places = {name: place for place, name in enumerate(names)}

    def fill(self, columns: Iterable[tuple[str, Numbers]]) -> None:
        """Fill in facts."""
        for name, column in columns:
            place = self._places.get(name)
            if place is not None:
                self.matrix[place] = column

    def __getitem__(self, name: str) -> Matrix:
        """A fact."""
        found: Matrix = self.matrix[self._places[name]]
        return found


def facts_of(facts: Facts, weights: npt.NDArray[np.int8]) -> Columns:
    """All facts of the rows, by name, and what their words say, which `weights` tells."""
    yield from facts.own.items()
    yield from around(facts)
    yield from lexical(said(facts, heads(facts), weights))


def lexical(words: Numbers) -> Columns:
    """What the words of each row say, and those of the rows around it."""
    yield "words say", words
    yield "words say -1", shifted(words, -1, 0)
    yield "words say +1", shifted(words, 1, 0)
    yield "words say around", window(words, 3)


def looked(section: Numbers, part: Numbers, steps: Numbers) -> Columns:
    """What a look says of the rows and of what stands around them.

    Args:
        section, part: which rows begin a section, and which a part.
        steps: what the look says of each row: a probability, in whole steps.
    """
    count = len(steps)
    at = np.arange(count)
    yield "look", steps
    for offset in _OFFSETS:
        yield f"look {offset:+d}", shifted(steps, offset)
    for reach in _REACHES:
        wide = np.minimum(at + reach + 1, count) - np.maximum(at - reach, 0)
        yield f"look within {reach}", window(steps, reach) / wide
    for name, begins in (("section", section), ("part", part)):
        number = np.cumsum(begins)
        total = np.bincount(number, steps)
        yield f"look of {name}", (total / np.maximum(1, np.bincount(number)))[number] if count else steps
    head = np.maximum.accumulate(np.where(part, at, 0)) if count else at
    yield "look of head", steps[head]
    before = np.cumsum(steps) - steps
    yield "look above", before / np.maximum(1, at)
    yield "look below", ((before[-1] + steps[-1] if count else 0) - before - steps) / np.maximum(1, count - 1 - at)
    yield "look of all", np.full(count, steps.sum() / max(1, count))
