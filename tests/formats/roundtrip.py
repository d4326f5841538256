"""Drives a container the way a run does, in this process and without a state."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import cleaner
from cleaner.errors import InputError
from cleaner.formats.container import Attachment, Clipping, Container, Piece, Record
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import DocumentError, Problem
from cleaner.result import Result

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = (SEEDS / "000_d0dcb1b4df1049bc.txt").read_text(encoding="utf-8")
EXPECTED = (SEEDS / "000_d0dcb1b4df1049bc.expected.txt").read_text(encoding="utf-8")

PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Lamp at the Quay</title></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/shop">Shop</a></nav>
<article><h1>The Lamp at the Quay</h1>
<p>For forty years the lamp at the end of the quay was lit by hand, and for forty years the same hand lit it. Nobody in
the village could say when the keeper slept, only that the lamp had never once been late.</p>
<p>When the council decided that a timer would do the work, it was the fishermen who asked for a vote. They lost it by
three voices, and the timer came in a box that was smaller than the keeper's lunch.</p>
<p>Since then the lamp has failed twice, both times in fog. The keeper, who still lives in the last house, has kept the
matches, and says that he will not be asked a third time.</p></article>
<footer><p>Subscribe to our newsletter</p><p>Share this article on Facebook</p><p>© Harbour Gazette</p></footer>
</body></html>
"""
"""A page with an article of our own in it, and what a site puts around one."""


@dataclass(slots=True)
class Trip:
    """What came of a file.

    Attributes:
        data: the file that was put together; None if that could not be done.
        problems: in the order in which they were met.
        named: the documents that were set aside.
    """

    data: bytes | None = None
    pieces: list[Piece] = field(default_factory=list)
    clippings: list[Clipping | None] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """The problems as code and text."""
        return [f"{problem.code}: {problem.text}" for problem in self.problems]


def travel(container: Container, path: Path, cleaning: Cleaning | None = None) -> Trip:
    """The file with its documents clean, of the same kind."""
    options = cleaning or Cleaning()
    trip = Trip()

    def answer(piece: Piece) -> bytes:
        try:
            clipping = container.open(piece, options)
            trip.clippings.append(clipping)
            if clipping is None:
                return container.put(piece, None, options)
            result = _clean(clipping, container.cleaning(options))
            trip.results.append(result)
            return container.put(piece, result, options)
        except (DocumentError, InputError) as error:
            problem = error.problem if isinstance(error, DocumentError) else Problem("unsupported", str(error))
            trip.problems.append(problem)
            trip.named.append(piece.name)
            return container.put(piece, None, Cleaning())

    answers = [answer(piece) for piece in _pieces(container, path, options, trip)]
    out = io.BytesIO()
    try:
        container.assemble(str(path), iter(answers), out, options)
        trip.data = out.getvalue()
    except DocumentError as error:
        trip.problems.append(error.problem)
    return trip


def leave(
    container: Container, path: Path, cleaning: Cleaning | None = None
) -> Iterator[tuple[Record, list[Attachment]]]:
    """Each document for itself, with the files that belong to it."""
    options = replace(cleaning or Cleaning(), records="files")
    attachments: dict[int, list[Attachment]] = {}
    for number, some in container.attachments(str(path), options):
        attachments.setdefault(number, []).extend(some)
    for piece in container.pieces(str(path), options):
        clipping = container.open(piece, options)
        if clipping is not None:
            yield container.record(piece, _clean(clipping, options), options), attachments.get(piece.number, [])


def _pieces(container: Container, path: Path, options: Cleaning, trip: Trip) -> Iterator[Piece]:
    try:
        for piece in container.pieces(str(path), options):
            trip.pieces.append(piece)
            yield piece
    except DocumentError as error:
        trip.problems.append(error.problem)


def _clean(clipping: Clipping, options: Cleaning) -> Result:
    if clipping.own:
        options = replace(options, extractor="none")
    return _cleaner(options).clean(clipping.source, url=clipping.url, format=clipping.format, name=clipping.name)


_cleaner: Callable[[Cleaning], cleaner.Cleaner] = cache(Cleaning.cleaner)
