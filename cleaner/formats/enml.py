"""The markup of Evernote's notes (ENML), and the HTML that the cleaner gets of it.

ENML is XHTML with elements of Evernote's own: attached files, checkboxes, encrypted words, lists of tasks.  In the HTML
each of them is an image with an address that cannot be there otherwise, so the cleaner carries it along with its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from html import escape, unescape
from typing import Literal
from xml.parsers import expat

from cleaner.isolation.problem import DocumentError

Kind = Literal["media", "checkbox", "secret", "tasks", "picture", "link"]

_DEPTH = 160
_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_VOID = frozenset({"area", "br", "col", "hr", "img"})
_CODE = re.compile(r"-en-codeblock\s*:\s*true")
_LANGUAGE = re.compile(r"--en-syntaxLanguage\s*:\s*([\w+#.-]+)")
_CHECKED = re.compile(r"--en-checked\s*:")
_TASKS = re.compile(r"--en-task-group\s*:\s*true")
_OWN_LINK = re.compile(r"(?:evernote|file):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text in a note: its place in the bytes of the markup, and what it says."""

    start: int
    end: int
    value: str


@dataclass(slots=True, eq=False)
class Element:
    """An element with its tags' place in the bytes of the markup."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    children: list[Element | Text] = field(default_factory=list)

    @property
    def kind(self) -> Kind | None:
        """What it is beyond XHTML; a link if it leads to where no browser goes, a picture if it holds its data."""
        attributes, style = self.attributes, self.attributes.get("style", "")
        if self.name == "a":
            return "link" if _OWN_LINK.match(attributes.get("href", "")) else None
        if self.name == "img":
            return "picture" if attributes.get("src", "").startswith("data:") else None
        if self.name == "li":
            return "checkbox" if _CHECKED.search(style) else None
        if self.name == "div":
            return "tasks" if _TASKS.search(style) else None
        return _OWN.get(self.name)

    @property
    def is_reference(self) -> bool:
        """Whether it is a number that leads to another place of the note, as that of a footnote does."""
        return self.name == "a" and self.attributes.get("href", "").startswith("#") and _is_number(self.text)

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(child.text if isinstance(child, Element) else child.value for child in self.children)


def _is_number(text: str) -> bool:
    return text.strip().strip("[]^ ").isdecimal()


_OWN: dict[str, Kind] = {"en-media": "media", "en-todo": "checkbox", "en-crypt": "secret"}


@dataclass(frozen=True, slots=True)
class Markup:
    """A note's markup.

    Attributes:
        data: as bytes of UTF-8.
        key: a name that does not occur in it.
    """

    data: bytes
    root: Element
    key: str

    def address(self, number: int) -> str:
        """The address by which the cleaner knows the own element with that number."""
        return f"https://{self.key}.invalid/{number}"


def read(content: str) -> Markup:
    """The markup of a note.

    Raises:
        DocumentError: `broken`: it is no ENML, or damaged.
    """
    data = content.lstrip().encode("utf-8", "replace")
    try:
        root = _Parser(data).root
    except expat.ExpatError as error:
        why = f"{expat.ErrorString(error.code)} in line {error.lineno:,}"
        raise DocumentError("broken", f"its markup is damaged ({why}): it stays as it is") from None
    if root.name != "en-note":
        raise DocumentError("broken", f"its markup begins with <{root.name}>, not with <en-note>: it stays as it is")
    return Markup(data, root, blake2b(data, digest_size=12).hexdigest())


class _Parser:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stack: list[Element] = []
        self.root = Element("", {}, 0)
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.UseForeignDTD(True)  # entities of HTML are known, whether or not a document type is stated
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.SkippedEntityHandler = self._skipped
        parser.Parse(data, True)

    def _entity(self, name: str, *_: object) -> None:
        raise DocumentError("broken", f"its markup declares the entity {name!r}: it stays as it is")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self._parser.CurrentByteIndex)
        if self._stack:
            self._stack[-1].children.append(element)
        else:
            self.root = element
        self._stack.append(element)
        if len(self._stack) > _DEPTH:
            raise DocumentError("broken", f"its markup nests more than {_DEPTH} elements: it stays as it is")

    def _end(self, _: str) -> None:
        element = self._stack.pop()
        tag = _TAG.match(self._data, element.start)
        assert tag is not None  # expat says that there is one
        alone = tag[0].endswith(b"/>")
        element.end = tag.end() if alone else self._data.index(b">", self._parser.CurrentByteIndex) + 1

    def _text(self, value: str) -> None:
        start = self._parser.CurrentByteIndex
        is_reference = self._data.startswith(b"&", start)
        end = self._data.index(b";", start) + 1 if is_reference else start + len(value.encode())
        self._stack[-1].children.append(Text(start, end, value))

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if self._stack and not is_parameter:
            self._text(unescape(f"&{name};"))


@dataclass(frozen=True, slots=True)
class Part:
    """A note's markup as HTML: a part of a page.

    Attributes:
        own: what has an address of its own in it, by its number.
    """

    html: str
    own: tuple[Element, ...]


def _no_mark(_: Element | Text) -> str:
    return ""


def part(markup: Markup, title: str = "", mark: Callable[[Element | Text], str] = _no_mark) -> Part:
    """The HTML of a note.

    Args:
        title: what the note is called; a heading that says the same is no part of the text.
        mark: gives what is put before each text and reference, and into each image.
    """
    writer = _Writer(markup, mark)
    # Without a title of its own, a page is called what its first heading says, which then would go.
    writer.pieces.append(f"<title>{escape(title or markup.key)}</title>")
    writer.inside(markup.root)
    return Part("".join(writer.pieces), tuple(writer.own))


class _Writer:
    def __init__(self, markup: Markup, mark: Callable[[Element | Text], str]) -> None:
        self._markup = markup
        self._mark = mark
        self._box: Element | None = None  # a checkbox that has to come before the next words
        self.pieces: list[str] = []
        self.own: list[Element] = []

    def inside(self, element: Element, *, code: bool = False) -> None:
        for child in element.children:
            if isinstance(child, Text):
                self._text(child)
            elif code and child.name == "br" and len(element.children) == 1:
                pass  # an empty line of a listing is that already
            else:
                self._element(child, code=code)

    def _text(self, text: Text) -> None:
        words = text.value.lstrip()
        if words:
            self._checkbox()
            words = text.value[: len(text.value) - len(words)] + self._mark(text) + words
        self.pieces.append(escape(words or text.value, quote=False))

    def _element(self, element: Element, *, code: bool) -> None:
        kind, name, mark = element.kind, element.name, self._mark
        attributes = dict(element.attributes)
        if kind == "link":
            attributes["href"] = self._number(element)
        elif element.is_reference:
            self._checkbox()
            self.pieces.append(mark(element))
            self._mark = _no_mark  # a number with a mark in it would refer to no footnote
        elif name == "li":
            self._checkbox()
            self._box = element if kind == "checkbox" else None
            if kind == "checkbox":
                del attributes["style"]  # the walk would read the box in it as well
        elif kind is not None:
            self._image(element, "<div>{}</div>" if kind == "tasks" else "{}")
            return
        elif name == "img":
            attributes["alt"] = mark(element) + attributes.get("alt", "")
        elif name == "div" and _CODE.search(style := attributes.get("style", "")):
            language = _LANGUAGE.search(style)
            name, attributes = "pre", {"class": f"language-{language[1]}"} if language else {}
        stated = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        self.pieces.append(f"<{name}{stated}>")
        if name not in _VOID:
            self.inside(element, code=code or name == "pre")
            if name == "li":
                self._checkbox()
            self.pieces.append(f"</{name}>")
        self._mark = mark

    def _checkbox(self) -> None:
        if self._box is not None:
            element, self._box = self._box, None
            self._image(element)

    def _image(self, element: Element, around: str = "{}") -> None:
        self._checkbox()
        self.pieces.append(around.format(f'<img src="{self._number(element)}" alt="{self._mark(element)}">'))

    def _number(self, element: Element) -> str:
        self.own.append(element)
        return self._markup.address(len(self.own) - 1)
