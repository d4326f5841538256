"""What a worker is asked to do, and how it answers: plain data in, JSON out.

A body comes as it was sent.  It is read in the worker, so that whatever it holds can harm no more than that process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cleaner.api import Cleaner
from cleaner.errors import CleanerError, InputError, internal
from cleaner.explain import explain
from cleaner.isolation.pool import hook
from cleaner.jsonline import CLIPPING, BadLine, Line, cleaned, clipping, read_line
from cleaner.model import Format
from cleaner.options import CleanOptions
from cleaner.report import dumps
from cleaner.report.json import plain
from cleaner.service.growing import grow, wish
from cleaner.service.layout import brief, explained

Kind = Literal["clean", "brief", "explain", "grow"]
BAD, UNCLEANABLE, FAILED = 400, 422, 500
"""Codes of HTTP for a body that cannot be read, one that cannot be cleaned, and an error of ours."""

_CLEANERS = 8


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do.

    Attributes:
        kind: `clean` answers with the same object, its text clean and a report added; `brief` with the clean text and
            what went; `explain` says of each line why it stayed or went; `grow` makes a rule of lines.
        body: a JSON object with a `text`, and perhaps a `url`, in UTF-8; empty: just get ready.
        line: the only one to explain, counted from 1.
        edition: of the rule files; with another one they are read again.
        folder: where a rule belongs into; `save`: and whether it is written.
    """

    kind: Kind
    body: bytes
    options: CleanOptions
    format: Format | Literal["auto"] = "auto"
    line: int | None = None
    edition: int = 0
    folder: str = ""
    save: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: a code of HTTP, and JSON."""

    status: int
    body: bytes


def refusal(status: int, message: str) -> Answer:
    """The answer that says what is wrong."""
    return Answer(status, dumps({"error": message}).encode())


@dataclass(frozen=True, slots=True)
class Start:
    """Makes a worker; `options` are those that its rules are compiled for beforehand."""

    options: CleanOptions

    def __call__(self) -> Worker:
        return Worker(self.options, hook())


class Worker:
    """Does jobs, with its rules compiled once for all that ask for the same.

    Raises:
        RuleError, OptionError: as `Cleaner`, for the options it starts with.
    """

    def __init__(self, options: CleanOptions, hook: Callable[[Job], None] | None = None) -> None:
        self._hook = hook
        self._edition = 0
        self._cleaners = {options: Cleaner(options)}

    def __call__(self, job: Job) -> Answer:
        try:
            if self._hook is not None:
                self._hook(job)
            return Answer(200, self._done(job).encode())
        except BadLine as error:
            return refusal(BAD, str(error))
        except InputError as error:
            return refusal(UNCLEANABLE, str(error))
        except CleanerError as error:  # rules of somebody's are broken, or cannot be made of this
            return refusal(UNCLEANABLE if job.kind == "grow" else FAILED, str(error))
        except OSError as error:
            return refusal(FAILED, f"{error.filename or 'a file of rules'}: {error.strerror or error}")
        except MemoryError:
            return refusal(UNCLEANABLE, "it needs more memory than a clipping may have")
        except Exception as error:
            return refusal(FAILED, internal(error))

    def _done(self, job: Job) -> str:
        line = _read(job.body)
        cleaner = self._cleaner(job)
        if job.kind == "clean":
            return cleaned(line, cleaner, url=None, format=job.format)
        text, url = clipping(line)
        if job.kind == "grow":
            return dumps(plain(grow(cleaner, line, wish(line, job.folder), format=job.format, save=job.save)))
        if job.kind == "brief":
            return dumps(plain(brief(cleaner.clean(text, url=url, format=job.format))))
        story = explain(cleaner, cleaner.work(text, url=url, format=job.format), keywords=job.line is not None)
        if job.line is not None and not 1 <= job.line <= len(story.lines):
            raise InputError(f"no line {job.line}; it has {len(story.lines)}")
        return dumps(plain(explained(story, job.line)))

    def _cleaner(self, job: Job) -> Cleaner:
        if job.edition != self._edition or (job.options not in self._cleaners and len(self._cleaners) >= _CLEANERS):
            self._cleaners.clear()
            self._edition = job.edition
        if job.options not in self._cleaners:
            self._cleaners[job.options] = Cleaner(job.options)
        return self._cleaners[job.options]


def _read(body: bytes) -> Line:
    try:
        return read_line(body.decode(), CLIPPING)
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
