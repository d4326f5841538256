"""Tables that are made of other elements by styles or classes: they get the roles of tables, rows and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from cleaner.html.attributes import AttributesOf

_STYLE = re.compile(r"display\s*:\s*table(?:-([a-z-]+))?\s*(?=;|!|$)", re.IGNORECASE)
_STYLED = {
    "": "table",
    "row": "row",
    "cell": "cell",
    "caption": "caption",
    **dict.fromkeys(("row-group", "header-group", "footer-group"), "rowgroup"),
}
_WORD = r"(?:^|\s)(?:[\w-]*tables?[-_]{0,2})?"
_ROW = re.compile(
    _WORD + r"(?:rows?|tr|head|header|heading|(?:head|header|heading|body)[-_]?row|row[-_]+[\w-]+)(?=\s|$)",
    re.IGNORECASE,
)
_GROUP = re.compile(_WORD + r"(?:[tr]?(?:head|body|foot)(?:er|ing)?|row[-_]?group)(?=\s|$)", re.IGNORECASE)
_CELL = re.compile(
    _WORD
    + r"(?:cells?|td|th|col|column|head|header|heading|(?:head|header|body|row)[-_]?cell|cell[-_]+[\w-]+)(?=\s|$)",
    re.IGNORECASE,
)
_HEAD_CELL = re.compile(_WORD + r"(?:th|head|header|heading|(?:head|header)[-_]?cell)(?=\s|$)", re.IGNORECASE)
_CAPTION = re.compile(_WORD + r"(?:caption|title)(?=\s|$)", re.IGNORECASE)
_LEAST = 2  # rows, and cells of each


def give_roles(table: Element, attributes: AttributesOf) -> None:
    """Let an element that is laid out as a table say so, if it holds rows of equally many cells.

    Args:
        table: what a style or a class calls one.
        attributes: of the page, as far as they are known; the roles are new to them.
    """
    rows = list(_rows(table))
    cells = [_cells(row) for row in rows]
    if len(rows) < _LEAST or len({len(row) for row in cells}) > 1 or len(cells[0]) < _LEAST:
        return
    roles = {row.getparent(): "rowgroup" for row in rows} | {table: "table"} | dict.fromkeys(rows, "row")
    roles |= {one: "caption" for one in table if _is(one, "caption", _CAPTION) and one not in roles}
    heads = {cell: _HEAD_CELL.search(cell.get("class") or "") for row in cells for cell in row}
    roles |= {cell: "columnheader" if head else "cell" for cell, head in heads.items()}
    for one, role in roles.items():
        one.set("role", role)
        attributes.pop(one, None)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, none of them if something else stands in it."""
    found: list[Element] = []
    for child in _children(table):
        if child is None:
            return
        if _is(child, "row", _ROW) and _cells(child):
            found.append(child)
        elif _is(child, "rowgroup", _GROUP):
            inside = list(_children(child))
            if not all(one is not None and _is(one, "row", _ROW) for one in inside):
                return
            found += (one for one in inside if one is not None)
        elif found or not _is(child, "caption", _CAPTION):
            return
    yield from found


def _cells(row: Element) -> list[Element]:
    """The cells of a row; none if something else stands in it."""
    inside = list(_children(row))
    if not all(one is not None and _is(one, "cell", _CELL) for one in inside):
        return []
    return [one for one in inside if one is not None]


def _children(element: Element) -> Iterator[Element | None]:
    """The elements in one, and None where text stands between them."""
    if (element.text or "").strip():
        yield None
    for child in element:
        if type(child.tag) is str and child.tag not in ("script", "style", "template"):
            yield child
        if (child.tail or "").strip():
            yield None


def _is(element: Element, role: str, names: re.Pattern[str]) -> bool:
    """Whether an element has a role by its style or its class."""
    return _styled(element) == role or names.search(element.get("class") or "") is not None


def _styled(element: Element) -> str:
    style = element.get("style") or ""
    found = _STYLE.search(style) if "table" in style else None
    return _STYLED.get((found[1] or "").lower(), "") if found else ""
