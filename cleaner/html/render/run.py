"""A line of text that grows piece by piece, its white space collapsed as a browser does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.html.render.emphasis import TAGS, closes, opens
from cleaner.model import Span

Aside = tuple[Span, str]
"""Words inside a block that are no part of its text: a label of an icon (an empty name), or what a rule for the
structure hit (the number of the hit)."""

_KEPT = "\xa0\u202f"
"""White space that stays what it is."""
HARD = _KEPT + " "
_SOFT = re.compile(r"[^\S\xa0\u202f]+")


@dataclass(slots=True)
class _Emphasis:
    """A pair of marks that was written, by the places of its pieces and their offsets."""

    mark: str
    begin: int
    begin_at: int
    works: bool
    end: int = 0
    end_at: int = 0


class Run:
    """Inline content being written.

    White space is only written when something follows it on the line, and markup only around something.  Marks of
    emphasis that would not work between the characters where they stand (`**「x」**は`) become HTML.

    Attributes:
        size: characters so far.
        asides: spans of what stood between `begin_aside` and `end_aside`, with the names that these were given.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._space = ""
        self._waiting: list[str] = []  # opening markup with nothing behind it yet
        self._begun: list[int] = []
        self._open: list[_Emphasis] = []
        self._unsure: list[_Emphasis] = []  # whether they work depends on what follows
        self.size = 0
        self.asides: list[Aside] = []

    def put(self, text: str) -> None:
        """Text as it is to be."""
        if self._unsure:
            self._settle((self._space or "".join(self._waiting) or text)[:1])
        if self._waiting and text[0] in HARD:
            text = self._before_markup(text)
            if not text:
                return
        if self._waiting:
            self._begin_markup(text)
        elif self._space:
            text = self._space + text
            self._space = ""
        self._piece(text)

    def _piece(self, text: str) -> None:
        self._pieces.append(text)
        self.size += len(text)

    def _before_markup(self, text: str) -> str:
        """Write the hard spaces that `text` begins with before the markup, which would begin nothing behind them."""
        words = text.lstrip(HARD)
        self._piece(self._space + text[: len(text) - len(words)])
        self._space = ""
        return words

    def _begin_markup(self, text: str) -> None:
        """Write what waited for `text`."""
        before = (self._space or self._last())[-1:]
        apart = bool(self._space) or self._last() not in TAGS  # two marks side by side would be read as one
        if self._space:
            self._piece(self._space)
            self._space = ""
        for number, mark in enumerate(self._waiting, 1):
            if mark in TAGS:
                after = ("".join(self._waiting[number:]).lstrip("*") + text)[:1]
                self._open.append(_Emphasis(mark, len(self._pieces), self.size, apart and opens(before, after)))
            else:
                before = mark[-1:]
            self._piece(mark)
        self._waiting.clear()

    def _last(self) -> str:
        return self._pieces[-1] if self._pieces else ""

    def words(self, text: str, words: str) -> None:
        """`words` is what `text` becomes without superfluous white space (see `collapsed`) and with escapes."""
        if not self.size:
            words = words.lstrip(HARD)
        elif not self._space and text[0].isspace() and text[0] not in _KEPT:
            self._space = " "
        if words:
            self.put(words)
            if text[-1].isspace() and text[-1] not in _KEPT:
                self._space = " "

    def note(self, mark: str) -> None:
        """The mark of a footnote; a bracket right before it would make a wikilink of both."""
        if not self._space and not self._waiting and self._pieces and self._pieces[-1].endswith("["):
            self._pieces[-1] = self._pieces[-1][:-1] + "\\["
            self.size += 1
        self.put(mark)

    def ends_with(self, mark: str) -> bool:
        """Whether what follows would stand right behind a mark."""
        return not self._space and not self._waiting and self._last().endswith(mark)

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
        if self._unsure and mark not in TAGS:
            self._settle(mark[:1])
        if mark not in TAGS or not self._open:
            self._piece(mark)
            return
        behind = self._without_hard_spaces()
        before = self._last()[-1:]
        self._piece(mark)
        self._end_emphasis(before)
        if behind:
            self._piece(behind)

    def _without_hard_spaces(self) -> str:
        """Take back the hard spaces that the last piece ends with: nothing ends behind them."""
        last = self._last()
        words = last.rstrip(HARD)
        self._pieces[-1] = words
        self.size -= len(last) - len(words)
        return last[len(words) :]

    def _end_emphasis(self, before: str) -> None:
        emphasis = self._open.pop()
        emphasis.end, emphasis.end_at = len(self._pieces) - 1, self.size - len(emphasis.mark)
        if not emphasis.works:
            self._as_html(emphasis)
        elif not closes(before, "a"):
            self._unsure.append(emphasis)

    def _settle(self, after: str) -> None:
        """Now that the character that follows is known, some marks turn out to end nothing."""
        unsure, self._unsure = self._unsure, []
        for emphasis in unsure:
            if not closes(".", after):
                self._as_html(emphasis)

    def _as_html(self, emphasis: _Emphasis) -> None:
        tag = TAGS[emphasis.mark]
        self._replace(emphasis.end, emphasis.end_at, f"</{tag}>")
        self._replace(emphasis.begin, emphasis.begin_at, f"<{tag}>")

    def _replace(self, piece: int, offset: int, text: str) -> None:
        """Another piece in the place of one that begins at `offset`; what lies behind it moves."""
        by = len(text) - len(self._pieces[piece])
        self._pieces[piece] = text
        self.size += by
        self.asides = [((s + by * (s > offset), e + by * (e > offset)), name) for (s, e), name in self.asides]
        self._begun = [start + by * (start > offset) for start in self._begun]
        for emphasis in (*self._open, *self._unsure):
            emphasis.begin_at += by * (emphasis.begin_at > offset)
            emphasis.end_at += by * (emphasis.end_at > offset)

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
