"""Rules of other tools, from the user's own copy, as packs: each line of them is mapped, or left out with a reason.

A module a kind: it reads lines into `Taken`, and nothing else has to know of it.
"""

from __future__ import annotations

from cleaner.imports import easylist, ftr, miniflux, postlight
from cleaner.imports.taken import Taken

KINDS = {"ftr": ftr.take, "easylist": easylist.take, "miniflux": miniflux.take, "postlight": postlight.take}


def read_rules(kind: str, path: str) -> Taken:
    """The rules below a path.

    Raises:
        InputError: there are none of that kind, or they cannot be read.
    """
    return KINDS[kind](path)
