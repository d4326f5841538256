"""The compiled rules, and the cache they are kept in between runs.

This module is on the way of every start, so it imports nothing that is not needed to look a word up: the automaton
that finds keywords is in a file of its own, and the rules are read only when one of them may match.

A cache entry is named by a digest over the content of all rule files, the version of this package and of Python, so
it can never be stale; it is used only if it belongs to the user and its checksum holds, and written atomically.
"""

from __future__ import annotations

import marshal
import os
import sys

from cleaner._version import VERSION
from cleaner.errors import RuleError

try:  # hashlib also loads OpenSSL, which takes longer than everything else here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

LAYOUT = 3
GRAM = 4
"""Characters of a keyword that are enough to rule it out."""
_SUM = 16
TYPE_CHECKING = False  # typing is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    Payload = dict[str, Any]
else:
    Payload = dict


def shipped_rules() -> str:
    """The folder of the rules that come with the package."""
    here = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(os.path.dirname(here), "rules")
    if os.path.isdir(inside):
        return inside
    return os.path.join(os.path.dirname(os.path.dirname(here)), "rules")  # a checkout


class Store:
    """The compiled rules of some folders, each part read or compiled when first asked for."""

    def __init__(self, folders: Sequence[str] = ()) -> None:
        """The shipped rules and those of `folders`."""
        self.files = [(path, _read(path)) for folder in (shipped_rules(), *folders) for path in _rule_files(folder)]
        self.digest = _digest(self.files)
        self._parts: dict[str, Any] = {}

    @property
    def grams(self) -> frozenset[str]:
        """The first `GRAM` characters of all keywords: a text without any of them holds no keyword."""
        grams: frozenset[str] = self._part("grams")
        return grams

    @property
    def automaton(self) -> Any:
        """Finds keywords; its values are indices into `payload["keywords"]`."""
        return self._part("automaton")

    @property
    def payload(self) -> Payload:
        """All else; see `cleaner.rulebook.compile`."""
        payload: Payload = self._part("rules")
        return payload

    @property
    def html(self) -> Payload:
        """The rules for HTML, which no text needs; see `cleaner.rulebook.compile`."""
        payload: Payload = self._part("html")
        return payload

    def _part(self, kind: str) -> Any:
        if kind not in self._parts:
            body = self._cached(kind)
            if body is None:
                self._compile()
            else:
                self._parts[kind] = _loads(kind, body)
        return self._parts[kind]

    def _compile(self) -> None:
        from cleaner.rulebook.compile import compile_html, compile_rules
        from cleaner.rulebook.load import load_packs

        packs = load_packs(self.files)
        payload, automaton = compile_rules(packs)
        grams = frozenset(keyword[:GRAM] for keyword in automaton)
        self._parts = {"rules": payload, "automaton": automaton, "grams": grams, "html": compile_html(packs)}
        for kind, part in self._parts.items():
            path = self._path(kind)
            if not path:
                return
            try:
                os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
                draft = f"{path}.{os.getpid()}"
                body = _dumps(kind, part)
                with open(draft, "wb") as file:
                    file.write(blake2b(body, digest_size=_SUM).digest() + body)
                os.chmod(draft, 0o600)  # whatever the umask, or it would not be trusted
                os.replace(draft, path)
            except (OSError, ValueError):
                return  # no cache is no harm

    def _path(self, kind: str) -> str | None:
        folder = cache_folder()
        return os.path.join(folder, f"{self.digest}.{kind}") if folder else None

    def _cached(self, kind: str) -> bytes | None:
        """A part from the cache: the user's own file, closed to others' writing, and what its checksum says."""
        path = self._path(kind)
        if not path:
            return None
        try:
            status = os.stat(path)
            if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
                return None
            data = _read(path)
        except OSError:
            return None
        body = data[_SUM:]
        return body if blake2b(body, digest_size=_SUM).digest() == data[:_SUM] else None


def _dumps(kind: str, part: Any) -> bytes:
    if kind != "automaton":
        return marshal.dumps(part)
    import pickle

    return pickle.dumps(part)


def _loads(kind: str, body: bytes) -> Any:
    if kind != "automaton":
        return marshal.loads(body)
    import pickle  # reads an automaton three times as fast as its own format; the file is the user's own

    return pickle.loads(body)


def cache_folder() -> str | None:
    """Where compiled rules are kept: `CLEANER_CACHE` if set (`off` for nowhere), else the user's cache folder."""
    chosen = os.environ.get("CLEANER_CACHE")
    if chosen:
        return None if chosen == "off" else chosen
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "clipping-cleaner") if os.path.isabs(base) else None


def _rule_files(folder: str) -> list[str]:
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


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    total = blake2b(f"{LAYOUT} {VERSION} {sys.implementation.cache_tag}".encode(), digest_size=_SUM)
    for path, data in files:
        total.update(f"\0{path}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        total.update(data)
    return total.hexdigest()
