"""Documents that a program for writing has saved as a page: nothing on it serves a site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

_WRITERS = re.compile(r"microsoft (?:word|onenote)|libreoffice|openoffice", re.IGNORECASE)
_TRACES = frozenset({"nav", "header", "footer", "form", "iframe", "aside"})
"""What no program for writing makes."""


def exported(root: Element) -> Iterator[Element]:
    """The elements that hold such a document: the body of one of Word, OneNote or LibreOffice, the page of one of
    Notion, and what Google shows of one that is published."""
    body = root.find("body")
    if body is None:
        return
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "generator" and _WRITERS.match(meta.get("content") or ""):
            if next(body.iter(*_TRACES), None) is None:
                yield body
            return
    for article in body.iterchildren("article"):
        if "page" in (article.get("class") or "").split():
            yield from article.findall("div[@class='page-body']")
    for shown in body.findall("div[@id='contents']/div"):
        if (shown.get("class") or "").startswith("doc-content"):
            yield shown
