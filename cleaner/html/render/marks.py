"""The marks of notes as they are written."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.html.parts import FOOTNOTE, Part


def unbracketed(parts: Sequence[Part]) -> Sequence[Part]:
    """Parts without the page's brackets around single marks of notes, since what is written has its own.

    Two pairs would make a wikilink of a mark.
    """
    if all(isinstance(part, str) or part[0] != FOOTNOTE for part in parts):
        return parts
    out = list(parts)
    for number, part in enumerate(parts[1:-1], 1):
        before, after = out[number - 1], out[number + 1]
        marks = not isinstance(part, str) and part[0] == FOOTNOTE
        if marks and isinstance(before, str) and isinstance(after, str) and before[-1:] == "[" and after[:1] == "]":
            out[number - 1 : number + 2] = before[:-1], part, after[1:]
    return [part for part in out if part != ""]  # a bracket may have been all of its element
