"""Web archives (WARC): back to a WARC of the pages' clean texts, or each page for itself.

What comes out is what Common Crawl's WET files are: for each page a `conversion` record that names the record it was
made of.  Images, requests, redirects and all else that is no page are left out.  A page that cannot be cleaned is in it
as it was captured.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, BinaryIO

from cleaner._version import VERSION
from cleaner.formats.container import Clipping, Container, Piece, Record
from cleaner.formats.front import is_address
from cleaner.formats.httpbody import Undecodable, decoded
from cleaner.formats.options import Cleaning
from cleaner.formats.warcfile import FORMATS, Page, each_record, library, page_in
from cleaner.formats.warcrecord import copy, record
from cleaner.isolation.problem import DocumentError
from cleaner.options import FORMS
from cleaner.read.decode import decode_page
from cleaner.result import Result

_CLEAN, _AS_IT_IS = b"\1", b"\0"
_NO_DATE = "1970-01-01T00:00:00Z"


class Warc(Container):
    """A piece is a page with what its record says of it; an answer is a new record, or the number of the old one."""

    suffixes: tuple[str, ...] = (".warc", ".warc.gz", ".warc.zst")

    def streams(self, path: str) -> Iterator[tuple[IO[bytes], int]]:
        """The WARC files in a file, one after the other, each with the place where it begins."""
        with open(path, "rb") as stream:
            yield stream, 0

    def available(self) -> None:
        library()

    def target(self, name: str) -> str:
        suffix = max((suffix for suffix in self.suffixes if name.lower().endswith(suffix)), key=len)
        return f"{name[: -len(suffix)]}.warc.gz"

    def pieces(self, path: str, cleaning: Cleaning) -> Iterator[Piece]:
        found = each_record(self.streams(path), lambda record, number: page_in(record, number, cleaning.max_bytes))
        for number, ((page, body), at) in enumerate(found):
            yield Piece(number, page.packed(body), page.url or page.id, at)

    def open(self, piece: Piece, cleaning: Cleaning) -> Clipping | None:
        page, body = Page.unpacked(piece.data)
        limit = cleaning.max_bytes
        try:
            body = decoded(body, page.transfer, page.content, limit)
        except Undecodable as error:
            raise DocumentError("broken", f"the page cannot be unpacked: {error}") from None
        if max(page.size, len(body)) > limit:
            raise DocumentError("unsupported", f"the page has more than the {limit:,} bytes that are read")
        if not body.strip():
            return None
        return Clipping(_text(body, page.charset), page.url if is_address(page.url) else None, FORMATS[page.mime])

    def put(self, piece: Piece, result: Result | None, cleaning: Cleaning) -> bytes:
        page, _ = Page.unpacked(piece.data)
        if result is None:
            return b"%b%d" % (_AS_IT_IS, page.record)
        mime = FORMS[cleaning.to if result.report.page else result.report.format].mime
        fields = {"WARC-Target-URI": page.url, "WARC-Date": page.date or _NO_DATE, "WARC-Refers-To": page.id}
        block = result.text.encode("utf-8", "replace")
        source = page.id or f"{page.record} {page.url}"
        return _CLEAN + record("conversion", fields, f"{mime}; charset=utf-8", block, source=source)

    def record(self, piece: Piece, result: Result, cleaning: Cleaning) -> Record:
        page, _ = Page.unpacked(piece.data)
        front = {
            "url": page.url,
            "date": page.date,
            "title": result.title,
            "author": result.author,
            "published": result.published,
            "language": result.language,
            "site": result.site,
        }
        return Record(result.text, result.title or page.url, front)

    def assemble(self, path: str, answers: Iterator[bytes], out: BinaryIO, cleaning: Cleaning) -> None:
        wanted = -1

        def copied(record: Any, number: int) -> bool | None:
            if number != wanted:
                return None
            copy(record, out)
            return True

        out.write(self._about(path))
        copies = each_record(self.streams(path), copied)
        for answer in answers:
            if answer.startswith(_CLEAN):
                out.write(answer[len(_CLEAN) :])
            else:
                wanted = int(answer[len(_AS_IT_IS) :])
                next(copies)

    def _about(self, path: str) -> bytes:
        """The record before all others, with the date of the first one there is."""
        date = id = None
        with suppress(DocumentError):  # whoever read the pages was told
            (date, id), _ = next(each_record(self.streams(path), lambda record, _: _origin(record)))
        block = f"software: cleaner/{VERSION}\r\nformat: WARC File Format 1.1\r\n".encode()
        return record("warcinfo", {"WARC-Date": date or _NO_DATE}, "application/warc-fields", block, source=id or "")


def _origin(record: Any) -> tuple[str | None, str | None]:
    return record.headers.get("WARC-Date"), record.headers.get("WARC-Record-ID")


def _text(body: bytes, charset: str) -> str | bytes:
    """The body; as text, if it does not say itself what its encoding is and the server did."""
    if charset:
        found = decode_page(body)
        if found.warnings:  # it was guessed
            found = decode_page(body, charset=charset, decoded=found)
            return body if found.warnings else found.text
    return body


CONTAINER = Warc()
