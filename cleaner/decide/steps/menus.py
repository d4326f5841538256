"""Menus: the long runs of short lines around an article that a whole page leaves behind.

A run of short lines before the first paragraph or after the last is a menu, a list of topics or a footer; but a recipe,
a cast list or a score begins and ends like that too.  So a run counts only if it holds leftovers that are known as
such: at least two, one of them sure, and a fair share of its lines.  In Markdown, lines that are nothing but links
tell a menu too, unless these lead to other sites, as references do, or to places on the page itself.  Nothing is taken
close above the first paragraph, where title, byline and date stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from functools import partial
from itertools import pairwise

from cleaner.categories import CATEGORY
from cleaner.decide.board import Board, Step
from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.quotations import has_year, marker
from cleaner.match.claims import Claim
from cleaner.model import Document, Evidence, Link, Span
from cleaner.reasons import Reason
from cleaner.sites import host_of
from cleaner.view import View

MENU = engine_rule(
    "company.menu",
    "navigation",
    "section",
    "a run of short lines around the article, with known leftovers among them",
)

SHORT = (8, 70)
LONGER = (14, 100)
"""Words and characters of an entry at most; the second in long runs only."""
PARAGRAPH_WORDS = 25
PARAGRAPH_CHARS = 140
RUN_LINES = 5
LONG_RUN_LINES = 25
LONG_RUN_KNOWN = 4
FILLER_CHARS = 120
LINK_SHARE = 0.8
TOGETHER_LINES = 6
MAIN_PARAGRAPHS = 4
KNOWN_LINES = 2
KNOWN_SHARE = 0.03
HEADLINE_LINES = 8
"""Lines above the first paragraph, what goes aside, among which title, deck, byline and date stand."""
SIGNATURE_LINES = 3
"""Lines below the last paragraph, what goes aside, among which an author or a date may stand."""
_SENTENCE_END = re.compile(r"[.!?…。！？][\"')\]]*$")


def _apply(board: Board) -> None:
    if board.level == "safe" or not board.wants(MENU):
        return
    document, view, lines = board.document, board.view, board.lines
    paragraphs = _main_text(paragraphs_left(board))
    if len(paragraphs) < MAIN_PARAGRAPHS:
        return  # a listing, perhaps: what looks like a menu may be what it lists
    linked, own = _link_lines(document, view)
    hints = (c for c in board.weak if not c.is_span and c.first == c.last and CATEGORY[c.rule.category].in_menus)
    known = set(lines).union(c.first for c in hints)
    entries = lines.keys() | linked
    strict = partial(_joins, document, view, entries, SHORT)
    loose = partial(_joins, document, view, entries, LONGER)
    for first, stop in _around(paragraphs, lines, len(view.lines)):
        for run in _runs(first, stop, loose, partial(_fills, view)):
            met = sum(n in known for n in range(run[0], run[1] + 1))
            long = run[1] + 1 - run[0] >= LONG_RUN_LINES and met >= LONG_RUN_KNOWN
            for part in [run] if long else _runs(run[0], run[1] + 1, strict, lambda _: False):
                _take(board, known, linked, own, part)


def _around(paragraphs: list[int], lines: Container[int], size: int) -> Iterator[Span]:
    """The stretches above the headline and below the signature, as (first, stop)."""
    above = [n for n in range(paragraphs[0]) if n not in lines]
    below = [n for n in range(paragraphs[-1] + 1, size) if n not in lines]
    yield 0, next(iter(above[-HEADLINE_LINES:]), 0)
    yield next(iter(below[SIGNATURE_LINES:]), size), size


def _take(board: Board, known: Container[int], linked: Container[int], own: Container[int], run: Span) -> None:
    """Take a run, if what is known of it or its links say that it is a menu."""
    first, last = run
    view, size = board.view, last + 1 - first
    met = [n for n in range(first, last + 1) if n in known]
    sure = len(met) >= max(KNOWN_LINES, KNOWN_SHARE * size) and any(n in board.lines for n in met)
    if not sure and sum(n in linked for n in range(first, last + 1)) < LINK_SHARE * size:
        return
    leftovers = ", ".join(dict.fromkeys(view.line_text(n) for n in met[:KNOWN_LINES]))
    saw = Reason.of("matched", text=leftovers) if leftovers else Reason.of("only-links")
    start, end = view.lines[first][0], view.lines[last][1]
    menu = Claim(MENU, start, end, first, last, whole=True, evidence=(Evidence(MENU.id, saw),))
    for line in range(first, last + 1):
        if line not in own and not _is_broken(board.document, view, line) and not board.stays(line, line):
            board.take(line, line, menu)


def _main_text(paragraphs: list[int]) -> list[int]:
    """The paragraphs that stand with others; a lone one among menus is a teaser.  All, if each stands alone."""
    together = {n for a, b in pairwise(paragraphs) if b - a <= TOGETHER_LINES for n in (a, b)}
    return sorted(together) or paragraphs


def _link_lines(document: Document, view: View) -> tuple[frozenset[int], frozenset[int]]:
    """The lines of a Markdown text whose words all stand in links that a menu may hold, and those with wikilinks.

    No web page has wikilinks: somebody has written them.
    """
    text = document.text
    found: set[int] = set()
    own: set[int] = set()
    if not document.links:
        return frozenset(), frozenset()
    at = 0
    for line, (start, end) in enumerate(view.lines):
        first, last = view.origin_span(start, end)
        while at < len(document.links) and document.links[at].end <= first:
            at += 1
        here, outside = at, first
        plain = False
        while here < len(document.links) and document.links[here].start < last:
            if text.startswith("[[", document.links[here].start):
                own.add(line)
            plain = plain or any(map(str.isalnum, text[outside : document.links[here].start]))
            outside = max(outside, document.links[here].end)
            here += 1
        linked = here > at and not plain and not any(map(str.isalnum, text[outside:last]))
        if linked and _may_be_menu(text, document.links[at], document.url or ""):
            found.add(line)
    return frozenset(found - own), frozenset(own)


def _may_be_menu(text: str, link: Link, url: str) -> bool:
    """Whether a link leads to another page of the text's own site, or may do so."""
    page, _, place = text[link.text_end : link.end].lstrip("](<").partition(")")[0].partition("#")
    if place and (not page or page == url.partition("#")[0]):
        return False
    home, host = (host_of(one).removeprefix("www.") for one in (url, page))
    return not home or not host or f".{host}".endswith(f".{home}") or f".{home}".endswith(f".{host}")


def paragraphs_left(board: Board) -> list[int]:
    """The lines that nobody has taken and that are long enough to be paragraphs of a text."""
    return [
        line for line in range(len(board.view.lines)) if line not in board.lines and _is_paragraph(board.view, line)
    ]


def _is_paragraph(view: View, line: int) -> bool:
    start, end = view.lines[line]
    return end - start >= PARAGRAPH_CHARS and view.words(line, line) >= PARAGRAPH_WORDS


def _is_short(view: View, line: int, most: tuple[int, int]) -> bool:
    start, end = view.lines[line]
    few = end - start <= most[1] and view.words(line, line) <= most[0]
    return few and not _SENTENCE_END.search(view.text[start:end])


def _is_broken(document: Document, view: View, line: int) -> bool:
    """Whether a line of plain text may be a part of a sentence that a dump broke at its links: it begins in the middle
    of one, or the next line does."""
    if document.format != "text":
        return False
    starts = (view.text[view.lines[at][0]] for at in (line, line + 1) if at < len(view.lines))
    return any(start.islower() or start in ",.;:" for start in starts)


def _fills(view: View, line: int) -> bool:
    """Whether a line may stand between two of a run: the description under an entry."""
    start, end = view.lines[line]
    return end - start <= FILLER_CHARS and not _is_dated(view, line)


def _joins(document: Document, view: View, entries: Container[int], most: tuple[int, int], line: int) -> bool:
    """Whether a line may be one of a run: it goes anyway, or is short and no heading, no date, no name below a date."""
    if line in entries:
        return True
    if not _is_short(view, line, most) or marker(document, view, line) == "#" or _is_dated(view, line):
        return False
    return line == 0 or line - 1 in entries or not _is_dated(view, line - 1)


def _is_dated(view: View, line: int) -> bool:
    return has_year(view.line_text(line))


def _runs(first: int, stop: int, joins: Callable[[int], bool], fills: Callable[[int], bool]) -> Iterator[Span]:
    """The long runs of joining lines in `first:stop`, as (first, last); a filling one may stand between two."""
    start = first
    for line in range(first, stop + 1):
        if line < stop and joins(line):
            continue
        if first < line < stop - 1 and fills(line) and joins(line - 1) and joins(line + 1):
            continue
        if line - start >= RUN_LINES:
            yield start, line - 1
        start = line + 1


STEP = Step("menus", _apply, (MENU,))
