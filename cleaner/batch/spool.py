"""Answers on their way: what is done of a container lies in one file until the whole can be put together."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from cleaner.batch.items import Part
from cleaner.formats.container import Record

_LENGTH = struct.Struct("<Q")


class Spool:
    """The file for the answers of one container; parts of it may be written in any order."""

    def __init__(self, path: str) -> None:
        self.path = path

    def add(self, first: int, answers: Iterable[bytes]) -> Part:
        """Append the answers of the documents from `first` on; they count once the part is in the state."""
        listed = list(answers)
        with open(self.path, "ab", opener=_private) as stream:
            at = stream.seek(0, os.SEEK_END)
            stream.write(joined(listed))
        return Part(first, len(listed), at)

    def holds(self, parts: Sequence[Part]) -> bool:
        """Whether all answers of some parts are there; after a power cut some may not be."""
        try:
            with open(self.path, "rb") as stream:
                size = stream.seek(0, os.SEEK_END)
                return all(_end_of(part, stream) <= size for part in parts)
        except (OSError, struct.error):
            return False


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _end_of(part: Part, stream: BinaryIO) -> int:
    end = part.at
    for _ in range(part.count):
        stream.seek(end)
        (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
        end += _LENGTH.size + length
    return end


def answers(path: str, parts: Sequence[Part]) -> Iterator[bytes]:
    """All answers in order, one at a time in memory."""
    if not parts:  # then there is no spool
        return
    with open(path, "rb") as stream:
        for part in parts:
            stream.seek(part.at)
            for _ in range(part.count):
                (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
                yield stream.read(length)


def joined(pieces: Iterable[bytes]) -> bytes:
    """Pieces as one, which `parted` takes apart again."""
    return b"".join(_LENGTH.pack(len(piece)) + piece for piece in pieces)


def parted(data: bytes) -> list[bytes]:
    """The pieces back."""
    pieces = []
    at = 0
    while at < len(data):
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        pieces.append(data[at : at + length])
        at += length
    return pieces


def pack_record(record: Record) -> bytes:
    """A record as it lies in the spool."""
    front = {key: value for key, value in record.front.items() if value not in (None, "", [])}
    return json.dumps({"title": record.title, "text": record.text, "front": front}).encode()


def unpack_record(data: bytes) -> Record:
    """The record back."""
    return Record(**json.loads(data))
