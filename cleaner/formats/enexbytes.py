"""The bytes of an Evernote export: text that XML can hold, and data in base64."""

from __future__ import annotations

import binascii
import hashlib
import re
from bisect import bisect_left
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 18  # bytes


class Mended:
    """The bytes of a file with a question mark for each that XML cannot hold: one of them would end all reading.

    The length stays the same, so places do, too.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._places: list[int] = []  # of broken bytes: those in this chunk and the last one before it

    def chunks(self) -> Iterator[bytes]:
        decoder = getincrementaldecoder("utf-8")("surrogateescape")
        at, waiting = 0, b""
        is_more = True
        while is_more:
            data = self._stream.read(CHUNK)
            is_more = bool(data)
            waiting += data
            legible = decoder.decode(data, not is_more).encode("utf-8", "replace").translate(_CONTROLS)
            legible = _NO_CHARACTER.sub(b"???", legible)
            chunk, waiting = waiting[: len(legible)], waiting[len(legible) :]
            del self._places[:-1]
            if chunk != legible:
                self._places += (at + n for n, (a, b) in enumerate(zip(chunk, legible, strict=True)) if a != b)
            at += len(chunk)
            yield legible

    def is_broken(self, start: int, end: int) -> bool:
        """Whether a byte was replaced in a stretch that ends in the chunk given last."""
        place = bisect_left(self._places, start)
        return place < len(self._places) and self._places[place] < end


_CONTROLS = bytes(byte if byte >= 32 or byte in b"\t\n\r" else ord("?") for byte in range(256))
_NO_CHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")  # U+FFFE and U+FFFF


class Base64:
    """Data in base64, decoded as it comes; what is no base64 is passed over."""

    def __init__(self, *, keep: bool) -> None:
        self._rest = b""
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._kept: list[bytes] | None = [] if keep else None

    def feed(self, text: str) -> None:
        data = self._rest + text.encode("ascii", "replace").translate(None, _NO_BASE64)
        whole = len(data) - len(data) % 4
        self._rest = data[whole:]
        self._take(binascii.a2b_base64(data[:whole]))

    def end(self) -> tuple[str, bytes]:
        """The hash, and the data if they were to be kept."""
        if len(self._rest) > 1:
            self._take(binascii.a2b_base64(self._rest + b"=" * (4 - len(self._rest))))
        return self._md5.hexdigest(), b"".join(self._kept or ())

    def _take(self, data: bytes) -> None:
        self._md5.update(data)
        if self._kept is not None:
            self._kept.append(data)


_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NO_BASE64 = bytes(set(range(256)).difference(_BASE64))
