"""Who wrote the text, as the page says it."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.html.facts import jsonld
from cleaner.html.facts import names as names
from cleaner.html.facts import titles as titles
from cleaner.html.facts.marks import is_elsewhere, name_in
from cleaner.html.facts.page import Page
from cleaner.html.facts.values import plain

_MAX_NAME = 300  # characters
_MAX_NAMES = 20
_META = (
    *("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author"),
    *("sailthru.author", "article:author_name", "og:author", "og:article:author", "cxenseparse:author", "creator"),
    *("byl", "dc.contributor"),
)
_LABELS = frozenset(
    ("writtenby", "author", "by", "verfasstvon", "geschriebenvon", "écritpar", "escritopor", "scrittoda")
)
_FIRMS = frozenset(
    {"Organization", "Corporation", "NewsMediaOrganization", "Brand", "LocalBusiness", "CollegeOrUniversity"}
)


def author(page: Page) -> str | None:
    """The names of the authors, joined by ``", "``.

    From JSON-LD, `meta`, marked elements, links to an author's page, or a line next to the title, the first that names
    somebody.  Only if nobody is named anywhere, the site or the firm that is given as the author.
    """
    firm: str | None = None
    for source in (_from_jsonld, _from_meta, _from_marks, _from_links, _from_lines):
        found: dict[str, None] = {}
        for name, is_firm in source(page):
            if is_firm or titles.key(name) in page.sites:
                firm = firm or name
            else:
                found[name] = None
        if found:
            return ", ".join(list(found)[:_MAX_NAMES])
    return firm


_Found = Iterator[tuple[str, bool]]
"""Names, and whether each is known to be that of a firm."""


def _from_jsonld(page: Page) -> _Found:
    for role in ("author", "creator"):
        for item in jsonld.items(page.node.get(role), page.named):
            stated = item.get("name") if isinstance(item, dict) else item
            is_firm = isinstance(item, dict) and not _FIRMS.isdisjoint(jsonld.types(item))
            for value in stated if isinstance(stated, list) else [stated]:
                for name in names.names(plain(value, _MAX_NAME) or ""):
                    yield name, is_firm


def _from_meta(page: Page) -> _Found:
    for field in _META:
        found = [name for value in page.all((field,), _MAX_NAME) for name in names.names(value)]
        if found:
            catalogued = field.startswith(("citation", "dc"))
            yield from ((names.turned(name) if catalogued else name, False) for name in found)
            return
    for number in "123":
        label = page.first((f"twitter:label{number}",), _MAX_NAME)
        if label and titles.key(label) in _LABELS:
            yield from ((name, False) for name in names.names(page.first((f"twitter:data{number}",), _MAX_NAME) or ""))


def _from_marks(page: Page) -> _Found:
    for element in page.marks.bylines:
        found = names.byline(name_in(element) or "")
        if found and not is_elsewhere(element):
            yield from ((name, False) for name in found)
            return


def _from_links(page: Page) -> _Found:
    for element in page.marks.links:
        found = [name for name in names.byline(name_in(element) or "") if names.is_full(name)]
        if found and not is_elsewhere(element):
            yield from ((name, False) for name in found)
            return


def _from_lines(page: Page) -> _Found:
    for line in page.lines:
        found = names.stated(line)
        if found:
            yield from ((name, False) for name in found)
            return
