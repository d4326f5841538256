"""Words as numbers, whatever the script: letters between what is no letter, and pairs of signs that need no spaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from cleaner.core import compiled
from cleaner.lines import letters
from cleaner.lines.letters import SIGN, Bools, Buffer, Numbers
from cleaner.lines.rows import Points

_LONGEST = 24
"""Letters of a word that tell it from others."""
_COLUMNS = (np.int32, np.uint32, np.int32, np.int32, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of some rows, in the order of the text.

    Attributes:
        row: where each word stands.
        hash: uint32; all others int32.
        size: letters.
        place: which word of its row it is, from 0; `left`: how many follow it in its row.
    """

    row: Numbers
    hash: Numbers
    size: Numbers
    place: Numbers
    left: Numbers


def words(points: Points, where: Bools) -> Words:
    """The words of a stretch, made of the code points that are marked."""
    columns = spelled(where, points.classes, points.of, points.lower)
    found = Words(*(np.frombuffer(column, kind) for column, kind in zip(columns, _COLUMNS, strict=True)))
    found.row[:] += points.rows.start
    return found


def joined(parts: Sequence[Words]) -> Words:
    """The words of stretches that follow each other, as those of one."""
    if len(parts) == 1:
        return parts[0]
    columns = zip(*map(_columns, parts), strict=True) if parts else (np.zeros((1, 0), kind) for kind in _COLUMNS)
    return Words(*map(np.concatenate, columns))


_columns = attrgetter("row", "hash", "size", "place", "left")


@compiled
def spelled(where: Bools, classes: Numbers, of: Numbers, lower: Numbers) -> tuple[Buffer, ...]:
    """The columns of `Words`, as memory, of the code points that are marked.

    Args:
        classes, of, lower: as in `Points`.
    """
    at = np.flatnonzero(where & letters.IS_WORD[classes] & (of >= 0))
    found = hashed(lower[at], of[at].astype(np.int64), at, classes[at] == SIGN)
    return tuple(column.astype(kind) for column, kind in zip(_columns(found), _COLUMNS, strict=True))


def hashed(points: Numbers, row: Numbers, at: Numbers, signs: Bools) -> Words:
    """Words of letters.

    Args:
        points: lower case; `row`: where each stands.
        at: places in a text; where they leap a word ends.
        signs: which of them are words by themselves, each hashed with the next one.
    """
    count = len(points)
    if not count:
        none = np.zeros(0, np.int64)
        return Words(none, none.astype(np.uint32), none, none, none)
    begins = np.ones(count, bool)
    begins[1:] = (np.diff(at) != 1) | (np.diff(row) != 0) | signs[1:] | signs[:-1]
    first = np.flatnonzero(begins)
    size: Numbers = np.diff(np.append(first, count))
    place = np.arange(count) - np.repeat(first, size)
    mixed = np.where(place < _LONGEST, mix(points.astype(np.uint32) + _ODD[np.minimum(place, _LONGEST - 1)]), 0)
    hashes = np.add.reduceat(mixed.astype(np.uint64), first).astype(np.uint32)
    paired = np.flatnonzero(signs[first][:-1] & signs[first][1:] & (np.diff(first) == 1) & (np.diff(at[first]) == 1))
    hashes[paired] = mix(hashes[paired] + mix(hashes[paired + 1]) * np.uint32(3))
    row = row[first]
    ends = np.flatnonzero(np.append(np.diff(row) != 0, True))
    sizes: Numbers = np.diff(np.insert(ends, 0, -1))
    order = np.arange(len(row)) - np.repeat(ends - sizes + 1, sizes)
    return Words(row, hashes, size, order, np.repeat(sizes, sizes) - order - 1)


def mix(number: Numbers) -> Numbers:
    """Scatter numbers over all of 32 bits."""
    number = number.astype(np.uint32)
    number = (number ^ (number >> np.uint32(16))) * np.uint32(0x7FEB352D)
    number = (number ^ (number >> np.uint32(15))) * np.uint32(0x846CA68B)
    mixed: Numbers = number ^ (number >> np.uint32(16))
    return mixed


_ODD = mix(np.arange(1, _LONGEST + 1, dtype=np.uint32) * np.uint32(0x9E3779B1))
