"""What the words of a line say: weights of hashed words, of the line, of the heading above it, and of its targets.

A word is nothing but a number here, so every script is alike, and nobody can read a text out of the weights.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cleaner.core import compiled
from cleaner.lines.facts import Facts
from cleaner.lines.letters import Numbers
from cleaner.lines.words import Words, mix

BUCKETS = 1 << 16
SCALE = 16
"""Units of what words say to one of log-odds."""
_FIRST, _LAST = 10, 4
"""Words of a row that are looked at: at its start and at its end."""
_TARGET_WORDS = 12
_WHOLE = 6
_SALTS = {"word": 1, "pair": 2, "whole": 3, "target": 4, "head": 5, "head whole": 6, "opening": 7}


def said(facts: Facts, heads: Numbers, weights: npt.NDArray[np.int8]) -> Numbers:
    """What the words of each row say, in whole `SCALE`: the sum of their weights by the root of their number."""
    spoken, targets = facts.words, facts.led
    total, count = np.zeros((2, len(facts.rows)), np.int64)
    columns = spoken.row, spoken.hash, spoken.place, spoken.left, targets.row, targets.hash, targets.place
    weigh(*columns, facts.copies, heads, weights, total, count)
    found: Numbers = np.rint(total / np.sqrt(np.maximum(1, count))).astype(np.int64)
    return found


def tokens(facts: Facts, heads: Numbers) -> tuple[Numbers, Numbers]:
    """The tokens of all rows, as pairs of arrays: row and bucket.

    Args:
        heads: for each row the row of the heading above it, -1 for none.
    """
    return _tokens(facts.words, facts.led, facts.copies, heads)


@compiled
def weigh(
    row: Numbers,
    word: Numbers,
    place: Numbers,
    left: Numbers,
    target_row: Numbers,
    target_word: Numbers,
    target_place: Numbers,
    copies: Numbers,
    heads: Numbers,
    weights: npt.NDArray[np.int8],
    total: Numbers,
    count: Numbers,
) -> None:
    """Add up, for each row, the weights of its tokens, and how many there are; both are to be 0 before.

    Args:
        row, word, place, left: of `Words`; `target_row`, `target_word`, `target_place`: of those of targets.
        copies: of `Facts`; `heads`: as in `tokens`.
    """
    spoken = Words(row, word, row, place, left)
    targets = Words(target_row, target_word, target_row, target_place, target_row)
    of, bucket = _tokens(spoken, targets, copies, heads)
    count += np.bincount(of, minlength=len(copies))
    total += np.bincount(of, weights[bucket].astype(np.int64), len(copies)).astype(np.int64)


def _tokens(spoken: Words, targets: Words, copies: Numbers, heads: Numbers) -> tuple[Numbers, Numbers]:
    count = len(copies)
    looked = (spoken.place < _FIRST) | (spoken.left < _LAST)
    found = [(spoken.row[looked], _salted(spoken.hash[looked], "word"))]
    next_to = np.flatnonzero(looked[:-1] & (np.diff(spoken.row) == 0)) if len(looked) else np.zeros(0, np.int64)
    pairs = spoken.hash[next_to] * np.uint32(5) + spoken.hash[next_to + 1]
    found.append((spoken.row[next_to], _salted(pairs, "pair")))
    opening = spoken.place == 0
    found.append((spoken.row[opening], _salted(spoken.hash[opening], "opening")))
    lengths = np.bincount(spoken.row, minlength=count)
    short = np.flatnonzero((lengths > 0) & (lengths <= _WHOLE))
    found.append((short, _salted(copies[short].astype(np.uint32), "whole")))
    found.append(_heads(spoken, heads, lengths))
    below = np.flatnonzero(heads >= 0)
    below = below[(lengths[heads[below]] <= _WHOLE) & (lengths[heads[below]] > 0)]
    found.append((below, _salted(copies[heads[below]].astype(np.uint32), "head whole")))
    looked = targets.place < _TARGET_WORDS
    found.append((targets.row[looked], _salted(targets.hash[looked], "target")))
    return np.concatenate([row for row, _ in found]), np.concatenate([bucket for _, bucket in found])


def _salted(hashes: Numbers, kind: str) -> Numbers:
    bucket: Numbers = (mix(hashes + np.uint32(_SALTS[kind] * 0x51ED270B & 0xFFFFFFFF)) % np.uint32(BUCKETS)).astype(
        np.int64
    )
    return bucket


def _heads(spoken: Words, heads: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """The words of the heading above each row."""
    firsts = np.append(0, np.cumsum(lengths))[:-1]
    below = np.flatnonzero(heads >= 0)
    take = np.minimum(lengths[heads[below]], _WHOLE)
    row = np.repeat(below, take)
    at = np.repeat(firsts[heads[below]], take) + np.arange(len(row)) - np.repeat(np.cumsum(take) - take, take)
    return row, _salted(spoken.hash[at], "head")
