"""What a page says to machines: its title, author, date, language, site and address, and parts of its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from lxml.etree import _Element as Element

from cleaner.errors import guarded
from cleaner.html.attributes import AttributesOf
from cleaner.html.facts import jsonld
from cleaner.html.facts import titles as titles
from cleaner.html.facts.author import author
from cleaner.html.facts.page import MAX_TITLE, Page
from cleaner.html.facts.published import published, searched
from cleaner.html.facts.stated import Stated, stated
from cleaner.html.facts.values import plain
from cleaner.model import Metadata

T = TypeVar("T")
_MAX_DESCRIPTION = 2_000  # characters; what is longer is the text itself
_MAX_NAME = 40
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description", "dcterms.description")
_PUBLISHED = ("article:published_time",)
"""Knows better than a description that is no more than ``WebPage``; ``og:type`` alone is ``article`` on many others."""
_GENERAL = ("webpage", "medicalwebpage")
"""Types that say no more than that this is a page."""
_LANGUAGES = ("og:locale", "content-language", "dc.language", "language", "inlanguage")


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says to machines.

    Attributes:
        metadata: of itself.
        stated: of its text.
    """

    metadata: Metadata
    stated: Stated


def facts(
    root: Element,
    *,
    url: str | None = None,
    dates: bool = False,
    faults: list[str] | None = None,
    attributes: AttributesOf | None = None,
) -> Said:
    """What the page below `root` says of itself and of its text.

    Where a page contradicts itself the first of these that says something wins:

    * title: a heading that a stated title confirms; Open Graph, JSON-LD, other `meta` elements, `title`, all without
      the site's name (`cleaner.html.facts.titles`);
    * author: JSON-LD; `meta`; microdata, `rel="author"` and classes of bylines; a link to an author's page; a line
      that begins with "By" next to the title; the site, if it is given as the author;
    * published: JSON-LD; `meta`; microdata and `time`; a date next to the title; a date in the address;
    * language: the `lang` of the root; `meta`; JSON-LD;
    * site: Open Graph; JSON-LD; the name of the application;
    * url: `canonical`; Open Graph; `url`.  The home page is nobody's permanent address but its own;
    * description: `meta`; Open Graph; JSON-LD;
    * kind: JSON-LD, but for its general ``WebPage``; Open Graph; an article's date of publication.

    Args:
        url: where the page is from, if known.
        dates: whether to let `htmldate` guess if the page states no date; slow.
        faults: gets a word on every fact that could not be read for an error of ours.
        attributes: where those of the page are kept for others to know.

    Takes time in proportion to the tree.
    """
    faults = [] if faults is None else faults
    known = AttributesOf() if attributes is None else attributes
    page = guarded("the search for what the page says of itself", lambda: Page(root, url, known), None, faults)
    if page is None:
        return Said(Metadata(url=url), Stated())

    def read(name: str, reader: Callable[[], T]) -> T | None:
        return guarded(f"the search for the page's {name}", reader, None, faults)

    metadata = Metadata(
        title=read("title", lambda: titles.title(page.stated, page.headlines, page.sites)),
        author=read("author", lambda: author(page)),
        published=read("date", lambda: published(page) or (searched(root, page.address) if dates else None)),
        language=read("language", lambda: _language(page)),
        site=page.site,
        url=page.address,
        description=read("description", lambda: _description(page)),
        kind=read("kind", lambda: _kind(page)),
        free=read("price", lambda: jsonld.is_free(page.graph)),
        headline=read("headline", lambda: _headline(page)),
    )
    return Said(metadata, read("answers", lambda: stated(page.graph)) or Stated())


def _description(page: Page) -> str | None:
    stated = page.first(_DESCRIPTIONS, _MAX_DESCRIPTION)
    return stated or plain(page.node.get("description"), _MAX_DESCRIPTION)


def _headline(page: Page) -> str | None:
    return plain(page.node.get("headline"), MAX_TITLE) or page.first(("og:title",), MAX_TITLE)


def _language(page: Page) -> str | None:
    stated: list[str | None] = [page.root.get("lang"), page.root.get("xml:lang"), *page.all(_LANGUAGES, _MAX_NAME)]
    stated.append(plain(page.node.get("inLanguage"), _MAX_NAME))
    for value in stated:
        if value and _LANGUAGE.fullmatch(value.strip()):
            return value.strip().replace("_", "-")
    return None


def _kind(page: Page) -> str | None:
    stated = jsonld.kind(page.node)
    if stated is not None and stated not in _GENERAL:
        return stated
    if page.first(_PUBLISHED, _MAX_NAME) is not None and _open_graph_type(page) in (None, "article"):
        return "article"
    return stated or _open_graph_type(page)


def _open_graph_type(page: Page) -> str | None:
    """Such as ``article``, or ``product`` for ``og:product``; ``website`` stands on every page and says nothing."""
    stated = (page.first(("og:type",), _MAX_NAME) or "").lower().split(":")[-1].split(".")[-1]
    return stated if stated.isalpha() and stated != "website" else None
