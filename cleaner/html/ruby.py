"""Ruby: words and their readings, which follow them in brackets."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

_READING = frozenset({"rt", "rtc"})
_BASE = frozenset({"rb", "rbc"})
_BRACKETS = ("（", "）")
_LATIN = (" (", ")")
_LAST_LATIN = "\u024f"


def pieces(ruby: Element) -> Iterator[str | Element]:
    """Texts and elements of a ``ruby``, each reading (or run of readings) in brackets behind what it belongs to.

    The brackets are those of the page (``rp``) or, if it has none, those of the script that the words are written in.
    Elements that libxml2 nests, since their end tags are left out, are read as siblings.
    """
    yield from _Ruby().run(ruby)


class _Ruby:
    def __init__(self) -> None:
        self.readings: list[str] = []
        self.brackets: list[str] = []
        self.last = ""  # of the words before

    def run(self, ruby: Element) -> Iterator[str | Element]:
        yield from self._inside(ruby, "base")
        yield from self._closed()

    def _inside(self, element: Element, role: str) -> Iterator[str | Element]:
        yield from self._text(element.text, role)
        for child in element:
            tag = child.tag
            if type(tag) is not str:
                pass
            elif tag in _READING:
                if tag == "rtc":
                    yield from self._closed()
                yield from self._inside(child, "reading")
                if tag == "rtc":
                    yield from self._closed()
            elif tag == "rp":
                yield from self._inside(child, "bracket")
            elif tag in _BASE:
                yield from self._inside(child, "base")
            elif role == "base":
                yield from self._closed()
                self.last = "".join(child.itertext())[-1:] or self.last
                yield child
            else:
                yield from self._text("".join(child.itertext()), role)
            yield from self._text(child.tail, role)

    def _text(self, text: str | None, role: str) -> Iterator[str]:
        if not text or text.isspace():
            return
        if role == "base":
            yield from self._closed()
            self.last = text.rstrip()[-1:]
            yield text.strip() if not self.last.isascii() else text
        elif role == "reading":
            self.readings.append(text.strip())
        else:
            self.brackets.append(text.strip())

    def _closed(self) -> Iterator[str]:
        """The reading that is complete, in its brackets."""
        if self.readings:
            reading = self.readings
            opening, closing = _LATIN if self.last <= _LAST_LATIN else _BRACKETS
            if len(self.brackets) > 1:
                opening, closing = self.brackets[0], self.brackets[-1]
                opening = f" {opening}" if self.last <= _LAST_LATIN else opening
            between = " " if reading[0][-1:] <= _LAST_LATIN else ""
            yield f"{opening}{between.join(reading)}{closing}"
        self.readings, self.brackets = [], []
