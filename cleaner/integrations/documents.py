"""Cleaning a document of an engine.  Needs none, so that a bare process can do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

from cleaner.api import Cleaner
from cleaner.errors import InputError
from cleaner.formats.front import is_address
from cleaner.isolation.pool import hook
from cleaner.isolation.problem import Problem, explained
from cleaner.model import Format
from cleaner.options import CleanOptions
from cleaner.result import Result

Answer = Result | Problem | None
"""What came of a document: None if there was nothing to clean."""


class Task(NamedTuple):
    """A document, whatever an engine found there: `text`, or `page` where that is blank; `url` is where it is from."""

    text: Any
    url: Any
    page: Any = None


@dataclass(frozen=True, slots=True)
class Work:
    """Starts what cleans.

    Attributes:
        cleaner: brings its rules along, so that nobody needs their files, and weighs 10 MB; or only its options, which
            take less time to send and to make a cleaner of.
    """

    cleaner: Cleaner | CleanOptions
    format: Format | Literal["auto"] = "auto"

    def __call__(self) -> Callable[[Task], Answer]:
        cleaner = self.cleaner if isinstance(self.cleaner, Cleaner) else Cleaner(self.cleaner)
        return partial(_cleaned, cleaner, self.format, hook())


def _cleaned(
    cleaner: Cleaner, format: Format | Literal["auto"], before: Callable[[Task], None] | None, task: Task
) -> Answer:
    """The result, without its source, which nobody asks for."""
    try:
        if before is not None:
            before(task)
        source = task.text
        if _is_blank(source):
            source, format = task.page, "html"
        if _is_blank(source):
            return None
        if not isinstance(source, (str, bytes)):
            raise InputError(f"its text is no string but of type {type(source).__name__}")
        url = task.url if is_address(task.url) else None
        result = cleaner.clean(source, url=url, format=format)
        return Result(result.text, result.report, metadata=result.metadata)
    except Exception as error:  # whatever it is, the other documents are cleaned
        return explained(error)


def _is_blank(source: Any) -> bool:
    return source is None or (isinstance(source, (str, bytes)) and not source.strip())
