"""Which site a clipping is from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from cleaner.model import Rule, SiteMatch
from cleaner.rulebook.book import PackInfo, Rulebook


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
    pack = _by_host(book.packs, host) if host else None
    if pack:
        return SiteMatch(pack.name, "front-matter" if from_front_matter else "url", (host,))
    if host:
        return None  # a known other site: fingerprints would be quotations
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for number, text in prints:
        found[number][text] = None
    enough = [(len(found[n]), -n) for n in found if (site := book.packs[n].site) and len(found[n]) >= site.need]
    if not enough:
        return None
    number = -max(enough)[1]
    return SiteMatch(book.packs[number].name, "fingerprints", tuple(sorted(found[number])))


def applies(book: Rulebook, rule: Rule, site: SiteMatch | None) -> bool:
    """Whether a rule has a say: those of a site on that site, all others unless the site disables them."""
    pack = book.pack_of[rule.pack]
    if pack.kind == "site":
        return site is not None and site.pack == pack.name
    return site is None or rule.id not in book.pack_of[site.pack].disable


def host_of(url: str | None) -> str:
    """The host of an address in lower case; empty if it has none."""
    try:
        return (urlsplit(url or "").hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _by_host(packs: Iterable[PackInfo], host: str) -> PackInfo | None:
    best: tuple[int, PackInfo] | None = None
    for pack in packs:
        for known in pack.site.hosts if pack.site else ():
            below = pack.site is not None and pack.site.subdomains and host.endswith("." + known)
            if (host == known or below) and (best is None or len(known) > best[0]):
                best = len(known), pack
    return best[1] if best else None
