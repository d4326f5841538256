"""What is to be done: the files of the source, compared with what the destination remembers."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from cleaner.batch.found import Found, PassedOver, kind_of, numbered, targets
from cleaner.batch.options import BatchOptions
from cleaner.batch.plan import Planned
from cleaner.batch.walk import found_at, walk
from cleaner.cluster.files import Files
from cleaner.cluster.job import ClusterOptions, Source
from cleaner.cluster.memory import FOLDER, AllKnown, Memory, key_of
from cleaner.formats import container_of
from cleaner.isolation.problem import DocumentError, Problem

Note = Callable[[str, Problem], None]
"""Tells of a file."""


@dataclass(slots=True)
class Plan:
    """The files that are to be cleaned, and how many others there are."""

    sources: list[Source] = field(default_factory=list)
    planned: Planned = field(default_factory=Planned)


def plan_counting(options: ClusterOptions, marker: str) -> tuple[list[Source], list[str]]:
    """The files whose lines are to be counted, and the keys of all files, in order.

    Args:
        marker: of those that have been counted.
    """
    known = Memory(Files(options.dest)).known()
    fingerprint = replace(options.cleaning, line_counts=None).fingerprint()
    sources, keys = [], []
    for found, version in _found(options):
        if isinstance(found, PassedOver) or found.kind != "container":
            continue
        key = key_of(f"{marker} {_name(found)}", f"{found.size} {version}", fingerprint)
        keys.append(key)
        if known.of(key).marker != marker:
            sources.append(_source(options, found, key, known))
    return sources, keys


def plan(options: ClusterOptions, note: Note) -> Plan:
    """Compare the files that are there with what is known of them.

    Raises:
        DocumentError: the source is not there, or its address means nothing.
        OSError: it, or the destination, cannot be read.
    """
    return _Planner(options, note).plan()


class _Planner:
    def __init__(self, options: ClusterOptions, note: Note) -> None:
        self._options = options
        self._note = note
        self._fingerprint = options.cleaning.fingerprint()
        dest = Files(options.dest)
        self._known = Memory(dest).known()
        self._there = {path for path, _, _ in dest.listed() if not path.startswith(FOLDER)}
        self._taken: set[str] = set()
        self._plan = Plan()

    def plan(self) -> Plan:
        found = list(_found(self._options))
        named = targets((one for one, _ in found), self._options.cleaning)
        for (one, target), (_, version) in zip(named, found, strict=True):
            if isinstance(one, PassedOver):
                self._note(one.shown, one.problem)
            elif one.kind == "container":
                self._file(one, version, target)
            else:
                self._plan.planned.others += 1
        return self._plan

    def _file(self, found: Found, version: str, wanted: str) -> None:
        target = next(one for one in numbered(wanted) if one not in self._taken)
        self._taken.add(target)
        if target != wanted:
            self._note(found.shown, Problem("renamed", f"{wanted!r} is taken; it becomes {target!r}"))
        key = key_of(_name(found), f"{found.size} {version}", self._fingerprint)
        marker = self._known.of(key).marker
        if target in self._there and not self._known.versions(key) and not self._options.overwrite:
            text = f"{target!r} is there and was not written by cleaner; choose another folder, or --overwrite it"
            self._note(found.shown, Problem("unwritable", text))
        elif marker == "failed" and not self._options.retry_failed:
            self._plan.planned.failed += 1
        elif marker == "done" and target in self._there:
            self._plan.planned.current += 1
        else:
            self._plan.sources.append(_source(self._options, found, key, self._known, target=target))


def _name(found: Found) -> str:
    return posixpath.join(found.folder, found.name)


def _source(options: ClusterOptions, found: Found, key: str, known: AllKnown, *, target: str = "") -> Source:
    container = container_of(found.name)
    assert container is not None  # by its kind
    one = known.of(key)
    return Source(
        name="" if found.path == Files(options.source).path() else _name(found),
        shown=found.shown,
        container=container.name,
        target=target,
        key=key,
        size=found.size,
        parts=() if one.marker else tuple(sorted(one.parts)),
        stale=known.versions(key),
    )


def _found(options: ClusterOptions) -> Iterator[tuple[Found | PassedOver, str]]:
    """All files, with what changes when they do."""
    files = Files(options.source)
    walking = BatchOptions(
        sources=(files.path() if files.is_local else options.source,),
        dest=options.dest,
        include=options.include,
        exclude=options.exclude,
        hidden=options.hidden,
    )
    if files.is_local:
        for folder in walk(walking):
            yield from ((one, str(one.mtime) if isinstance(one, Found) else "") for one in folder)
    elif files.is_file():
        ((_, size, stamp),) = files.listed() or [("", 0, "")]
        name = posixpath.basename(files.path())
        yield Found(files.path(), "", name, str(files), kind_of(name), size, 0), stamp
    elif files.is_folder():
        for path, size, stamp in files.listed():
            one = found_at(path, walking, shown=f"{str(files).rstrip('/')}/{path}", size=size)
            if one is not None:
                yield one, stamp
    else:
        raise DocumentError("unreadable", f"{files}: no such file or folder; check the name")
