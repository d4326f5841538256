"""Which tables hold data (the others only lay a page out), and what stands in which of their columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml.etree import _Element as Element

from cleaner.html import attributes
from cleaner.html.blocks import Place
from cleaner.html.code import listing
from cleaner.html.hidden import ATTRIBUTE, STYLE
from cleaner.html.parts import Cell
from cleaner.html.tags import CELLS, HEADINGS, ROLES

_SECTIONS = ("thead", "tbody", "tfoot")
_SILENT = frozenset({"colgroup", "col", "script", "style", "template"})
_PICTURES = ("img", "amp-img", "math", "svg", "iframe", "video", "audio", "input")
_PAGES = ("form", "h1", "h2", "article", "iframe")
"""What no cell of a table with data holds."""
_DOCUMENTS = ("table", "pre", "blockquote", "ol")
"""What only a table that calls itself one has in its cells."""
_BOLD = ("b", "strong", *HEADINGS)
_MAX_CELL = 400  # characters, on average; longer cells are columns of a layout
_LINES = ("p", "div", "li")
_MAX_LINES = 2  # of a cell, on average
_PARTS = ("p", "div", "ul", "ol", "table", "img", "br")
_LEAST_LINES, _MAX_VALUE = 2, 80  # of a table of one column
_MAX_INNER = 0.8  # of its text in tables inside of it
_MAX_COLUMNS = 100  # spans end there: a row takes no more room than its source allows
_OUT_OF_FLOW = STYLE | ATTRIBUTE
_NUMBER = re.compile(r"\W*\d[\d\s.,:/%+\-–−]*[^\W\d]{0,3}\W*")
_HEAD = re.compile(
    r"(?:^|[\s_-])(?:head|header|heading|headings|thead|header-?row|table-?header)(?=$|[\s_-])", re.IGNORECASE
)
_LISTING = re.compile(r"(?:^|[\s_-])(?:highlight|codehilite|rouge|syntax|crayon|code)", re.IGNORECASE)
_GAP = re.compile(r"^\s|\S\s{2,}\S|^$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a row.

    Attributes:
        elements: the cell, and hidden ones beside it, which take no column; empty for a filler.
    """

    cell: Cell
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that shows something."""

    element: Element
    slots: tuple[Slot, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A table with data.

    Attributes:
        rows: from top to bottom as a browser shows them: the foot is below, wherever it stands in the source.
    """

    captions: tuple[Element, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Cell:
    """A cell on its way into the grid; the same as in `Cell` and `Slot`."""

    tag: str
    column: int
    columns: int
    rows: int
    elements: tuple[Element, ...]
    text: str
    says: bool


@dataclass(slots=True)
class _Line:
    """A row on its way into the grid; `taken` are columns into which cells above it reach."""

    element: Element
    cells: list[_Cell] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def read(table: Element) -> Table | None:
    """The captions and rows of a data table; None for a layout table or one that is not made of rows."""
    if table.get("role") in ("presentation", "none"):
        return None
    captions: list[Element] = []
    sections: list[tuple[str, list[Element]]] = [("tbody", [])]
    if not _collect(table, captions, sections):
        return None
    cells = [cell for _, rows in sections for row in rows for cell in row if _tag(cell) in CELLS]
    heads = any(_tag(cell) == "th" and _text(cell) for cell in cells)
    named = heads or bool(captions) or next(table.iterchildren("thead"), None) is not None
    if len(cells) < 4 and not (heads and any(_tag(cell) == "td" for cell in cells)):
        return None
    if not _may_hold_data(table, cells, named):
        return None
    sections.sort(key=lambda section: _SECTIONS.index(section[0]))
    everything = [line for _, rows in sections for line in _laid_out(rows)]
    shown = [any(cell.says for cell in line.cells) for line in everything]
    lines = [line for line, shows in zip(everything, shown, strict=True) if shows]
    columns = sorted({cell.column for line in lines for cell in line.cells if cell.says})
    if not (named or _has_rows(lines)) or (len(columns) < 2 and not _is_column(lines)):
        return None
    before = list(accumulate(shown, initial=0))
    for number, line in enumerate(everything):
        for cell in line.cells:
            cell.rows = before[number + cell.rows] - before[number]
    heads = _is_header(lines)
    html = _is_beyond_markdown(table)
    rows = [
        Row(
            line.element,
            tuple(_slots(line, columns)),
            Place(len(columns), number == 0, number == len(lines) - 1, heads and number == 0, html),
        )
        for number, line in enumerate(lines)
    ]
    return Table(tuple(captions), tuple(rows))


def _tag(element: Element) -> str:
    """The tag of an element, or the one of which it has the role."""
    tag = element.tag
    if type(tag) is not str:
        return ""
    return tag if tag in _SECTIONS or tag in CELLS or tag == "tr" else ROLES.get(element.get("role") or "", tag)


def hides(row: Element) -> int:
    """How a row is hidden, as bits of `cleaner.html.hidden`; a header that is only for screen readers is none."""
    found = attributes.hides(row)
    section = row.getparent()
    if section is not None and section.tag in _SECTIONS:
        found |= attributes.hides(section) & (_OUT_OF_FLOW if section.tag == "thead" else -1)
    return found


# --- data or layout -----------------------------------------------------------------------------


def _collect(parent: Element, captions: list[Element], sections: list[tuple[str, list[Element]]]) -> bool:
    """Add the captions and rows below `parent`; whether it holds nothing but rows of cells."""
    if _says(parent.text):
        return False
    for child in parent:
        tag = _tag(child)
        if _says(child.tail):
            return False
        if not tag or tag in _SILENT:
            continue
        if tag == "tr":
            if not _is_row(child):
                return False
            sections[-1][1].append(child)
        elif tag == "caption":
            captions.append(child)
        elif tag in _SECTIONS:
            sections.append((tag, []))
            if not _collect(child, captions, sections):
                return False
            sections.append(("tbody", []))
        else:
            return False
    return True


def _is_row(row: Element) -> bool:
    return not _says(row.text) and all(
        (tag in CELLS or not tag or tag in _SILENT) and not _says(cell.tail)
        for cell, tag in zip(row, map(_tag, row), strict=True)
    )


def _says(text: str | None) -> bool:
    return text is not None and not text.isspace() and text != ""


def _may_hold_data(table: Element, cells: Sequence[Element], named: bool) -> bool:
    """Whether what is in the cells may stand in a table with data; one that is `named` says that it is one."""
    if next(table.iterdescendants(*_PAGES), None) is not None:
        return False
    if not named:
        return (
            next(table.iterdescendants(*_DOCUMENTS), None) is None
            and not any(map(_heads_text, table.iterdescendants("h3", "h4")))
            and sum(len(_text(cell)) for cell in cells) <= _MAX_CELL * len(cells)
            and sum(map(_is_line, table.iterdescendants(*_LINES))) <= _MAX_LINES * len(cells)
        )
    if next(table.iterdescendants("pre"), None) is not None and _LISTING.search(table.get("class") or ""):
        return False
    inner = [one for one in table.iterdescendants("table") if next(one.iterancestors("table")) is table]
    if not inner:
        return True
    words = sum(len(_text(cell)) for cell in cells)
    return words <= _MAX_CELL * len(cells) and sum(len(_text(one)) for one in inner) <= _MAX_INNER * words


def _is_line(block: Element) -> bool:
    """Whether a block holds words and no other block."""
    return next(block.iterdescendants(*_LINES), None) is None and _text(block) != ""


def _heads_text(heading: Element) -> bool:
    """Whether a heading is not all that its cell says."""
    cell = next(heading.iterancestors(*CELLS), None)
    return cell is not None and _text(cell) != _text(heading)


def _has_rows(lines: Sequence[_Line]) -> bool:
    """Whether two rows say more than one thing."""
    return sum(1 for line in lines if sum(1 for cell in line.cells if cell.text) > 1) > 1


def _is_column(lines: Sequence[_Line]) -> bool:
    """Whether a table of one column names it above its values, each of which is a line."""
    cells = [cell for line in lines for cell in line.cells if cell.says]
    return (
        len(cells) == len(lines) > _LEAST_LINES
        and [cell.tag for cell in cells] == ["th", *["td"] * (len(cells) - 1)]
        and all(len(cell.text) <= _MAX_VALUE for cell in cells)
        and not any(next(cell.elements[0].iterdescendants(*_PARTS), None) is not None for cell in cells)
    )


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_beyond_markdown(table: Element) -> bool:
    """Whether a cell holds what no line of Markdown can: a table, a list in a list, a listing with indented lines."""
    if next(table.iterdescendants("table", "li", "pre"), None) is None:
        return False
    return (
        next(table.iterdescendants("table"), None) is not None
        or any(next(item.iterdescendants("li"), None) is not None for item in table.iterdescendants("li"))
        or any(_GAP.search(listing(one).text) for one in table.iterdescendants("pre"))
    )


# --- the grid -----------------------------------------------------------------------------------


def _laid_out(rows: Sequence[Element]) -> Iterator[_Line]:
    """The rows of one section, each cell in its column."""
    until: list[int] = []  # for each column, the row before which a cell from above ends
    for number, row in enumerate(rows):
        line = _Line(row, taken={column for column, end in enumerate(until) if end > number})
        column = 0
        for elements in _cells(row):
            while column in line.taken:
                column += 1
            width, height = _span(elements[0], "colspan"), _span(elements[0], "rowspan")
            width = max(1, min(width or 1, _MAX_COLUMNS - column))
            height = min(height or len(rows), len(rows) - number) if column < _MAX_COLUMNS else 1
            text = _text(elements[0])
            says = bool(text) or any(next(one.iterdescendants(*_PICTURES), None) is not None for one in elements)
            line.cells.append(_Cell(_tag(elements[0]), column, width, height, elements, text, says))
            if height > 1:
                until += [0] * (column + width - len(until))
                until[column : column + width] = [number + height] * width
            column += width
        yield line


def _cells(row: Element) -> list[tuple[Element, ...]]:
    """The cells of a row; one that is not displayed takes no column and stands with the one before it."""
    found: list[list[Element]] = []
    waiting: list[Element] = []
    for cell in row:
        if _tag(cell) not in CELLS:
            continue
        if attributes.hides(cell) & _OUT_OF_FLOW:
            (found[-1] if found else waiting).append(cell)
        else:
            found.append([cell, *waiting])
            waiting = []
    return [tuple(cells) for cells in found] or [(cell,) for cell in waiting]


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else 1


def _slots(line: _Line, columns: Sequence[int]) -> Iterator[Slot]:
    """The places of a row, one for each column that says something, up to the last that a cell is in."""
    starts = {cell.column: cell for cell in line.cells}
    covered = {column for cell in line.cells for column in range(cell.column, cell.column + cell.columns)}
    covered |= line.taken
    end = max(covered)
    for column in columns:
        if column > end:
            return
        cell = starts.get(column)
        if cell is None:
            yield Slot(Cell("td", filler=column in covered))
        else:
            wide = bisect_left(columns, cell.column + cell.columns) - bisect_left(columns, cell.column)
            yield Slot(Cell(cell.tag, wide, cell.rows), cell.elements)


# --- the header ---------------------------------------------------------------------------------


def _is_header(lines: Sequence[_Line]) -> bool:
    """Whether the first row names the columns: by its tags, its class words, its bold type, or because it has none of
    the numbers that a column is made of."""
    first = lines[0]
    cells = [cell for cell in first.cells if cell.says]
    if all(cell.tag == "th" for cell in cells):
        return len(cells) > 1 or cells[0].columns > 1 or cells[0].column > 0 or len(first.cells) == 1
    section = first.element.getparent()
    if section is not None and section.tag == "thead":
        return True
    if _HEAD.search(first.element.get("class") or "") or all(_is_called_head(cell.elements[0]) for cell in cells):
        return True
    if len(lines) < 2 or len(cells) < 2:
        return False
    if any(cell.tag == "th" for cell in cells) and [c.tag for c in first.cells] == [c.tag for c in lines[1].cells]:
        return False  # each row has its name
    if all(map(_is_bold, cells)):
        return not all(_is_bold(cell) for line in lines[1:] for cell in line.cells if cell.says)
    return _is_above_numbers(lines)


def _is_called_head(cell: Element) -> bool:
    return (
        cell.get("role") == "columnheader" or cell.get("scope") == "col" or bool(_HEAD.search(cell.get("class") or ""))
    )


def _is_bold(cell: _Cell) -> bool:
    bold = 0
    for one in cell.elements[0].iterdescendants(*_BOLD):
        if next(one.iterancestors(*_BOLD), None) is None:
            bold += len("".join("".join(one.itertext()).split()))
    return bold > 0 and bold == len(cell.text.replace(" ", ""))


def _is_above_numbers(lines: Sequence[_Line]) -> bool:
    if len(lines) < 3 or any(_NUMBER.fullmatch(cell.text) for cell in lines[0].cells):
        return False
    below: dict[int, list[bool]] = {}
    for line in lines[1:]:
        for cell in line.cells:
            if cell.text:
                below.setdefault(cell.column, []).append(_NUMBER.fullmatch(cell.text) is not None)
    return any(len(below.get(cell.column, ())) > 1 and all(below[cell.column]) for cell in lines[0].cells if cell.text)
