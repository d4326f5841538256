"""HTML text to a tree that has all of its text and is never deep.

libxml2 stops without a word at deep nesting, at very long texts and at whatever is opened and never closed.  So a
comment is put at the end of the source: if it does not come out as the last node of the tree, something was lost, and
the source is mended (`_Mender`) and read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex
from lxml import etree
from lxml.etree import HTMLParser
from lxml.etree import _Element as Element

from cleaner.errors import InputError
from cleaner.html.tags import BLOCKS

MAX_DEPTH = 160  # elements from the root to the innermost one; whoever recurses has Python's 1000 frames for them
_BLOCK_DEPTH = 120  # below this a block becomes the next sibling of the one around it
_INLINE_DEPTH = 150  # inline elements have some room left inside the deepest block
_MAX_ATTRIBUTES = 2000  # libxml2 needs time in the square of their number
_LONG_TAG = 4000  # characters; a shorter tag has not too many attributes
_LONG = 5_000_000  # characters of a value, script or comment; libxml2 stops at ten million bytes
_MANY_UNCLOSED = 3  # quotation marks without a partner, each of which costs a search to the end of the page
_SLICE = 5_000_000  # characters

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
_ROUGH_TAG = re.compile(r"""[A-Za-z][^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*""")
_TAG = regex.compile(
    r"""<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)"""
    r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>))[^>=]*+)*+>"""
)
_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = regex.compile(
    r"""(?<![\s/])[\s/]++([^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+)"""
)
_CLOSED_AT_ONCE = re.compile(r"""(?:["'\s]|<[^\s/>]+)/>\Z""")
_COMMENT_END = re.compile(r"--!?>")
_ANY_END_TAG = re.compile(r"</[A-Za-z]")
_PAGE_END = re.compile(r"</(?:body|html)(?=[\s>])", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))}|head)(?=[\s/>])", re.IGNORECASE)
_VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_PAGE = frozenset({"html", "head", "body"})
_CODE = frozenset({"script", "style"})
_RAW = _CODE | {"title", "textarea", "iframe", "noembed", "noframes", "xmp"}  # no tags inside
_OPTIONAL_END = frozenset(
    ["p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "rp", "rt"]
)
_SILENT = _CODE | {"template", "title"}
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")


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
        InputError: libxml2 cannot read the page to its end, even mended.
    """
    data = _utf8(html)
    root = None if _has_many_attributes(html) else _read(data, huge=False)
    if root is not None:
        return Tree(root, _about(root))
    text = data.decode()
    for flat in (False, True):
        mender = _Mender(text, flat=flat)
        root = _read(mender.mend().encode(), huge=flat)
        if root is not None:
            return Tree(root, (*mender.warnings, *_about(root)))
    raise InputError("the HTML cannot be read to its end: save the page anew, or pass its text")


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
    return None if _TOO_DEEP(root) else root


def _body(root: Element) -> Element:
    body = root.find("body")
    return etree.SubElement(root, "body") if body is None else body


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


def _has_many_attributes(html: str) -> bool:
    """Whether a start tag has more attributes than libxml2 can take.

    Only tags without ``<`` in their values are looked at: to tell those of all others costs a quarter of parsing.
    """
    start = 0  # of a piece, which ends before the next "<"
    while len(html) - start > _LONG_TAG:
        last = html.rfind("<", start, start + _LONG_TAG + 1)
        if last >= 0:
            start = last + 1
            continue
        end = html.find("<", start, start + _SLICE)
        end = start + _SLICE if end < 0 else end
        if _is_crowded(html[start:end]):
            return True
        start = end + 1 if html[end : end + 1] == "<" else end
    return False


def _is_crowded(piece: str) -> bool:
    tag = _ROUGH_TAG.match(piece)
    if tag is None or len(tag[0]) <= _LONG_TAG:
        return False
    return len({attribute.partition("=")[0] for attribute in _ATTRIBUTE.findall(tag[0])}) > _MAX_ATTRIBUTES


# --- mending ------------------------------------------------------------------------------------


class _Mender:
    """Goes over the source once, as HTML's own rules for tags say, and closes what is never closed.

    Args:
        flat: also lay out what is nested too deep side by side; end tags are then written where elements end here.
    """

    def __init__(self, html: str, *, flat: bool) -> None:
        self.html = html
        self.flat = flat
        self.out: list[str] = []
        self.open: list[str] = []
        self.reasons: dict[str, None] = {}  # in the order they were met
        self.never: set[str] = set()  # ends of which the rest of the page has none
        self.unclosed = 0

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self.reasons)

    def mend(self) -> str:
        html, out = self.html, self.out
        at = 0
        while (start := html.find("<", at)) >= 0:
            out.append(html[at:start])
            after = html[start + 1 : start + 2]
            if html.startswith("<!--", start):
                at = self._comment(start)
            elif after in "!?" or (after == "/" and not _NAME.match(html, start)):
                at = self._declaration(start)
            elif _NAME.match(html, start):
                at = self._tag(start)
            else:
                out.append("<")
                at = start + 1
        out.append(html[at:])
        if self.flat:
            self._close(0)
        return "".join(out)

    def _warn(self, reason: str) -> None:
        self.reasons[reason] = None

    def _cut(self, start: int) -> int:
        """Leave out the rest of the page."""
        end = len(self.html)
        self._warn(
            f"the page is cut off inside a tag, comment or script: its last {end - start} characters are no text"
        )
        return end

    def _comment(self, start: int) -> int:
        html = self.html
        if html.startswith((">", "->"), start + 4):
            return html.index(">", start) + 1
        end = None if "comment" in self.never else _COMMENT_END.search(html, start + 4)
        if end:
            if end.end() - start < _LONG:
                self.out.append(html[start : end.end()])
            return end.end()
        if "comment" not in self.never and not _ANY_END_TAG.search(html, start):
            return self._cut(start)
        self.never.add("comment")
        self._warn("a comment is never closed: what follows is read as text")
        return start + 4

    def _declaration(self, start: int) -> int:
        end = self.html.find(">", start)
        if end < 0:
            return self._cut(start)
        if end - start < _LONG:
            self.out.append(self.html[start : end + 1])
        return end + 1

    def _tag(self, start: int) -> int:
        html = self.html
        match = _TAG.match(html, start) if self.unclosed < _MANY_UNCLOSED else None
        if match:
            tag = match[0]
            at = match.end()
        else:
            at = html.find(">", start) + 1
            if not at:
                return self._cut(start)
            tag = html[start:at]
            if not _TAG.fullmatch(tag):
                self.unclosed += 1
                self._warn("a quotation mark in a tag is never closed: the tag is read without its attributes")
                tag = _NAME.match(tag)[0] + ">"  # type: ignore[index]
        name = _NAME.match(tag)[1].lower()  # type: ignore[index]
        if name == "plaintext":
            self._warn("<plaintext> is left out: what follows is read as HTML")
            return at
        if tag[1] == "/":
            self._end(name, tag)
            return at
        if len(tag) > _LONG_TAG:
            tag = self._shortened(tag)
        if name in _RAW and not _CLOSED_AT_ONCE.search(tag):
            return self._raw(name, tag, at)
        self._start(name, tag)
        return at

    def _shortened(self, tag: str) -> str:
        attributes = _ATTRIBUTE.findall(tag)
        kept = [attribute for attribute in attributes[:_MAX_ATTRIBUTES] if len(attribute) < _LONG]
        if len(kept) == len(attributes):
            return tag
        if len(attributes) > _MAX_ATTRIBUTES:
            self._warn(f"an element has {len(attributes)} attributes: only the first {_MAX_ATTRIBUTES} are read")
        closed = "/>" if _CLOSED_AT_ONCE.search(tag) else ">"
        return " ".join((_NAME.match(tag)[0], *kept, closed))  # type: ignore[index]

    def _raw(self, name: str, tag: str, start: int) -> int:
        """An element without tags inside, from its start tag, which ends at `start`, to its end."""
        html = self.html
        end = None if name in self.never else re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, start)
        if end:
            stop = end.start()
        else:
            self.never.add(name)
            if name in _CODE and not _PAGE_END.search(html, start):
                return self._cut(start)
            following = _BLOCK_TAG.search(html, start) if name in _CODE else None
            stop = following.start() if following else html.find("<", start)
            stop = len(html) if stop < 0 else stop
            self._warn(f"<{name}> is never closed: it ends before the next tag")
        content = html[start:stop]
        if len(content) >= _LONG and name in _CODE:
            self._warn(f"a <{name}> of {len(content)} characters is left out")
            content = ""
        self._start(name, tag)
        self.out.append(content)
        if end:
            return stop
        self._end(name, f"</{name}>")
        return stop

    # --- depth ----------------------------------------------------------------------------------

    def _start(self, name: str, tag: str) -> None:
        if self.flat and name not in _VOID and name not in _PAGE:
            block = name in BLOCKS
            around = self.open[-1] if self.open else ""
            if (around == name and name in _OPTIONAL_END) or (around == "p" and block):
                self._close(len(self.open) - 1)
            limit = _BLOCK_DEPTH if block else _INLINE_DEPTH
            if len(self.open) >= limit:
                self._warn(f"elements nested more than {_BLOCK_DEPTH} deep are laid out side by side")
                self._close(limit - 1)
            if not _CLOSED_AT_ONCE.search(tag):
                self.open.append(name)
        self.out.append(tag)

    def _end(self, name: str, tag: str) -> None:
        if not self.flat:
            self.out.append(tag)
        elif name in self.open:
            depth = len(self.open) - 1
            while self.open[depth] != name:
                depth -= 1
            self._close(depth)

    def _close(self, depth: int) -> None:
        """Close elements until `depth` are open."""
        self.out.extend(f"</{name}>" for name in reversed(self.open[depth:]))
        del self.open[depth:]
