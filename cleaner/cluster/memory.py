"""What a destination remembers, in files beside its output, so that it can lie anywhere and many can write to it.

All is in ``.cleaner/cluster``: of each input file the folder ``KEY/`` with its clean parts as long as it is worked on,
and then the marker ``KEY.done`` or ``KEY.failed``, or ``KEY.lines`` with the lines that were counted; ``run.json`` says
when the last run was.  A key names the input, its version and the way it is cleaned, so nothing there can be out of
date; a file without a marker is not done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from uuid import uuid4

from cleaner.batch.spool import joined, parted
from cleaner.batch.walk import STATE_FOLDER
from cleaner.cluster.files import Files, Listed
from cleaner.cluster.job import PART_BYTES, PART_DOCUMENTS
from cleaner.draft import SUFFIX, sweep
from cleaner.isolation.problem import Problem

FOLDER = f"{STATE_FOLDER}/cluster"
MARKERS = (".done", ".failed")
_RUN = "run.json"
_TRIES = 3

Notes = Sequence[tuple[str, Problem]]
"""What there is to tell of documents, with their names."""


def key_of(name: str, version: str, fingerprint: str) -> str:
    """The key of a file; what stands before the dash is the same for all its versions."""
    parts = (PART_DOCUMENTS, PART_BYTES)
    return f"{_digest(name)}-{_digest(json.dumps([version, fingerprint, parts]))}"


@dataclass(slots=True)
class Known:
    """What is remembered of one key: its marker (`done`, `failed`, `lines` or nothing), and the parts that are done."""

    marker: str = ""
    parts: list[tuple[int, int]] = field(default_factory=list)


class AllKnown:
    """What is remembered of all keys."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._keys: dict[str, Known] = {}
        self._versions: dict[str, list[str]] = {}
        for path in paths:
            key, slash, rest = path.partition("/")
            key, _, marker = key.partition(".")
            known = self._of(key)
            if not slash:
                known.marker = marker
            elif rest.endswith(".part"):
                first, _, count = rest.removesuffix(".part").partition("-")
                known.parts.append((int(first), int(count)))

    def settled(self) -> set[str]:
        """The keys with a marker."""
        return {key for key, known in self._keys.items() if known.marker}

    def of(self, key: str) -> Known:
        """What is remembered of a key."""
        return self._keys.get(key, Known())

    def versions(self, key: str) -> tuple[str, ...]:
        """All that is remembered of a file, whatever its version: what is stale once that with the key is done."""
        names = []
        for one in self._versions.get(_id(key), ()):
            marker = self._keys[one].marker
            names += [one, f"{one}.{marker}"] if marker else [one]
        return tuple(names)

    def _of(self, key: str) -> Known:
        if key not in self._keys:
            self._keys[key] = Known()
            self._versions.setdefault(_id(key), []).append(key)
        return self._keys[key]


class Memory:
    """The memory of a destination."""

    def __init__(self, dest: Files) -> None:
        self._dest = dest

    def known(self) -> AllKnown:
        """All that is remembered."""
        return AllKnown(path for path, _, _ in self._listed())

    def facts(self) -> list[dict[str, Any]]:
        """What all markers say, in the order of the files' names."""
        markers = (path for path, _, _ in self._listed() if path.endswith(MARKERS))
        found = [json.loads(self._dest.read(f"{FOLDER}/{path}")) for path in markers]
        return sorted(found, key=lambda one: str(one["source"]))

    def last_run(self) -> tuple[str, str | None, str] | None:
        """When the last run began and ended, and its level; None if there was none."""
        if not any(path == _RUN for path, _, _ in self._listed()):
            return None
        run = json.loads(self._dest.read(f"{FOLDER}/{_RUN}"))
        return run["started"], run["finished"], run["level"]

    def put_run(self, started: str, finished: str | None, level: str) -> None:
        """Remember when a run began, or ended."""
        facts = {"started": started, "finished": finished, "level": level}
        self._dest.write(f"{FOLDER}/{_RUN}", json.dumps(facts).encode())

    def may_try(self, key: str, what: str, run: str) -> bool:
        """Whether something may be begun; after three times in one run, which it must have sunk, it may not.

        Ray does again whatever has died, for ever.
        """
        folder = f"{FOLDER}/{key}/tries-{what}-{run}"
        if len(self._dest.listed(folder)) >= _TRIES:
            return False
        self._dest.write(f"{folder}/{uuid4().hex}", b"")
        return True

    def put_part(self, key: str, first: int, count: int, content: Sequence[bytes]) -> None:
        """Remember what came of so many documents, the first of which has this number."""
        self._dest.write(f"{FOLDER}/{key}/{first:012}-{count}.part", joined(content))

    def parts(self, key: str) -> Iterator[list[bytes]]:
        """What came of all parts, in order."""
        for path, _, _ in self._dest.listed(f"{FOLDER}/{key}"):
            if path.endswith(".part"):
                yield parted(self._dest.read(path))

    def settle(self, key: str, marker: str, facts: dict[str, Any], notes: Notes, stale: Sequence[str]) -> None:
        """A file is done or has failed; what was remembered on the way, and of its earlier versions, is forgotten."""
        content = json.dumps({**facts, "notes": plain_notes(notes)}, ensure_ascii=True)
        self.put_marker(key, marker, content.encode(), stale)

    def put_marker(self, key: str, marker: str, content: bytes, stale: Sequence[str]) -> None:
        """Remember what came of a file, and forget the rest."""
        self._dest.write(f"{FOLDER}/{key}.{marker}", content, token=key)
        for name in (key, *stale):
            if name != f"{key}.{marker}":
                self._dest.remove(f"{FOLDER}/{name}")

    def marker(self, key: str, marker: str) -> bytes:
        """What is remembered of a file."""
        return self._dest.read(f"{FOLDER}/{key}.{marker}")

    def sweep(self) -> None:
        """Remove the drafts that killed processes left of files with a marker, which nobody needs any more.

        Whoever still writes one, for a driver that is dead, would write what is there.
        """
        if self._dest.is_local:  # elsewhere nothing is written beside its place
            sweep(self._dest.path(), self.known().settled())

    def _listed(self) -> Iterator[Listed]:
        for path, size, stamp in self._dest.listed(FOLDER):
            name = path.removeprefix(f"{FOLDER}/")
            if not name.endswith(SUFFIX):
                yield name, size, stamp


def notes_of(facts: dict[str, Any]) -> Notes:
    """What a marker or the head of a part has to tell."""
    return [(name, Problem(code, text)) for name, code, text in facts["notes"]]


def plain_notes(notes: Notes) -> list[tuple[str, str, str]]:
    """Notes as JSON has them."""
    return [(name, problem.code, problem.text) for name, problem in notes]


def _id(key: str) -> str:
    return key.partition("-")[0]


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
