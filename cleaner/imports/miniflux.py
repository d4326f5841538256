"""Miniflux: its table of scraper rules (`rules.go`), and the rules of one's feeds in an export (OPML).

A scraper rule says where the article is.  Of rewrite rules, `remove` takes elements out; the others rewrite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from lxml import etree

from cleaner.imports.selecting import article_css, from_css
from cleaner.imports.sites import Sites
from cleaner.imports.taken import Refused, Taken, files_in
from cleaner.sites import host_of

_ENTRY = re.compile(r'^\s*"([^"]+)"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)\s*,?\s*$')
_REMOVE = re.compile(r"remove\(\s*\\?[\"']?(.*?)\\?[\"']?\s*\)")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def take(path: str) -> Taken:
    """The rules below a path.

    Raises:
        InputError: there are none.
    """
    taken, sites = Taken(), Sites("miniflux", "Miniflux")
    for name, text in files_in(path, (".go", ".opml", ".xml", ".json"), "Miniflux"):
        taken.sources += 1
        entries = _outlines(text) if "<opml" in text[:2_000].lower() else _table(text)
        for number, host, scraper, value in entries:
            shown = f"{host}: {value}"
            for part in _parts(value) if scraper else _rewrites(value):
                taken.note(name, number, shown, partial(_mapped, sites, host, part, scraper=scraper))
    taken.packs += sites.packs()
    return taken


def _mapped(sites: Sites, host: str, part: str, *, scraper: bool) -> str:
    """What became of a selector, or of a rewrite rule."""
    if not _HOST.fullmatch(host):
        raise Refused("no host name")
    if scraper:
        sites.of(host).article.append(article_css(part))
        return "where the article is"
    sites.of(host).remove.append(from_css(_removed(part)))
    return "a rule for elements"


def _table(text: str) -> Iterator[tuple[int, str, bool, str]]:
    """The entries of tables of Go, or of JSON: line, host, whether it is a scraper rule, and the rule."""
    for number, row in enumerate(text.splitlines(), 1):
        match = _ENTRY.fullmatch(row)
        if match:
            value = match[3] if match[3] is not None else re.sub(r"\\(.)", r"\1", match[2])
            rewrites = bool(re.match(r"[a-z_]+(\(|$)", value)) and ("(" in value or "_" in value)
            yield number, match[1].lower().removeprefix("www."), not rewrites, value


def _outlines(text: str) -> Iterator[tuple[int, str, bool, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(text.encode(), parser)
    for outline in root.iter("outline") if root is not None else ():
        values = {key.lower().replace("-", "").replace("_", ""): value for key, value in outline.attrib.items()}
        address = values.get("htmlurl") or values.get("xmlurl") or ""
        host = host_of(address).removeprefix("www.")
        for key, scraper in (("scraperrules", True), ("rewriterules", False)):
            if values.get(key):
                yield outline.sourceline or 1, host, scraper, values[key]


def _parts(value: str) -> list[str]:
    """The selectors of a list with commas."""
    return [part.strip() for part in re.split(r",(?![^\[(]*[\])])", value) if part.strip()]


def _rewrites(value: str) -> list[str]:
    """The rewrite rules of a list; the selectors of `remove` one by one."""
    found: list[str] = []
    for rule in re.split(r",(?![^(]*\))", value):
        match = _REMOVE.fullmatch(rule.strip())
        found += [f"remove({part})" for part in _parts(match[1])] if match else [rule.strip()]
    return [rule for rule in found if rule]


def _removed(rule: str) -> str:
    match = _REMOVE.fullmatch(rule)
    if match is None:
        raise Refused("it rewrites the page; here is only deletion")
    return match[1]
