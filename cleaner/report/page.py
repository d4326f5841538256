"""The report as one HTML page: the clipping with its removed parts struck through, and why each of them went.

The page stands alone (see `cleaner.report.frame`).  Without scripts it still shows everything; only filters and keys
need one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleaner._version import VERSION
from cleaner.model import Evidence, Removal, ReportFacts, Span
from cleaner.read.spans import lines
from cleaner.report.charts import Run, strip
from cleaner.report.frame import SNIPPET, frame, inline, snippet
from cleaner.report.numbers import count
from cleaner.report.paint import shortened
from cleaner.report.wording import words

Facts = Sequence[tuple[str, Sequence[str]]]
"""Terms, each with what there is to say of it."""

_HOW = {"url": "by its address", "front-matter": "by the front matter", "fingerprints": "by phrases in the text"}
_KEYS = (
    (("n", "j"), "next removal"),
    (("p", "k"), "previous removal"),
    (("/",), "search"),
    (("Esc",), "clear search and filters"),
    (("t",), "light or dark"),
    (("?",), "these keys"),
)


def page(source: str, report: ReportFacts, *, name: str, index: str = "") -> str:
    """One self-contained HTML page about a cleaning.

    Args:
        source: the text the report's offsets count in: the decoded input, for HTML its rendered Markdown.
        name: what to call the clipping, such as its file name.
        index: the address of a page about all documents, if there is one.

    Returns:
        The page; it can always be encoded as UTF-8.
    """
    text = _Text(source, report)
    return frame(
        "view",
        name=name,
        index=index,
        report=report,
        runs=strip(_runs(text), len(source)),
        lines=text.lines_shown(),
        kept=report.kept,
        about=_about(report),
        removals=[_item(removal, text) for removal in report.removals],
        categories=_categories(text),
        rules=_rules(report.removals),
        all_keys=_KEYS,
    )


# --- the text -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text with the removals over it, the innermost first, and else what was kept there."""

    start: int
    end: int
    removals: tuple[int, ...]
    kept: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a line: the category and the ids of what took it, or the id of what was kept there."""

    text: str
    category: str = ""
    ids: str = ""
    labelled: bool = False
    kept: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text; `kind`: whether it is `gone`, in `part`, or not."""

    number: int
    kind: str
    parts: Sequence[_Part]


class _Text:
    """The clipping, cut at the ends of its lines and wherever a removal or something kept starts or ends."""

    def __init__(self, source: str, report: ReportFacts) -> None:
        self.source = source
        self.report = report
        self.lines = lines(source)
        self.pieces = list(self._pieces())

    def line(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 1."""
        return bisect_right(self.lines, (offset, len(self.source) + 1))

    def category(self, piece: _Piece) -> str | None:
        """The category that took a piece; None: it stayed."""
        return self.report.removals[piece.removals[0]].category if piece.removals else None

    def _pieces(self) -> Iterator[_Piece]:
        removals = self.report.removals
        spans = [(r.start, r.end) for r in removals] + [(k.start, k.end) for k in self.report.kept]
        for start, end, over in _stretches(spans, len(self.source)):
            gone = tuple(i for i in over if i < len(removals))
            yield _Piece(start, end, gone, () if gone else tuple(i - len(removals) for i in over))

    def lines_shown(self) -> Iterator[_Line]:
        """The lines of the text."""
        before: str | None = None
        for number, pieces in enumerate(self._by_line(), 1):
            gone = {category for piece in pieces if (category := self.category(piece))}
            if not pieces:
                yield _Line(number, "", ())
                continue
            whole = all(piece.removals or self.source[piece.start : piece.end].isspace() for piece in pieces)
            alone = next(iter(gone)) if whole and len(gone) == 1 else None
            kind = "gone" if alone else "part" if gone else ""
            yield _Line(number, kind, list(self._parts(pieces, before if alone else None)))
            before = alone

    def _by_line(self) -> Iterator[list[_Piece]]:
        first = 0
        for start, stop in self.lines:
            end = start + len(self.source[start:stop].rstrip("\r\n"))
            while self.pieces[first].end <= start:
                first += 1
            found = []
            for i in range(first, len(self.pieces)):
                piece = self.pieces[i]
                if start == end or piece.start >= end:
                    break
                found.append(_Piece(max(start, piece.start), min(end, piece.end), piece.removals, piece.kept))
            yield found

    def _parts(self, pieces: Sequence[_Piece], before: str | None) -> Iterator[_Part]:
        """The pieces as they are shown; one whose category is not that `before` it is labelled with it."""
        for piece in pieces:
            text = self.source[piece.start : piece.end]
            if category := self.category(piece):
                ids = " ".join(self.report.removals[i].id for i in piece.removals)
                yield _Part(text, category, ids, labelled=category != before)
                before = category
            else:
                yield _Part(text, kept=f"k{piece.kept[0] + 1}" if piece.kept else "")


def _stretches(spans: Sequence[Span], size: int) -> Iterator[tuple[int, int, list[int]]]:
    """The stretches of a text of `size` between the ends of `spans`, with the spans over each, the shortest first."""
    edges = [(start, True, i) for i, (start, _) in enumerate(spans)]
    edges += ((end, False, i) for i, (_, end) in enumerate(spans))
    over: set[int] = set()
    done = 0
    for offset, opens, i in sorted(edges):
        if offset > done:
            yield done, offset, sorted(over, key=lambda n: (spans[n][1] - spans[n][0], n))
            done = offset
        if opens:
            over.add(i)
        else:
            over.remove(i)
    if done < size:
        yield done, size, []


# --- around it ----------------------------------------------------------------------------------


def _runs(text: _Text) -> Iterable[Run]:
    """Where parts went, for a strip that is as long as the text."""
    runs: list[Run] = []
    for piece in text.pieces:
        category = text.category(piece)
        if category and runs and runs[-1][1:] == (piece.start, category):
            runs[-1] = (runs[-1][0], piece.end, category)
        elif category:
            runs.append((piece.start, piece.end, category))
    return runs


def _about(report: ReportFacts) -> Facts:
    site, web = report.site, report.page
    form = f"{report.format} ({web.kind}), shown as {web.rendered}" if web else report.format
    encoding = web.encoding if web else report.encoding
    return [
        ("Address", [report.url] if report.url else ["not known"]),
        ("Site", [f"{site.pack}, told {_HOW[site.how]}", *site.evidence] if site else ["not known"]),
        ("Format", [form]),
        ("Encoding", [encoding + (", with a byte order mark" if report.bom else "")]),
        ("Size", [f"{count(report.characters, 'character')}, {count(report.lines, 'line')}"]),
        ("Level", [report.level]),
        ("Packs", [", ".join(report.packs) or "none matched"]),
        ("SHA-256", [report.input_sha256]),
        ("Written by", [f"cleaner {VERSION}"]),
    ]


# --- the panel ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Category:
    """A category that took something: how many removals, and characters that it took alone or first."""

    name: str
    removals: int
    size: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A removal in the list; `first`: its line, `where`: all of its lines."""

    id: str
    category: str
    rule: str
    first: int
    where: str
    snippet: str
    facts: Facts


def _categories(text: _Text) -> Sequence[_Category]:
    """The categories, the one that took most first."""
    counts = text.report.counts
    sizes = dict.fromkeys(counts, 0)
    for piece in text.pieces:
        if category := text.category(piece):
            sizes[category] += piece.end - piece.start
    return [_Category(name, counts[name], sizes[name]) for name in sorted(counts, key=lambda c: (-sizes[c], c))]


def _rules(removals: Sequence[Removal]) -> Sequence[tuple[str, Sequence[tuple[str, int]]]]:
    """The rules that took something with the number of their removals, by category."""
    rules: dict[str, dict[str, int]] = {}
    for removal in removals:
        of_category = rules.setdefault(removal.category, {})
        of_category[removal.rule] = of_category.get(removal.rule, 0) + 1
    return [(category, sorted(each.items())) for category, each in sorted(rules.items())]


def _item(removal: Removal, text: _Text) -> _Item:
    first, last = removal.line, text.line(removal.end - 1)
    where = f"line {first:,}" if first == last else f"lines {first:,}–{last:,}"
    facts: Facts = [
        ("Reason", [removal.reason]),
        ("Confidence", [removal.confidence]),
        ("Pack", [removal.pack]),
        ("Evidence", [_seen(evidence) for evidence in removal.evidence]),
        ("Element", [removal.path] if removal.path else []),
    ]
    told = [(term, texts) for term, texts in facts if texts]
    return _Item(removal.id, removal.category, removal.rule, first, where, snippet(removal.text), told)


def _seen(evidence: Evidence) -> str:
    return f"{evidence.rule}: “{shortened(inline(words(evidence.saw)), SNIPPET)}”"
