"""Records of a web archive (WARC 1.1), written: each of them packed for itself, always to the same bytes."""

from __future__ import annotations

import hashlib
import uuid
import zlib
from base64 import b32encode
from typing import Any, BinaryIO

_LEVEL = 6  # of gzip's command


def record(kind: str, fields: dict[str, str], content_type: str, block: bytes, *, source: str) -> bytes:
    """A record, packed.

    Args:
        fields: beside those that all records have; empty ones are left out.
        source: what it was made of; with the block, that tells it from all others.
    """
    digest = f"sha1:{b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()}"
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {source} {digest}')}>",
        **fields,
        "WARC-Block-Digest": digest,
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in lines.items() if value)
    packer = _packer()
    data = b"WARC/1.1\r\n%b\r\n%b\r\n\r\n" % (head.encode("utf-8", "replace"), block)
    return b"".join((packer.compress(data), packer.flush()))


def copy(record: Any, out: BinaryIO) -> None:
    """Write a record of fastwarc's to `out` as it is, packed."""
    member = _Member(out)
    record.write(member)
    out.write(member.packer.flush())


class _Member:
    """What fastwarc writes to."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.packer = _packer()

    def write(self, data: bytes) -> int:
        self._out.write(self.packer.compress(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back but by the packer."""


def _packer() -> Any:
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)  # gzip, which writes no time and no name here
