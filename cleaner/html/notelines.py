"""Notes that stand in one paragraph, a line each: every note becomes a paragraph of its own."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.etree import _Element as Element

from cleaner.html.tags import BLOCKS


def set_apart(targets: Iterable[Element]) -> None:
    """Divide the paragraphs in which two or more of the elements that marks lead to begin a line.

    Only the tree changes; what it says does not.
    """
    lines: dict[Element, set[Element]] = {}
    for target in targets:
        first = target
        while (paragraph := first.getparent()) is not None and paragraph.tag not in ("p", "div"):
            first = paragraph
        if paragraph is not None and _begins_line(first) and not _holds_blocks(paragraph):
            lines.setdefault(paragraph, set()).add(first)
    for paragraph, firsts in lines.items():
        if len(firsts) > 1:
            _divide(paragraph, [child for child in paragraph if child in firsts])


def _begins_line(element: Element) -> bool:
    before = element.getprevious()
    if before is None:
        parent = element.getparent()
        return parent is not None and not (parent.text or "").strip()
    return before.tag == "br" and not (before.tail or "").strip()


def _holds_blocks(paragraph: Element) -> bool:
    return any(child.tag in BLOCKS for child in paragraph)


def _divide(paragraph: Element, firsts: Iterable[Element]) -> None:
    """Begin a new paragraph before each of `firsts`, in the order of the page, that has something before it."""
    at = paragraph
    for first in firsts:
        before = first.getprevious()
        if before is None:
            continue
        moved = [first, *first.itersiblings()]
        following = at.makeelement(paragraph.tag, {k: v for k, v in paragraph.items() if k not in ("id", "name")})
        following.tail, at.tail = at.tail, None
        at.addnext(following)
        following.extend(moved)
        at.remove(before)  # the line break
        at = following
