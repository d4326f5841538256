"""`cleaner cluster`: a crawl, on all nodes of a Ray cluster."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cleaner.cli.batch import on_signal, shared
from cleaner.cli.codes import DONE, FINDINGS, INPUT, INTERRUPTED, USAGE
from cleaner.cli.commands import parse
from cleaner.cli.options import RunOptions, settled, unreadable_rules
from cleaner.cli.outcome import outcome
from cleaner.cli.progress import Silent, emit, summary_facts, watcher
from cleaner.cli.running import cluster_parser
from cleaner.cli.stop import Stop
from cleaner.cli.streams import note
from cleaner.cli.terminal import wants_colour
from cleaner.cluster.job import ClusterOptions
from cleaner.cluster.run import ClusterRun
from cleaner.errors import shown
from cleaner.isolation.problem import DocumentError


def run(args: list[str]) -> int:
    """`cleaner cluster SOURCE DEST`."""
    asked = parse(cluster_parser(), args, RunOptions())
    options = _options(settled(asked, asked.source))
    if options.source.rstrip("/") == options.dest.rstrip("/"):
        raise Stop(USAGE, f"{shown(options.dest)}: is source and DEST; name another folder for what is clean")
    with _bytes_only(), watcher(quiet=asked.quiet, json=asked.json, colour=asked.color) as show:
        try:
            work = ClusterRun(options, show)
        except OSError as error:
            raise unreadable_rules(error) from None
        with on_signal(work.stop):
            try:
                summary = work.run()
            except DocumentError as error:
                raise Stop(INPUT, str(error)) from None
    _tell(asked, options, work, show)
    if summary.stopped:
        return INTERRUPTED
    return FINDINGS if summary.failures or summary.planned.failed else DONE


def _options(asked: RunOptions) -> ClusterOptions:
    return ClusterOptions(
        source=asked.source,
        dest=asked.dest or "",
        address=asked.address,
        count_lines=asked.count_lines,
        **shared(asked),
    )


class _BytesOnly(io.TextIOBase):
    """Standard output for those who write bytes, as we do, and for nobody who prints."""

    def __init__(self, buffer: BinaryIO) -> None:
        self.buffer = buffer

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        self.buffer.flush()


@contextmanager
def _bytes_only() -> Iterator[None]:
    """Keep standard output to ourselves: Ray prints there what its nodes say at their end."""
    before = sys.stdout
    if before is not None:
        sys.stdout = _BytesOnly(before.buffer)
    try:
        yield
    finally:
        sys.stdout = before


def _tell(asked: RunOptions, options: ClusterOptions, work: ClusterRun, show: Silent) -> None:
    """What came of it."""
    if asked.json:
        emit("done", **summary_facts(work.summary), nodes=dict(work.nodes))
    elif not asked.quiet:
        colour = wants_colour(asked.color, sys.stderr)
        for line in outcome(work.summary, home=options.dest, dry_run=False, colour=colour):
            note(line)
        if len(work.nodes) > 1:
            shares = ", ".join(f"{documents:,}" for _, documents in work.nodes.most_common())
            note(f"  nodes: {len(work.nodes)}, which cleaned {shares} documents")
