"""What a web server sent: the head of its answer, and the body without the codings it was sent in."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from cleaner.formats.extras import need

_STATUS = re.compile(rb"HTTP/[0-9.]+[ \t]+([0-9]{3})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CONTINUED = re.compile(rb"\r?\n[ \t]+")
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_AUTO, _ZLIB, _RAW = 47, 15, -15  # kinds of zlib's stream: gzip or zlib, zlib, neither


class Undecodable(Exception):
    """The body is not in the coding that it is said to be in, or it is cut off."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer.

    Attributes:
        size: bytes of the head, with the blank line behind it.
        fields: by their names in lower case; where one is there several times, all its values with commas.
    """

    status: int
    size: int
    fields: dict[str, str]


def read_answer(block: bytes) -> Answer | None:
    """The head that `block` begins with; None if there is none."""
    status = _STATUS.match(block)
    end = _HEAD_END.search(block)
    if status is None or end is None:
        return None
    fields: dict[str, str] = {}
    for line in _CONTINUED.sub(b" ", block[: end.start()]).splitlines()[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        key, value = name.strip().lower(), value.strip()
        fields[key] = f"{fields[key]}, {value}" if key in fields else value
    return Answer(int(status[1]), end.end(), fields)


def mime_of(content_type: str) -> tuple[str, str]:
    """The media type in lower case, and the charset; both may be empty."""
    mime, charset = _MIME.match(content_type.strip()), _CHARSET.search(content_type)
    return mime[0].lower() if mime else "", charset[1] if charset else ""


def decoded(body: bytes, transfer: str, content: str, limit: int) -> bytes:
    """The body without its codings; of one that would be longer than `limit`, the first bytes, one more than that.

    Some archives keep the head as it was sent, and the body without its codings; it is taken as it is then.

    Args:
        transfer, content: the fields ``Transfer-Encoding`` and ``Content-Encoding``.

    Raises:
        Undecodable: it is cut off, damaged, or in an unknown coding.
        DocumentError: a library for a coding is missing.
    """
    if "chunked" in transfer.lower():
        body = _without_chunks(body)
    for name in reversed(content.lower().split(",")):
        coding = name.strip()
        if coding and coding not in _NONE:
            if coding not in _CODINGS:
                raise Undecodable(f"the coding {coding!r} is not known")
            body = _CODINGS[coding](body, limit)
    return body[: limit + 1]


def _without_chunks(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        size = int(chunk[1], 16)
        if not size:
            return b"".join(parts)
        at = chunk.end() + size
        parts.append(body[chunk.end() : at])
        at += len(b"\r\n") if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not at:
        return body
    raise Undecodable("its last chunk is missing or damaged")


def _gzip(body: bytes, limit: int) -> bytes:
    return _inflated(body, limit, _AUTO) if body.startswith(b"\x1f\x8b") else body


def _deflate(body: bytes, limit: int) -> bytes:
    """What is called deflate is zlib's form of it by the standard, and the bare form with some servers."""
    with_head = len(body) > 1 and body[0] & 0xF == zlib.DEFLATED and not (body[0] << 8 | body[1]) % 31
    try:
        return _inflated(body, limit, _ZLIB if with_head else _RAW)
    except Undecodable:
        return _if_plain(body)


def _inflated(body: bytes, limit: int, kind: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body and size <= limit:
        unpacker = zlib.decompressobj(kind)
        try:
            part = unpacker.decompress(body, limit + 1 - size)
        except zlib.error as error:
            if parts:
                break  # what follows the last part is none
            raise Undecodable(str(error)) from None
        parts.append(part)
        size += len(part)
        if not unpacker.eof and size <= limit:
            raise Undecodable("it is cut off")
        body = unpacker.unused_data
    return b"".join(parts)


def _brotli(body: bytes, limit: int) -> bytes:
    return _by_fastwarc("BrotliReader", body, limit)


def _zstandard(body: bytes, limit: int) -> bytes:
    return _by_fastwarc("ZstdReader", body, limit) if body.startswith(b"\x28\xb5\x2f\xfd") else body


def _by_fastwarc(reader: str, body: bytes, limit: int) -> bytes:
    library = need("fastwarc.stream_io", "warc", "a page packed with Brotli or Zstandard")
    try:
        data: bytes = getattr(library, reader)(io.BytesIO(body)).read(limit + 1)
    except OSError:
        return _if_plain(body)
    return data


def _if_plain(body: bytes) -> bytes:
    if body.lstrip().startswith(b"<"):
        return body
    raise Undecodable("it is damaged or cut off")


_NONE = frozenset({"identity", "none", "utf-8", "8bit", "binary"})
_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    **dict.fromkeys(("gzip", "x-gzip"), _gzip),
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstandard,
}
