"""Answers on their way: what is done of a container lies in one file until the whole can be put together."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterable, Iterator, Sequence

from cleaner.batch.formats.container import Record
from cleaner.batch.items import Part

_LENGTH = struct.Struct("<Q")


class Spool:
    """The file for the answers of one container; parts of it may be written in any order."""

    def __init__(self, path: str) -> None:
        self.path = path

    def add(self, first: int, answers: Iterable[bytes]) -> Part:
        """Append the answers of the documents from `first` on; they count once the part is in the state."""
        packed = [_LENGTH.pack(len(answer)) + answer for answer in answers]
        with open(self.path, "ab") as stream:
            at = stream.seek(0, os.SEEK_END)
            stream.write(b"".join(packed))
        return Part(first, len(packed), at)


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


def pack_record(record: Record) -> bytes:
    """A record as it lies in the spool."""
    front = {key: value for key, value in record.front.items() if value not in (None, "", [])}
    return json.dumps({"title": record.title, "text": record.text, "front": front}).encode()


def unpack_record(data: bytes) -> Record:
    """The record back."""
    return Record(**json.loads(data))
