"""A page for each document of a folder, which shows what goes from it: the work behind `cleaner view FOLDER`.

What a run has filled or cleaned in place is shown as it was before: from the sources that the run remembers, and from
the journal.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from cleaner.batch.found import PassedOver, kind_of
from cleaner.batch.guarded import has
from cleaner.batch.journal import Before
from cleaner.batch.options import CHUNK, BatchOptions, cores
from cleaner.batch.state import State, path_of
from cleaner.batch.walk import walk
from cleaner.draft import remove, write
from cleaner.errors import InputError, OptionError, shown
from cleaner.formats.options import Cleaning
from cleaner.isolation.pool import Pool
from cleaner.isolation.problem import Problem, explained
from cleaner.report.folder import Viewed, folder_page
from cleaner.report.page import page
from cleaner.report.tally import Tally

INDEX = "index.html"
LIST = "documents.json"
"""What there is a page of, for `cleaner stats` and for the next run."""
_PAGES = "documents"
_SHOWN = frozenset({"text", "page"})


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be shown.

    Attributes:
        name: its path below the folder.
        path: the file that is read, or that `before` is the former content of.
        before: packed by zlib; None: the file is what it was.
    """

    name: str
    path: str
    before: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Starts what writes the pages, in each worker."""

    cleaning: Cleaning
    report: str

    def __call__(self) -> _Drawing:
        return _Drawing(self.cleaning, self.report)


class _Drawing:
    def __init__(self, cleaning: Cleaning, report: str) -> None:
        self._cleaner = cleaning.cleaner()
        self._report = report

    def __call__(self, document: Document) -> Viewed | Problem:
        try:
            return self._drawn(document)
        except Exception as error:  # a document must not stop the others
            return explained(error)

    def _drawn(self, document: Document) -> Viewed:
        data = _read(document.path) if document.before is None else zlib.decompress(document.before)
        result = self._cleaner.clean(data, name=os.path.basename(document.path))
        place = page_of(document.name)
        home = "../" * place.count("/") + INDEX
        drawn = page(result.source, result.report, name=document.name, index=home)
        write(os.path.join(self._report, *place.split("/")), drawn.encode(), mode=os.stat(document.path).st_mode)
        tally = Tally.of(result.report, document.name)
        kinds = sorted(tally.categories, key=lambda name: (-tally.categories[name][1], name))
        return Viewed(
            name=document.name,
            page=place,
            characters=tally.characters,
            removed=tally.removed,
            removals=len(result.report.removals),
            categories=tuple(kinds),
            site=result.report.site.pack if result.report.site else "",
            warnings=len(result.report.warnings),
        )


@dataclass(slots=True)
class FolderView:
    """What came of showing a folder: its documents, what has no page, with the reason, and how many of that failed."""

    documents: list[Viewed] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    failed: int = 0


def page_of(name: str) -> str:
    """The path of a document's page below the index, with `/` between folders."""
    return f"{_PAGES}/{name.replace(os.sep, '/')}.html"


def view_folder(options: BatchOptions) -> FolderView:
    """Write a page for each document of a folder, and an index of them.

    Args:
        options: its only source is the folder, its destination gets the pages.

    Raises:
        OptionError: something else is in the destination.
        OutputError: another run is at work on the folder.
        DocumentError: the destination cannot be written.
    """
    (folder,), report = options.sources, os.path.abspath(options.dest or "")
    before = _check(report, options.dest or "")
    view = FolderView()
    found = list(documents(options, view))
    seconds = options.cleaning.max_seconds
    pool: Pool[Document, Viewed | Problem] = Pool(
        _Drawer(options.cleaning, report),
        jobs=min(options.jobs or cores(), max(1, len(found))),
        seconds=seconds,
        memory=options.max_memory,
    )
    try:
        for answers in pool.run(_chunks(found)):
            for document, answer in answers:
                if isinstance(answer, Problem):
                    view.unseen.append((document.name, answer.text))
                    view.failed += 1
                else:
                    view.documents.append(answer)
    finally:
        pool.close()
    view.documents.sort(key=lambda one: one.name)
    view.unseen.sort()
    title = os.path.basename(os.path.abspath(folder))
    write(os.path.join(report, INDEX), folder_page(title, options.cleaning.level, view.documents, view.unseen).encode())
    for gone in before - {one.page for one in view.documents}:
        remove(os.path.join(report, *gone.split("/")))
    listed = {"folder": os.path.abspath(folder), "documents": [asdict(one) for one in view.documents]}
    write(os.path.join(report, LIST), (json.dumps(listed, indent=1) + "\n").encode())
    return view


def pages_in(report: str) -> Mapping[str, str]:
    """The pages that a report of a folder has, by the absolute paths of the documents.

    Raises:
        InputError: there is no such report.
    """
    try:
        listed = json.loads(_read(os.path.join(report, LIST)))
        folder = listed["folder"]
        return {os.path.join(folder, one["name"]): one["page"] for one in listed["documents"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError("no report of a folder; cleaner view FOLDER -o REPORT/ writes one") from None


def documents(options: BatchOptions, view: FolderView) -> Iterator[Document]:
    """The documents of a folder; `view` is told of those that cannot be shown."""
    folder = os.path.abspath(options.sources[0])
    former: Mapping[str, tuple[bytes, bytes]] = {}
    if os.path.exists(path_of(folder)):
        state = State(folder)
        try:
            outputs = list(state.items.outputs())
            former = {before.path: (before.data, before.sha_after) for before in _last_changes(state)}
        finally:
            state.close()
        if outputs:
            yield from (Document(target, source) for target, source in outputs if kind_of(source) in _SHOWN)
            return
    for found in (one for several in walk(options) for one in several):
        if isinstance(found, PassedOver):
            view.unseen.append((os.path.relpath(found.shown, folder), found.problem.text))
            continue
        name = os.path.relpath(os.path.abspath(found.path), folder)
        if found.kind == "container":
            view.unseen.append((name, "holds many documents; cleaner batch cleans each"))
        elif found.kind in _SHOWN:
            yield Document(name, os.path.abspath(found.path), _before(found.path, former.get(name)))


def _last_changes(state: State) -> Iterable[Before]:
    """Of each file the last time that it was replaced."""
    changes: dict[str, Before] = {}
    for run, _, _ in state.journal.runs():
        for before in state.journal.changes(run):
            if isinstance(before, Before):
                changes.setdefault(before.path, before)
    return changes.values()


def _before(path: str, known: tuple[bytes, bytes] | None) -> bytes | None:
    """What a file was before it was cleaned in place, if it is what became of it."""
    return known[0] if known is not None and has(path, known[1]) else None


def _chunks(found: Sequence[Document]) -> Iterator[Sequence[Document]]:
    for start in range(0, len(found), CHUNK):
        yield found[start : start + CHUNK]


def _check(report: str, name: str) -> set[str]:
    """The pages that are there already; what is there must be ours."""
    if not os.path.lexists(report):
        return set()
    try:
        return set(pages_in(report).values())
    except InputError:
        if os.path.isdir(report) and not os.listdir(report):
            return set()
        raise OptionError(f"{shown(name)}: holds something else; name a new folder for the pages") from None


def _read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()
