"""The walk through a table: each row becomes a block, whatever blocks stand in its cells."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from lxml.etree import _Element as Element

from cleaner.html import tables
from cleaner.html.composer import Composer, closing
from cleaner.html.drawntables import give_roles
from cleaner.html.listings import is_listing
from cleaner.html.lists import List
from cleaner.html.parts import BLOCK, BREAK, CELL, CODE, HIT, ICON, ITEM, Mark
from cleaner.html.tags import LISTS


class TableWalk(Composer):
    """Walks tables; how to walk what stands in them, the walk over the page knows."""

    lists: Sequence[List] = ()  # in the cell that is being walked

    @abstractmethod
    def _inside(self, element: Element) -> None:
        """Walk what is in an element."""

    @abstractmethod
    def _block(self, element: Element, tag: str) -> None:
        """Walk an element that begins on a line of its own."""

    @abstractmethod
    def _code(self, element: Element) -> None:
        """Walk a listing."""

    @abstractmethod
    def _between(self, element: Element, mark: Mark | None) -> None:
        """Walk what is in an element, between a mark and its end."""

    def _table(self, element: Element) -> None:
        if is_listing(element, "table"):
            self._code(element)
            return
        if self.in_cell:
            self._line(element, "table")
            return
        table = tables.read(element)
        if table is None or not self.notes.held.keys().isdisjoint(row.element for row in table.rows):
            self._block(element, "table")
        else:
            self._rows(element, table)

    def _roles(self, element: Element) -> bool:
        """Walk an element that is called a table; whether it is made as one."""
        if self.in_cell:
            return False
        if self.attributes[element].get("role") is None:
            give_roles(element, self.attributes)
        table = tables.read(element) if self.attributes[element].get("role") == "table" else None
        if table is not None:
            self._rows(element, table)
        return table is not None

    def _rows(self, element: Element, table: tables.Table) -> None:
        around = self._enter(element, "table")
        outside, self.open = self.open, []
        for caption in table.captions:
            self._block(caption, "caption")
        for row in table.rows:
            self._row(row, outside)
        self.open = outside
        self.row = None
        self._leave(around)

    def _row(self, row: tables.Row, outside: Sequence[Mark]) -> None:
        """A row; `outside` are the marks that are open around the table."""
        hidden, hits = self.hidden, self.hits
        self.kind, self.element, self.row = "row", row.element, row.place
        self.hidden |= tables.hides(row.element)
        if row.element in self.hit_at:
            self.hits = (*hits, self.hit_at[row.element])
        self.in_cell = True
        for slot in row.slots:
            self.parts += ((CELL, slot.cell), *outside)
            for number, cell in enumerate(slot.elements):
                if number:  # not displayed
                    self._between(cell, (ICON, ""))
                elif cell in self.hit_at:
                    self._between(cell, (HIT, str(self.hit_at[cell])))
                else:
                    self._inside(cell)
            self.parts += closing(outside)
        self.in_cell = False
        first = row.place.first
        self._flush(tight=not first, level=row.place.columns if first else 0)
        self.hidden, self.hits = hidden, hits

    def _line(self, element: Element, tag: str) -> None:
        """A block inside a cell: the row stays one line."""
        mark: Mark = (BLOCK, tag)
        if tag in LISTS:
            self.lists = (*self.lists, List.of(element, tag))
        elif tag == "li":
            mark = (ITEM, (self.lists[-1] if self.lists else List()).marker(element))
        if element in self.hit_at:
            self._begin((HIT, str(self.hit_at[element])))
            self._between(element, mark)
            self._end()
        else:
            self._between(element, mark)
        if tag in LISTS:
            self.lists = self.lists[:-1]

    def _code_in_cell(self, text: str) -> None:
        self._begin((BLOCK, "pre"))
        for number, line in enumerate(text.split("\n")):
            if number:
                self.parts.append((BREAK, ""))
            self.parts += ((CODE, ""), line, (-CODE, ""))
        self._end()
        self.visible = True
