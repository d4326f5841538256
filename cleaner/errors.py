"""The errors callers may meet.  All of them derive from `CleanerError`."""

from __future__ import annotations


class CleanerError(Exception):
    """Base class: the message is one line, names the place and the way out."""


class InputError(CleanerError):
    """The input cannot be read or is of a kind that cannot be cleaned."""


class TimeLimitError(InputError):
    """The input takes longer than allowed."""


class OutputError(CleanerError):
    """What was made cannot be written or remembered."""


class RuleError(CleanerError):
    """A rule file is broken.

    Attributes:
        path: the file, as it was named.
        line: line in the file, counted from 1; 0 when the whole file is meant.
    """

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        where = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(where + message)
        self.message = message
        self.path = path
        self.line = line

    def __reduce__(self) -> tuple[type[RuleError], tuple[str, str, int]]:
        return type(self), (self.message, self.path, self.line)


class OptionError(CleanerError):
    """An option has a value that means nothing."""


def internal(error: Exception) -> str:
    """What is said of an error that nobody foresaw."""
    return f"internal error: {type(error).__name__}: {error} (please report)"


class RestoreError(CleanerError):
    """A clean text and a report do not belong together."""
