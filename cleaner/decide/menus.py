"""Menus: the long runs of short lines around an article that a whole page leaves behind.

A run of short lines before the first paragraph or after the last is a menu, a list of topics or a footer; but a recipe,
a cast list or a score begins and ends like that too.  So a run counts only if it holds leftovers that are known as
such: at least two, one of them sure, and a fair share of its lines.  Nothing is taken close above the first paragraph, where title,
byline and date stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial

from cleaner.decide.quotations import marker
from cleaner.match.claims import Claim
from cleaner.model import Document, Evidence, Rule, Span
from cleaner.view import View

SHORT_WORDS = 8
SHORT_CHARS = 70
PARAGRAPH_WORDS = 25
PARAGRAPH_CHARS = 140
RUN_LINES = 5
KNOWN_LINES = 2
KNOWN_SHARE = 0.03
HEADLINE_LINES = 8
"""Lines above the first paragraph, what goes aside, among which title, deck, byline and date stand."""
SIGNATURE_LINES = 3
"""Lines below the last paragraph, what goes aside, among which an author or a date may stand."""
UNTELLING = frozenset({"subscription", "related", "template-token", "advertising"})
"""Weak claims of these make no menu: prices and plans are lists of an article as well."""
_SENTENCE_END = re.compile(r"[.!?:;,…。！？：；，、][\"')\]]*$")

MENU = Rule(
    id="company.menu",
    pack="engine",
    category="navigation",
    confidence="high",
    scope="section",
    message="a run of short lines around the article, with known leftovers among them",
    matcher="phrases",
    matter=(),
    keywords=(),
)


def take_menus(
    document: Document, view: View, lines: dict[int, Claim], weak: Iterable[Claim], stays: Callable[[int, int], bool]
) -> None:
    """Add the lines of menus to `lines` (who takes which line).

    Args:
        weak: claims below the level; they make their lines known.
        stays: whether lines (first, last) must not go for company.
    """
    paragraphs = [n for n in range(len(view.lines)) if n not in lines and _is_paragraph(view, n)]
    if not paragraphs:
        return
    hints = (c for c in weak if not c.is_span and c.first == c.last and c.rule.category not in UNTELLING)
    known = set(lines).union(c.first for c in hints)
    joins = partial(_joins, document, view, lines)
    staying_above = [n for n in range(paragraphs[0]) if n not in lines]
    staying_below = [n for n in range(paragraphs[-1] + 1, len(view.lines)) if n not in lines]
    head = _runs(0, next(iter(staying_above[-HEADLINE_LINES:]), 0), joins)
    tail = _runs(next(iter(staying_below[SIGNATURE_LINES:]), len(view.lines)), len(view.lines), joins)
    for first, last in (*head, *tail):
        met = [n for n in range(first, last + 1) if n in known]
        if len(met) < max(KNOWN_LINES, KNOWN_SHARE * (last + 1 - first)) or lines.keys().isdisjoint(met):
            continue
        saw = ", ".join(dict.fromkeys(view.line_text(n) for n in met[:KNOWN_LINES]))
        evidence = (Evidence(MENU.id, saw),)
        menu = Claim(MENU, view.lines[first][0], view.lines[last][1], first, last, whole=True, evidence=evidence)
        lines.update((n, menu) for n in range(first, last + 1) if n not in lines and not stays(n, n))


def _is_paragraph(view: View, line: int) -> bool:
    start, end = view.lines[line]
    return end - start >= PARAGRAPH_CHARS and view.words(line, line) >= PARAGRAPH_WORDS


def _is_short(view: View, line: int) -> bool:
    start, end = view.lines[line]
    few = end - start <= SHORT_CHARS and view.words(line, line) <= SHORT_WORDS
    return few and not _SENTENCE_END.search(view.text[start:end])


def _joins(document: Document, view: View, lines: Container[int], line: int) -> bool:
    """Whether a line may be one of a run: it goes anyway, or is short and no heading."""
    return line in lines or (_is_short(view, line) and marker(document, view, line) != "#")


def _runs(first: int, stop: int, joins: Callable[[int], bool]) -> Iterator[Span]:
    """The long runs of joining lines in `first:stop`, as (first, last)."""
    start = first
    for line in range(first, stop + 1):
        if line < stop and joins(line):
            continue
        if line - start >= RUN_LINES:
            yield start, line - 1
        start = line + 1
