"""A document as the learner sees it: its lines, what they have in common with others, and what goes anyway."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.api import Cleaner, Work
from cleaner.decide.quotations import SENTENCE
from cleaner.errors import CleanerError
from cleaner.learn.library import Document
from cleaner.match.claims import MAX_LINE
from cleaner.match.conditions import letters
from cleaner.read.document import read
from cleaner.read.intake import take_in
from cleaner.read.spans import union
from cleaner.tools.lint_literals import weight
from cleaner.tools.slots import Keys, keys_of
from cleaner.view import View

PROSE_WORDS = 12
PROSE_WEIGHT = 60
"""So many words or letters has a line of running text, which also ends as a sentence does."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes:
        text: as rules see it: without marks and targets of links.
        block: lines without a blank line between them have one number.
        gone: whether the rules that are there take it.
        prose: whether it is running text.
        fixed: whether no rule may take it: code, maths.
        heading: whether it is marked as a heading.
        linked: whether all of it stands in links.
        category: of a rule that knows half of it; empty if none does.
    """

    text: str
    keys: Keys
    words: int
    block: int
    gone: bool
    prose: bool
    fixed: bool
    heading: bool
    linked: bool
    category: str

    @property
    def sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return SENTENCE.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Observed:
    """A document; its front matter is left out.

    Attributes:
        text: as rules for text get it: of a page, what its structure leaves.
        hidden: how many lines of it, those of the front matter, stand before `lines`.
        kind: of a page, what it says that it is; see `cleaner.model.Metadata`.
    """

    document: Document
    text: str
    hidden: int
    lines: tuple[Line, ...]
    kind: str | None = None


def observe(document: Document, cleaner: Cleaner) -> tuple[Observed, Work] | None:
    """A document with its lines; of a page those that its structure leaves.  None if it cannot be read."""
    try:
        work = cleaner.work(document.source, url=document.url, format=document.format)
    except CleanerError:
        return None
    board = work.outcome.first
    lines = tuple(_lines(work))
    hidden = len(board.view.lines) - len(lines)
    return Observed(document, board.document.text, hidden, lines, work.metadata.kind), work


def _lines(work: Work) -> Iterator[Line]:
    outcome = work.outcome
    board = outcome.first
    view, document = board.view, board.document
    gone = union((removal.start, removal.end) for removal in outcome.removals)
    ends = [end for _, end in gone]
    categories = {
        line: claim.rule.category
        for claim in board.claims
        for line in range(claim.first, claim.last + 1)
        if claim.first < claim.last or 2 * (claim.end - claim.start) >= view.lines[line][1] - view.lines[line][0]
    }
    links = union((link.text_start, link.text_end) for link in document.links)
    front = next((zone.end for zone in document.zones if zone.kind == "front-matter"), 0)
    for number, (start, end) in enumerate(view.lines):
        from_, to = view.origin_span(start, end)
        if from_ < front:
            continue
        at, until = outcome.origins.of(from_, to)
        after = bisect_right(ends, at)
        text = view.text[start:end]
        words = view.words(number, number)
        sentence = SENTENCE.search(text) is not None
        yield Line(
            text=text,
            keys=keys_of(text.lower()) if end - start <= MAX_LINE else Keys(""),
            words=words,
            block=view.block_of[number],
            gone=after < len(gone) and gone[after][0] < until,
            prose=(words >= PROSE_WORDS or weight(text) >= PROSE_WEIGHT) and sentence,
            fixed=board.vetoes.lines_protected(number, number),
            heading=_is_heading(document.text, from_) if document.format == "markdown" else False,
            linked=bool(letters(text)) and _inside(links, from_, to, text),
            category=categories.get(number, ""),
        )


def _is_heading(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1 : at + 1].lstrip().startswith("#")


def _inside(links: list[tuple[int, int]], start: int, end: int, text: str) -> bool:
    """Whether a line from `start` to `end` of the document, whose words are `text`, stands in links."""
    covered = sum(max(0, min(end, last) - max(start, first)) for first, last in links if first < end and last > start)
    return covered >= 0.9 * len(text)


def quick_keys(document: Document) -> Iterator[Keys]:
    """The keys of the lines of a text, as far as that can be told without cleaning it."""
    given = take_in(document.source, format=document.format)
    read_in = read(given.text, given.format)
    view = View(read_in.text, read_in.hidden)
    return (keys_of(view.folded(start, end)) for start, end in view.lines if end - start <= MAX_LINE)
