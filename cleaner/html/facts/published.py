"""When the text was published, as the page says it."""

from __future__ import annotations

import re
from datetime import datetime

from lxml import etree
from lxml.etree import _Element as Element

from cleaner.html import tables
from cleaner.html.facts import jsonld
from cleaner.html.facts.dates import in_url, iso
from cleaner.html.facts.marks import is_elsewhere
from cleaner.html.facts.page import Page
from cleaner.html.facts.values import text

_META = (
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished"),
    *("citation_publication_date", "citation_online_date", "citation_date", "dc.date.issued", "dcterms.issued"),
    *("dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date"),
    *("cxenseparse:recs:publishtime", "publish-date", "publishdate", "publish_date", "published_date", "published"),
    *("pubdate", "date", "article.published", "originalpublicationdate"),
)
_CHANGED = re.compile(
    r"\b(?:updated|modified|reviewed|edited|revised|aktualisiert|mis à jour|actualizado|aggiornato|atualizado)\b.*",
    re.IGNORECASE,
)
_HEADLINE = 4  # words of a linked headline, at least; names of authors and sections have fewer
_MAX_DATE = 120  # characters of a line with a date


def published(page: Page) -> str | None:
    """The date as `iso` gives it: from JSON-LD, `meta`, marked elements, a line next to the title, or the address.

    A date of change is never taken for one of publication.
    """
    for name in ("datePublished", "uploadDate", "dateCreated"):
        found = _date(page.node.get(name))
        if found:
            return found
    stated = [*page.all(_META, _MAX_DATE)]
    stated += [str(node.get("datePublished")) for node in page.graph if "WebPage" in jsonld.types(node)]
    return (
        next(filter(None, map(iso, stated)), None)
        or _from_marks(page.marks.times)
        or next(filter(None, (iso(_CHANGED.sub("", line)) for line in page.lines if len(line) <= _MAX_DATE)), None)
        or (in_url(page.address) if page.address else None)
    )


def searched(root: Element, url: str | None) -> str | None:
    """A date that `htmldate` finds on the page; slow, and wrong about as often as not.

    Its extensive search is left alone: that finds a date on any page.
    """
    from htmldate import find_date  # slow to import

    try:
        page = etree.tostring(root, encoding="unicode", method="html")  # it takes trees of one class only
        return find_date(page, url=url, original_date=True, extensive_search=False, max_date=datetime.max)
    except Exception:  # it promises nothing about the trees it can take
        return None


def _date(value: object) -> str | None:
    return iso(value) if isinstance(value, str) else None


def _from_marks(times: list[Element]) -> str | None:
    """The first date that is marked as one of publication, or else the first that is marked as one."""
    first: str | None = None
    for element in times:
        properties = (element.get("itemprop") or "").lower().split()
        names = (element.get("class") or "").lower().split()
        if "datemodified" in properties or ("updated" in names and "published" not in names):
            continue
        found = iso(element.get("datetime") or element.get("content") or text(element, _MAX_DATE) or "")
        if found and not is_elsewhere(element) and not _is_in_table(element):
            if "datepublished" in properties or "published" in names or element.get("pubdate") is not None:
                return found
            first = first or (None if _is_in_teaser(element) else found)
    return first


def _is_in_table(element: Element) -> bool:
    """Whether an element stands in a table with data, which has dates of its own."""
    table = next(element.iterancestors("table"), None)
    return table is not None and tables.read(table) is not None


def _is_in_teaser(element: Element) -> bool:
    """Whether an element stands beside the linked headline of another text."""
    around = next(element.iterancestors("a", "li", "article"), None)
    if around is None or around.find(".//h1") is not None:
        return False
    links = [around] if around.tag == "a" else around.iterdescendants("a")
    if around.tag == "article":
        links = (link for link in links if next(link.iterancestors("h2", "h3", "h4"), None) is not None)
    return any(len((text(link, _MAX_DATE) or "").split()) >= _HEADLINE for link in links)
