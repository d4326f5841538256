"""Emptying what the package remembers of texts from one call to the next."""

from __future__ import annotations

import gc
import sys
from functools import _lru_cache_wrapper

_LASTING = frozenset({"_compiled", "_matcher", "_needed", "_questions", "_load"})
_found: dict[int, list[_lru_cache_wrapper[object]]] = {}


def forget() -> None:
    """Empty what is remembered of texts; the patterns stay compiled."""
    count = sum(name.startswith("cleaner.") for name in sys.modules)
    if count not in _found:  # a module that was imported since may remember, too
        _found[count] = [
            one
            for one in gc.get_objects()
            if isinstance(one, _lru_cache_wrapper)
            and one.__module__.startswith("cleaner.")
            and one.__name__ not in _LASTING
        ]
    for one in _found[count]:
        one.cache_clear()
