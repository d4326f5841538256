"""Putting a container together when all its documents are done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from errno import EDQUOT, EIO, ENOSPC, EROFS

from cleaner.batch.outputs import Outputs, Place
from cleaner.batch.spool import unpack_record
from cleaner.formats import named
from cleaner.formats.container import Attachment, Record
from cleaner.formats.naming import file_name
from cleaner.formats.options import Cleaning
from cleaner.html.render.note import block
from cleaner.isolation.problem import DocumentError, Problem
from cleaner.read.frontmatter import front_matter
from cleaner.report import dumps

ATTACHMENTS = "attachments"


def assemble(
    container: str, source: str, place: Place, payloads: Iterator[bytes], cleaning: Cleaning, outputs: Outputs
) -> tuple[Problem, ...]:
    """Write what a container becomes; gives what is wrong with single files of it.

    Args:
        container: the name of its kind.
        source: the container.
        place: of what is written: a file, or a folder with a file for each document.
        payloads: of each document, in their order, what a worker answered.

    Raises:
        DocumentError: `unwritable`, or what the container says.
        OSError: the input cannot be read again.
    """
    mode = os.stat(source).st_mode
    if cleaning.records == "files":
        return _Folder(place, outputs, mode).fill(named(container).attachments(source, cleaning), payloads)
    with outputs.writing(place, mode=mode) as draft:
        if cleaning.records == "same":
            named(container).assemble(source, payloads, draft.stream, cleaning)
        else:
            draft.stream.writelines(_line(unpack_record(payload)) for payload in payloads if payload)
    return ()


def _line(record: Record) -> bytes:
    return (dumps({"title": record.title, **record.front, "text": record.text}) + "\n").encode()


class _Folder:
    """A folder with one file a document, and one more for what belongs to them."""

    def __init__(self, place: Place, outputs: Outputs, mode: int) -> None:
        self._place = place
        self._outputs = outputs
        self._mode = mode
        self._problems: list[Problem] = []
        self._taken: set[str] = set()

    def fill(
        self, attachments: Iterable[tuple[int, list[Attachment]]], payloads: Iterable[bytes]
    ) -> tuple[Problem, ...]:
        """Write all files."""
        waiting = iter(attachments)
        following = next(waiting, None)
        for number, payload in enumerate(payloads):
            if payload:
                self._note(unpack_record(payload))
            while following is not None and following[0] <= number:
                if payload:
                    for attachment in following[1]:
                        self._write(os.path.join(ATTACHMENTS, attachment.name), attachment.data)
                following = next(waiting, None)
        self._outputs.filled(self._place, len(self._taken))
        return tuple(self._problems)

    def _note(self, record: Record) -> None:
        """A note of its own; what is its address is called as it is in notes made of pages."""
        name = file_name(record.title, ".md", self._taken)
        fields = {"source" if key == "url" else key: value for key, value in record.front.items()}
        span, _ = front_matter(record.text)
        text = record.text if span else block({"title": record.title, **fields}) + record.text
        self._write(name, text.encode("utf-8", "surrogatepass"))

    def _write(self, name: str, data: bytes) -> None:
        """Write a file; that its name is impossible, or that somebody has edited it, is no harm to the others."""
        try:
            self._outputs.write(self._place.below(name), data, mode=self._mode)
        except DocumentError as error:
            cause = error.__context__
            if isinstance(cause, OSError) and cause.errno in (ENOSPC, EDQUOT, EIO, EROFS):
                raise  # nothing else could be written either
            self._problems.append(error.problem)
