"""Putting a container together when all its documents are done."""

from __future__ import annotations

import os
from collections.abc import Iterator

from cleaner.batch.spool import unpack_record
from cleaner.draft import Draft, size_and_time, write, writing
from cleaner.formats import named
from cleaner.formats.container import Attachment, Record
from cleaner.formats.naming import file_name
from cleaner.formats.options import Cleaning
from cleaner.html.render.note import block
from cleaner.read.frontmatter import front_matter
from cleaner.report import dumps

ATTACHMENTS = "attachments"


def assemble(
    container: str, source: str, target: str, payloads: Iterator[bytes], cleaning: Cleaning
) -> tuple[int, int]:
    """Write what a container becomes; give its size and time, of a folder of files the number of notes and 0.

    Args:
        container: the name of its kind.
        source, target: the container, and what is written.
        payloads: of each document, in their order, what a worker answered.

    Raises:
        DocumentError: `unwritable`, or what the container says.
        OSError: the input cannot be read again.
    """
    if cleaning.records == "files":
        return _files(named(container).attachments(source, cleaning), target, payloads), 0
    with writing(target):
        with Draft(target) as draft:
            if cleaning.records == "same":
                named(container).assemble(source, payloads, draft.stream, cleaning)
            else:
                draft.stream.writelines(_line(unpack_record(payload)) for payload in payloads if payload)
        return size_and_time(target)


def _line(record: Record) -> bytes:
    return (dumps({"title": record.title, **record.front, "text": record.text}) + "\n").encode()


def _files(attachments: Iterator[tuple[int, list[Attachment]]], folder: str, payloads: Iterator[bytes]) -> int:
    """One file a document, and what belongs to it in a folder of its own; how many there are."""
    following = next(attachments, None)
    taken: set[str] = set()
    for number, payload in enumerate(payloads):
        if payload:
            _note(folder, unpack_record(payload), taken)
        while following is not None and following[0] <= number:
            if payload:
                for attachment in following[1]:
                    write(os.path.join(folder, ATTACHMENTS, attachment.name), attachment.data)
            following = next(attachments, None)
    return len(taken)


def _note(folder: str, record: Record, taken: set[str]) -> None:
    """A note of its own; what is its address is called as it is in notes made of pages."""
    name = file_name(record.title, ".md", taken)
    fields = {"source" if key == "url" else key: value for key, value in record.front.items()}
    span, _ = front_matter(record.text)
    text = record.text if span else block({"title": record.title, **fields}) + record.text
    write(os.path.join(folder, name), text.encode("utf-8", "surrogatepass"))
