"""HTML text to a tree that has all of its text and is never deep.

libxml2 stops without a word at deep nesting, at very long texts and at whatever is opened and never closed.  So a
comment is put at the end of the source: if it does not come out as the last node of the tree, something was lost, and
the source is mended (`cleaner.html.mend`) and read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.etree import HTMLParser
from lxml.etree import _Element as Element

from cleaner.errors import InputError
from cleaner.html.mend import Mender, needs_mending

MAX_DEPTH = 160  # elements from the root to the innermost one; whoever recurses has Python's 1000 frames for them

_END = "cleaner: end of page"
_SENTINEL = f"<!--{_END}-->".encode()
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f"))
_SPACES = bytes.maketrans(b"\f", b" ")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NO_REFERENCE = re.compile(
    rb"&#(?:0*(?:\d|1[124-9]|2\d|3[01]|6553[45])(?![0-9])"
    rb"|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
_FINE_REFERENCE = re.compile(rb"&#(?:0*(?:9|10|13)|[xX]0*(?:9|[aA]|[dD]));?")
_PAGE = frozenset({"html", "head", "body"})
_SILENT = frozenset({"script", "style", "template", "title"})
_EMPTY = frozenset({"base", "basefont", "bgsound", "link", "meta"})
_OF_HEAD = _EMPTY | {"noscript", "script", "style", "template", "title"}
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")


class UnreadableError(InputError):
    """HTML of which no tree can be made that has all of its text."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page.

    Attributes:
        root: the `html` element; it always has a `body`, and nothing in it is deeper than `MAX_DEPTH` elements.
            Comments and processing instructions are among its nodes.
        warnings: what was lost or is laid out in another way than the source says.
    """

    root: Element
    warnings: tuple[str, ...] = ()


def parse(html: str) -> Tree:
    """The tree of a page or a fragment.

    What a browser would swallow because something is never closed (a comment, a title, a quotation mark) is read as
    well as can be, with a warning.  The contents of `noscript` and `template` are elements like others.  Characters
    that XML cannot hold become U+FFFD or, if they are control characters, go.

    Raises:
        UnreadableError: libxml2 cannot read the page to its end, even mended.
    """
    data = _utf8(html)
    root = None if needs_mending(html) else _read(data, huge=False)
    if root is not None:
        return Tree(root, _about(root))
    text = data.decode()
    for flat in (False, True):
        mender = Mender(text, flat=flat)
        root = _read(mender.mend().encode(), huge=flat)
        if root is not None:
            return Tree(root, (*mender.warnings, *_about(root)))
    raise UnreadableError("the HTML cannot be read to its end")


# --- libxml2 ------------------------------------------------------------------------------------


def _utf8(html: str) -> bytes:
    if "\ufffe" in html or "\uffff" in html:
        html = html.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    try:
        data = html.encode()
    except UnicodeEncodeError:
        data = _SURROGATES.sub("\ufffd", html).encode()
    data = data.translate(_SPACES, _CONTROLS)
    return _NO_REFERENCE.sub(lambda m: m[0] if _FINE_REFERENCE.fullmatch(m[0]) else b"&#xFFFD;", data)


def _read(data: bytes, *, huge: bool) -> Element | None:
    """The tree of `data`, or None if it is not all there or too deep."""
    parser = HTMLParser(encoding="utf-8", huge_tree=huge)
    root = etree.fromstring(data + _SENTINEL, parser)
    if root is None:  # not one element, nor text
        root = etree.fromstring(b"<html>" + data + _SENTINEL, parser)
    siblings = list(root.itersiblings())
    last = siblings[-1] if siblings else root
    while len(last):
        last = last[-1]
    if last.tag is not etree.Comment or last.text != _END or last.tail:
        return None
    _body(root)
    for sibling in siblings:
        _adopt(root, sibling)
    parent = last.getparent()
    if parent is not None:
        parent.remove(last)
    _end_head(root)
    return None if _TOO_DEEP(root) else root


def _body(root: Element) -> Element:
    body = root.find("body")
    return etree.SubElement(root, "body") if body is None else body


def _end_head(root: Element) -> None:
    """Move what is no part of a head behind it: libxml2 does not know that most elements of HTML 5 end it."""
    head = root.find("head")
    first = next((child for child in head if _ends_head(child)), None) if head is not None else None
    if first is None:
        return
    moved = [first, *first.itersiblings()]
    body = _body(root)
    text, body.text = body.text, None
    for place, child in enumerate(moved):
        body.insert(place, child)
    moved[-1].tail = (moved[-1].tail or "") + (text or "")


def _ends_head(child: Element) -> bool:
    if type(child.tag) is not str:
        return False
    return child.tag not in _OF_HEAD or (child.tag in _EMPTY and (len(child) > 0 or bool((child.text or "").strip())))


def _adopt(root: Element, sibling: Element) -> None:
    """Move what libxml2 puts beside the root, all that follows ``</html>``, to where every walk meets it."""
    if type(sibling.tag) is str:
        for element in (sibling, *sibling.iterchildren(*_PAGE)):
            element.tag = "div"
    _body(root).append(sibling)


def _about(root: Element) -> tuple[str, ...]:
    stack = [_body(root)]
    while stack:
        element = stack.pop()
        if type(element.tag) is str and element.tag not in _SILENT:
            if element.text and not element.text.isspace():
                return ()
            stack.extend(reversed(element))
        if element.tail and not element.tail.isspace():
            return ()
    return ("the page has no text: it may need its scripts; save it from a browser",)
