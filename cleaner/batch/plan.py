"""What is to be done: the files that are there, compared with what the state knows of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cleaner.batch.clippings import HEAD
from cleaner.batch.found import Found, PassedOver, numbered, target_of, targets
from cleaner.batch.items import Item
from cleaner.batch.options import BatchOptions
from cleaner.batch.state import State
from cleaner.batch.walk import walk
from cleaner.isolation.problem import Problem

_COMMIT = 1000  # files

Note = Callable[["int", "Item | None", "int | None", str, Problem], None]
"""Tells of a document: run, item, number in it, name, problem."""


@dataclass(slots=True)
class Planned:
    """How many files were found.

    Attributes:
        current: done by an earlier run.
        failed: set aside by an earlier run, and not to be tried again.
        others: hold no clipping.
        own: notes that somebody has written, which are left alone.
    """

    current: int = 0
    failed: int = 0
    others: int = 0
    own: int = 0


class Planner:
    """Puts every file into the state, with what is to be done of it."""

    def __init__(self, options: BatchOptions, state: State, run: int, note: Note) -> None:
        self._options = options
        self._state = state
        self._run = run
        self._note = note
        self._fingerprint = options.cleaning.fingerprint()
        self.planned = Planned()

    def plan(self, paths: Sequence[str] | None = None) -> Planned:
        """Look at all sources, or at some paths in the first one.

        Raises:
            DocumentError: a source is not there.
        """
        waiting: list[Found | PassedOver] = []
        for folder in walk(self._options, paths):
            waiting += folder
            if len(waiting) >= _COMMIT:
                self._commit(waiting)
                waiting = []
        self._commit(waiting)
        return self.planned

    def _commit(self, found: Iterable[Found | PassedOver]) -> None:
        with self._state.transaction():
            for one, target in self._targets(found):
                if isinstance(one, PassedOver):
                    self._note(self._run, None, None, one.shown, one.problem)
                else:
                    self._file(one, target)

    # --- names -----------------------------------------------------------------------------------

    def _targets(self, found: Iterable[Found | PassedOver]) -> Iterable[tuple[Found | PassedOver, str]]:
        return ((one, "") for one in found) if self._options.in_place else targets(found, self._options.cleaning)

    def _free(self, target: str, source: str) -> str:
        """`target`, or with a number behind its name if another source has it."""
        return next(name for name in numbered(target) if self._may_have(name, source))

    def _may_have(self, name: str, source: str) -> bool:
        owner = self._state.items.owner(name)
        return owner in (None, source) or not self._is_left(owner)

    def _is_left(self, source: str | None) -> bool:
        """Whether a source is still there, so that its output must stay what it is."""
        return source is not None and os.path.lexists(os.path.join(self._options.home, source))

    # --- what is to be done ------------------------------------------------------------------------

    def _file(self, found: Found, target: str) -> None:
        options = self._options
        takes = found.kind == "text" if options.in_place else found.kind != "other" or options.copy_others
        if not takes:
            self.planned.others += 1
            return
        own = options.in_place and self._is_own(found.path)
        if own and not options.all_notes:
            self.planned.own += 1
            return
        path = os.path.abspath(found.path)
        source = os.path.relpath(path, options.home) if options.in_place else path
        known = self._state.items.get(source)
        if known is not None and known.run == self._run:
            return  # two sources hold it
        place = None
        if not options.in_place:
            place = self._free(target, source)
        fingerprint = f"{self._fingerprint}-own" if own else self._fingerprint
        status, digest = self._status(known, found, place, fingerprint)
        item = Item(
            id=0,
            source=source,
            shown=found.shown,
            target=place,
            kind="copy" if found.kind == "other" else found.kind,
            size=found.size,
            mtime=found.mtime,
            sha256=digest,
            fingerprint=fingerprint,
            status=status,
            run=self._run,
        )
        item = replace(item, id=self._state.items.plan(item))
        if status == "done":
            self.planned.current += 1
        elif status == "failed":
            self.planned.failed += 1
        elif known is not None:
            self._state.items.forget(item.id, parts=not self._goes_on(known, found, place, fingerprint))
        if status == "done" and place is not None and self._is_edited(place):
            problem = Problem("edited", f"{place!r} was changed since cleaner wrote it, and stays")
            self._note(self._run, item, None, found.shown, problem)
        wanted = target_of(found.name, found.kind, options.cleaning)
        if place is not None and os.path.basename(place) != wanted and status == "pending":
            problem = Problem("renamed", f"{wanted!r} is taken; it becomes {place!r}")
            self._note(self._run, item, None, found.shown, problem)

    def _is_own(self, path: str) -> bool:
        """Whether a note is no clipping, if that is asked for."""
        clippings = self._options.clippings
        if clippings is None:
            return False
        try:
            with open(path, "rb") as stream:
                return not clippings.holds(path, stream.read(HEAD))
        except OSError:
            return False  # whoever cleans it tells what is wrong

    def _status(
        self, known: Item | None, found: Found, target: str | None, fingerprint: str
    ) -> tuple[str, bytes | None]:
        """What is to be done, and the digest that the source must have to be current though it looks changed."""
        if known is None or known.fingerprint != fingerprint or known.target != target:
            return "pending", None
        looks_same = (known.size, known.mtime) == (found.size, found.mtime)
        if known.status == "failed" and looks_same and not self._options.retry_failed:
            return "failed", known.sha256
        if known.status != "done" or not self._is_there(known):
            return "pending", None
        return ("done" if looks_same else "pending"), known.sha256

    def _is_there(self, known: Item) -> bool:
        """Whether the output of an earlier run is there, edited or not, and its report if one is wanted."""
        options = self._options
        if not self._has_report(known):
            return False
        if options.dest is None or known.target is None:
            return options.in_place
        written = self._state.places.get(known.target)
        return written is not None and (self._state.places.is_there(written) or self._is_edited(known.target))

    def _is_edited(self, target: str) -> bool:
        """Whether somebody has changed the output of an earlier run, so that it is left alone."""
        places = self._state.places
        written = None if self._options.overwrite else places.get(target)
        return written is not None and not places.is_there(written) and places.is_edited(written)

    def _has_report(self, known: Item) -> bool:
        options = self._options
        if options.report is None or known.kind == "copy":
            return True
        path = options.report_path(known.target or known.source, container=known.kind == "container")
        return self._state.notes.has_report(known.id) if path is None else os.path.exists(path)

    def _goes_on(self, known: Item, found: Found, target: str | None, fingerprint: str) -> bool:
        """Whether what is done of a container still holds."""
        return (
            known.status in ("pending", "again")
            and (known.size, known.mtime, known.fingerprint) == (found.size, found.mtime, fingerprint)
            and known.target == target
        )
