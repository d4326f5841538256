"""Elements that hide what is in them and are never closed.

A reader of HTML lets such an element swallow the rest of the page: nobody sees the text of a drawing, a player, a
template.  Here it ends where the page goes on: before the next block, or at once if there is none near.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from cleaner.html.prose import holds_prose
from cleaner.html.tags import BLOCKS

HIDING = frozenset(
    {"applet", "audio", "canvas", "datalist", "dialog", "frameset", "map", "noscript", "object", "template", "video"}
    | {"svg", "math", "a", "button", "select"}
)
"""What hides its text, or makes it something else than text of the page."""
RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
"""What holds no tags."""


def _in_any_case(names: Iterable[str]) -> str:
    """A pattern for some names.  What `re` finds where case does not count is tried name by name at each tag; here it
    looks at the first letter."""
    either = {name: "".join(f"[{letter}{letter.upper()}]" for letter in name) for name in sorted(names)}
    groups = groupby(either, key=lambda name: name[0])
    first = "".join(dict.fromkeys(name[0] for name in either))
    parts = (f"[{one}{one.upper()}](?:{'|'.join(either[name][4:] for name in them)})" for one, them in groups)
    return f"(?=[{first}{first.upper()}])({'|'.join(parts)})"


_MARKED = r"<!\[CDATA\["
_TAG = re.compile(rf"<(/?){_in_any_case(HIDING | RAW)}(?=[\s/>])|{_MARKED}(?<![/*]{_MARKED})(?<![/*]\s{_MARKED})")
"""Scripts name marked sections in comments."""
COMMENT_END = re.compile(r"--!?>")
_UNREAD = re.compile(r"<(?:(script|style)(?=[\s/>])|!--)", re.IGNORECASE)
_UNREAD_END = {
    "script": re.compile(r"</script(?=[\s/>])", re.IGNORECASE),
    "style": re.compile(r"</style(?=[\s/>])", re.IGNORECASE),
    "": COMMENT_END,
}
_OPTIONS = frozenset({"option", "optgroup", "hr"})
_TEXT = frozenset({"b", "br", "em", "i", "img", "nobr", "s", "small", "span", "strong", "sub", "sup", "tt", "u"})
"""What ends a drawing or a formula in HTML, beside blocks."""
_DRAWN = frozenset({"svg", "math"})
_MANY = 50
"""Elements open at once that are waited for."""
_NEAR = 400
"""Characters of text and tags: what goes on for longer without a block is no label of a picture."""


def may_have_unclosed(html: str) -> bool:
    """Whether a page may hold an element that is never closed: more tags begin one than end one.

    A marked section (``<![CDATA[``), which HTML does not know, counts as one.
    """
    return _more_begin(html) and _more_begin(_read(html))


def _more_begin(html: str) -> bool:
    counts: Counter[str] = Counter()
    for slash, name in _TAG.findall(html):
        counts[name.lower()] += -1 if slash else 1
    return any(count > 0 for count in counts.values())


def _read(html: str) -> str:
    """A page without its scripts, styles and comments, in which tags are none.

    From one on that never ends, or ends where another does, it is left as it is.
    """
    pieces = []
    at = 0
    while begin := _UNREAD.search(html, at):
        name = (begin[1] or "").lower()
        end = _UNREAD_END[name].search(html, begin.end())
        if end is None or (name and _is_anothers(html, name, begin.end(), end.start())):
            break
        pieces.append(html[at : begin.start()])
        at = end.end()
    return "".join([*pieces, html[at:]])


def _is_anothers(html: str, name: str, start: int, stop: int) -> bool:
    """Whether an end tag of a script is that of another one, with text of the page before it."""
    again = next((tag for tag in _UNREAD.finditer(html, start, stop) if (tag[1] or "").lower() == name), None)
    return again is not None and holds_prose(html, start, again.start())


@dataclass(slots=True, eq=False)
class _Opening:
    name: str
    at: int
    stop: int = -1

    def is_left_by(self, tag: str) -> bool:
        """Whether an element cannot hold a tag that is no part of it, if it is never closed."""
        if self.name == "select" and tag in _OPTIONS:
            return False
        return tag in BLOCKS or (self.name in _DRAWN and tag in _TEXT) or (self.name == tag == "a")


class Openings:
    """The hiding elements of a source that is written in pieces; places are numbers of pieces."""

    def __init__(self) -> None:
        self._open: dict[str, list[_Opening]] = {name: [] for name in HIDING}
        self._running: list[_Opening] = []  # those that nothing has left yet

    @property
    def draws(self) -> bool:
        """Whether a drawing or a formula is open."""
        return any(self._open[name] for name in _DRAWN)

    def start(self, name: str, place: int) -> None:
        """The start tag of an element is about to be written."""
        self._leave(name, place)
        if name in HIDING:
            opening = _Opening(name, place + 1)
            self._open[name].append(opening)
            self._running.append(opening)
            if len(self._running) > _MANY:
                self._running.pop(0).stop = place

    def end(self, name: str, place: int) -> None:
        """An end tag is about to be written."""
        if self._open.get(name):
            opening = self._open[name].pop()
            if opening in self._running:
                self._running.remove(opening)
        self._leave(name, place)

    def _leave(self, tag: str, place: int) -> None:
        left = [opening for opening in self._running if opening.is_left_by(tag)]
        for opening in left:
            opening.stop = place
            self._running.remove(opening)

    def missing(self, pieces: Sequence[str]) -> list[tuple[int, str]]:
        """The end tags that are missing, each with the place where it belongs, in the order of the places."""
        ends = []
        for opening in (one for openings in self._open.values() for one in openings):
            stop = opening.stop if opening.stop >= 0 else len(pieces)
            ends.append((stop if _is_near(pieces, opening.at, stop) else opening.at, opening.name))
        return sorted(ends)


def _is_near(pieces: Sequence[str], start: int, stop: int) -> bool:
    size = 0
    for place in range(start, stop):
        size += len(pieces[place])
        if size > _NEAR:
            return False
    return True
