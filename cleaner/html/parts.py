"""The inline content of a block: text, and marks where markup stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.html.images import Image
    from cleaner.html.maths import Formula
    from cleaner.html.scripts import Script

Mark = tuple[int, "str | Image | Formula | Script"]
"""A kind and what belongs to it.  The negative of a kind closes what the kind opened."""
Part = str | Mark

LINK = 1
"""With the target."""
EMPHASIS = 2
"""With its Markdown."""
CODE = 3
ICON = 4
BREAK = 5
IMAGE = 6
"""With the `Image`."""
MATH = 7
"""With the `Formula`."""
FOOTNOTE = 8
"""With the number."""
CELL = 9
"""With the tag of the cell."""
HIT = 10
"""An inline element that a structural rule hit, with the number of the hit."""
SCRIPT = 14
"""What stands above or below the line, with the `Script`."""


def cells(parts: Iterable[Part]) -> list[tuple[str, list[Part]]]:
    """The cells of a row: the tag of each, and its parts."""
    found: list[tuple[str, list[Part]]] = []
    for part in parts:
        if not isinstance(part, str) and part[0] == CELL:
            found.append((str(part[1]), []))
        elif found:
            found[-1][1].append(part)
    return found
