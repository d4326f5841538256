"""A line of text that grows piece by piece, its white space collapsed as a browser does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.model import Span

Aside = tuple[Span, str]
"""Words inside a block that are no part of its text: a label of an icon (an empty name), or what a rule for the
structure hit (the number of the hit)."""

_WHITE = " \t\r\n\f"
HARD = "\xa0\u202f "
_SOFT = re.compile(r"[^\S\xa0\u202f]+")


class Run:
    """Inline content being written.

    White space is only written when something follows it on the line, and markup only around something.

    Attributes:
        size: characters so far.
        asides: spans of what stood between `begin_aside` and `end_aside`, with the names that these were given.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._space = ""
        self._waiting: list[str] = []  # opening markup with nothing behind it yet
        self._begun: list[int] = []
        self.size = 0
        self.asides: list[Aside] = []

    def put(self, text: str) -> None:
        """Text as it is to be."""
        if self._space or self._waiting:
            text = self._space + "".join(self._waiting) + text
            self._space = ""
            self._waiting.clear()
        self._pieces.append(text)
        self.size += len(text)

    def words(self, text: str, words: str) -> None:
        """`words` is what `text` becomes without superfluous white space (see `collapsed`) and with escapes."""
        if not self.size:
            words = words.lstrip(HARD)
        elif not self._space and text[0] in _WHITE:
            self._space = " "
        if words:
            self.put(words)
            if text[-1] in _WHITE:
                self._space = " "

    def note(self, mark: str) -> None:
        """The mark of a footnote; a bracket right before it would make a wikilink of both."""
        if not self._space and not self._waiting and self._pieces and self._pieces[-1].endswith("["):
            self._pieces[-1] = self._pieces[-1][:-1] + "\\["
            self.size += 1
        self.put(mark)

    def space(self) -> None:
        """White space, if it separates something."""
        if self.size and not self._space:
            self._space = " "

    def line(self, ending: str) -> None:
        """A line break, if it separates something."""
        if self.size:
            self._space = ending

    def open(self, mark: str) -> None:
        """Markup that goes before what follows."""
        self._waiting.append(mark)

    def close(self, mark: str) -> None:
        """Markup that ends what `open` began; both are left out if nothing stands between them."""
        if self._waiting:
            self._waiting.pop()
            return
        self._pieces.append(mark)
        self.size += len(mark)

    def begin_aside(self) -> None:
        """What follows stands beside the text."""
        self._begun.append(self.size + len(self._space))

    def end_aside(self, name: str) -> None:
        """The innermost aside ends."""
        start = self._begun.pop()
        if start < self.size:
            self.asides.append(((start, self.size), name))

    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces).rstrip(HARD)


class CellRun(Run):
    """The same in a cell of a Markdown table, which ends at a bar or a line break."""

    def put(self, text: str) -> None:
        super().put(_celled(text))

    def close(self, mark: str) -> None:
        super().close(_celled(mark))


def _celled(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def collapsed(text: str) -> str:
    """`text` with its white space as a browser shows it: runs become one space, but for spaces that do not break."""
    if "\xa0" in text or "\u202f" in text:
        return _SOFT.sub(" ", text).strip(" ")
    return " ".join(text.split())


def shifted(asides: Iterable[Aside], by: int) -> list[Aside]:
    """The asides, `by` characters further on."""
    return [((start + by, end + by), name) for (start, end), name in asides]
