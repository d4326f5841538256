"""The errors callers may meet, and how their messages show what they tell of.  All derive from `CleanerError`."""

from __future__ import annotations

TYPE_CHECKING = False  # typing is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    T = TypeVar("T")


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


def guarded(step: str, do: Callable[[], T], instead: T, warnings: list[str]) -> T:
    """What a step gives; if it meets an error that nobody foresaw, `instead`, with a word in `warnings`.

    Raises:
        CleanerError, MemoryError: as the step does: they are meant for the caller.
    """
    try:
        return do()
    except (CleanerError, MemoryError):
        raise
    except Exception as error:
        warnings.append(left_out(step, error))
        return instead


def left_out(step: str, error: Exception) -> str:
    """What is said of a step that met an error which nobody foresaw."""
    return f"{step} failed and was left out ({type(error).__name__}; please report)"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word that is like one that is not, to end a message with; empty if none is."""
    from difflib import get_close_matches  # only who has made a mistake waits for it

    like = get_close_matches(word, list(known), n=1)
    return f"; did you mean {like[0]}?" if like else ""


def internal(error: Exception) -> str:
    """What is said of an error that nobody foresaw."""
    return f"internal error: {type(error).__name__}: {error} (please report)"


class RestoreError(CleanerError):
    """A clean text and a report do not belong together."""


def shown(text: str) -> str:
    """`text` on one line, with everything escaped that a terminal could take for a command.

    Bytes of file names that are no text, which Python keeps as lone surrogates, are shown as bytes.
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(c: str) -> str:
    if "\udc80" <= c <= "\udcff":
        return f"\\x{ord(c) - 0xDC00:02x}"
    return c.encode("unicode_escape").decode()
