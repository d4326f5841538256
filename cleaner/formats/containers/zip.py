"""ZIP files of saved pages, as read-later services export them: the pages in them are cleaned, all else stays.

Omnivore's has ``metadata_0_to_20.json`` and so on (lists of what is known of each page), ``content/SLUG.html``, and
``highlights/SLUG.md``, which are the user's own words.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from cleaner.formats.archive import Archive, Member, Writer, alone, only, read_archive, replaced, stretch
from cleaner.formats.bounds import Allowance
from cleaner.formats.container import Attachment, Clipping, Container, Piece, Record
from cleaner.formats.front import front, is_address
from cleaner.formats.links import is_link_list
from cleaner.formats.naming import path_name
from cleaner.formats.options import Cleaning
from cleaner.isolation.problem import DocumentError
from cleaner.read.sniff import PAGES, TEXTS
from cleaner.result import Result

_MHTML = frozenset({".mhtml", ".mht"})
_OWN = "highlights"
_FACTS = re.compile(r"(?:.*/)?metadata[^/]*\.json", re.IGNORECASE)


class Zip(Container):
    """A piece is a line of JSON, what the export says of the page, and a ZIP file with the page alone."""

    suffixes: tuple[str, ...] = (".zip",)

    def cleaning(self, cleaning: Cleaning) -> Cleaning:
        return replace(cleaning, to="html", front_matter=False)  # pages stay pages, so no name changes

    def pieces(self, path: str, cleaning: Cleaning) -> Iterator[Piece]:
        with open(path, "rb") as stream:
            archive = read_archive(stream)
            _check(archive, stream, cleaning)
            facts = _facts(archive, stream, cleaning)
            for number, member in enumerate(filter(_is_document, archive.members)):
                head = facts.get(PurePosixPath(member.name).stem, b"{}") + b"\n"
                fits = member.info.file_size <= cleaning.max_bytes
                yield Piece(number, head + (alone(stream, member) if fits else b""), member.name, member.end)

    def open(self, piece: Piece, cleaning: Cleaning) -> Clipping | None:
        facts, packed = _parts(piece)
        if not packed:
            raise DocumentError("unsupported", f"larger than the {cleaning.max_bytes:,} bytes a page may have")
        content = only(packed)
        if is_link_list(content):
            raise DocumentError("other", "a list of links, which holds no text to be cleaned")
        url = facts.get("url")
        return Clipping(content, url if is_address(url) else None, name=piece.name)

    def put(self, piece: Piece, result: Result | None, cleaning: Cleaning) -> bytes:
        """The new member alone in a ZIP file; nothing for one that stays as it is."""
        if result is None:
            return b""
        _, packed = _parts(piece)
        old = only(packed)
        if PurePosixPath(piece.name).suffix.lower() in _MHTML:
            from cleaner.formats.mhtml import rewrapped  # the email package is slow to import

            return replaced(packed, rewrapped(old, result.text))
        new = result.encoded()
        return replaced(packed, new) if new != old else b""

    def record(self, piece: Piece, result: Result, cleaning: Cleaning) -> Record:
        known = front(_parts(piece)[0], result)
        return Record(result.text, str(known.get("title") or PurePosixPath(piece.name).stem), known)

    def attachments(self, path: str, cleaning: Cleaning) -> Iterator[tuple[int, list[Attachment]]]:
        """What is no document goes with the document before it: highlights and pictures follow their page."""
        with open(path, "rb") as stream:
            archive = read_archive(stream)
            _check(archive, stream, cleaning)
            number = -1
            taken: set[str] = set()
            for member in archive.members:
                if _is_document(member):
                    number += 1
                elif not member.is_folder:
                    name = path_name(member.name, taken)
                    yield max(number, 0), [Attachment(name, only(alone(stream, member)))]

    def assemble(self, path: str, answers: Iterator[bytes], out: BinaryIO, cleaning: Cleaning) -> None:
        with open(path, "rb") as stream:
            archive = read_archive(stream)
            writer = Writer(out)
            for member in archive.members:
                answer = next(answers, b"") if _is_document(member) else b""
                if answer:
                    writer.copy(io.BytesIO(answer))
                else:
                    writer.add(member, stretch(stream, member))
            writer.close(archive.comment)


CONTAINER: Container = Zip()


def _is_document(member: Member) -> bool:
    path = PurePosixPath(member.name)
    if member.is_folder or path.name.startswith("."):  # the Finder adds some
        return False
    suffix = path.suffix.lower()
    return suffix in PAGES or (suffix in TEXTS and path.parent.name.lower() != _OWN)


def _check(archive: Archive, stream: BinaryIO, cleaning: Cleaning) -> None:
    """Refuse what is no export as a whole; nothing of it was unpacked then.

    Raises:
        DocumentError: it holds no document, is encrypted, has unsafe names, or unpacks to too much.
    """
    documents = [member for member in archive.members if _is_document(member)]
    if not documents:
        raise DocumentError("other", "a ZIP archive without pages or texts: there is nothing to be cleaned in it")
    if any(member.is_encrypted for member in documents):
        raise DocumentError("unsupported", "an encrypted ZIP archive: unpack it with its password and clean the folder")
    for member in archive.members:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or member.name[1:2] == ":":
            raise DocumentError(
                "broken", f"a member called {member.name!r} would lie outside of the folder: do not trust it"
            )
    left = Allowance(stream.seek(0, io.SEEK_END), cleaning.max_unpacked)
    for member in archive.members:
        if cleaning.records == "files" or _is_document(member) or _FACTS.fullmatch(member.name):
            left.take(member.info.file_size)


def _facts(archive: Archive, stream: BinaryIO, cleaning: Cleaning) -> dict[str, bytes]:
    """What Omnivore knows of each page, as JSON, by the name of its file."""
    facts: dict[str, bytes] = {}
    for member in archive.members:
        if not _FACTS.fullmatch(member.name) or member.info.file_size > cleaning.max_bytes or member.is_encrypted:
            continue
        try:
            items = json.loads(only(alone(stream, member)))
        except (ValueError, RecursionError, DocumentError):  # not Omnivore's; it passes on as it is
            continue
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and isinstance(item.get("slug"), str):
                facts[unicodedata.normalize("NFC", item["slug"])] = json.dumps(item).encode()
    return facts


def _parts(piece: Piece) -> tuple[dict[str, Any], bytes]:
    head, _, packed = piece.data.partition(b"\n")
    return json.loads(head), packed
