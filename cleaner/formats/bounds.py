"""How much a file may unpack to, so that no small one fills a disk."""

from __future__ import annotations

import os
from collections.abc import Iterator

from cleaner.formats.container import Container, Piece
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import DocumentError

RATIO = 200
"""Pages and texts shrink to a tenth, logs to a fiftieth; what shrinks to less than this part is made to do harm."""
LITTLE = 16_000_000
"""Bytes that are no harm, whatever they were packed to."""
MOST = 1_000_000_000_000
"""Bytes beyond which even a large file does not unpack unasked."""


class Allowance:
    """What a container may still unpack to.

    Args:
        size: of the container, in bytes.
        limit: bytes, if somebody said so; None: by the size.
    """

    def __init__(self, size: int, limit: int | None) -> None:
        self._size = size
        self._whole = self._left = min(MOST, max(LITTLE, RATIO * size)) if limit is None else limit

    def take(self, size: int) -> None:
        """So many bytes more.

        Raises:
            DocumentError: `oversized`, they are too many; nothing of the container is to be written then.
        """
        self._left -= size
        if self._left < 0:
            raise DocumentError(
                "oversized",
                f"it has {self._size:,} bytes and unpacks to more than {self._whole:,}: do not trust it, or allow more "
                "with --max-unpacked",
            )


def allowance(path: str, cleaning: Cleaning) -> Allowance:
    """What the container at `path` may unpack to.

    Raises:
        OSError: it is not there.
    """
    return Allowance(os.path.getsize(path), cleaning.max_unpacked)


def bounded_pieces(container: Container, path: str, cleaning: Cleaning) -> Iterator[Piece]:
    """The documents in a container as `Container.pieces` gives them, as long as they are not too much.

    Raises:
        DocumentError: `oversized`, or as `Container.pieces`.
        OSError: as `Container.pieces`.
    """
    left = allowance(path, cleaning)
    for piece in container.pieces(path, cleaning):
        left.take(len(piece.data))
        yield piece
