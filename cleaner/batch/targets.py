"""Names of outputs, where two inputs may want the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import count

from cleaner.batch.cleaning import Cleaning
from cleaner.batch.kinds import target_of
from cleaner.batch.walk import Found, PassedOver


def targets(found: Iterable[Found | PassedOver], cleaning: Cleaning) -> Iterator[tuple[Found | PassedOver, str]]:
    """Each file of some whole folders with the name of its output, below the destination.

    Where two would get the same one, that which is called so already has it, and the other keeps its old ending:
    of ``a.md`` and ``a.html`` the latter becomes ``a.html.md``.
    """
    listed = [(one, "" if isinstance(one, PassedOver) else target_of(one.name, one.kind, cleaning)) for one in found]
    own = {os.path.join(one.folder, one.name) for one, name in listed if isinstance(one, Found) and name == one.name}
    for one, name in listed:
        if isinstance(one, PassedOver):
            yield one, ""
            continue
        target = os.path.join(one.folder, name)
        if target in own and name != one.name:
            target = os.path.join(one.folder, one.name + os.path.splitext(name)[1])
        yield one, target


def numbered(target: str) -> Iterator[str]:
    """`target`, and then with a number behind its name, for where it is taken."""
    yield target
    stem, suffix = os.path.splitext(target)
    yield from (f"{stem} {number}{suffix}" for number in count(2))
