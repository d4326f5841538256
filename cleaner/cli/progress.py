"""What a run shows while it works: a bar on a terminal, lines in a log, events for programs, or nothing."""

from __future__ import annotations

import sys
from dataclasses import asdict
from time import monotonic
from types import TracebackType
from typing import Any

from cleaner.batch.plan import Planned
from cleaner.batch.run import Summary
from cleaner.cli.streams import note, write_stdout
from cleaner.cli.terminal import Colour, wants_colour
from cleaner.cluster.job import Cleaned
from cleaner.errors import shown
from cleaner.isolation.problem import Problem
from cleaner.report import dumps
from cleaner.report.numbers import count
from cleaner.report.tally import Tally

_LINES = 10.0  # seconds between the lines of a log
_EVENTS = 1.0  # seconds between events
_MAX_NOTES = 20


class Silent:
    """Shows nothing; the base of all others.

    Attributes:
        changed: documents that lost something, with their tallies; kept in a dry run only.
    """

    def __init__(self, *, dry_run: bool = False) -> None:
        self._dry_run = dry_run
        self.changed: list[tuple[str, Tally]] = []

    def __enter__(self) -> Silent:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass

    def planned(self, planned: Planned, files: int, size: int) -> None:
        """All files are known; so many are to be done, with so many bytes."""

    def moved(self, summary: Summary, size: int) -> None:
        """Something was done; `size`: bytes of the input that are done."""

    def cleaned(self, name: str, tally: Tally) -> None:
        """A document is clean."""
        if self._dry_run and tally.removed:
            self.changed.append((name, tally))

    def noted(self, name: str, problem: Problem) -> None:
        """A document was set aside, or warned about."""

    def counted(self, documents: int) -> None:
        """The lines of so many documents are counted; only runs on a cluster do that."""

    def part(self, cleaned: Cleaned) -> None:
        """Some documents of a file are clean; only runs on a cluster tell it."""


class Pace:
    """How fast a run is, and how long it will take."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._begin = monotonic()

    def told(self, summary: Summary, size: int) -> str:
        """In words: documents, rate, time left, failures, characters removed."""
        seconds = max(monotonic() - self._begin, 0.001)
        documents = done(summary)
        words = [f"{documents:,} documents", f"{documents / seconds:,.0f}/s"]
        if 0 < size < self.size and seconds > 1:
            left = int(seconds * (self.size - size) / size)
            words.append(f"{left // 60}:{left % 60:02} left")
        if summary.failures:
            words.append(f"{summary.failures:,} set aside")
        return " · ".join([*words, f"{summary.tally.removed:,} characters removed"])


def done(summary: Summary) -> int:
    """How many documents a run has dealt with."""
    return summary.tally.documents + summary.same + summary.copied


class Quiet(Silent):
    """A line for each of the first documents that were set aside, and nothing else."""

    def __init__(self, *, dry_run: bool = False) -> None:
        super().__init__(dry_run=dry_run)
        self._notes = 0

    def planned(self, planned: Planned, files: int, size: int) -> None:
        if planned.failed:
            number = count(planned.failed, "file")
            self.say(f"cleaner: {number} set aside by an earlier run; --retry-failed tries them again")

    def noted(self, name: str, problem: Problem) -> None:
        if not problem.is_failure:
            return
        self._notes += 1
        if self._notes <= _MAX_NOTES:
            self.say(f"cleaner: {shown(name)}: {shown(problem.text)}")
        elif self._notes == _MAX_NOTES + 1:
            self.say("cleaner: more documents are set aside; `cleaner stats` lists them all")

    def say(self, line: str) -> None:
        """Show a line."""
        note(line)


class Lines(Quiet):
    """A line every ten seconds, too."""

    def __init__(self, *, dry_run: bool = False) -> None:
        super().__init__(dry_run=dry_run)
        self._pace = Pace(0)
        self._next = monotonic() + _LINES

    def planned(self, planned: Planned, files: int, size: int) -> None:
        self._pace = Pace(size)

    def moved(self, summary: Summary, size: int) -> None:
        if monotonic() < self._next:
            return
        self._next = monotonic() + _LINES
        share = f"{100 * size / self._pace.size:.0f} %: " if self._pace.size else ""
        self.say(f"cleaner: {share}{self._pace.told(summary, size)}")

    def counted(self, documents: int) -> None:
        if monotonic() >= self._next:
            self._next = monotonic() + _LINES
            self.say(f"cleaner: lines of {documents:,} documents counted")


class Bar(Lines):
    """A bar that fills, and the same lines above it."""

    def __init__(self, *, dry_run: bool = False, colour: bool = True) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        super().__init__(dry_run=dry_run)
        self._console = Console(stderr=True, no_color=not colour, highlight=False)
        columns = (BarColumn(30), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.fields[words]}"))
        self._progress = Progress(*columns, console=self._console, transient=True)
        self._task = self._progress.add_task("", total=None, words="looking for files")

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def planned(self, planned: Planned, files: int, size: int) -> None:
        super().planned(planned, files, size)
        self._progress.update(self._task, total=size or 1, words=f"{files:,} files")

    def moved(self, summary: Summary, size: int) -> None:
        self._progress.update(self._task, completed=size, words=self._pace.told(summary, size))

    def counted(self, documents: int) -> None:
        self._progress.update(self._task, words=f"lines of {documents:,} documents counted")

    def say(self, line: str) -> None:
        self._console.print(line, markup=False, soft_wrap=True)


class Events(Silent):
    """One JSON object a line on standard output."""

    _next = 0.0

    def planned(self, planned: Planned, files: int, size: int) -> None:
        emit("planned", files=files, bytes=size, **asdict(planned))

    def moved(self, summary: Summary, size: int) -> None:
        if monotonic() < self._next:
            return
        self._next = monotonic() + _EVENTS
        emit(
            "progress",
            bytes=size,
            documents=done(summary),
            failures=summary.failures,
            removed_characters=summary.tally.removed,
        )

    def noted(self, name: str, problem: Problem) -> None:
        kind = "failure" if problem.is_failure else "note"
        emit(kind, file=name, code=problem.code, text=problem.text)

    def counted(self, documents: int) -> None:
        if monotonic() >= self._next:
            self._next = monotonic() + _EVENTS
            emit("counting", documents=documents)

    def part(self, cleaned: Cleaned) -> None:
        emit("part", file=cleaned.source.shown, first=cleaned.first, documents=cleaned.documents, node=cleaned.node)


def emit(event: str, **facts: Any) -> None:
    """Write an event."""
    write_stdout((dumps({"event": event, **facts}) + "\n").encode())


def summary_facts(summary: Summary) -> dict[str, Any]:
    """A summary as plain data."""
    return {
        **summary.tally.to_dict(),
        "unchanged": summary.same + summary.planned.current,
        "copied": summary.copied,
        "failures": summary.failures,
        "notes": dict(summary.notes),
        "failed_before": summary.planned.failed,
        "others": summary.planned.others,
        "own": summary.planned.own,
        "seconds": round(summary.seconds, 3),
        "stopped": summary.stopped,
    }


def watcher(*, quiet: bool, json: bool, colour: Colour, dry_run: bool = False, lines: bool = False) -> Silent:
    """The observer that the options ask for; with `lines` there is no bar."""
    if json:
        return Events(dry_run=dry_run)
    if quiet:
        return Quiet(dry_run=dry_run)
    terminal = not lines and sys.stderr is not None and sys.stderr.isatty()
    return Bar(dry_run=dry_run, colour=wants_colour(colour, sys.stderr)) if terminal else Lines(dry_run=dry_run)
