"""The rows and cells of a CSV file as they are written, by RFC 4180 and what spreadsheets make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"?(.*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; its cells with `delimiter` between them and `end` behind them are what is written.

    Attributes:
        cells: with their quotes.
        end: the line end.
        is_open: whether the last cell lacks its closing quote.
    """

    cells: tuple[str, ...]
    delimiter: str
    end: str
    is_open: bool

    def values(self) -> list[str]:
        """What the cells say."""
        return [_value(cell) for cell in self.cells]

    def edited(self, values: Mapping[int, str]) -> str:
        """The row as it is written, with other values in some columns, if need be further ones."""
        cells = list(self.cells)
        cells += [""] * (max(values, default=-1) + 1 - len(cells))
        for column, value in values.items():
            alone = len(cells) == 1 and not value  # without quotes that would be a blank line
            cells[column] = self._cell(value, quoted=cells[column].startswith('"') or alone)
        return self.delimiter.join(cells) + self.end

    def _cell(self, text: str, *, quoted: bool) -> str:
        if not quoted and not any(mark in text for mark in (self.delimiter, '"', "\r", "\n")):
            return text
        return '"' + text.replace('"', '""') + '"'


def read_row(raw: str, delimiter: str | None = None) -> Row:
    """The row in `raw`, which ends with its line; without a delimiter, by whatever makes most cells of it."""
    if delimiter is None:
        return max((read_row(raw, delimiter) for delimiter in _DELIMITERS), key=lambda row: len(row.cells))
    cells: list[str] = []
    at = 0
    while match := _pattern(delimiter).match(raw, at):
        cells.append(match[0])
        at = match.end()
        if raw[at : at + 1] != delimiter:
            break
        at += 1
    is_open = match is not None and match[0].startswith('"') and match["end"] is None
    return Row(tuple(cells), delimiter, raw[at:], is_open)


def rows(lines: Iterable[str], limit: int) -> Iterator[str]:
    """The rows of a file as they are written; blank lines are rows.

    Args:
        lines: with their ends.  The first tells the delimiter.
        limit: of the characters of a row; where one is longer, a quote was not closed, and the next line begins a row.
    """
    delimiter = None
    row: list[str] = []
    size = 0
    is_open = False
    for line in lines:
        row.append(line)
        size += len(line)
        if not is_open or '"' in line:  # else it only goes on with what is open
            read = read_row(f'"{line}' if is_open else line, delimiter)
            delimiter, is_open = read.delimiter, read.is_open
        is_open = is_open and size <= limit
        if not is_open:
            yield "".join(row)
            row, size = [], 0
    if row:
        yield "".join(row)


def _value(cell: str) -> str:
    match = _QUOTED.fullmatch(cell)
    return match[1].replace('""', '"') + match[2] if match else cell


@cache
def _pattern(delimiter: str) -> re.Pattern[str]:
    """A cell: quoted, to the last character before the delimiter (`end` is there if the quote is closed); or plain."""
    rest = rf"[^{re.escape(delimiter)}\r\n]*"
    return re.compile(rf'"[^"]*(?:""[^"]*)*(?P<end>"{rest})?|{rest}')
