"""What is remembered of short texts: lines come again, from round to round and from page to page of a site."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

SHORT = 1000
"""Characters of a text that is remembered: longer ones hardly come twice, and memory must have a bound."""
_T = TypeVar("_T")


def of_short_texts(size: int) -> Callable[[Callable[[str], _T]], Callable[[str], _T]]:
    """Remember what a function says of the last `size` short texts that it was asked about."""

    def remembering(function: Callable[[str], _T]) -> Callable[[str], _T]:
        known = lru_cache(maxsize=size)(function)

        @wraps(function)
        def asked(text: str) -> _T:
            return known(text) if len(text) <= SHORT else function(text)

        return asked

    return remembering
