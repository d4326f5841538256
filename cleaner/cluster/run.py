"""A run on a cluster: plan, count lines if wanted, clean, and say what came of it.

All that is done is in the destination, so that a run that was killed goes on in the next one.
"""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from time import monotonic
from typing import Protocol
from uuid import uuid4

from cleaner.batch.run import Observer, Summary
from cleaner.batch.state import now
from cleaner.cluster.files import Files
from cleaner.cluster.job import Cleaned, ClusterOptions, Job
from cleaner.cluster.memory import FOLDER, Memory
from cleaner.cluster.plan import plan, plan_counting
from cleaner.errors import InputError, OutputError
from cleaner.formats.extras import need
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import DocumentError, Problem

_PATIENCE = 10.0  # seconds


class ClusterObserver(Observer, Protocol):
    """Somebody who watches a run on a cluster."""

    def counted(self, documents: int) -> None:
        """The lines of so many documents are counted, which comes before the cleaning."""

    def part(self, cleaned: Cleaned) -> None:
        """Some documents of a file are clean."""


class ClusterRun:
    """A run over files of many documents, on all nodes of a Ray cluster.

    Args:
        options: what to do.
        observer: is told what happens.

    Attributes:
        summary: what came of it.
        nodes: how many documents each node cleaned.

    Raises:
        OptionError, RuleError: as `Cleaner`.
    """

    def __init__(self, options: ClusterOptions, observer: ClusterObserver) -> None:
        options.cleaning.cleaner()  # what is wrong with options or rules is told once, here
        self._options = replace(options, source=_absolute(options.source), dest=_absolute(options.dest))
        self._observer = observer
        self._size = 0
        self._counted = 0
        self.summary = Summary()
        self.nodes: Counter[str] = Counter()

    def stop(self) -> None:
        """End soon; what is clean stays, and the next run goes on."""
        self.summary.stopped = True

    def run(self) -> Summary:
        """Clean everything.

        Raises:
            DocumentError: `missing`, Ray is not installed; the source is not there.
            InputError: there is no such cluster.
            OutputError: the destination cannot be written.
        """
        begin = monotonic()
        need("ray.data", "ray", "a cluster")
        try:
            self._run()
        except DocumentError as error:
            if error.problem.code != "unwritable":
                raise
            raise OutputError(f"{error}; free space or choose another folder") from None
        except OSError as error:
            place = error.filename or self._options.source
            raise DocumentError("unreadable", f"{place}: {error.strerror or error}") from None
        self.summary.seconds = monotonic() - begin
        return self.summary

    def _run(self) -> None:
        options = self._options
        with ExitStack() as stack:
            self._stack = stack
            if not options.count_lines:
                self._clean(options)
                return
            name = self._count_lines()
            if not self.summary.stopped:
                table = stack.enter_context(Files(options.dest).fetched(name))
                self._clean(replace(options, cleaning=replace(options.cleaning, line_counts=table)), name)

    def _connect(self) -> None:
        """See to it that Ray is at hand until the run ends; there may be nothing to do for it."""
        self._stack.enter_context(_connected(self._options.address))

    def _clean(self, options: ClusterOptions, line_counts: str | None = None) -> None:
        planned = plan(options, self._note)
        self.summary.planned = planned.planned
        self._observer.planned(planned.planned, len(planned.sources), sum(one.size for one in planned.sources))
        memory, started = Memory(Files(options.dest)), now()
        if not planned.sources:
            memory.sweep()
            return
        memory.put_run(started, None, options.cleaning.level)
        self._connect()
        from cleaner.cluster.oneway import OneWay
        from cleaner.cluster.stages import CleanParts, finish

        way = OneWay(self._job(options.cleaning, line_counts), CleanParts, finish, took=self._took, note=self._note)
        way.go(planned.sources, options.jobs, self._is_stopped)
        memory.sweep()
        memory.put_run(started, now(), options.cleaning.level)

    def _count_lines(self) -> str:
        """Make the table of line counts, if it is not there; gives its name below the destination."""
        from cleaner.cluster.lines import MARKER, CountLines, counted, finish_counting, table_name, write_counts
        from cleaner.cluster.oneway import OneWay

        options = self._options
        sources, keys = plan_counting(options, MARKER)
        job = self._job(replace(options.cleaning, line_counts=None))
        if sources:
            self._connect()
            way = OneWay(job, CountLines, finish_counting, took=self._took_count, note=lambda *_: None)
            way.go(sources, options.jobs, self._is_stopped)
        dest = Files(options.dest)
        keys = counted(keys, job)
        name = table_name(keys)
        if not self.summary.stopped and not any(path == name for path, _, _ in dest.listed(FOLDER)):
            self._connect()
            write_counts(keys, job)
        return name

    def _job(self, cleaning: Cleaning, line_counts: str | None = None) -> Job:
        options = self._options
        return Job(options.source, options.dest, cleaning, options.max_memory, uuid4().hex, line_counts)

    def _is_stopped(self) -> bool:
        return self.summary.stopped

    def _took_count(self, counted: Cleaned) -> None:
        self._counted += counted.documents
        self._observer.counted(self._counted)

    def _took(self, cleaned: Cleaned) -> None:
        self._size += cleaned.size
        self.summary.tally.add(cleaned.tally)
        self.nodes[cleaned.node] += cleaned.documents
        for name, problem in cleaned.notes:
            self._note(name, problem)
        self._observer.part(cleaned)
        self._observer.moved(self.summary, self._size)

    def _note(self, name: str, problem: Problem) -> None:
        self.summary.note(name, problem)
        self._observer.noted(name, problem)


def _absolute(url: str) -> str:
    """An address that means the same on all nodes."""
    return url if "://" in url or "::" in url else os.path.abspath(url)


@contextmanager
def _connected(address: str | None) -> Iterator[None]:
    """A ``with`` block in which Ray is at hand: the cluster at an address, or one on this machine alone.

    Raises:
        InputError: there is no such cluster.
    """
    import ray

    if ray.is_initialized():
        yield
        return
    try:
        if address is not None:
            _answers(address)
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # or it tells its makers of each run
        with _silent():
            ray.init(address=address, log_to_driver=False, logging_level="CRITICAL")
    except (OSError, RuntimeError, ValueError) as error:
        why = " ".join(str(error).split())
        raise InputError(f"no Ray cluster at {address or 'this machine'}: {why[:200]}") from None
    try:
        yield
    finally:
        ray.shutdown()


def _answers(address: str) -> None:
    """Ask whether somebody is at ``host:port``: Ray itself would try for minutes.

    Raises:
        OSError: nobody is.
    """
    host, _, port = address.rpartition(":")
    if port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()


@contextmanager
def _silent() -> Iterator[None]:
    """Keep Ray's core from writing to standard error, now and later; it would break into what we show there."""
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # which it announces there
    before = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
        os.close(nowhere)
