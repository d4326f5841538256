"""Files as they are found: of which kind, and what their outputs are called."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

from cleaner.formats import container_of
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import Problem
from cleaner.options import FORMS
from cleaner.read.sniff import PAGES, TEXTS

Kind = Literal["text", "page", "container", "other"]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be cleaned, or copied.

    Attributes:
        path: as the system needs it; names that are no text are in Python's surrogate escapes.
        folder, name: of the output, below the destination; of `name` the end may still change.
        shown: its name for people: as it was asked for.
        size, mtime: in bytes, and in nanoseconds.
    """

    path: str
    folder: str
    name: str
    shown: str
    kind: Kind
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What was found and cannot be gone into."""

    shown: str
    problem: Problem


def kind_of(name: str) -> Kind:
    """The kind of a file, by its name alone."""
    if container_of(name):
        return "container"
    suffix = os.path.splitext(name)[1].lower()
    return "text" if suffix in TEXTS else "page" if suffix in PAGES else "other"


def target_of(name: str, kind: Kind, cleaning: Cleaning) -> str:
    """The file name of what an input called `name` becomes."""
    if kind == "page":
        return os.path.splitext(name)[0] + FORMS[cleaning.to].suffix
    container = container_of(name) if kind == "container" else None
    if container is None:
        return name
    if cleaning.records == "same":
        return container.target(name)
    stem = name[: -len(next(s for s in container.suffixes if name.lower().endswith(s)))]
    return stem if cleaning.records == "files" else f"{stem}.jsonl"


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
