"""What is looked up once on a page and used by several of its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from cleaner.html.attributes import AttributesOf
from cleaner.html.facts import jsonld
from cleaner.html.facts import titles as titles
from cleaner.html.facts.marks import Marks, marks
from cleaner.html.facts.nearby import above, below
from cleaner.html.facts.values import plain, text
from cleaner.html.score.characters import count_words

MAX_TITLE = 400  # characters; what is longer is no title
_MAX_SITE = 100
_MAX_URL = 2_000
_MAX_LABEL = 3  # letters of a part of a host that names nothing: www, m, en
_MAX_HEADINGS = 12
_MAX_LINKS = 200  # to look through for a headline
_MIN_HEADLINE = 4  # words; shorter links name sections
_MAX_VALUES = 50  # of one name of `meta`
_TITLES = (
    *("og:title", "headline", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"),
    *("twitter:title", "title", "name"),
)
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:android:app_name", "al:ios:app_name")
_HOME = re.compile(r"(?:https?:)?//[^/?#]+/?|/|\.{1,2}/?|(?:\.{0,2}/)?index\.\w{3,5}", re.IGNORECASE)
_NO_URL = re.compile(r"[\s<>\"\x00-\x1f\x7f]")


class Page:
    """A page and what it states in its `meta` elements and its JSON-LD.

    Attributes:
        graph: all nodes of its JSON-LD; `named` holds them by `@id`.
        node: the one that describes the text; empty if none does.
        address: its permanent address, or else where it is from.
        site: the name of its site; `sites` are the keys of all names the site goes by, its host among them.
        headlines: its headings of level one.
    """

    def __init__(self, root: Element, url: str | None, attributes: AttributesOf) -> None:
        self.root = root
        self.attributes = attributes
        found = _collected(root)
        self._meta = _contents(found["meta"])
        self._links = found["link"]
        self._heads = found["title"][:1]
        self.graph = jsonld.nodes(found["script"])
        self.named = jsonld.index(self.graph)
        headings = (text(heading, MAX_TITLE) for heading in found["h1"][:_MAX_HEADINGS])
        self.headlines = [heading for heading in headings if heading]
        if (said := self._linked_headline()) is not None:
            self.headlines.append(said)
        base = _web(url)
        self.address = self._permanent(base) or base
        keys = {titles.key(value) for value in (*self.all(("og:title", "twitter:title"), MAX_TITLE), *self.headlines)}
        self.node = jsonld.main(self.graph, keys - {""}, titles.key(self.address or ""))
        names = list(self._names())
        self.site = names[0] if names else None
        names += self._site_headings(found["h1"][:_MAX_HEADINGS])
        self.sites = {titles.key(name) for name in (*names, *_hosts(base), *_hosts(self.address))} - {""}

    def all(self, names: Iterable[str], limit: int) -> Iterator[str]:
        """The contents of the `meta` elements with these names, as `plain`."""
        for name in names:
            for value in self._meta.get(name, ()):
                found = plain(value, limit)
                if found:
                    yield found

    def first(self, names: Iterable[str], limit: int) -> str | None:
        """The first of `all`."""
        return next(self.all(names, limit), None)

    @cached_property
    def stated(self) -> list[str]:
        """The titles that the page states to machines, most reliable first."""
        stated = [
            *self.all(_TITLES[:1], MAX_TITLE),
            plain(self.node.get("headline") or self.node.get("name"), MAX_TITLE),
            *self.all(_TITLES[1:-2], MAX_TITLE),
            *(text(head, MAX_TITLE) for head in self._heads),
            *self.all(_TITLES[-2:], MAX_TITLE),
        ]
        return [value for value in stated if value]

    @cached_property
    def marks(self) -> Marks:
        """The elements that are marked as naming an author or giving a date."""
        return marks(self.root, self.attributes)

    @cached_property
    def lines(self) -> list[str]:
        """The short lines around the heading that holds the title, or else around the first of level one."""
        stated = {part for value in self.stated for part in titles.ends(value)} - self.sites
        first: Element | None = None
        for heading in islice(self.root.iter("h1", "h2", "h3"), _MAX_HEADINGS):
            value = text(heading, MAX_TITLE)
            if value and titles.key(value) in stated:
                first = heading
                break
            if first is None and heading.tag == "h1":
                first = heading
        return [*above(first), *below(first)] if first is not None else []

    def _linked_headline(self) -> str | None:
        """A link that says the beginning of the page's title, while the headings say at most its end, the site's name.

        So a thread begins whose headline leads to what it is about.
        """
        whole = text(self._heads[0], MAX_TITLE) if self._heads else None
        if not whole:
            return None
        key, own = titles.key(whole), {titles.key(heading) for heading in self.headlines}
        begins = {titles.key(begin) for begin in titles.beginnings(whole) if count_words(begin) >= _MIN_HEADLINE} - {""}
        if not begins or begins & own or key in own or not all(heading in key for heading in own):
            return None
        links = (text(link, MAX_TITLE) for link in islice(self.root.iter("a"), _MAX_LINKS))
        return next((link for link in links if link and titles.key(link) in begins), None)

    def _site_headings(self, headings: Iterable[Element]) -> Iterator[str]:
        """Headings of level one that only lead home, beside a title that says more: the site's name on each page."""
        for heading in headings:
            name = text(heading, MAX_TITLE)
            if name and leads_home(heading) and any(titles.key(name) != titles.key(value) for value in self.stated):
                yield name

    def _permanent(self, base: str | None) -> str | None:
        links = (link for link in self._links if "canonical" in (link.get("rel") or "").lower().split())
        for stated in (*(link.get("href") for link in islice(links, 1)), *self._meta.get("og:url", ())[:1]):
            found = _web(stated, base)
            if found and not (base and _is_home(found) and not _is_home(base)):
                return found
        return None

    def _names(self) -> Iterator[str]:
        yield from self.all(_SITES[:1], _MAX_SITE)
        publishers = [item for item in jsonld.items(self.node.get("publisher"), self.named) if isinstance(item, dict)]
        for node in (*(node for node in self.graph if "WebSite" in jsonld.types(node)), *publishers):
            yield from filter(None, (plain(node.get(name), _MAX_SITE) for name in ("name", "alternateName")))
        yield from self.all(_SITES[1:], _MAX_SITE)


def _hosts(address: str | None) -> list[str]:
    """The host of an address, and those of its parts that may be a name."""
    host = (urlsplit(address).hostname or "") if address else ""
    labels = host.removeprefix("www.").split(".")
    return [host, ".".join(labels), ".".join(labels[-2:]), *(label for label in labels[:-1] if len(label) > _MAX_LABEL)]


def _collected(root: Element) -> dict[str, list[Element]]:
    """All elements that facts are read from, in one pass."""
    found: dict[str, list[Element]] = {"meta": [], "link": [], "script": [], "title": [], "h1": []}
    for element in root.iter(*found):
        found[str(element.tag)].append(element)
    return found


def _contents(elements: list[Element]) -> dict[str, list[str]]:
    """The contents of `meta` elements, by lower-cased name, property or `itemprop`."""
    found: dict[str, list[str]] = {}
    for element in elements:
        content = element.get("content")
        if content:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                name = element.get(attribute)
                if name:
                    values = found.setdefault(name.strip().lower(), [])
                    if len(values) < _MAX_VALUES:
                        values.append(content)
    return found


def _web(address: str | None, base: str | None = None) -> str | None:
    """`address`, made absolute, if it is one of the web."""
    address = (address or "").strip()
    if not address or len(address) > _MAX_URL or _NO_URL.search(address):
        return None
    try:
        address = urljoin(base, address) if base else address
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def leads_home(heading: Element) -> bool:
    """Whether all words of a heading are one link to the first page of a site."""
    links = list(heading.iter("a"))
    target = (links[0].get("href") or "").strip() if len(links) == 1 else ""
    said = "".join(map(str, heading.itertext())).split()
    return _HOME.fullmatch(target) is not None and "".join(map(str, links[0].itertext())).split() == said


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.path.strip("/") and not parts.query
