"""The inline content of a block: text, and marks where markup stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.html.embeds import Embed
    from cleaner.html.images import Image
    from cleaner.html.maths import Formula
    from cleaner.html.scripts import Script


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        tag: ``td`` or ``th``.
        columns, rows: how many of either it spans.
        filler: an empty cell that stands where another spans.
    """

    tag: str
    columns: int = 1
    rows: int = 1
    filler: bool = False


Mark = tuple[int, "str | Image | Embed | Formula | Script | Cell"]
"""A kind and what belongs to it.  The negative of a kind closes what the kind opened."""
Part = str | Mark

LINK = 1
"""With the target."""
EMPHASIS = 2
"""With its Markdown."""
CODE = 3
ICON = 4
"""What stands beside the text: a label of an icon, or, with the name `UNSEEN`, words that are hidden from sight."""
UNSEEN = "unseen"
BREAK = 5
IMAGE = 6
"""With the `Image`."""
MATH = 7
"""With the `Formula`."""
FOOTNOTE = 8
"""With the label."""
CELL = 9
"""With the `Cell`."""
HIT = 10
"""An inline element that a structural rule hit, with the number of the hit."""
EMBED = 11
"""With the `Embed`."""
BLOCK = 12
"""A block inside a cell, with its tag."""
ITEM = 13
"""An item of a list inside a cell, with its marker."""
SCRIPT = 14
"""What stands above or below the line, with the `Script`."""


def cells(parts: Iterable[Part]) -> list[tuple[Cell, list[Part]]]:
    """The cells of a row, each with its parts."""
    found: list[tuple[Cell, list[Part]]] = []
    for part in parts:
        if not isinstance(part, str) and isinstance(part[1], Cell):
            found.append((part[1], []))
        elif found:
            found[-1][1].append(part)
    return found


def targets(parts: Iterable[Part]) -> Iterator[str]:
    """Where the links of a text lead."""
    return (str(part[1]) for part in parts if part[0] == LINK)
