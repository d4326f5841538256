"""What was read of rules of another tool, and what became of each line."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cleaner.errors import InputError
from cleaner.tools.drafts import PackDraft, file_name

MAX_BYTES = 50_000_000


class Refused(ValueError):
    """Why a line is left out, in a few words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a part of one that is a rule of its own.

    Attributes:
        became: what it was mapped to; empty: it was left out.
        reason: why.
    """

    source: str
    number: int
    text: str
    became: str = ""
    reason: str = ""


@dataclass(slots=True)
class Taken:
    """All that was read.

    Attributes:
        sources: how many files.
        packs: what became of it.
    """

    sources: int = 0
    lines: list[Line] = field(default_factory=list)
    packs: list[PackDraft] = field(default_factory=list)

    def note(self, source: str, number: int, text: str, mapping: Callable[[], str]) -> None:
        """Map a line: `mapping` does it and says what became of it, or raises why it is left out."""
        try:
            self.lines.append(Line(source, number, text, mapping()))
        except Refused as refused:
            self.leave_out(source, number, text, str(refused))

    def leave_out(self, source: str, number: int, text: str, reason: str) -> None:
        """Note a line that is left out."""
        self.lines.append(Line(source, number, text, reason=reason))

    @property
    def read(self) -> int:
        """How many lines say something."""
        return len(self.lines)

    @property
    def mapped(self) -> int:
        """How many became something."""
        return sum(bool(line.became) for line in self.lines)

    @property
    def left_out(self) -> int:
        """How many did not."""
        return self.read - self.mapped

    @property
    def rules(self) -> int:
        """How many rules they became."""
        return sum(len(pack.rules) + len(pack.keep) for pack in self.packs)

    def files(self) -> Iterator[tuple[str, str]]:
        """The files of the packs: name and content."""
        for pack in self.packs:
            yield file_name(pack.name), pack.text()

    def rows(self) -> Iterator[str]:
        """What became of each line, for a file."""
        for line in self.lines:
            fate = f"mapped\t{line.became}" if line.became else f"left out\t{line.reason}"
            yield f"{line.source}:{line.number}\t{fate}\t{' '.join(line.text.split())}"

    def reasons(self) -> list[tuple[str, int]]:
        """How many lines became what, or were left out for what reason, the commonest first."""
        counts = Counter(line.became or f"left out: {line.reason}" for line in self.lines)
        return sorted(counts.items(), key=lambda pair: (pair[0].startswith("left out"), -pair[1], pair[0]))


def files_in(path: str, suffixes: tuple[str, ...], what: str) -> list[tuple[str, str]]:
    """The files at or below a path whose names end so: their names below it, and their texts.

    Raises:
        InputError: there is no such path, nothing in it, or it cannot be read.
    """
    if os.path.isfile(path):
        return [(os.path.basename(path), _text(path))]
    if not os.path.isdir(path):
        raise InputError(f"{path}: no such file or folder; name your copy of {what}")
    found: list[tuple[str, str]] = []
    for where, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(suffixes):
                whole = os.path.join(where, name)
                found.append((os.path.relpath(whole, path), _text(whole)))
    if not found:
        raise InputError(f"{path}: no files of {what} in it (*{', *'.join(suffixes)})")
    return found


def _text(path: str) -> str:
    try:
        if os.path.getsize(path) > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB")
        with open(path, "rb") as stream:
            return stream.read().decode("utf-8-sig", "replace")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
