"""The compiled rules of some folders, made anew only where something changed.

Each rule file is read and checked once: its pack is kept under a digest of the file's content.  The packs of all files
are merged into a book, which is kept under a digest of all contents.  So nothing kept can ever be stale, and a start
reads three entries at most; see `cleaner.rulebook.cache`.

This module is on the way of every start, so it imports nothing that is not needed to look a word up: the keywords are
in an entry of their own, and the rules are read only when one of them may match.
"""

from __future__ import annotations

import os

from cleaner._version import VERSION
from cleaner.errors import RuleError
from cleaner.rulebook import cache
from cleaner.rulebook.keywords import Keywords

LAYOUT = 7
_MOST_BOOKS = 4
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
        shipped = rule_files([shipped_rules()])
        self._take([*shipped, *rule_files(folders)], len(shipped))

    @classmethod
    def of(cls, files: Files) -> Store:
        """The rules of just these files."""
        store = cls.__new__(cls)
        store._take(files, 0)
        return store

    def _take(self, files: Files, shipped: int) -> None:
        self.files = files
        self._shipped = shipped
        self.digest = _digest(*(data for _, data in files))
        self._parts: dict[str, Any] = _books.setdefault(self.digest, {})
        while len(_books) > _MOST_BOOKS:
            _books.pop(next(iter(_books)))

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
        return {name: self.files[number][0] for name, number in zip(names, self.payload["files"], strict=True)}

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
        from cleaner.rulebook.compile import compile_html, compile_rules

        entries: dict[str, Any] = {}
        packs = self._read_packs(entries)
        payload, drawers = compile_rules(packs)
        places = {path: number for number, (path, _) in enumerate(self.files)}
        payload["files"] = [places[pack.path] for pack in packs]
        for kind, part in (("keywords", drawers), ("rules", payload), ("html", compile_html(packs))):
            entries[f"{self.digest}.{kind}"] = part
            self._parts[kind] = _opened(kind, part)
        return entries

    def _read_packs(self, entries: dict[str, Any]) -> tuple[Pack, ...]:
        """The packs; `entries` gets those that were not in the cache."""
        from cleaner.rulebook.load import in_order, load_pack
        from cleaner.rulebook.plain import pack_of, plain_pack

        packs: list[Pack] = []
        shipped, own = self.files[: self._shipped], self.files[self._shipped :]
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


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _digest(*contents: bytes) -> str:
    return cache.digest(f"{LAYOUT} {VERSION}".encode(), *contents)
