"""The source of a page, mended: what is never closed ends where text begins, and no tag is longer than can be read."""

from __future__ import annotations

import re
from bisect import bisect_left

import regex

from cleaner.html.prose import BLOCK_TAG, holds_prose
from cleaner.html.tags import BLOCKS
from cleaner.html.unclosed import COMMENT_END, RAW, Openings, may_have_unclosed

_BLOCK_DEPTH = 120  # below this a block becomes the next sibling of the one around it
_INLINE_DEPTH = 150  # inline elements have some room left inside the deepest block
_MAX_ATTRIBUTES = 2000  # libxml2 needs time in the square of their number
_LONG = 5_000_000  # characters of a value, script or comment; libxml2 stops at ten million bytes
_MANY_UNCLOSED = 3  # quotation marks without a partner, each of which costs a search to the end of the page
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
_ANY_END_TAG = re.compile(r"</[A-Za-z]")
_PAGE_END = re.compile(r"</(?:body|html)(?=[\s>])", re.IGNORECASE)
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
_OPTIONAL_END = frozenset(
    ["p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "rp", "rt"]
)
_MARKED = "<![CDATA["
_LONG_TAG = 4000  # characters; a shorter tag has not too many attributes
_SLICE = 5_000_000  # characters


def needs_mending(html: str) -> bool:
    """Whether a page may be read in part only, as far as a short look tells."""
    return may_have_unclosed(html) or _has_many_attributes(html)


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


def _last_page_end(html: str) -> int:
    """Where the last end tag of the page stands; -1 if there is none."""
    return max((end.start() for end in _PAGE_END.finditer(html)), default=-1)


class Mender:
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
        self.last_end = _last_page_end(html)
        self.raw: dict[str, tuple[list[int], list[int]]] = {}
        self.never_commented = False  # whether the rest of the page ends no comment
        self.unclosed = 0
        self.openings = Openings()
        self.marked = False  # whether a marked section is open

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is read in another way than the source says."""
        return tuple(self.reasons)

    def mend(self) -> str:
        """The mended source."""
        html = self.html
        at = 0
        while (start := html.find("<", at)) >= 0:
            self._text(html[at:start])
            after = html[start + 1 : start + 2]
            if html.startswith("<!--", start):
                at = self._comment(start)
            elif after in "!?" or (after == "/" and not _NAME.match(html, start)):
                at = self._declaration(start)
            elif _NAME.match(html, start):
                at = self._tag(start)
            else:
                self.out.append("<")
                at = start + 1
        self._text(html[at:])
        self._close_openings()
        if self.flat:
            self._close(0)
        return "".join(self.out)

    def _text(self, text: str) -> None:
        if self.marked and "]]>" in text:
            text = text.replace("]]>", "", 1)
            self.marked = False
        self.out.append(text)

    def _close_openings(self) -> None:
        """Write the end tags that are missing where the elements should end."""
        done = 0
        pieces: list[str] = []
        for place, name in self.openings.missing(self.out):
            self._warn(f"<{name}> is never closed: it ends before the next block")
            pieces += (*self.out[done:place], f"</{name}>")
            done = place
        self.out = [*pieces, *self.out[done:]]

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
        end = None if self.never_commented else COMMENT_END.search(html, start + 4)
        if end:
            if end.end() - start < _LONG:
                self.out.append(html[start : end.end()])
            return end.end()
        if not self.never_commented and not _ANY_END_TAG.search(html, start):
            return self._cut(start)
        self.never_commented = True
        self._warn("a comment is never closed: what follows is read as text")
        return start + 4

    def _declaration(self, start: int) -> int:
        if self.html.startswith(_MARKED, start) and not self.openings.draws:
            self.marked = True
            self._warn("a marked section (CDATA) is read as HTML")
            return start + len(_MARKED)
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
        if name in RAW and not _CLOSED_AT_ONCE.search(tag):
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
        end = self._end_of_raw(name, start)
        if end >= 0:
            stop = end
        else:
            following = self._text_behind(name, start)
            if following is None:
                return self._cut(start)
            stop = following
            self._warn(f"<{name}> is never closed: it ends before the next tag")
        content = html[start:stop]
        if len(content) >= _LONG and name in _CODE:
            self._warn(f"a <{name}> of {len(content)} characters is left out")
            content = ""
        self._start(name, tag)
        self.out.append(content)
        if end < 0:
            self._end(name, f"</{name}>")
        return stop

    def _end_of_raw(self, name: str, start: int) -> int:
        """Where the end tag is; -1 if there is none, or if it is that of another element, with text in between."""
        begins, ends = self._raw_tags(name)
        at = bisect_left(ends, start)
        if at == len(ends):
            return -1
        number = bisect_left(begins, start)
        again = begins[number] if number < len(begins) else len(self.html)
        is_another = again < ends[at] and (name not in _CODE or holds_prose(self.html, start, again))
        return -1 if is_another else ends[at]

    def _raw_tags(self, name: str) -> tuple[list[int], list[int]]:
        """Where an element without tags inside begins and ends, all over the page."""
        if name not in self.raw:
            found = re.compile(rf"<(/?){name}(?=[\s/>])", re.IGNORECASE).finditer(self.html)
            begins, ends = self.raw[name] = [], []
            for tag in found:
                (ends if tag[1] else begins).append(tag.start())
        return self.raw[name]

    def _text_behind(self, name: str, start: int) -> int | None:
        """Where an element ends that is never closed; None if the page is cut off in it."""
        if name not in _CODE:
            stop = self.html.find("<", start)
            return stop if stop >= 0 else len(self.html)
        following = BLOCK_TAG.search(self.html, start)
        if following and (start < self.last_end or holds_prose(self.html, following.start(), len(self.html))):
            return following.start()
        return len(self.html) if start < self.last_end else None

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
        if name not in _VOID and name not in RAW and not _CLOSED_AT_ONCE.search(tag):
            self.openings.start(name, len(self.out))
        self.out.append(tag)

    def _end(self, name: str, tag: str) -> None:
        if name not in RAW:
            self.openings.end(name, len(self.out))
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
