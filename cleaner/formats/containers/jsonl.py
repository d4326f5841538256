"""JSON lines: one object a line, plain or packed; only the value of the text is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from cleaner.formats.container import Clipping, Container, Piece, Record
from cleaner.formats.front import front, is_address
from cleaner.formats.options import Cleaning
from cleaner.formats.packed import PACKINGS, Damaged, lines, pack, packing_of, unpacked
from cleaner.isolation.problem import DocumentError
from cleaner.jsonline import BadLine, Line, read_line
from cleaner.report import to_dict
from cleaner.result import Result

_MARK = "\ufeff"  # of the file; of each file, where several were put one after the other
_ROOM = 2  # a page with its escapes has so many times its bytes
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class JsonLines(Container):
    """A piece is a line as it stands, with its line feed."""

    suffixes: tuple[str, ...] = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")

    def available(self) -> None:
        """Only files packed with Zstandard need something; they say so when they are read."""

    def pieces(self, path: str, cleaning: Cleaning) -> Iterator[Piece]:
        number = 0
        with open(path, "rb") as stream:
            _check(stream, path)
            try:
                for line in lines(unpacked(stream, packing_of(path)), _ROOM * cleaning.max_bytes):
                    yield Piece(number, line, f"line {number + 1}", stream.tell())
                    number += 1
            except Damaged as error:
                raise DocumentError(
                    "broken", f"it {error} after {number} lines: they are clean; get the file once more for the rest"
                ) from None

    def open(self, piece: Piece, cleaning: Cleaning) -> Clipping | None:
        line = _read(piece, cleaning)
        if line is None:
            return None
        fields = cleaning.fields
        text, html, url = (line.values.get(name) for name in (fields.text, fields.html, fields.url))
        url = url if is_address(url) else None
        if not text and isinstance(html, str):
            return Clipping(html, url, "html")
        if isinstance(text, str):
            return Clipping(text, url)
        wrong = (
            "is no string"
            if fields.text in line.values
            else "is missing: name the field that holds the text with --text-field"
        )
        raise DocumentError("broken", f"{fields.text!r} {wrong}")

    def put(self, piece: Piece, result: Result | None, cleaning: Cleaning) -> bytes:
        line = _read(piece, cleaning) if result else None
        if result is None or line is None:
            return piece.data
        edits: dict[str, object] = {}
        if line.values.get(cleaning.fields.text) != result.text:  # what did not change keeps its escapes
            edits[cleaning.fields.text] = result.text
        if cleaning.fields.report is not None:
            edits[cleaning.fields.report] = to_dict(result.report)
        if cleaning.fields.metadata is not None:
            edits[cleaning.fields.metadata] = asdict(result.metadata)
        mark = _MARK if piece.data.startswith(_MARK.encode()) else ""
        return (mark + line.edited(edits)).encode()

    def record(self, piece: Piece, result: Result, cleaning: Cleaning) -> Record:
        line = _read(piece, cleaning)
        known = front(_stated(line, cleaning) if line else {}, result)
        return Record(result.text, str(known.get("title") or known.get("url") or piece.name), known)

    def assemble(self, path: str, answers: Iterator[bytes], out: BinaryIO, cleaning: Cleaning) -> None:
        with open(path, "rb") as stream:
            _check(stream, path)
        pack(answers, out, packing_of(path))


CONTAINER: Container = JsonLines()


def _check(stream: BinaryIO, path: str) -> None:
    """Refuse a file that is something else as a whole, rather than each line of it.

    Raises:
        DocumentError: `broken`.
    """
    head = stream.read(4)
    stream.seek(0)
    packing = packing_of(path)
    if packing is not None:
        if head and not packing.head.match(head):
            raise DocumentError("broken", f"it is no {packing.name}: unpack it, or take the suffix off its name")
    elif head.startswith(_WIDE):
        raise DocumentError("broken", "it is UTF-16: save it as UTF-8")
    else:
        for suffix, other in PACKINGS.items():
            if other.head.match(head):
                raise DocumentError("broken", f"it is {other.name}: end its name with {suffix}")


def _read(piece: Piece, cleaning: Cleaning) -> Line | None:
    """The object on a line; None if the line is blank."""
    fields = cleaning.fields
    named = (fields.text, fields.html, fields.url, fields.report, fields.metadata)
    try:
        raw = piece.data.decode().removeprefix(_MARK)
        return read_line(raw, [name for name in named if name]) if raw.strip() else None
    except UnicodeDecodeError:
        raise DocumentError("broken", "not UTF-8") from None
    except BadLine as error:
        raise DocumentError("broken", str(error)) from None


def _stated(line: Line, cleaning: Cleaning) -> dict[str, Any]:
    """The fields beside the text, with numbers as they are written."""
    fields = cleaning.fields
    taken = {fields.text, fields.html, fields.report, fields.metadata}
    return {name: _exact(line, name) for name in line.values if name not in taken}


def _exact(line: Line, name: str) -> Any:
    start, end = line.spans[name]
    try:
        return json.loads(line.raw[start:end])
    except ValueError:  # a whole number with more digits than Python turns into one
        return line.raw[start:end]
