"""The records of a web archive (WARC), and the pages among them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import IO, Any, TypeVar
from zipfile import BadZipFile

from cleaner.formats.extras import need
from cleaner.formats.httpbody import mime_of, read_answer
from cleaner.isolation.problem import DocumentError
from cleaner.model import Format

FORMATS: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
}
"""The media types of pages, and what they are to the cleaner."""
_HEAD = 1 << 16  # bytes of a block in which the head of an answer is looked for
_DAMAGE = (OSError, EOFError, NotImplementedError, BadZipFile, zlib.error)
"""How fastwarc, and `zipfile` below it, say that something is damaged."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """What a record says of the page in it.

    Attributes:
        record: the number of the record.
        size: of the page, in bytes, as it was sent.
        mime, charset: of its content, as the server said.
        transfer, content: the codings it was sent in.
    """

    record: int
    id: str
    url: str
    date: str
    size: int
    mime: str
    charset: str
    transfer: str
    content: str

    def packed(self, body: bytes) -> bytes:
        """It and its body."""
        return json.dumps(astuple(self)).encode() + b"\n" + body

    @classmethod
    def unpacked(cls, data: bytes) -> tuple[Page, bytes]:
        """Both back."""
        head, _, body = data.partition(b"\n")
        return cls(*json.loads(head)), body


def library() -> Any:
    """What reads web archives.

    Raises:
        DocumentError: `unsupported`, it is not there.
    """
    return need("fastwarc.warc", "warc", "a web archive")


def each_record(
    streams: Iterable[tuple[IO[bytes], int]], look: Callable[[Any, int], T | None]
) -> Iterator[tuple[T, int]]:
    """What `look` finds in each record, given it and its number, with the place of the record.

    Args:
        streams: the files, each with the place where it begins.
        look: None passes the record over; so it is with a record that is not whole.

    Raises:
        DocumentError: `broken`: there is no record, or none behind those that were given.
        OSError: the files cannot be read.
    """
    number = 0
    try:
        for stream, start in streams:
            for record in library().ArchiveIterator(stream, parse_http=False):
                if "Content-Length" not in record.headers:
                    raise EOFError("it ends in the head of a record")
                size, at = record.content_length, start + record.stream_pos
                found = look(record, number)
                record.reader.consume()
                if record.reader.tell() < size:
                    raise EOFError("it ends in a record")
                number += 1
                if found is not None:
                    yield found, at
    except _DAMAGE as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk is to blame, not the file
        if number:
            raise DocumentError("broken", f"it is damaged or cut off after {number:,} records ({error})") from None
        raise DocumentError("broken", f"it is no web archive, or damaged ({error})") from None
    if not number:
        raise DocumentError("broken", "it is no web archive: there is no record in it")


def page_in(record: Any, number: int, limit: int) -> tuple[Page, bytes] | None:
    """The page in a record, with its body unless that has more than `limit` bytes; None if there is none."""
    headers = record.headers
    kind, content_type = (headers.get(name) or "" for name in ("WARC-Type", "Content-Type"))
    size = record.content_length
    body = b""
    fields: dict[str, str] = {}
    if kind.lower() not in ("response", "resource", "conversion"):
        return None
    if mime_of(content_type)[0] == "application/http":
        body = record.reader.read(_HEAD)
        answer = read_answer(body)
        if answer is None or answer.status != 200:
            return None
        fields = answer.fields
        body = body[answer.size :]
        size -= answer.size
        content_type = fields.get("content-type") or headers.get("WARC-Identified-Payload-Type") or ""
    mime, charset = mime_of(content_type)
    if mime not in FORMATS:
        return None
    page = Page(
        record=number,
        id=headers.get("WARC-Record-ID") or "",
        url=(headers.get("WARC-Target-URI") or "").strip("<> "),
        date=headers.get("WARC-Date") or "",
        size=size,
        mime=mime,
        charset=charset,
        transfer=fields.get("transfer-encoding", ""),
        content=fields.get("content-encoding", ""),
    )
    return page, body + record.reader.read(size - len(body)) if size <= limit else b""
