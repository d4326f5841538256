"""Which site a clipping is from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from cleaner.model import Rule, SiteMatch
from cleaner.rulebook.book import PackInfo, Rulebook

Packs = tuple[PackInfo, ...]
"""The packs of a site; a host may have several: one that came with the tool, one of the user's own, imported ones."""


def find_site(
    book: Rulebook, *, url: str | None, from_front_matter: bool, prints: Iterable[tuple[int, str]]
) -> SiteMatch | None:
    """The site pack that applies.

    Args:
        url: where the clipping is from, if known.
        from_front_matter: whether `url` was read from the front matter.
        prints: the fingerprints found, as pairs of a pack's index and the text.
    """
    host = host_of(url)
    pack = next(_by_host(book, host), None)
    if pack:
        return SiteMatch(pack.name, "front-matter" if from_front_matter else "url", (host,))
    if host:
        return None  # a known other site: fingerprints would be quotations
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for number, text in prints:
        found[number][text] = None
    enough = [(len(found[n]), -n) for n in found if (site := book.pack(n).site) and len(found[n]) >= site.need]
    if not enough:
        return None
    number = -max(enough)[1]
    return SiteMatch(book.pack(number).name, "fingerprints", tuple(sorted(found[number])))


def packs_of(book: Rulebook, site: SiteMatch | None) -> Packs:
    """All packs of a site, the most specific first."""
    if site is None:
        return ()
    known = book.pack_of(site.pack).site
    hosts = site.evidence if site.how != "fingerprints" else known.hosts if known else ()
    return tuple(dict.fromkeys(pack for host in hosts for pack in _by_host(book, host)))


def applies(book: Rulebook, rule: Rule, packs: Packs) -> bool:
    """Whether a rule has a say where these packs of a site apply: theirs, and all others unless they disable them."""
    pack = book.pack_of(rule.pack)
    return pack in packs if pack.kind == "site" else not any(rule.id in site.disable for site in packs)


def host_of(url: str | None) -> str:
    """The host of an address in lower case; empty if it has none."""
    try:
        return (urlsplit(url or "").hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _by_host(book: Rulebook, host: str) -> Iterator[PackInfo]:
    """The packs that speak for a host, the most specific first."""
    name = host
    while name:
        for pack in book.packs_of_host(name):
            if name == host or (pack.site is not None and pack.site.subdomains):
                yield pack
        name = name.partition(".")[2]
