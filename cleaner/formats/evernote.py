"""Reading an Evernote export: note by note, with the place of each note's content in the file.

The parser is expat: it says where in the file it is, so what does not change can be copied byte for byte.  It reads
nothing but the file, and a file that declares entities is refused, so there is no bomb.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from html import unescape
from typing import BinaryIO
from xml.parsers import expat

from cleaner.formats.enexbytes import CHUNK, Base64, Mended
from cleaner.isolation.problem import Code, DocumentError

_TAG = 1 << 24  # bytes; a longer tag is no note's
_DEPTH = 32
_ELEMENTS = 1_000_000  # in one note
_TEXTS = {
    "en-export/note/title": "title",
    "en-export/note/content": "content",
    "en-export/note/created": "created",
    "en-export/note/updated": "updated",
    "en-export/note/tag": "tags",
    "en-export/note/note-attributes/author": "author",
    "en-export/note/note-attributes/source-url": "url",
    "en-export/note/task/title": "title",
    "en-export/note/task/taskStatus": "status",
    "en-export/note/task/taskGroupNoteLevelID": "group",
    "en-export/note/resource/mime": "mime",
    "en-export/note/resource/resource-attributes/file-name": "name",
}
"""Elements whose text is wanted, and the attribute of their note, task or resource that gets it."""


@dataclass(slots=True)
class Resource:
    """A file in a note.

    Attributes:
        name: as the user knows it; often empty.
        hash: MD5 of its data in hex, by which the note's content names it; empty if nobody asked, like `data`.
    """

    mime: str = ""
    name: str = ""
    hash: str = ""
    data: bytes = b""


@dataclass(slots=True)
class Task:
    """A task; the note's content has a place for each group of them."""

    group: str = ""
    title: str = ""
    status: str = ""


@dataclass(slots=True)
class Note:
    """One note; times as Evernote writes them (``20141211T192702Z``).

    Attributes:
        content: its markup.
        start, end: where that stands in the file, with its CDATA marks.
        at: where the note ends.
        problem: why it cannot be cleaned, as `DocumentError` takes it.
    """

    title: str = ""
    content: str = ""
    start: int = 0
    end: int = 0
    at: int = 0
    created: str = ""
    updated: str = ""
    author: str = ""
    url: str = ""
    tags: list[str] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    problem: tuple[Code, str] | None = None

    def packed(self) -> bytes:
        """The note as JSON, without its resources' data."""
        resources = [[one.mime, one.name, one.hash] for one in self.resources]
        return json.dumps({**asdict(replace(self, resources=[])), "resources": resources}).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Note:
        """The note back."""
        fields = json.loads(data)
        fields["tasks"] = [Task(**task) for task in fields["tasks"]]
        fields["resources"] = [Resource(*resource) for resource in fields["resources"]]
        return cls(**fields)


def notes(path: str, limit: int, *, hashes: bool = False, data: bool = False) -> Iterator[Note]:
    """The notes in `path`.

    Args:
        limit: characters that the texts of a note may have; of a longer one only a part is given, with its problem.
        hashes, data: whether to give those of the resources.

    Raises:
        DocumentError: `broken` or `unsupported`, after the notes that could be read.
        OSError: it cannot be read.
    """
    with open(path, "rb") as stream:
        yield from _Reader(stream, limit, hashes=hashes or data, data=data).notes()


class _Reader:
    def __init__(self, stream: BinaryIO, limit: int, *, hashes: bool, data: bool) -> None:
        self._bytes = Mended(stream)
        self._limit = limit
        self._hashes, self._data = hashes, data
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = CHUNK
        parser.XmlDeclHandler = self._declared
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartCdataSectionHandler = self._begin_content
        parser.SkippedEntityHandler = self._skipped
        self._paths = [""]
        self._read: list[Note] = []
        self._count = 0
        self._elements = 0
        self._note = Note()
        self._first = 0
        self._text: list[str] = []
        self._size = 0
        self._base64 = Base64(keep=data)

    def notes(self) -> Iterator[Note]:
        parser, fed = self._parser, 0
        try:
            for chunk in self._bytes.chunks():
                parser.Parse(chunk, False)
                yield from self._taken()
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _TAG:
                    raise self._broken("a tag without an end")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            problem = self._broken(f"{expat.ErrorString(error.code)} in line {error.lineno:,}")
        except DocumentError as error:
            problem = error
        else:
            return
        yield from self._taken()
        raise problem

    def _taken(self) -> list[Note]:
        taken, self._read = self._read, []
        self._count += len(taken)
        return taken

    def _broken(self, why: str) -> DocumentError:
        if len(self._paths) == 1:
            return DocumentError("broken", f"it is no Evernote export ({why}): export the notebook as ENEX")
        count = self._count + len(self._read)
        return DocumentError("broken", f"it is damaged or cut off after {count:,} notes ({why}): export it once more")

    # --- what may not be --------------------------------------------------------------------------

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise DocumentError("unsupported", f"it is in {encoding}, and Evernote writes UTF-8: convert it")

    def _entity(self, name: str, *_: object) -> None:
        raise DocumentError("unsupported", f"it declares the entity {name!r}, as no Evernote export does: not read")

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter and self._paths[-1] in _TEXTS:
            self._characters(unescape(f"&{name};"))

    # --- elements ---------------------------------------------------------------------------------

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._paths) == 1 and name != "en-export":
            raise self._broken(f"it begins with <{name}>")
        path = f"{self._paths[-1]}/{name}".lstrip("/")
        self._paths.append(path)
        self._elements += 1
        if len(self._paths) > _DEPTH or self._elements > _ELEMENTS:
            raise self._broken("elements without an end")
        if path == "en-export/note":
            self._note, self._first = Note(), self._parser.CurrentByteIndex
            self._size = self._elements = 0
        elif path == "en-export/note/resource":
            self._note.resources.append(Resource())
        elif path == "en-export/note/resource/data":
            self._base64 = Base64(keep=self._data)
            self._parser.CharacterDataHandler = self._base64.feed if self._hashes else None
        elif path == "en-export/note/task":
            self._note.tasks.append(Task())
        elif path in _TEXTS:
            self._text = []
            self._parser.CharacterDataHandler = self._characters
            if path == "en-export/note/content":
                self._note.start = -1
                self._parser.buffer_text = False  # else the place of a text would be that of what follows
                if "encoding" in attributes:
                    self._note.problem = "unsupported", "it is encrypted: export it without a password"

    def _begin_content(self) -> None:
        if self._note.start < 0:
            self._note.start = self._parser.CurrentByteIndex

    def _characters(self, text: str) -> None:
        self._begin_content()
        self._size += len(text)
        if self._size <= self._limit:
            self._text.append(text)

    def _end(self, _: str) -> None:
        path = self._paths.pop()
        if path in _TEXTS:
            self._parser.CharacterDataHandler = None
            self._said(path, "".join(self._text))
        elif path == "en-export/note/resource/data":
            self._parser.CharacterDataHandler = None
            if self._hashes:
                resource = self._note.resources[-1]
                resource.hash, resource.data = self._base64.end()
        elif path == "en-export/note":
            self._finish(self._note)

    def _said(self, path: str, text: str) -> None:
        note, name = self._note, _TEXTS[path]
        if name == "content":
            self._begin_content()
            note.end = self._parser.CurrentByteIndex
            note.content = text
            self._parser.buffer_text = True
        elif name == "tags":
            note.tags.append(text.strip())
        else:
            above = path.split("/")[2]
            owner = note.resources[-1] if above == "resource" else note.tasks[-1] if above == "task" else note
            setattr(owner, name, text.strip())

    def _finish(self, note: Note) -> None:
        note.at = self._parser.CurrentByteIndex
        if self._size > self._limit:
            note.content = ""
            note.problem = "unsupported", f"it has more than {self._limit:,} characters: split it"
        elif self._bytes.is_broken(self._first, note.at):
            note.problem = "broken", "it holds bytes that are no text: save it again in Evernote"
        self._read.append(note)
