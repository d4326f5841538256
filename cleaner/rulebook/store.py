"""The compiled rules of some folders, made anew only where something changed.

Each rule file is read and checked once: its pack is kept under a digest of the file's content.  The packs of all files
are merged into a book, which is kept under a digest of all contents.  So nothing kept can ever be stale, and a start
reads four entries at most; see `cleaner.rulebook.cache`.  The shipped files are not even read where nothing about them
has changed: their digest is kept under their names, sizes and times, once these are old enough to tell.

This module is on the way of every start, so it imports nothing that is not needed to look a word up: the keywords are
in an entry of their own, and the rules are read only when one of them may match.
"""

from __future__ import annotations

import os
import time

from cleaner._version import VERSION
from cleaner.errors import RuleError
from cleaner.rulebook import cache
from cleaner.rulebook.keywords import Keywords

LAYOUT = 8
_MOST_BOOKS = 4
_SETTLED = 2.0
"""Seconds: a file that was written less long ago may be written once more without another time."""
_books: dict[str, dict[str, Any]] = {}
"""The parts of the books that were last asked for in this process, by their digests."""
TYPE_CHECKING = False  # typing is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from cleaner.model import Pack

    Payload = dict[str, Any]
    Files = Sequence[tuple[str, bytes]]
    """Rule files, as (path, content)."""
else:
    Payload, Files = dict, list


def shipped_rules() -> str:
    """The folder of the rules that come with the package."""
    here = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(os.path.dirname(here), "rules")
    if os.path.isdir(inside):
        return inside
    return os.path.join(os.path.dirname(os.path.dirname(here)), "rules")  # a checkout


def rule_files(folders: Iterable[str]) -> list[tuple[str, bytes]]:
    """The rule files in folders and below, in the order of their names; a file stands for itself.

    Raises:
        RuleError: there is no such file or folder.
        OSError: it cannot be read.
    """
    return [(path, _read(path)) for folder in folders for path in _paths(folder)]


class Store:
    """Compiled rules, each part read or made when first asked for."""

    def __init__(self, folders: Sequence[str] = ()) -> None:
        """The shipped rules and those of `folders`.

        Raises:
            RuleError: there is no such file or folder.  What is wrong in a file is told by what is asked for first.
        """
        self._take(_paths(shipped_rules()), rule_files(folders))

    @classmethod
    def of(cls, files: Files) -> Store:
        """The rules of just these files."""
        store = cls.__new__(cls)
        store._take((), files)
        return store

    def _take(self, shipped: Sequence[str], own: Files) -> None:
        self._shipped = shipped
        self._own = own
        self._files: Files | None = None
        self._name(_kept_digest(shipped) or self._read())

    def __getstate__(self) -> dict[str, Any]:
        """Where it is sent there may be no rule files."""
        return {**self.__dict__, "_files": self.files}

    def _read(self) -> str:
        """Read all files; the digest of the shipped ones."""
        stamp, settled = _stamp(self._shipped)
        shipped = [(path, _read(path)) for path in self._shipped]
        self._files = [*shipped, *self._own]
        digest = _digest(*(data for _, data in shipped))
        if shipped and settled and stamp == _stamp(self._shipped)[0]:
            cache.put({stamp: digest})
        return digest

    def _name(self, shipped: str) -> None:
        """Take the parts of the book that is made of shipped files with this digest and one's own."""
        self.digest = _digest(shipped.encode(), *(data for _, data in self._own))
        self._parts: dict[str, Any] = _books.setdefault(self.digest, {})
        while len(_books) > _MOST_BOOKS:
            _books.pop(next(iter(_books)))

    @property
    def files(self) -> Files:
        """All files, the shipped ones first."""
        if self._files is None:
            self._name(self._read())  # they may have changed since
            assert self._files is not None
        return self._files

    @property
    def keywords(self) -> Keywords:
        """What finds the keywords of the rules for text."""
        keywords: Keywords = self._part("keywords")
        return keywords

    @property
    def payload(self) -> Payload:
        """The rules for text, and all packs; see `cleaner.rulebook.compile`."""
        payload: Payload = self._part("rules")
        return payload

    @property
    def html(self) -> Payload:
        """The rules for HTML, which no text needs; see `cleaner.rulebook.compile`."""
        payload: Payload = self._part("html")
        return payload

    @property
    def paths(self) -> Mapping[str, str]:
        """Where the packs stand, by their names."""
        names = (name for name, *_ in self.payload["packs"])
        paths = (*self._shipped, *(path for path, _ in self._own))
        return {name: paths[number] for name, number in zip(names, self.payload["files"], strict=True)}

    def packs(self) -> tuple[Pack, ...]:
        """The packs as they were read, in the order of their names.

        Raises:
            RuleError: anything that is not exactly as the format says, with file and line.
        """
        entries: dict[str, Any] = {}
        packs = self._read_packs(entries)
        if entries:
            cache.put(entries)
        return packs

    def _part(self, kind: str) -> Any:
        if kind not in self._parts:
            part = cache.get(f"{self.digest}.{kind}")
            if part is None:
                cache.put(self.entries())
            else:
                self._parts[kind] = _opened(kind, part)
        return self._parts[kind]

    def entries(self) -> dict[str, Any]:
        """Make all parts, and give what is worth keeping: the values of entries for the cache, by their names.

        Raises:
            RuleError: see `packs`.
        """
        entries: dict[str, Any] = {}
        self._make(self._read_packs(entries), entries)
        return entries

    def packaged(self) -> dict[str, Any]:
        """What a wheel brings: the entries, and all patterns, compiled.

        Raises:
            RuleError: see `packs`.
        """
        from cleaner.rulebook import patterns

        entries: dict[str, Any] = {}
        packs = self._read_packs(entries)
        self._make(packs, entries)
        entries[patterns.ENTRY] = patterns.entry(packs)
        return entries

    def _make(self, packs: Sequence[Pack], entries: dict[str, Any]) -> None:
        """Make all parts of packs, and add them to the entries."""
        from cleaner.rulebook.compile import compile_html, compile_rules

        payload, keywords = compile_rules(packs)
        paths = (*self._shipped, *(path for path, _ in self._own))
        places = {path: number for number, path in enumerate(paths)}
        payload["files"] = [places[pack.path] for pack in packs]
        for kind, part in (("keywords", keywords), ("rules", payload), ("html", compile_html(packs))):
            entries[f"{self.digest}.{kind}"] = part
            self._parts[kind] = _opened(kind, part)

    def _read_packs(self, entries: dict[str, Any]) -> tuple[Pack, ...]:
        """The packs; `entries` gets those that were not in the cache."""
        from cleaner.rulebook.load import in_order, load_pack
        from cleaner.rulebook.plain import pack_of, plain_pack

        packs: list[Pack] = []
        shipped, own = self.files[: len(self._shipped)], self._own
        for path, data in (*own, *shipped):  # a fault is in one's own
            name = f"{_digest(data)}.pack"
            values = cache.get(name)
            if values is None:
                # The patterns of the shipped rules were checked before they were shipped, by `rules lint`.
                pack = load_pack(path, data, check=len(packs) < len(own))
                entries[name] = plain_pack(pack)
            else:
                pack = pack_of(values, path)
            packs.append(pack)
        return in_order(packs)


def _opened(kind: str, part: Any) -> Any:
    return Keywords(part) if kind == "keywords" else part


def _paths(folder: str) -> list[str]:
    if os.path.isfile(folder):
        return [folder]
    if not os.path.isdir(folder):
        raise RuleError("no such file or folder of rules", folder)
    found: list[str] = []
    for where, folders, names in os.walk(folder):
        folders.sort()
        found += (os.path.join(where, name) for name in sorted(names) if name.endswith((".yaml", ".yml")))
    return found


def _stamp(paths: Sequence[str]) -> tuple[str, bool]:
    """The name under which the digest of files is kept, made of what is known without reading them; whether that tells
    one content from the next."""
    found = [(path, os.stat(path)) for path in paths]
    lines = (f"{path}\0{status.st_size}\0{status.st_mtime_ns}" for path, status in found)
    newest = max((status.st_mtime for _, status in found), default=0.0)
    return f"{_digest(*(line.encode() for line in lines))}.stamp", time.time() - newest > _SETTLED


def _kept_digest(paths: Sequence[str]) -> str:
    """The digest of files that have not changed since it was made; empty if it is not known."""
    kept = cache.get(_stamp(paths)[0]) if paths else None
    return kept if isinstance(kept, str) else ""


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _digest(*contents: bytes) -> str:
    return cache.digest(f"{LAYOUT} {VERSION}".encode(), *contents)
