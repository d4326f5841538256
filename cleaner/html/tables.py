"""Which tables hold data; the others only lay a page out."""

from __future__ import annotations

from lxml.etree import _Element as Element

_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_COLUMNS = frozenset({"colgroup", "col"})
_BLOCKS = ("table", "form", "pre", "h1", "h2", "blockquote", "article", "iframe", "ol")
"""What no cell of a table with data holds."""
_MAX_CELL = 400  # characters, on average; longer cells are columns of a layout


def rows(table: Element) -> list[Element] | None:
    """The rows of a data table (and its caption), or None for a layout table or one that is not made of rows."""
    if table.get("role") in ("presentation", "none"):
        return None
    found: list[Element] = []
    if not _collect(table, found):
        return None
    cells = [cell for row in found if row.tag == "tr" for cell in row if cell.tag in _CELLS]
    if len(cells) < 4 or max(map(width, found)) < 2:
        return None
    if any(next(table.iterdescendants(tag), None) is not None for tag in _BLOCKS):
        return None
    if next(table.iterdescendants("th", "thead", "caption"), None) is None:
        if sum(len("".join(cell.itertext())) for cell in cells) > _MAX_CELL * len(cells):
            return None
        if sum(1 for _ in table.iterdescendants("p", "div", "li")) > 2 * len(cells):
            return None
    return found


def width(row: Element) -> int:
    """How many cells a row has."""
    return sum(1 for cell in row if cell.tag in _CELLS)


def _collect(parent: Element, found: list[Element]) -> bool:
    """Add the rows below `parent`; whether it holds nothing but rows of cells."""
    if _says(parent.text):
        return False
    for child in parent:
        tag = child.tag
        if _says(child.tail):
            return False
        if tag == "tr":
            if _says(child.text) or not all(cell.tag in _CELLS and not _says(cell.tail) for cell in child):
                return False
            found.append(child)
        elif tag == "caption":
            found.append(child)
        elif tag in _SECTIONS:
            if not _collect(child, found):
                return False
        elif tag not in _COLUMNS and type(tag) is str:
            return False
    return True


def _says(text: str | None) -> bool:
    return text is not None and not text.isspace() and text != ""
