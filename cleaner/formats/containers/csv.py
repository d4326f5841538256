"""CSV and TSV with a header row: only the cells of the text column are touched."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import BinaryIO

from cleaner.formats.columns import Columns, columns_of
from cleaner.formats.container import Clipping, Container, Piece, Record
from cleaner.formats.front import front, is_address
from cleaner.formats.options import Cleaning
from cleaner.formats.rows import Row, read_row, rows
from cleaner.isolation.problem import DocumentError
from cleaner.report import dumps, to_dict
from cleaner.result import Result

_ROOM = 2  # a page has so many times its bytes when each of them is a quote
_ESCAPED = "surrogateescape"


class Csv(Container):
    """A piece is a file of its own in UTF-8, the header and one row; bytes that are no UTF-8 survive."""

    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def pieces(self, path: str, cleaning: Cleaning) -> Iterator[Piece]:
        with open(path, "rb") as stream:
            coding = _coding(stream)
            found = _rows(stream, coding, cleaning)
            header = next(found, "")
            columns_of(header, cleaning.fields)
            for number, row in enumerate(found):
                yield Piece(number, (header + row).encode("utf-8", coding.errors), f"row {number + 2}", stream.tell())

    def open(self, piece: Piece, cleaning: Cleaning) -> Clipping | None:
        columns, row = _read(piece, cleaning)
        if row.is_open:
            raise DocumentError("broken", "a quote is opened and never closed: close it")
        values = row.values()
        text, html, url = (_at(values, column) for column in (columns.text, columns.html, columns.url))
        if not text.strip() and not html.strip():
            return None
        if columns.added and len(values) > len(columns.names):
            raise DocumentError(
                "broken", f"{len(values)} cells under {len(columns.names)} headings: the one to be added has no place"
            )
        try:
            f"{text}{html}".encode()
        except UnicodeEncodeError:
            raise DocumentError("broken", "not UTF-8: save the file as CSV in UTF-8") from None
        address = url if is_address(url) else None
        return Clipping(text, address) if text.strip() else Clipping(html, address, "html")

    def put(self, piece: Piece, result: Result | None, cleaning: Cleaning) -> bytes:
        if result is None:
            return _raw(piece)
        columns, row = _read(piece, cleaning)
        fields = cleaning.fields
        text = columns.place(fields.text) if columns.text is None else columns.text
        # What did not change keeps its quotes.
        values = {text: result.text} if _at(row.values(), text) != result.text else {}
        if fields.report is not None:
            values[columns.place(fields.report)] = dumps(to_dict(result.report))
        if fields.metadata is not None:
            values[columns.place(fields.metadata)] = dumps(asdict(result.metadata))
        return row.edited(values).encode("utf-8", _ESCAPED)

    def record(self, piece: Piece, result: Result, cleaning: Cleaning) -> Record:
        columns, row = _read(piece, cleaning)
        fields = cleaning.fields
        taken = {columns.text, columns.html, *(columns.find(name) for name in (fields.report, fields.metadata) if name)}
        stated = {
            name: value
            for column, (name, value) in enumerate(zip(columns.names, row.values(), strict=False))
            if column not in taken
        }
        known = front(stated, result)
        return Record(result.text, str(known.get("title") or known.get("url") or piece.name), known)

    def assemble(self, path: str, answers: Iterator[bytes], out: BinaryIO, cleaning: Cleaning) -> None:
        with open(path, "rb") as stream:
            coding = _coding(stream)
            header = next(_rows(stream, coding, cleaning), "")
        columns = columns_of(header, cleaning.fields)
        headings = dict(enumerate(columns.added, len(columns.names)))
        out.write(coding.mark + coding.written(read_row(header).edited(headings)))
        out.writelines(coding.written(answer.decode("utf-8", coding.errors)) for answer in answers)


CONTAINER: Container = Csv()


# --- the file ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Coding:
    """How a file is written; whatever its bytes, they come back.

    Attributes:
        mark: the byte order mark.
    """

    mark: bytes = b""
    encoding: str = "utf-8"
    errors: str = _ESCAPED

    def written(self, text: str) -> bytes:
        return text.encode(self.encoding, self.errors)


_MARKED = (
    _Coding(b"\xef\xbb\xbf"),
    _Coding(b"\xff\xfe", "utf-16-le", "surrogatepass"),
    _Coding(b"\xfe\xff", "utf-16-be", "surrogatepass"),
)


def _coding(stream: BinaryIO) -> _Coding:
    """How the file is written; `stream` stands behind the mark then."""
    head = stream.read(3)
    found = next((coding for coding in _MARKED if head.startswith(coding.mark)), _Coding())
    stream.seek(len(found.mark))
    return found


def _rows(stream: BinaryIO, coding: _Coding, cleaning: Cleaning) -> Iterator[str]:
    limit = _ROOM * cleaning.max_bytes
    with io.TextIOWrapper(stream, coding.encoding, coding.errors, newline="") as text:
        try:
            yield from rows(iter(partial(text.readline, limit), ""), limit)
        except UnicodeDecodeError:
            raise DocumentError("broken", "it is cut off, or not the UTF-16 that its first bytes say") from None


# --- a piece ----------------------------------------------------------------------------------------


def _split(piece: Piece) -> tuple[str, str]:
    """The header and the row as they are written."""
    text = piece.data.decode("utf-8", _ESCAPED)
    header = next(rows(io.StringIO(text, newline=""), len(text)), "")
    return header, text[len(header) :]


def _raw(piece: Piece) -> bytes:
    return _split(piece)[1].encode("utf-8", _ESCAPED)


def _read(piece: Piece, cleaning: Cleaning) -> tuple[Columns, Row]:
    header, row = _split(piece)
    return columns_of(header, cleaning.fields), read_row(row, read_row(header).delimiter)


def _at(values: Sequence[str], column: int | None) -> str:
    return values[column] if column is not None and column < len(values) else ""
