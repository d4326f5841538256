"""How often numbers occur.  `numpy.unique` and `numpy.isin` do it, too, but slowly, and with them comes `numpy.ma`."""

from __future__ import annotations

import numpy as np

from cleaner.lines.letters import Bools, Numbers


def counted(values: Numbers) -> tuple[Numbers, Numbers]:
    """Every number once, in ascending order, and how often it occurs."""
    ordered = np.sort(values)
    begins = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    first = np.flatnonzero(begins)
    return ordered[first], np.diff(np.append(first, len(ordered)))


def copies(values: Numbers) -> Numbers:
    """How often each of the numbers occurs."""
    known, counts = counted(values)
    found: Numbers = counts[np.searchsorted(known, values)]
    return found


def places(values: Numbers, known: Numbers) -> tuple[Numbers, Bools]:
    """Where each of the numbers is among some known ones, and whether it is there at all.

    Args:
        known: in ascending order.
    """
    if not len(known):
        return np.zeros(len(values), np.int64), np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    met: Bools = known[at] == values
    return at, met
