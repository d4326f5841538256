"""A row of a table: as Markdown, as text, and as HTML where Markdown cannot hold its table."""

from __future__ import annotations

from cleaner.html.blocks import Block, Place
from cleaner.html.parts import Cell, cells
from cleaner.html.render.inline import inline
from cleaner.html.render.markdown import CELL_BREAK, Writer
from cleaner.html.render.run import Aside, CellRun, Run, shifted


class _Line:
    """A line that grows cell by cell, with the asides in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asides: list[Aside] = []

    def add(self, before: str, run: Run, after: str = "") -> None:
        self.text += before
        self.asides += shifted(run.asides, len(self.text))
        self.text += run.text() + after


def markdown_row(block: Block, *, images: bool, base: str) -> tuple[str, list[Aside]]:
    """The lines of a row, and the asides in them: its own, and those that begin or end its table."""
    place = block.row
    assert place is not None
    if place.html:
        return _html_row(block, place, images, base)
    line = _Line("|")
    columns = cells(block.parts)
    for _, parts in columns:
        writer = Writer(images, base, CELL_BREAK, strong=not place.heads, run=CellRun())
        writer.write(parts)
        line.add(" ", writer.run, " |")
    if not place.first and not line.text.strip("| "):
        return "", []  # pictures that are not shown
    if not place.first:
        text = block.prefix + line.text + "  |" * (place.columns - len(columns))
        return text, shifted(line.asides, len(block.prefix))
    rule = "\n" + block.rest + "|" + " --- |" * place.columns
    if place.heads:
        text = block.prefix + line.text + "  |" * (place.columns - len(columns)) + rule
        return text, shifted(line.asides, len(block.prefix))
    head = block.prefix + "|" + "  |" * place.columns + rule + "\n" + block.rest
    return head + line.text, shifted(line.asides, len(head))


def _html_row(block: Block, place: Place, images: bool, base: str) -> tuple[str, list[Aside]]:
    line = _Line(block.prefix + (f"<table>\n{block.rest}" if place.first else "") + "<tr>")
    for cell, parts in cells(block.parts):
        if not cell.filler:
            tag = "th" if place.heads else cell.tag
            line.add(f"<{tag}{_spans(cell)}>", inline(parts, images=images, base=base), f"</{tag}>")
    line.text += "</tr>" + (f"\n{block.rest}</table>" if place.last else "")
    return line.text, line.asides


def _spans(cell: Cell) -> str:
    wide = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return wide + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
