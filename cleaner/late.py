"""Patterns that are compiled when they are first used: that takes a good part of a start, and few texts ask for half of
them."""

from __future__ import annotations

import re

TYPE_CHECKING = False  # typing is slow to import
if TYPE_CHECKING:
    from typing import Any


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` makes, made when one of its methods is asked for."""
    return _Late(pattern, flags)  # type: ignore[return-value]


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, found)  # from now on it is found without asking here
        return found
