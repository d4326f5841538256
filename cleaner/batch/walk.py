"""Finding the files of a run, in an order that does not change."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase

from cleaner.batch.found import Found, Kind, PassedOver, kind_of
from cleaner.batch.options import BatchOptions
from cleaner.isolation.problem import DocumentError, Problem

STATE_FOLDER = ".cleaner"
"""Where a run keeps what it remembers; never looked into."""


def walk(options: BatchOptions, paths: Sequence[str] | None = None) -> Iterator[list[Found | PassedOver]]:
    """All files below the sources, folder by folder; or only those at or below some paths in the first source.

    Symbolic links to files are followed if they stay below their source; links to folders never are, so there are no
    loops, and nothing is cleaned twice.

    Raises:
        DocumentError: a source is not there.
    """
    if paths is not None:
        yield from _Walk(options, options.sources[0], "").some(paths)
        return
    several = len(options.sources) > 1
    for source in options.sources:
        if os.path.isdir(source):
            top = os.path.basename(os.path.abspath(source)) if several else ""
            yield from _Walk(options, source, top).folders()
        else:
            yield [_named(source)]


def found_at(path: str, options: BatchOptions, *, shown: str, size: int) -> Found | None:
    """The file at a path below a source that is no folder of this machine; None if the options leave it out."""
    parts = path.split("/")
    if any(_is_left_out(options, part, "/".join(parts[: depth + 1])) for depth, part in enumerate(parts)):
        return None
    kind = _wanted(options, parts[-1], path)
    return None if kind is None else Found(path, "/".join(parts[:-1]), parts[-1], shown, kind, size, 0)


def _named(source: str) -> Found | PassedOver:
    """A file that somebody named; whatever its name, it is meant to be cleaned."""
    try:
        facts = os.stat(source)
    except (OSError, ValueError) as error:
        raise DocumentError("unreadable", f"{source}: {_reason(error)}; check the name") from None
    kind = kind_of(source)
    name = os.path.basename(source)
    return Found(source, "", name, source, "text" if kind == "other" else kind, facts.st_size, facts.st_mtime_ns)


class _Walk:
    def __init__(self, options: BatchOptions, source: str, top: str) -> None:
        self._options = options
        self._source = source
        self._real = os.path.realpath(source)
        self._top = top
        own = (options.dest, None if options.reports_in_one else options.report)
        self._own = {os.path.realpath(folder) for folder in own if folder is not None} - {self._real}
        self._report = os.path.realpath(options.report) if options.report and options.reports_in_one else None

    def some(self, paths: Sequence[str]) -> Iterator[list[Found | PassedOver]]:
        """What is at or below some paths."""
        names: dict[str, set[str]] = {}
        for path in paths:
            below = os.path.relpath(path, self._source)
            parts = [] if below == os.curdir else below.split(os.sep)
            if os.pardir not in parts and not any(
                _is_left_out(self._options, part, os.path.join(*parts[: depth + 1])) for depth, part in enumerate(parts)
            ):
                names.setdefault(os.path.join("", *parts[:-1]), set()).update(parts[-1:])
        for folder, wanted in sorted(names.items()):
            yield from self.folders(folder, wanted)

    def folders(self, start: str = "", names: Collection[str] = ()) -> Iterator[list[Found | PassedOver]]:
        """All files in a folder and below, by their path below the source; in that folder only `names`, if any."""
        waiting = [start]
        while waiting:
            below = waiting.pop()
            found: list[Found | PassedOver] = []
            inner = []
            for entry in self._entries(below, found):
                if names and below == start and entry.name not in names:
                    continue
                path = os.path.join(below, entry.name)
                if _is_left_out(self._options, entry.name, path):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if os.path.realpath(entry.path) not in self._own:
                        inner.append(path)
                    continue
                one = self._file(entry, below, path)
                if one is not None:
                    found.append(one)
            waiting += reversed(inner)
            if found:
                yield found

    def _entries(self, below: str, found: list[Found | PassedOver]) -> Sequence[os.DirEntry[str]]:
        folder = os.path.join(self._source, below)
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            found.append(PassedOver(folder, Problem("unreadable", f"the folder cannot be read: {_reason(error)}")))
            return ()

    def _file(self, entry: os.DirEntry[str], below: str, path: str) -> Found | PassedOver | None:
        kind = _wanted(self._options, entry.name, path)
        if kind is None:
            return None
        try:
            if entry.is_symlink() and (fault := self._fault(entry)):
                return PassedOver(entry.path, Problem("link", fault))
            if not entry.is_file() or (self._report is not None and os.path.realpath(entry.path) == self._report):
                return None
            facts = entry.stat()
        except OSError as error:
            return PassedOver(entry.path, Problem("unreadable", _reason(error)))
        folder = os.path.join(self._top, below)
        return Found(entry.path, folder, entry.name, entry.path, kind, facts.st_size, facts.st_mtime_ns)

    def _fault(self, link: os.DirEntry[str]) -> str:
        """Why a link is not followed; empty if it is."""
        real = os.path.realpath(link.path)
        if not os.path.exists(real):
            return "the link leads nowhere"
        if os.path.commonpath([self._real, real]) != self._real:
            return "the link leads out of the folder; name its target as a source of its own if you want it clean"
        if self._options.in_place or os.path.isdir(real):
            return "the link is not followed; what it leads to is cleaned where it is"
        return ""


def _is_left_out(options: BatchOptions, name: str, path: str) -> bool:
    """Whether a file or folder is not to be looked at."""
    if name == STATE_FOLDER or (name.startswith(".") and not options.hidden):
        return True
    return any(_fits(glob, name, path) for glob in options.exclude)


def _wanted(options: BatchOptions, name: str, path: str) -> Kind | None:
    """What a file is taken for; None if it is not among those that are asked for."""
    included = any(_fits(glob, name, path) for glob in options.include)
    if options.include and not included:
        return None
    kind = kind_of(name)
    return "text" if kind == "other" and included else kind


def _fits(glob: str, name: str, path: str) -> bool:
    return fnmatchcase(path.replace(os.sep, "/") if "/" in glob else name, glob.removesuffix("/"))


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return error.strerror or str(error) if isinstance(error, OSError) else "no file name; a name holds no NUL"
