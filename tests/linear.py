"""Whether time grows as the length does, told on a machine that has other things to do, too."""

from __future__ import annotations

import cProfile
import pstats
import time
from collections.abc import Callable

TIMES = 8
"""How many times the larger one is the smaller one: what grows as the square takes 64 times as long."""
_MOST = 28
_LOOKS = 6


def seconds(work: Callable[[], object]) -> float:
    """What a call takes of a processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def calls(work: Callable[[], object]) -> int:
    """How many functions a call takes, which is the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def is_at_most(times: float, one: Callable[[], float], other: Callable[[], float], spare: float = 0.0) -> bool:
    """Whether something costs at most so many times, and `spare` seconds more, than something else.

    What else runs makes a look dearer, never cheaper: of each the cheapest of a few looks counts, and one look is
    enough if it says that all is well.
    """
    first = second = float("inf")
    for _ in range(_LOOKS):
        first, second = min(first, one()), min(second, other())
        if first < times * second + spare:
            return True
    return False


def is_linear(cost: Callable[[int], float], size: int) -> bool:
    """Whether something `TIMES` as large costs about that many times as much.

    Args:
        cost: of a size, in seconds of a processor.
        size: the smaller one.
    """
    cost(1)  # what is made at the first use
    return is_at_most(_MOST, lambda: cost(TIMES * size), lambda: cost(size), spare=0.01)
