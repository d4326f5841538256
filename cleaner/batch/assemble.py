"""Putting a container together when all its documents are done."""

from __future__ import annotations

import os
from collections.abc import Iterator

from cleaner.batch.cleaning import Cleaning
from cleaner.batch.formats import named
from cleaner.batch.formats.container import Record
from cleaner.batch.formats.naming import file_name
from cleaner.batch.spool import answers, unpack_record
from cleaner.batch.tasks import AssembleTask
from cleaner.batch.write import size_and_time, write, writing
from cleaner.draft import Draft
from cleaner.html.render.note import block
from cleaner.read.frontmatter import front_matter
from cleaner.report import dumps

ATTACHMENTS = "attachments"


def assemble(task: AssembleTask, cleaning: Cleaning) -> tuple[int, int]:
    """Write what a container becomes; give its size and time, of a folder of files the number of notes and 0.

    Raises:
        Trouble: `unwritable`, or what the container says.
        OSError: the input cannot be read again.
    """
    payloads = answers(task.spool, task.parts)
    if cleaning.records == "files":
        return _files(task, payloads, cleaning), 0
    with writing(task.target):
        with Draft(task.target) as draft:
            if cleaning.records == "same":
                named(task.container).assemble(task.source, payloads, draft.stream, cleaning)
            else:
                draft.stream.writelines(_line(unpack_record(payload)) for payload in payloads if payload)
        return size_and_time(task.target)


def _line(record: Record) -> bytes:
    return (dumps({"title": record.title, **record.front, "text": record.text}) + "\n").encode()


def _files(task: AssembleTask, payloads: Iterator[bytes], cleaning: Cleaning) -> int:
    """One file a document, and what belongs to it in a folder of its own; how many there are."""
    container = named(task.container)
    attachments = container.attachments(task.source, cleaning)
    following = next(attachments, None)
    taken: set[str] = set()
    for number, payload in enumerate(payloads):
        if payload:
            _note(task.target, unpack_record(payload), taken)
        while following is not None and following[0] <= number:
            if payload:
                for attachment in following[1]:
                    write(os.path.join(task.target, ATTACHMENTS, attachment.name), attachment.data)
            following = next(attachments, None)
    return len(taken)


def _note(folder: str, record: Record, taken: set[str]) -> None:
    """A note of its own; what is its address is called as it is in notes made of pages."""
    name = file_name(record.title, ".md", taken)
    fields = {"source" if key == "url" else key: value for key, value in record.front.items()}
    span, _ = front_matter(record.text)
    text = record.text if span else block({"title": record.title, **fields}) + record.text
    write(os.path.join(folder, name), text.encode("utf-8", "surrogatepass"))
