"""Emptying what functions remember from one call to the next."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from types import FunctionType
from typing import Any

_LASTING = frozenset({"ready", "known", "_shipped", "_matcher", "_questions", "_load", "asked_by"})


def forget() -> None:
    """Empty what the package remembers of texts; the patterns stay compiled."""
    forget_all(lambda one: one.__module__.startswith("cleaner.") and one.__name__ not in _LASTING)


def forget_all(chosen: Callable[[FunctionType], bool]) -> None:
    """Empty the memories of some functions."""
    for one in _memories(len(sys.modules)):
        if chosen(one.__wrapped__):
            one.cache_clear()


@lru_cache(maxsize=1)
def _memories(_: int) -> list[Any]:
    """The functions that remember what they returned; of so many modules, since some are imported only when needed."""
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper) and isinstance(one.__wrapped__, FunctionType)
    ]
