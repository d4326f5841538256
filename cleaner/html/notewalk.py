"""The walk past the marks of notes, and past notes in the middle of the text."""

from __future__ import annotations

import re
from abc import abstractmethod
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

from cleaner.html import footnotes
from cleaner.html.composer import Given
from cleaner.html.indents import Indents
from cleaner.html.media import MediaWalk
from cleaner.html.parts import FOOTNOTE, ICON, LINK, Mark

_REDIRECT = re.compile(r"https?://(?:www\.)?google\.[a-z.]+/url\?", re.IGNORECASE)


def _direct(target: str) -> str:
    """Where a link leads that Google's documents lead past Google."""
    if _REDIRECT.match(target):
        for name, value in parse_qsl(urlsplit(target).query):
            if name in ("q", "url") and value.startswith(("http://", "https://")):
                return value
    return target


class NoteWalk(MediaWalk):
    """Writes marks of notes as such, and each note once."""

    def __init__(self, given: Given, indents: Indents) -> None:
        super().__init__(given, indents)
        self.aside: list[Element] = []  # notes in the middle of the text, which is to end first

    @abstractmethod
    def _inside(self, element: Element) -> None:
        """Walk what is in an element."""

    @abstractmethod
    def _block(self, element: Element, tag: str, told: int | None = None) -> None:
        """Walk a block."""

    def _noted(self, element: Element, tag: str) -> bool:
        """Write the marks of notes that an element is or holds; whether it is nothing else, or only a place to which
        links lead."""
        notes = self.notes
        if element in notes.marks or element in notes.sides:
            self._note(element)
        elif tag == "sup" and notes.marks and (marks := notes.alone_in(element)):
            for link in marks:  # whoever shows them raises them
                self._note(link)
        elif element in notes.lost and self.visible and not footnotes.is_set_apart(element):
            self.parts.append("[")
            self._inside(element)
            self.parts.append("]")
        else:
            return tag == "a" and not (element.text or len(element))
        return True

    def _anchor(self, element: Element) -> Mark:
        target = (element.get("href") or "").strip()
        if target.startswith("#") and (footnotes.leads_back(target[1:]) or not footnotes.says(element)):
            return (ICON, "")  # the way back; the sign beside a heading
        return (LINK, _direct(target))

    def _note(self, element: Element) -> None:
        """The mark of a note, or a note that stands right where its mark would."""
        if element in self.notes.sides:
            self.aside.append(element)
            if self.notes.sides[element] in self.notes.marks.values():
                return
        self._add((FOOTNOTE, self.notes.marks.get(element) or self.notes.sides[element]))
        self.visible = True

    def _write_asides(self) -> None:
        """The notes that stood in the middle of the text."""
        waiting, self.aside = self.aside, []
        for element in waiting:
            self.notes.held[element] = self.notes.sides[element]
            self._block(element, "aside")
