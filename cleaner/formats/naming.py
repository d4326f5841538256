"""Names for files that every system takes and people can read."""

from __future__ import annotations

import re
import unicodedata

MAX_BYTES = 200
"""Of a name in UTF-8; file systems allow 255, and some count what they make of it."""
_SUFFIX_BYTES = 16
_UNTITLED = "Untitled"
_JOINERS = "\u200c\u200d"  # invisible, and a part of how Persian, Hindi and emoji are spelled
_BREAK = re.compile(r"\s*[:|/\\]+\s+|\s+[:|/\\]+\s*")
_MARK = re.compile(r"[:|/\\]+")
_FORBIDDEN = re.compile(r'[<>"?*]+')
_SPACE = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


def file_name(title: str, suffix: str, taken: set[str]) -> str:
    """A name for a file, and for no other one.

    Args:
        title: what it is about.
        suffix: with its dot; it always stays whole.
        taken: what has been given out in this folder, as this function remembers it; the name is added.
    """
    stem = _stem(title)
    number = _free(stem, suffix, taken)
    name = _numbered(stem, number, suffix)
    taken.add(name.casefold())
    return name


def path_name(path: str, taken: set[str]) -> str:
    """A path with slashes, below a folder, without names that are too long for a file system.

    Args:
        path: as it was given; what fits stays.
        taken: what has been given out in this folder, as this function remembers it; the path is added.
    """
    *folders, name = path.split("/")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode("utf-8", "replace")) > _SUFFIX_BYTES:
        stem, suffix = name, ""
    else:
        suffix = dot + suffix
    number = 1
    while True:
        short = name if number == 1 and _fits(name) else _numbered(stem, number, suffix)
        found = "/".join([*(_cut(folder, MAX_BYTES) for folder in folders), short])
        if found not in taken:
            taken.add(found)
            return found
        number += 1


def _fits(name: str) -> bool:
    return len(name.encode("utf-8", "replace")) <= MAX_BYTES


def _cut(name: str, size: int) -> str:
    """The beginning of a name that is longer than so many bytes."""
    data = name.encode("utf-8", "replace")
    return name if len(data) <= size else data[:size].decode("utf-8", "ignore").rstrip(f". {_JOINERS}")


def _stem(title: str) -> str:
    text = _SPACE.sub(" ", title)
    text = "".join(c for c in text if c in _JOINERS or unicodedata.category(c)[0] != "C")
    text = unicodedata.normalize("NFC", text)
    text = _FORBIDDEN.sub("", _MARK.sub("-", _BREAK.sub(" - ", text)))
    text = _SPACE.sub(" ", text).strip(". ")
    if not text.strip(f"-{_JOINERS}"):
        return _UNTITLED
    return f"_{text}" if _RESERVED.fullmatch(text.partition(".")[0].rstrip()) else text


def _numbered(stem: str, number: int, suffix: str) -> str:
    """The name with its number, cut where it is too long."""
    end = (f" {number}" if number > 1 else "") + suffix
    size = MAX_BYTES - len(end.encode("utf-8", "replace"))
    return _cut(stem, size).rstrip(f". {_JOINERS}") + end


def _free(stem: str, suffix: str, taken: set[str]) -> int:
    """A number that is free: the first one, if none was left out before; found in few steps however many there are."""

    def is_taken(number: int) -> bool:
        return _numbered(stem, number, suffix).casefold() in taken

    high = 1
    while is_taken(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(middle) else (low, middle)
    return high
