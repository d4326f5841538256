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

import ahocorasick

from cleaner._version import VERSION
from cleaner.errors import RuleError

try:  # hashlib also loads OpenSSL, which takes longer than everything else here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

LAYOUT = 1
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
    """The compiled rules of some folders.

    `automaton` finds keywords (its values are indices into `payload["keywords"]`); `payload` holds the rest.
    Both are read or compiled when first asked for.
    """

    def __init__(self, folders: Sequence[str] = ()) -> None:
        """The shipped rules and those of `folders`."""
        self.files = [(path, _read(path)) for folder in (shipped_rules(), *folders) for path in _rule_files(folder)]
        self.digest = _digest(self.files)
        self._automaton: Any = None
        self._payload: Payload | None = None

    @property
    def automaton(self) -> Any:
        if self._automaton is None:
            path = self._cached("automaton")
            if path and _intact(path):
                try:
                    self._automaton = ahocorasick.load(path, _no_objects)
                except (ValueError, OSError, TypeError):
                    self._automaton = None
            if self._automaton is None:
                self._compile()
        return self._automaton

    @property
    def payload(self) -> Payload:
        if self._payload is None:
            path = self._cached("rules")
            if path and _intact(path):
                try:
                    self._payload = marshal.loads(_read(path))
                except (ValueError, EOFError, TypeError, OSError):
                    self._payload = None
            if self._payload is None:
                self._compile()
        assert self._payload is not None
        return self._payload

    def _compile(self) -> None:
        from cleaner.rulebook.compile import compile_rules

        self._payload, self._automaton = compile_rules(self.files)
        for kind in ("automaton", "rules"):
            path = self._cached(kind)
            if not path:
                return
            try:
                os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
                draft = f"{path}.{os.getpid()}"
                if kind == "automaton":
                    self._automaton.save(draft)  # its values are numbers, so nothing is pickled
                else:
                    with open(draft, "wb") as file:
                        file.write(marshal.dumps(self._payload))
                with open(f"{draft}.sum", "wb") as file:
                    file.write(blake2b(_read(draft), digest_size=_SUM).digest())
                os.chmod(draft, 0o600)  # whatever the umask, or it would not be trusted
                os.replace(f"{draft}.sum", f"{path}.sum")
                os.replace(draft, path)
            except (OSError, ValueError):
                return  # no cache is no harm

    def _cached(self, kind: str) -> str | None:
        folder = cache_folder()
        return os.path.join(folder, f"{self.digest}.{kind}") if folder else None


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


def _intact(path: str) -> bool:
    """Whether the file is the user's own, closed to others' writing, and what its checksum says."""
    try:
        status = os.stat(path)
        if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
            return False
        return blake2b(_read(path), digest_size=_SUM).digest() == _read(f"{path}.sum")
    except OSError:
        return False


def _no_objects(_: object) -> object:
    raise ValueError("the automaton holds numbers only")
