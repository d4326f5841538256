"""The elements that a page marks as naming an author or as giving a date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element as Element

from cleaner.html.attributes import AttributesOf
from cleaner.html.facts.names import is_full
from cleaner.html.facts.values import plain, text

_TAGS = (
    *("a", "address", "b", "cite", "div", "em", "h2", "h3", "h4", "h5", "i", "li", "meta", "p", "section", "small"),
    *("span", "strong", "td", "time"),
)
"""What bylines and dates are written in."""
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:authors?|byline|posted-?by)(?:[_-]+(?:name|link|info|title|wrapper))?(?=$|\s)"
    r"|(?:^|\s)(?:[a-z]*author-?name|byline[_-]+(?:name|authors?)|username|message-name|creator)(?=$|\s)",
    re.IGNORECASE,
)
"""Classes of bylines: whole words, also at the end of a name such as ``post-header__author``."""
_AUTHOR = re.compile(r"(?:^|\s)(?:author|creator)(?=$|\s)", re.IGNORECASE)
_DATE = re.compile(r"(?:^|\s)(?:datePublished|dateCreated)(?=$|\s)", re.IGNORECASE)
_AUTHOR_PAGE = re.compile(r"/authors?/[^/]", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|respond|reply|replies|related|recommended|sidebar|footer|widget|teasers?|cards?"
    r"|carousel|popular|trending|latest|recent|recirc|more|nav|menu|testimonials?|reviews?|quote|quoted|blockquote|tile"
    r"|thumb|bio)(?=$|[\s_-])",
    re.IGNORECASE,
)
_OUTSIDE = frozenset({"nav", "footer", "blockquote", "form"})
_MAX_MARKS = 200
_MAX_DEPTH = 100  # ancestors that are looked at
_MAX_CLASSES = 1_000  # characters
_MAX_NAME = 300  # characters
_MAX_BYLINE = 120
_MAX_WORDS = 4
_MAX_LINKS = 5
_MAX_INSIDE = 200  # elements


@dataclass(frozen=True, slots=True)
class Marks:
    """Elements in the order of the page.

    Attributes:
        bylines: those whose class, `itemprop` or `rel` says that they name an author.
        links: links to what their address says is an author's page.
        times: `time` elements, and those whose `itemprop` is a date of publication.
    """

    bylines: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    times: list[Element] = field(default_factory=list)


def marks(root: Element, attributes: AttributesOf) -> Marks:
    """The marks of a page, found in one pass; a few hundred at most."""
    found = Marks()
    known: dict[str, bool] = {}  # the same few classes occur again and again
    for element in root.iter(*_TAGS):
        get, tag = attributes[element].get, element.tag
        names, stated = get("class"), get("itemprop")
        byline = False
        if names:
            seen = known.get(names)
            if seen is None:
                seen = known[names] = _BYLINE.search(names) is not None
            byline = seen
        if tag == "time" or (stated and _DATE.search(stated)):
            found.times.append(element)
        elif byline or (stated and _AUTHOR.search(stated)):
            found.bylines.append(element)
        elif tag == "a":
            relation, target = get("rel"), get("href")
            if relation and _AUTHOR.search(relation):
                found.bylines.append(element)
            elif target and "/author" in target and _AUTHOR_PAGE.search(target):
                found.links.append(element)
        if len(found.bylines) + len(found.links) + len(found.times) >= _MAX_MARKS:
            break
    return found


def name_in(element: Element) -> str | None:
    """The name that a marked element gives: in its microdata if it has any, else all its words."""
    for number, child in enumerate(element.iterdescendants()):
        if number >= _MAX_INSIDE:
            break
        if "name" in (child.get("itemprop") or "").split():
            return plain(child.get("content"), _MAX_NAME) or text(child, _MAX_NAME)
    stated = plain(element.get("content"), _MAX_NAME)
    if stated:
        return stated
    words = text(element, _MAX_BYLINE)
    if words is None or len(words.split()) > _MAX_WORDS:  # with a link to the author, and what the author does
        linked = (text(link, _MAX_BYLINE) for link in islice(element.iter("a"), _MAX_LINKS))
        return next((name for name in linked if name and is_full(name)), words)
    return words


def is_elsewhere(element: Element) -> bool:
    """Whether an element stands where other texts than the page's own are named: comments, related texts, menus."""
    node: Element | None = element
    for _ in range(_MAX_DEPTH):
        if node is None or node.tag in ("main", "body"):
            return False
        if node.tag in _OUTSIDE or any(_names_other(node.get(name) or "") for name in ("class", "id")):
            return True
        node = node.getparent()
    return False


@lru_cache(maxsize=50_000)
def _names_other(names: str) -> bool:
    return _ELSEWHERE.search(names[:_MAX_CLASSES]) is not None
