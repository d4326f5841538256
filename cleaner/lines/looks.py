"""What the looks of the model see: the facts, what the words say, and what the look before says of the lines around."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.lines.around import around, heads, shifted, window
from cleaner.lines.facts import Facts
from cleaner.lines.letters import Numbers
from cleaner.lines.lexicon import said

Matrix = npt.NDArray[np.float32]

_OFFSETS = (-3, -2, -1, 1, 2, 3)
_REACHES = (2, 5, 12)


def facts_of(facts: Facts, weights: npt.NDArray[np.int8]) -> dict[str, Numbers]:
    """All facts of the rows, by name, and what their words say, which `weights` tells."""
    return facts.own | around(facts) | lexical(said(facts, heads(facts), weights))


def lexical(words: Numbers) -> dict[str, Numbers]:
    """What the words of each row say, and those of the rows around it."""
    return {
        "words say": words,
        "words say -1": shifted(words, -1, 0),
        "words say +1": shifted(words, 1, 0),
        "words say around": window(words, 3),
    }


def looked(seen: dict[str, Numbers], steps: Numbers) -> dict[str, Numbers]:
    """What a look says of the rows and of what stands around them.

    Args:
        seen: the facts, by name.
        steps: what the look says of each row: a probability, in whole steps.
    """
    count = len(steps)
    at = np.arange(count)
    found = {"look": steps}
    for offset in _OFFSETS:
        found[f"look {offset:+d}"] = shifted(steps, offset)
    for reach in _REACHES:
        wide = np.minimum(at + reach + 1, count) - np.maximum(at - reach, 0)
        found[f"look within {reach}"] = window(steps, reach) / wide
    for name in ("section", "part"):
        number = np.cumsum(seen[f"{name} head"])
        total = np.bincount(number, steps)
        found[f"look of {name}"] = (total / np.maximum(1, np.bincount(number)))[number] if count else steps
    head = np.maximum.accumulate(np.where(seen["part head"], at, 0)) if count else at
    found["look of head"] = steps[head]
    before = np.cumsum(steps) - steps
    found["look above"] = before / np.maximum(1, at)
    found["look below"] = ((before[-1] + steps[-1] if count else 0) - before - steps) / np.maximum(1, count - 1 - at)
    found["look of all"] = np.full(count, steps.sum() / max(1, count))
    return found


def matrix(columns: dict[str, Numbers], names: tuple[str, ...]) -> Matrix:
    """The columns of these names, one row each."""
    table = np.empty((len(names), len(columns[names[0]])), np.float32)
    for row, name in enumerate(names):
        table[row] = columns[name]
    return table
