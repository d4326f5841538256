"""Lines in a stream, plain or packed with gzip or Zstandard; the same lines are always packed to the same bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from cleaner.formats.extras import need

_CHUNK = 4096
"""Packed bytes that are unpacked at once: at worst (Zstandard makes 128 kB of 4 bytes) they become 128 MB."""
_PLAIN_CHUNK = 1 << 18
_LEVEL = 6  # of gzip's command
_WINDOW = 1 << 31  # the most there is: archives packed with --long=31 are common, and ordinary ones need far less


class Damaged(Exception):
    """The stream cannot be read on; what was read before is right."""


@dataclass(frozen=True, slots=True)
class Packing:
    """A way to pack a stream.

    Attributes:
        head: how each part begins.
        unpacker: makes what unpacks one part: it has `decompress`, `eof` and `unused_data`.
        packer: makes what packs a stream: it has `compress` and `flush`.
        error: gives the exception of its library.
    """

    name: str
    head: re.Pattern[bytes]
    unpacker: Callable[[], Any]
    packer: Callable[[], Any]
    error: Callable[[], type[Exception]]


def zstandard() -> Any:
    """The library for Zstandard.

    Raises:
        DocumentError: `missing`, it is not there.
    """
    return need("zstandard", "zstd", "a file packed with Zstandard")


GZIP = Packing(
    "gzip",
    re.compile(rb"\x1f\x8b"),
    lambda: zlib.decompressobj(wbits=31),
    lambda: zlib.compressobj(_LEVEL, zlib.DEFLATED, 31),  # writes no time and no name
    lambda: zlib.error,
)
ZSTD = Packing(
    "Zstandard",
    re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),  # the second is no data, but pzstd begins with it
    lambda: zstandard().ZstdDecompressor(max_window_size=_WINDOW).decompressobj(),
    lambda: zstandard().ZstdCompressor(write_checksum=True).compressobj(),
    lambda: zstandard().ZstdError,
)
PACKINGS = {".gz": GZIP, ".zst": ZSTD}


def packing_of(path: str) -> Packing | None:
    """How the file is packed, by its name."""
    return next((packing for suffix, packing in PACKINGS.items() if path.lower().endswith(suffix)), None)


def unpacked(stream: BinaryIO, packing: Packing | None) -> Iterator[bytes]:
    """What is in `stream`, bit by bit; all parts of it, one after the other.

    Raises:
        Damaged: it is cut off or broken.
    """
    if packing is None:
        yield from iter(lambda: stream.read(_PLAIN_CHUNK), b"")
        return
    unpacker = None
    while data := stream.read(_CHUNK):
        while data:
            if unpacker is None or unpacker.eof:
                data = data.lstrip(b"\0")  # what tapes and block devices fill up with
                if not data:
                    break
                unpacker = packing.unpacker()
            try:
                yield unpacker.decompress(data)
            except packing.error() as error:
                raise Damaged(f"is damaged, or no {packing.name} ({error})") from None
            data = unpacker.unused_data if unpacker.eof else b""
    if unpacker is not None and not unpacker.eof:
        raise Damaged("ends early")


def lines(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """The lines in a stream with their line feeds; those above `limit` bytes in several parts.

    Raises:
        Damaged: as `chunks`, after all that was there before.
    """
    rest: list[bytes] = []
    size = 0
    damaged = None
    try:
        for chunk in chunks:
            *whole, last = chunk.split(b"\n")
            for part in whole:
                yield b"".join((*rest, part, b"\n"))
                rest, size = [], 0
            if last:
                rest.append(last)
                size += len(last)
            if size > limit:
                yield b"".join(rest)
                rest, size = [], 0
    except Damaged as error:
        damaged = error
    if rest:
        yield b"".join(rest)
    if damaged is not None:
        raise damaged


def pack(pieces: Iterator[bytes], out: BinaryIO, packing: Packing | None) -> None:
    """Write `pieces` to `out`, packed."""
    if packing is None:
        out.writelines(pieces)
        return
    packer = packing.packer()
    for piece in pieces:
        out.write(packer.compress(piece))
    out.write(packer.flush())
