"""What is remembered of short texts: lines come again, from round to round and from page to page of a site."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

SHORT = 1000
"""Characters of a text that is remembered: longer ones hardly come twice, and memory must have a bound."""
_F = TypeVar("_F", bound=Callable[..., Any])


def of_short_texts(size: int, most: int = SHORT) -> Callable[[_F], _F]:
    """Remember what a function says of the last `size` texts of at most `most` characters that it was asked about.

    The text is the first argument, and all arguments are told by their place.
    """

    def remembering(function: _F) -> _F:
        known = lru_cache(maxsize=size)(function)

        @wraps(function)
        def asked(text: str, *others: Hashable) -> Any:
            return known(text, *others) if len(text) <= most else function(text, *others)

        return cast(_F, asked)

    return remembering
