"""The report as a diff for people: what went, by which rule, in its surroundings.

    1   │                                Trade war
        │                                ⋮ 14 lines stayed
   16 - │ icon.sketch-layers             ArrowArtboardCreated with Sketch.…
   17 ~ │ token.articles-left            You have [-{{numberArticlesLeft}}-] articles

`-` marks a line that went, `~` one that lost a part, which stands between ``[-`` and ``-]`` unless there are colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.edit import Lines
from cleaner.model import Removal, ReportFacts, Span
from cleaner.report.paint import BOLD, DIM, INVERSE, STRUCK, Paint, shortened, visible

CONTEXT = 2
_MARGIN = 30


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch that went; `removal` is None for white space that went with its neighbour."""

    start: int
    end: int
    removal: Removal | None


_Piece = tuple[str, _Cut | None]
"""A stretch of a line, and what took it."""


def diff(source: str, report: ReportFacts, *, colour: bool = False, width: int | None = None) -> Iterator[str]:
    """The lines of the diff, without line ends.

    Args:
        source: the decoded input that the report is about.
        width: columns of the terminal, to which lines that stayed are shortened, and in which others are wrapped under
            themselves; None: all are whole.
    """
    lines = Lines(source)
    rows = _rows(lines, _cuts(report))
    drawing = _Drawing(lines, report, Paint(colour), width)
    folded = 0
    for number in range(len(lines)):
        if any(n in rows for n in range(number - CONTEXT, number + CONTEXT + 1)):
            if folded:
                yield drawing.fold(folded)
            folded = 0
            yield from drawing.row(number, rows.get(number, ()))
        else:
            folded += 1
    if folded:
        yield drawing.fold(folded)


def _cuts(report: ReportFacts) -> list[_Cut]:
    """What went, sorted; of overlapping stretches (one cut around another) the outer one first."""
    cuts = [_Cut(r.start, r.end, r) for r in report.removals]
    cuts += (_Cut(r.start, r.end, None) for r in report.repairs)
    return sorted(cuts, key=lambda c: (c.start, -c.end))


def _rows(lines: Lines, cuts: Sequence[_Cut]) -> dict[int, list[_Cut]]:
    """The cuts on each line that lost something."""
    rows: dict[int, list[_Cut]] = {}
    for cut in cuts:
        for number in range(lines.at(cut.start), lines.at(cut.end - 1) + 1):
            rows.setdefault(number, []).append(cut)
    return rows


class _Drawing:
    def __init__(self, lines: Lines, report: ReportFacts, paint: Paint, width: int | None) -> None:
        self._lines = lines
        self._paint = paint
        self._digits = max(3, len(str(len(lines))))
        self._margin = min(_MARGIN, max((len(r.rule) for r in report.removals), default=0))
        self._room = max(20, width - self._digits - self._margin - 7) if width else None
        self._blank = self._paint(f"{'':{self._digits}}   │", DIM) + " " * (self._margin + 1)
        self._named: Removal | None = None

    def fold(self, count: int) -> str:
        """The line that stands for `count` lines that stayed."""
        text = f"⋮ {count} line{'s' * (count != 1)} stayed"
        return self._paint(f"{'':{self._digits}}   │ {'':{self._margin}} {text}".rstrip(), DIM)

    def row(self, number: int, cuts: Sequence[_Cut]) -> Iterator[str]:
        """One line of the text."""
        start, end = self._lines.span(number, number)
        body = len(self._lines.text[start:end].rstrip("\r\n"))
        label = f"{number + 1:>{self._digits}}"
        if not cuts:
            self._named = None
            text = shortened(visible(self._lines.text[start:end]), self._room)
            margin = self._paint(f"{label}   │", DIM)
            yield f"{margin} {'':{self._margin}} {text}".rstrip()
            return
        gone = _within(cuts, start, start + body) if body else [(start, end, cuts[0])]
        whole = not body or (len(gone) == 1 and gone[0][:2] == (start, start + body))
        mark = "-" if whole or _all(gone, start, start + body) else "~"
        margin = f"{label} {self._paint(mark, BOLD)} {self._paint('│', DIM)} {self._rule(cuts)}"
        for text in self._wrapped(list(self._pieces((start, start + body), gone, mark)), mark):
            yield f"{margin} {text}".rstrip()
            margin = self._blank

    def _rule(self, cuts: Sequence[_Cut]) -> str:
        removal = next((c.removal for c in cuts if c.removal), None)
        name = "" if removal is None or removal is self._named else removal.rule
        self._named = removal
        padded = f"{shortened(name, self._margin):{self._margin}}"
        return self._paint.category(padded, removal.category) if removal and name else padded

    def _pieces(self, line: Span, gone: Sequence[tuple[int, int, _Cut]], mark: str) -> Iterator[_Piece]:
        """What stayed of a line and what went, in turn."""
        marked = mark == "~" and not self._paint.on
        done = line[0]
        for start, end, cut in gone:
            yield visible(self._lines.text[done:start]), None
            text = visible(self._lines.text[start:end])
            yield (f"[-{text}-]" if marked else text), cut
            done = end
        yield visible(self._lines.text[done : line[1]]), None

    def _wrapped(self, pieces: Sequence[_Piece], mark: str) -> Iterator[str]:
        """A line that lost something, in rows that fit."""
        begin = 0
        for end in _breaks("".join(text for text, _ in pieces), self._room):
            row: list[str] = []
            at = 0
            for text, cut in pieces:
                part = text[max(0, begin - at) : max(0, end - at)]
                row.append(part if cut is None else self._gone(part, cut, mark))
                at += len(text)
            yield "".join(row)
            begin = end

    def _gone(self, text: str, cut: _Cut, mark: str) -> str:
        if cut.removal is None:
            return self._paint(text, INVERSE, DIM)
        return self._paint.category(text, cut.removal.category, *((STRUCK,) if mark == "~" else ()))


def _breaks(text: str, room: int | None) -> Iterator[int]:
    """Where the rows of a text end: behind a space if there is one."""
    at = 0
    while room is not None and len(text) - at > room:
        space = text.rfind(" ", at + 1, at + room + 1)
        at = at + room if space < 0 else space + 1
        yield at
    yield len(text)


def _within(cuts: Sequence[_Cut], start: int, end: int) -> list[tuple[int, int, _Cut]]:
    """The disjoint parts of a line that went."""
    parts: list[tuple[int, int, _Cut]] = []
    done = start
    for cut in cuts:
        first, last = max(cut.start, done), min(cut.end, end)
        if first >= last:
            continue
        if parts and parts[-1][1] == first and None in (cut.removal, parts[-1][2].removal):  # its white space
            start_before, _, before = parts.pop()
            first, cut = start_before, before if before.removal else cut
        parts.append((first, last, cut))
        done = last
    return parts


def _all(gone: Sequence[tuple[int, int, _Cut]], start: int, end: int) -> bool:
    return sum(last - first for first, last, _ in gone) == end - start
