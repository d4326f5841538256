"""ZIP files member by member, each with the very bytes it has: what is not replaced is never unpacked.

`zipfile` reads them; writing with it would pack all members anew, and lose names that are neither ASCII nor marked as
UTF-8 (as the Finder and old Windows write them).
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from typing import BinaryIO

from cleaner.isolation.problem import DocumentError

MAX_SIZE = 0xFFFF_0000
"""Bytes of a whole file; beyond 4 GB each place in it would need another form."""
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_EXTRA = struct.Struct("<2H")
_ZIP64 = 1
_ENCRYPTED, _TRAILING_SIZES, _UTF8 = 0x1, 0x8, 0x800
_HINTS = 0x6  # how hard the packer tried
_AFTER_ENTRIES = (b"PK\5\6", b"PK\6\6", b"PK\5\5")
_COPY = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One entry.

    Attributes:
        name: its path, composed, with slashes.
        entry: its entry in the directory at the end, as it stands.
        start, end: where the member itself is, with its header and all up to the next one.
    """

    name: str
    info: zipfile.ZipInfo
    entry: bytes
    start: int
    end: int

    @property
    def is_folder(self) -> bool:
        """Whether it has no content; zip tools list folders too."""
        return self.name.endswith("/") or not self.name

    @property
    def is_encrypted(self) -> bool:
        """Whether its content needs a password."""
        return bool(self.info.flag_bits & _ENCRYPTED)


@dataclass(frozen=True, slots=True)
class Archive:
    """What is in a ZIP file, in the order of its directory."""

    members: tuple[Member, ...]
    comment: bytes


def read_archive(stream: BinaryIO) -> Archive:
    """The directory of a ZIP file.

    Raises:
        DocumentError: it is damaged, or too large.
    """
    size = stream.seek(0, io.SEEK_END)
    if size > MAX_SIZE:
        raise DocumentError("unsupported", "a ZIP archive of more than 4 GB: unpack it and clean the folder")
    try:
        with zipfile.ZipFile(stream) as archive:
            infos, comment, at = archive.infolist(), archive.comment, archive.start_dir
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentError("broken", f"no ZIP archive, or cut off ({error}): get it once more") from None
    starts = sorted({info.header_offset for info in infos})
    starts.append(at)
    members = []
    stream.seek(at)
    for info in infos:
        entry = stream.read(_CENTRAL.size)
        entry += stream.read(sum(struct.unpack("<3H", entry[28:34])))
        start = info.header_offset
        end = starts[bisect_right(starts, start)] if start < at else start
        members.append(Member(_name(info), info, entry, start, end))
    if stream.read(4) not in _AFTER_ENTRIES:
        raise DocumentError("broken", "the directory of the ZIP archive is damaged: get it once more")
    apart = len(starts) > len(infos) and starts[0] >= 0
    if not apart or any(m.start + _LOCAL.size + m.info.compress_size > m.end for m in members):
        raise DocumentError("broken", "members of the ZIP archive lie over each other: do not trust it")
    return Archive(tuple(members), comment)


class Writer:
    """Writes a ZIP file of members that come from other ones."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._entries: list[bytes] = []

    def add(self, member: Member, data: Iterable[bytes]) -> None:
        """Write a member; `data` are its bytes from `start` to `end`."""
        self._entries.append(_entry(member, self._at))
        for block in data:
            self._out.write(block)
            self._at += len(block)

    def copy(self, stream: BinaryIO) -> None:
        """Write all members of another ZIP file."""
        for member in read_archive(stream).members:
            self.add(member, stretch(stream, member))

    def close(self, comment: bytes) -> None:
        """Write the directory."""
        size, count = sum(map(len, self._entries)), len(self._entries)
        self._out.writelines(self._entries)
        if count >= 0xFFFF:
            self._out.write(_END_64.pack(b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, self._at))
            self._out.write(_LOCATOR_64.pack(b"PK\6\7", 0, self._at + size, 1))
        shown = min(count, 0xFFFF)
        self._out.write(_END.pack(b"PK\5\6", 0, 0, shown, shown, size, self._at, len(comment)) + comment)


def stretch(stream: BinaryIO, member: Member) -> Iterator[bytes]:
    """The bytes of a member, bit by bit."""
    stream.seek(member.start)
    left = member.end - member.start
    while left and (block := stream.read(min(_COPY, left))):
        yield block
        left -= len(block)


def alone(stream: BinaryIO, member: Member) -> bytes:
    """A ZIP file with this member alone."""
    out = io.BytesIO()
    writer = Writer(out)
    writer.add(member, stretch(stream, member))
    writer.close(b"")
    return out.getvalue()


def only(data: bytes) -> bytes:
    """What is in the one member of a ZIP file.

    Raises:
        DocumentError: it is damaged, or packed in a way that Python does not know.
    """
    stream = io.BytesIO(data)
    [member] = read_archive(stream).members
    try:
        with zipfile.ZipFile(stream) as archive, archive.open(member.info) as opened:
            return opened.read(member.info.file_size + 1)  # without a bound more might come of it than it says
    except MemoryError:
        raise
    except NotImplementedError:
        raise DocumentError(
            "unsupported", "packed in an uncommon way: unpack the archive and clean the folder"
        ) from None
    except Exception as error:  # each way of packing has errors of its own
        raise DocumentError("broken", f"damaged in the archive ({error}): get it once more") from None


def replaced(data: bytes, content: bytes) -> bytes:
    """A ZIP file like `data`, which has one member, but with other content; name, time and attributes stay."""
    [member] = read_archive(io.BytesIO(data)).members
    info = copy(member.info)
    info.flag_bits &= ~(_TRAILING_SIZES | _HINTS)
    info.compress_type = zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    packed = content
    if info.compress_type == zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(content) + packer.flush()
    info.CRC, info.compress_size, info.file_size = zlib.crc32(content), len(packed), len(content)
    head = list(_LOCAL.unpack_from(data, member.start))
    at = member.start + _LOCAL.size + head[9]
    name, extra = data[at - head[9] : at], _without_zip64(data[at : at + head[10]])
    head[2:4] = info.flag_bits, info.compress_type
    head[6:9] = info.CRC, info.compress_size, info.file_size
    head[10] = len(extra)
    out = io.BytesIO()
    writer = Writer(out)
    writer.add(replace(member, info=info), (_LOCAL.pack(*head), name, extra, packed))
    writer.close(b"")
    return out.getvalue()


def _name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not name.isascii():
        if not info.flag_bits & _UTF8:
            with suppress(UnicodeError):  # the Finder writes UTF-8 and does not say so
                name = name.encode("cp437").decode()
        name = unicodedata.normalize("NFC", name)
    return name.replace("\\", "/")


def _entry(member: Member, at: int) -> bytes:
    """The entry in the directory of a member that lies at `at`, with all sizes in the plain form."""
    info = member.info
    head = list(_CENTRAL.unpack_from(member.entry))
    name = _CENTRAL.size + head[10]
    extra = _without_zip64(member.entry[name : name + head[11]])
    comment = member.entry[name + head[11] :]
    head[3:5] = info.flag_bits, info.compress_type
    head[7:10] = info.CRC, info.compress_size, info.file_size
    head[11], head[16] = len(extra), at
    return _CENTRAL.pack(*head) + member.entry[_CENTRAL.size : name] + extra + comment


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields of a member but for the one with large sizes."""
    at = 0
    kept = b""
    while at + _EXTRA.size <= len(extra):
        kind, size = _EXTRA.unpack_from(extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + _EXTRA.size + size]
        at += _EXTRA.size + size
    return kept + extra[at:]
