"""Lists whose markers are text: paragraphs of Word that draw their own bullets and numbers, and items of LaTeXML that
say them once more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import XPath
from lxml.etree import _Element as Element

_PARAGRAPHS = XPath("descendant::p[contains(@class, 'MsoListParagraph') and not(parent::li)]")
_TAGS = XPath("descendant::li/span[contains(@class, 'ltx_tag_item')]")
_BULLETS = "·•◦▪§oØ\uf0b7\uf0a7\uf0d8–-"
_MARKER = re.compile(
    rf"[\s\xa0]*(?:(?P<bullet>[{_BULLETS}])|(?P<number>\d{{1,4}})[.)]|[^\W\d_]{{1,4}}[.)]|\(\w{{1,4}}\))[\s\xa0]+(?=\S)"
)
_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d)", re.IGNORECASE)


def make_lists(root: Element) -> None:
    """Make lists of what is drawn as one below `root`, and take a marker away that the list shows by itself.

    A marker of letters is none that every list shows: it stays, as the first word of its item.  Only the tree changes.
    """
    opened: list[tuple[int, Element]] = []  # the innermost last, with their levels
    for paragraph in _PARAGRAPHS(root):
        marker = _MARKER.match("".join(_texts(paragraph)))
        if marker is None:
            continue
        found = _LEVEL.search(paragraph.get("style") or "")
        level = int(found[1]) if found else 1
        before = paragraph.getprevious()
        if not opened or before is not opened[0][1]:
            opened = []
        while len(opened) > 1 and opened[-1][0] > level:
            opened.pop()
        if not opened or opened[-1][0] < level:
            items = paragraph.makeelement("ol" if marker["number"] else "ul", {})
            if opened:
                opened[-1][1][-1].append(items)
            else:
                paragraph.addprevious(items)
            opened.append((level, items))
        _move(paragraph, opened, marker)
    for tag in _TAGS(root):
        _take_tag(tag)


def _move(paragraph: Element, opened: list[tuple[int, Element]], marker: re.Match[str]) -> None:
    """Make a paragraph the next item of the innermost list."""
    items = opened[-1][1]
    item = items.makeelement("li", {})
    if marker["number"] and items.tag == "ol":
        item.set("value", marker["number"])
    if marker["bullet"] or (marker["number"] and items.tag == "ol"):
        _cut(paragraph, marker.end())
    outer = opened[0][1]
    outer.tail, paragraph.tail = (outer.tail or "") + (paragraph.tail or ""), None
    items.append(item)
    item.append(paragraph)


def _take_tag(tag: Element) -> None:
    """Take the marker of an item away that its list shows, or put it before the first word."""
    item, words = tag.getparent(), "".join(_texts(tag)).strip()
    first = None if item is None else next(item.iterdescendants("p"), None)
    if item is None or first is None or (tag.tail or "").strip():
        return
    around = item.getparent()
    if words[:-1].isdecimal() and words[-1] == "." and around is not None and around.tag == "ol":
        item.attrib.pop("style", None)
        item.set("value", words[:-1])
    elif words not in tuple(_BULLETS):
        first.text = f"{words} {(first.text or '').lstrip()}"
        if around is not None:
            around.tag = "ul"  # it shows no number beside that
    item.remove(tag)


def _texts(element: Element) -> Iterator[str]:
    if type(element.tag) is str and element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail


def _cut(element: Element, count: int) -> int:
    """Take the first characters of the text in an element away; how many are still to go."""
    if type(element.tag) is str and element.text:
        size = min(count, len(element.text))
        element.text, count = element.text[size:], count - size
    for child in element:
        if not count:
            break
        count = _cut(child, count)
        if child.tail:
            size = min(count, len(child.tail))
            child.tail, count = child.tail[size:], count - size
    return count
