"""Evernote's exports: back to the same with its notes clean, or one Markdown file a note.

The export is copied byte for byte but for the notes that something was taken from, and of those all stays but what was
taken.  A note without an address of the web was not clipped but written: it is somebody's own.
"""

from __future__ import annotations

import re
import shutil
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from cleaner.formats import enml
from cleaner.formats.container import Attachment, Clipping, Container, Piece, Record
from cleaner.formats.enexnote import attachment_names, markdown
from cleaner.formats.enmlcut import cut
from cleaner.formats.evernote import Note, notes
from cleaner.formats.front import is_address
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import DocumentError
from cleaner.model import Removal, Repair
from cleaner.read.spans import union
from cleaner.result import Result

_SPAN = struct.Struct("<QQ")
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", re.ASCII)
_COPY = 1 << 20  # bytes
_EMPTY = "<en-note/>"


class Enex(Container):
    """A piece is a note without the data of its files; an answer is what stands in the place of its markup, if any."""

    suffixes = (".enex",)

    def cleaning(self, cleaning: Cleaning) -> Cleaning:
        """Files, checkboxes and whatever is Evernote's own go as pictures through Markdown; the title is a field."""
        return replace(cleaning, to="markdown", images=True, front_matter=False, title=False)

    def pieces(self, path: str, cleaning: Cleaning) -> Iterator[Piece]:
        for number, note in enumerate(notes(path, cleaning.max_bytes, hashes=cleaning.records != "same")):
            name = " ".join(note.title.split()) or f"note {number + 1}"
            yield Piece(number, note.packed(), name, note.at)

    def open(self, piece: Piece, cleaning: Cleaning) -> Clipping:
        note = Note.unpacked(piece.data)
        if note.problem:
            raise DocumentError(*note.problem)
        own = not is_address(note.url)
        is_named = cleaning.records != "same" and not own  # elsewhere its headline has no other place
        html = enml.part(enml.read(note.content or _EMPTY), note.title if is_named else "").html
        return Clipping(html, None if own else note.url, "html", own=own)

    def put(self, piece: Piece, result: Result | None, cleaning: Cleaning) -> bytes:
        if result is None or not result.report.removals:
            return b""
        note = Note.unpacked(piece.data)
        report = result.report
        changes: tuple[Removal | Repair, ...] = (*report.removals, *report.repairs)
        gone = union((change.start, change.end) for change in changes)
        markup = cut(enml.read(note.content or _EMPTY), result.source, gone, report.url or "")
        return _SPAN.pack(note.start, note.end) + markup

    def record(self, piece: Piece, result: Result, cleaning: Cleaning) -> Record:
        note = Note.unpacked(piece.data)
        markup = enml.read(note.content or _EMPTY)
        names = attachment_names(piece.number, note.resources)
        text = markdown(result.text, note, markup, enml.part(markup).own, names)
        front = {
            "title": note.title,
            "created": _iso(note.created),
            "updated": _iso(note.updated),
            "tags": note.tags,
            "source": note.url,
            "author": note.author,
        }
        return Record(text, note.title, front)

    def attachments(self, path: str, cleaning: Cleaning) -> Iterator[tuple[int, list[Attachment]]]:
        for number, note in enumerate(notes(path, cleaning.max_bytes, data=True)):
            names = attachment_names(number, note.resources)
            files = [Attachment(name, one.data) for name, one in zip(names, note.resources, strict=True)]
            if files:
                yield number, files

    def assemble(self, path: str, answers: Iterator[bytes], out: BinaryIO, cleaning: Cleaning) -> None:
        with open(path, "rb") as source:
            for answer in answers:
                if answer:
                    start, end = _SPAN.unpack_from(answer)
                    _copy(source, out, start - source.tell())
                    out.write(b"<![CDATA[%b]]>" % answer[_SPAN.size :].replace(b"]]>", b"]]]]><![CDATA[>"))
                    source.seek(end)
            shutil.copyfileobj(source, out, _COPY)


CONTAINER = Enex()


def _copy(source: BinaryIO, out: BinaryIO, size: int) -> None:
    while size and (data := source.read(min(size, _COPY))):
        out.write(data)
        size -= len(data)


def _iso(time: str) -> str:
    """``20141211T192702Z`` as ``2014-12-11T19:27:02Z``; all else as it is."""
    return _TIME.sub(r"\1-\2-\3T\4:\5:\6Z", time)
