"""The bound on what rules may find in one text.

What a rule asks of the surroundings of a hit costs the same for each hit.  Of a clipping hits are never a tenth of the
characters; a text that is made of them (a million lines ``Share``) is no clipping, and the rules that hit most would
find nothing but the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.model import Rule

HITS = 10_000
"""Hits that any text may have."""
EACH = 20
"""Characters for each hit beyond."""


def bound(size: int) -> int:
    """How many hits a text of `size` characters may have."""
    return HITS + size // EACH


def too_many(woken: Iterable[tuple[Rule, int]], size: int) -> list[Rule]:
    """The rules to leave out of a text of `size` characters, of some with how many hits each has, those with most hits
    first; none, if there is no need.

    Rules that keep come last, when nothing is left for them to keep.
    """
    order = sorted(woken, key=lambda one: (one[0].keep, -one[1], one[0].id))
    total = sum(hits for _, hits in order)
    out: list[Rule] = []
    for rule, hits in order:
        if total <= bound(size):
            break
        total -= hits
        out.append(rule)
    return out
