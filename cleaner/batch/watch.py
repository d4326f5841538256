"""Cleaning what arrives in a folder.

A thread listens to the file system and hands on which paths changed.  A path is taken when neither its size nor its
time have changed for a while.  What a run itself writes comes by here too; the state says that nothing is to be done.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic

from watchfiles import Change
from watchfiles import watch as listen

from cleaner.batch.walk import STATE_FOLDER
from cleaner.draft import PREFIX

SETTLE = 0.5
"""Seconds without a change after which a file is complete."""
_TICK = 0.1  # seconds between looks at files that are not complete
_GROUP = 200  # milliseconds during which changes are collected
_STEP = 50  # milliseconds

Facts = tuple[int, int]
"""Size and time."""


class Arrivals:
    """What arrives in a folder; give `ready` a thread of your own.

    Args:
        folder: it and all below it.
    """

    def __init__(self, folder: str) -> None:
        self._folder = os.path.abspath(folder)
        self._changed: SimpleQueue[set[str] | None] = SimpleQueue()
        self._end = Event()
        self._waiting: dict[str, tuple[Facts, float]] = {}
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End `ready`; may be called by a signal handler."""
        self._end.set()
        self._changed.put(None)

    def ready(self) -> Iterator[list[str]]:
        """Files and folders that are complete, as soon as they are; costs nothing as long as nothing happens."""
        while not self._end.is_set():
            try:
                changed = self._changed.get(timeout=_TICK if self._waiting else None)
            except Empty:
                changed = set()
            for path in changed or ():
                self._note(path)
            found = self._settled()
            if found:
                yield found

    def _listen(self) -> None:
        for changes in listen(
            self._folder,
            watch_filter=_is_foreign,
            debounce=_GROUP,
            step=_STEP,
            stop_event=self._end,
            rust_timeout=0,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            self._changed.put({path for _, path in changes})

    def _note(self, path: str) -> None:
        if "\ufffd" in path:  # a name that is no text comes mangled; its folder tells the true one
            path = os.path.dirname(path)
        facts = _facts(path)
        if facts is not None:
            self._waiting[path] = facts, monotonic()

    def _settled(self) -> list[str]:
        now = monotonic()
        found = []
        for path, (before, since) in list(self._waiting.items()):
            facts = _facts(path)
            if facts is None:
                del self._waiting[path]
            elif facts != before:
                self._waiting[path] = facts, now
            elif now >= since + SETTLE:
                del self._waiting[path]
                found.append(path)
        return sorted(found)


def _is_foreign(change: Change, path: str) -> bool:
    """Whether a change may be an arrival, and is none of our own files on their way."""
    name = os.path.basename(path)
    return change is not Change.deleted and not name.startswith(PREFIX) and STATE_FOLDER not in path.split(os.sep)


def _facts(path: str) -> Facts | None:
    try:
        facts = os.stat(path)
    except (OSError, ValueError):
        return None
    return facts.st_size, facts.st_mtime_ns
