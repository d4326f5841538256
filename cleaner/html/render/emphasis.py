"""Where the marks of emphasis work, as CommonMark has it (its section on left- and right-flanking delimiter runs)."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category

TAGS = {"*": "em", "**": "strong", "~~": "del", "==": "mark"}
"""The HTML element that each mark stands for; it works everywhere."""


def opens(before: str, after: str) -> bool:
    """Whether a mark between two characters begins emphasis; the edge of a block is an empty string."""
    return not _is_space(after) and (not _is_sign(after) or _is_space(before) or _is_sign(before))


def closes(before: str, after: str) -> bool:
    """Whether a mark between two characters ends emphasis."""
    return opens(after, before)


def _is_space(character: str) -> bool:
    return not character or character.isspace()


@lru_cache(maxsize=1024)
def _is_sign(character: str) -> bool:
    return bool(character) and category(character)[0] in "PS"
