"""Parquet: a column of text is replaced; all other columns, the schema and the row groups stay as they are."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, BinaryIO

from cleaner.formats.container import Clipping, Container, Piece, Record
from cleaner.formats.front import front, is_address
from cleaner.formats.options import Cleaning, Fields
from cleaner.formats.parquetfile import (
    arrow,
    batches,
    is_text,
    of_bytes,
    opened,
    parquet,
    plain,
    tables,
    to_bytes,
    writer,
)
from cleaner.isolation.problem import DocumentError
from cleaner.report import dumps, to_dict
from cleaner.result import Result

_ROWS = 64
"""Read at once: a cell may be large, and a dictionary makes many large ones of a few bytes."""
_SIZE = struct.Struct("<q")
_MANY = 30  # names of columns in a message


class Parquet(Container):
    """A piece has the text, HTML and address of a row, and its other columns if wanted; an answer has what is new."""

    suffixes = (".parquet",)

    def available(self) -> None:
        parquet()

    def pieces(self, path: str, cleaning: Cleaning) -> Iterator[Piece]:
        fields = cleaning.fields
        size = os.path.getsize(path)
        with opened(path) as file:
            names = _columns(file.schema_arrow, fields)
            rows = max(1, file.metadata.num_rows)
            number = 0
            whole = cleaning.records != "same"
            columns = None if whole else [name for name in names if name]
            for batch in batches(file, _ROWS, columns):
                nothing = [None] * batch.num_rows
                cells = [to_bytes(batch.column(name)) if name else nothing for name in names]
                stated = _stated(batch, fields) if whole else nothing
                for row in zip(*cells, stated, strict=True):
                    yield Piece(number, _pack(row), f"row {number + 1}", size * (number + 1) // rows)
                    number += 1

    def open(self, piece: Piece, cleaning: Cleaning) -> Clipping | None:
        text, html, url, _ = _unpack(piece.data)
        address = url.decode("utf-8", "replace") if url else None
        address = address if is_address(address) else None
        if text and text.strip():
            return Clipping(text, address)
        return Clipping(html, address, "html") if html and html.strip() else None

    def put(self, piece: Piece, result: Result | None, cleaning: Cleaning) -> bytes:
        if result is None:
            return b""
        report, fields = result.report, cleaning.fields
        text: bytes | None = result.encoded()
        if text == _unpack(piece.data)[0]:
            text = None
        said = dumps(to_dict(report)).encode() if fields.report else None
        metadata = dumps(asdict(result.metadata)).encode() if fields.metadata else None
        return _pack((text, said, metadata))

    def record(self, piece: Piece, result: Result, cleaning: Cleaning) -> Record:
        stated = _unpack(piece.data)[3]
        known = front(json.loads(stated or b"{}"), result)
        return Record(result.text, str(known.get("title") or known.get("url") or piece.name), known)

    def assemble(self, path: str, answers: Iterator[bytes], out: BinaryIO, cleaning: Cleaning) -> None:
        with opened(path) as file:
            _columns(file.schema_arrow, cleaning.fields)
            empty = _replaced(file.schema_arrow.empty_table(), [], cleaning.fields)
            with writer(out, empty.schema, file) as written:
                for table in tables(file):
                    new = [_unpack(next(answers, b"")) or (None,) * 3 for _ in range(table.num_rows)]
                    written.write_table(_replaced(table, new, cleaning.fields), row_group_size=max(1, table.num_rows))


CONTAINER = Parquet()


def _columns(schema: Any, fields: Fields) -> tuple[str | None, str | None, str | None]:
    """The columns for the text, the HTML and the address, as far as they are there.

    Raises:
        DocumentError: `unsupported`: neither text nor HTML is there, or it is something else.
    """
    found: list[str | None] = []
    for name in (fields.text, fields.html, fields.url):
        count = schema.names.count(name)
        if count > 1:
            raise DocumentError("unsupported", f"several columns are called {name!r}: name them apart")
        found.append(name if count and is_text(schema.field(name).type) else None)
    text, html, url = found
    if text is None and fields.text in schema.names:
        kind = schema.field(fields.text).type
        raise DocumentError("unsupported", f"the column {fields.text!r} holds {kind}, no text; say which one does")
    if text is None and html is None:
        more = " …" if len(schema.names) > _MANY else ""
        there = ", ".join(schema.names[:_MANY]) + more
        raise DocumentError(
            "unsupported", f"no column is called {fields.text!r} or {fields.html!r}; there are: {there}"
        )
    return text, html, url


def _replaced(table: Any, new: Sequence[Sequence[bytes | None]], fields: Fields) -> Any:
    """The table with new values in the columns for text, report and metadata; None keeps what is there."""
    for number, name in enumerate((fields.text, fields.report, fields.metadata)):
        if not name:
            continue
        place = table.schema.get_field_index(name)
        field = table.schema.field(place) if place >= 0 else arrow().field(name, arrow().string())
        if not is_text(field.type):
            raise DocumentError("unsupported", f"the column {name!r} holds {field.type}, and is to hold text")
        before = to_bytes(table.column(place)) if place >= 0 else [None] * table.num_rows
        values = [old if row[number] is None else row[number] for old, row in zip(before, new, strict=True)]
        column = of_bytes(values, field.type)
        table = table.set_column(place, field, column) if place >= 0 else table.append_column(field, column)
    return table


def _stated(batch: Any, fields: Fields) -> list[bytes]:
    """The other columns of each row, as JSON."""
    taken = {fields.text, fields.html, fields.report, fields.metadata}
    columns = {name: plain(batch.column(name)) for name in batch.schema.names if name not in taken}
    return [dumps({name: values[row] for name, values in columns.items()}).encode() for row in range(batch.num_rows)]


def _pack(values: Sequence[bytes | None]) -> bytes:
    return b"".join(_SIZE.pack(-1) if value is None else _SIZE.pack(len(value)) + value for value in values)


def _unpack(data: bytes) -> tuple[bytes | None, ...]:
    values: list[bytes | None] = []
    at = 0
    while at < len(data):
        (size,) = _SIZE.unpack_from(data, at)
        at += _SIZE.size
        values.append(None if size < 0 else data[at : at + size])
        at += max(0, size)
    return tuple(values)
