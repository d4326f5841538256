"""The short lines around a heading, where date and byline stand."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from cleaner.html.facts.values import plain, text
from cleaner.html.tags import BLOCKS, SILENT

_MAX_LINE = 160  # characters; what is longer is the text itself
_MAX_LINES = 40
_MAX_LONG = 3  # paragraphs after which the text has begun
_OTHERS = frozenset({"table", "nav"})
"""What tells of other things than the text under the heading."""
_HEADLINE = 4  # words of a link
_MAX_NODES = 1_500
_MAX_ABOVE = 3  # levels up, and elements on each, that are looked at above the heading


def below(heading: Element) -> Iterator[str]:
    """The lines after `heading`, until the text has begun."""
    lines = long = 0
    pieces: list[str] = []
    for piece in _pieces(heading):
        if piece is not None:
            pieces.append(piece)
            continue
        line = "".join(pieces)
        pieces.clear()
        if not line or line.isspace():
            continue
        lines += 1
        short = plain(line, _MAX_LINE)
        if short:
            yield short
        elif len(line) > _MAX_LINE:
            long += 1
        if lines > _MAX_LINES or long >= _MAX_LONG:
            return


def above(heading: Element) -> Iterator[str]:
    """The lines before `heading`, the nearest first."""
    node: Element | None = heading
    for _ in range(_MAX_ABOVE):
        if node is None or node.tag in ("body", "main", "article"):
            return
        for number, element in enumerate(node.itersiblings(preceding=True)):
            if number >= _MAX_ABOVE:
                break
            if isinstance(element.tag, str) and element.tag not in SILENT:
                line = text(element, _MAX_LINE)
                if line:
                    yield line
        node = node.getparent()


def _pieces(heading: Element) -> Iterator[str | None]:
    """The text after `heading`; None where a line ends."""
    visits = 0
    node: Element | None = heading
    while node is not None and node.tag != "body":
        if node.tail:
            yield node.tail
        for sibling in node.itersiblings():
            if type(sibling.tag) is not str:  # a comment
                visits += 1
                if sibling.tail:
                    yield sibling.tail
                continue
            walk = etree.iterwalk(sibling, events=("start", "end", "comment", "pi"))
            for event, inner in walk:
                visits += 1
                if visits > _MAX_NODES:
                    yield None
                    return
                tag = inner.tag if isinstance(inner.tag, str) else ""
                if tag in BLOCKS or tag == "br":
                    yield None
                is_other = event == "start" and _is_other(inner, tag)
                if is_other:
                    walk.skip_subtree()
                piece = inner.tail if event != "start" else None if is_other or tag in SILENT else inner.text
                if piece:
                    yield piece
        yield None
        node = node.getparent()


def _is_other(element: Element, tag: str) -> bool:
    """Whether an element tells of something else than the text under the heading, such as an item of a list."""
    if tag in ("li", "article"):
        links = element.iterdescendants("a")
        if tag == "article":
            links = (one for one in links if next(one.iterancestors("h2", "h3", "h4"), None) is not None)
        return any(len((text(link, _MAX_LINE) or "").split()) >= _HEADLINE for link in links)
    return tag in _OTHERS
