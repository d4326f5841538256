"""Why a document was set aside, or what else somebody should know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cleaner.errors import InputError, TimeLimitError, internal

Code = Literal[
    "timeout",
    "memory",
    "crash",
    "unreadable",
    "vanished",
    "unsupported",
    "broken",
    "oversized",
    "unwritable",
    "missing",
    "internal",
    "warning",
    "renamed",
    "link",
    "other",
    "spared",
    "edited",
]

MEANING: dict[Code, str] = {
    "timeout": "it took longer than --max-seconds allows",
    "memory": "it needed more memory than --max-memory allows",
    "crash": "the process that cleaned it died",
    "unreadable": "it cannot be read",
    "vanished": "it is no longer what it was when the run began",
    "unsupported": "it is of a kind that cannot be cleaned",
    "broken": "it is damaged, or not what its name says",
    "oversized": "it unpacks to more than --max-unpacked allows",
    "unwritable": "the result cannot be written",
    "missing": "it needs a package that is not installed",
    "internal": "an error of cleaner itself",
    "warning": "it is clean, with a warning",
    "renamed": "it is clean, under another name, since two files would have had the same one",
    "link": "a link that was not followed",
    "other": "it holds nothing to be cleaned",
    "edited": "what was made of it has been changed by somebody since, and stays",
    "spared": "it stays as it is, since what would go could not be taken out safely",
}

HARMLESS: frozenset[Code] = frozenset({"warning", "renamed", "link", "other", "spared", "edited"})
"""What is told and is no failure."""

PASSING: frozenset[Code] = frozenset({"unreadable", "vanished", "unwritable", "missing"})
"""Failures that the document is not to blame for; the next run tries again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A stable code and a line for people that names the way out."""

    code: Code
    text: str

    @property
    def is_failure(self) -> bool:
        """Whether the document was set aside."""
        return self.code not in HARMLESS


class DocumentError(Exception):
    """Carries a problem up to where the document is set aside."""

    def __init__(self, code: Code, text: str) -> None:
        super().__init__(text)
        self.problem = Problem(code, text)

    def __reduce__(self) -> tuple[type[DocumentError], tuple[Code, str]]:
        return type(self), (self.problem.code, self.problem.text)


def explained(error: Exception) -> Problem:
    """What went wrong with a document, for people."""
    if isinstance(error, DocumentError):
        return error.problem
    if isinstance(error, TimeLimitError):
        return Problem("timeout", str(error))
    if isinstance(error, InputError):
        return Problem("unsupported", str(error))
    if isinstance(error, MemoryError):
        return Problem("memory", "it needs more memory than a document may have; allow more with --max-memory")
    if isinstance(error, FileNotFoundError):
        return Problem("vanished", "it was there when the folder was read, and is gone")
    if isinstance(error, PermissionError):
        return Problem("unreadable", "no permission to read it; change its mode")
    if isinstance(error, OSError):
        return Problem("unreadable", f"cannot be read: {error.strerror or error}")
    return Problem("internal", internal(error))
