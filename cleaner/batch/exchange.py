"""Moving a file so that nothing else is lost by it: where something is there already, or in exchange for it.

The calls for it are the system's own; Python has none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from errno import EINVAL, ENOSYS, ENOTSUP
from functools import cache

_UNABLE = frozenset({EINVAL, ENOSYS, ENOTSUP})
"""What systems and file systems answer that do not know the call."""
_HERE = -100  # AT_FDCWD of Linux: names are relative to the current folder
_Call = Callable[[bytes, bytes, bool], int]


def exchange(one: str, other: str) -> bool:
    """Let two files change places, in one step; gives False where that cannot be done.

    Raises:
        OSError: one of them is not there, or must not be moved.
    """
    return _moved(one, other, True)


def move_new(path: str, place: str) -> None:
    """Move a file to a place where nothing is.

    Raises:
        FileExistsError: something is.
        OSError: it cannot be moved.
    """
    if _moved(path, place, False):
        return
    if os.name != "nt" and os.path.lexists(place):  # Windows refuses by itself
        raise FileExistsError(place)
    os.rename(path, place)


def _moved(path: str, place: str, swap: bool) -> bool:
    call = _system_call()
    if call is None:
        return False
    number = call(os.fsencode(path), os.fsencode(place), swap)
    if number and number not in _UNABLE:
        raise OSError(number, os.strerror(number), place)
    return not number


@cache
def _system_call() -> _Call | None:
    """What moves a file, with exchange or if nothing is there; it gives the number of the error, 0 for none."""
    try:
        import ctypes

        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            exclusive = library.renamex_np  # RENAME_SWAP is 2, RENAME_EXCL 4

            def call(path: bytes, place: bytes, swap: bool) -> int:
                return ctypes.get_errno() if exclusive(path, place, 2 if swap else 4) else 0

        else:
            renameat2 = library.renameat2  # RENAME_NOREPLACE is 1, RENAME_EXCHANGE 2

            def call(path: bytes, place: bytes, swap: bool) -> int:
                return ctypes.get_errno() if renameat2(_HERE, path, _HERE, place, 2 if swap else 1) else 0

    except (ImportError, OSError, AttributeError, TypeError):  # no ctypes, or a library without the call
        return None
    return call
