"""A folder cleaned by one call."""

from __future__ import annotations

import os
from collections.abc import Iterable
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from cleaner.batch.clippings import Clippings
from cleaner.batch.options import BatchOptions
from cleaner.batch.plan import Planned
from cleaner.batch.run import Batch, Observer, Summary
from cleaner.errors import InputError, OptionError
from cleaner.formats.options import RUN_SECONDS, Cleaning
from cleaner.isolation.problem import DocumentError, Problem
from cleaner.options import OptionArguments, shows_options
from cleaner.report.tally import Tally

if TYPE_CHECKING:
    from typing_extensions import Unpack


@shows_options
def clean_folder(
    folder: str | PathLike[str],
    dest: str | PathLike[str] | None = None,
    *,
    in_place: bool = False,
    all_notes: bool = False,
    clipping_folders: Iterable[str] = (),
    clipping_tags: Iterable[str] = (),
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    dry_run: bool = False,
    jobs: int = 0,
    report: str | PathLike[str] | None = None,
    observer: Observer | None = None,
    **arguments: Unpack[OptionArguments],
) -> Summary:
    """Clean a folder into another one, or where it is, as `cleaner batch` does; settings in files are not read.

    Args:
        folder: what is cleaned; a file will do, too.
        dest: gets what is clean; the same call again does only what is new or has changed.
        in_place: replace the clippings among the notes; `cleaner undo` brings them back.
        all_notes: in place, also replace the notes that are no clippings, at level `safe`.
        clipping_folders, clipping_tags: in place, folders (below `folder`) and tags of clippings, beside the front
            matter that names a page.
        include, exclude: globs of names.
        dry_run: write nothing.
        jobs: processes; 0: as many as there are cores.
        report: a folder for the reports, or a file whose name ends in ``.jsonl``.
        observer: is told what happens.
        arguments: options of cleaning, such as ``level="safe"``.

    Returns:
        What came of it: `tally` has the sums, `failures` says how many documents were set aside.

    Raises:
        OptionError: an option means nothing; neither `dest` nor `in_place` is given, or both are.
        RuleError: a rule file is broken.
        OutputError: another run is at work there, or nothing can be written.
        InputError: there is no such folder.
    """
    if in_place == (dest is not None):
        raise OptionError("name either dest, a folder for what is clean, or in_place=True to replace the files")
    source = fspath(folder)
    asked: dict[str, Any] = {"max_seconds": RUN_SECONDS, **arguments}
    options = BatchOptions(
        sources=(source,),
        dest=None if dest is None else fspath(dest),
        cleaning=Cleaning(**asked),
        include=tuple(include),
        exclude=tuple(exclude),
        dry_run=dry_run,
        jobs=jobs,
        report=None if report is None else fspath(report),
        clippings=None if dest is not None else _clippings(source, tuple(clipping_folders), tuple(clipping_tags)),
        all_notes=all_notes,
    )
    batch = Batch(options, observer or _Nobody())
    try:
        return batch.run()
    except DocumentError as error:
        raise InputError(str(error)) from None
    finally:
        batch.close()


def _clippings(source: str, folders: tuple[str, ...], tags: tuple[str, ...]) -> Clippings:
    place = os.path.abspath(source)
    is_file = not os.path.isdir(place)
    return Clippings(folders, tags, os.path.dirname(place) if is_file else place, frozenset({place} if is_file else ()))


class _Nobody:
    """Watches a run and tells nobody."""

    def planned(self, planned: Planned, files: int, size: int) -> None: ...

    def moved(self, summary: Summary, size: int) -> None: ...

    def cleaned(self, name: str, tally: Tally) -> None: ...

    def noted(self, name: str, problem: Problem) -> None: ...
