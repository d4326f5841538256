"""All markup of a Markdown document: its code, what rules do not see, its links and bare addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.model import Link, Span
from cleaner.read import blocks, inline, links
from cleaner.read.maths import maths
from cleaner.read.spans import mask, union, without
from cleaner.read.urls import urls

_FENCE = re.compile(r"^[ \t>]*(`{3,})[^`\r\n]*\r?$", re.MULTILINE)
_NESTED_ITEM = re.compile(r"[ \t>]*(?:(?:[*+-]|\d{1,3}[.)])[ \t]+)*(?:(?:[*+]|\d{1,3}[.)])[ \t]+\S|!?\[[^\r\n]*\]\()")
_ONE_LINE_CODE = re.compile(r"(?<!`)(`{1,2})(?![`\s])[^`\r\n]{1,200}(?<!\s)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Markup:
    """What `scan` finds in a document; every list is sorted, its spans are disjoint.

    Attributes:
        code: block and inline code.
        math: formulas.
        urls: bare addresses and those of ``<https://…>``.
        hidden: markup that rules do not see.
        links: by start; an image may lie inside a link.
    """

    code: list[Span]
    math: list[Span]
    urls: list[Span]
    hidden: list[Span]
    links: list[Link]


def scan(text: str, lines: Sequence[Span], first: int = 0) -> Markup:
    """Scan the Markdown `text` from line `first` (counted from 0) on.

    What is found first is masked for all that follow: block code, inline code, maths, escapes, comments, links, tags,
    addresses, emphasis.  So nothing in code is a link, and no underscore in an address is emphasis.
    """
    structure = blocks.scan(text, lines, first)
    starts = structure.starts
    head = [(0, lines[first][0] if first < len(lines) else len(text))]
    block_code = [span for span in structure.code if not _is_nested_list(text[slice(*span)])]
    marks = without(union(structure.marks), block_code)
    masked = mask(text, union(head + block_code))
    masked = mask(masked, marks, " ")
    spans = inline.code_spans(masked, starts)
    masked = mask(masked, spans)
    elements = inline.code_elements(masked)
    masked = mask(masked, elements)
    code = union([*block_code, *spans, *elements])
    math = [(zone.start, zone.end) for zone in maths(masked)]
    masked = mask(masked, math)
    escaped = inline.escapes(masked)
    masked = mask(masked, escaped)
    commented = inline.comments(masked)
    masked = mask(masked, commented)
    linked = links.find(masked, starts)
    syntax = union(linked.hidden)
    masked = mask(masked, syntax)
    tagged = inline.tags(masked)
    masked = mask(masked, tagged)
    addresses = urls(masked)
    masked = mask(masked, addresses)
    hidden = [*marks, *((start, start + 1) for start, _ in escaped), *commented, *syntax, *tagged]
    hidden += inline.emphasis(masked, starts)
    hidden += inline.tables(masked, lines)
    # An autolink is its own address; the words of any other link are not touched as an address.
    auto = set(linked.autolinks)
    around = union((link.start, link.end) for link in linked.links if (link.text_start, link.text_end) not in auto)
    whole = set(without(addresses, around))
    bare = [span for span in addresses if span in whole]
    return Markup(code, math, bare, without(union(hidden), code), linked.links)


def _is_nested_list(block: str) -> bool:
    """Whether a block that CommonMark takes for indented code is a list: half of its lines are items or links.

    Converters indent nested lists deeper than CommonMark allows, and a menu is nested far more often than a clipping
    has indented code that begins with bullets.  (``-`` alone does not count: YAML has it too.)
    """
    rows = [row for row in block.splitlines() if row.strip()]
    return 2 * sum(1 for row in rows if _NESTED_ITEM.match(row)) >= len(rows)


def plain_code(text: str) -> list[Span]:
    """Fenced and inline code in plain text: closed backtick fences, and backticks that pair up within a line.

    Plain text uses tildes as rules and a lone backtick as a quotation mark, so neither counts, and an unclosed fence
    does not take the rest of the text.
    """
    if "`" not in text:
        return []
    out: list[Span] = []
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opening is None:
            opening = match
        elif len(match[1]) >= len(opening[1]) and match[0].rstrip().endswith(match[1]):
            out.append((opening.start(), match.end()))
            opening = None
    masked = mask(text, out)
    return union([*out, *(match.span() for match in _ONE_LINE_CODE.finditer(masked))])
