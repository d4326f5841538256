"""The lines of a document, as a corpus counts them.

A line counts as the engine compares it: folded, without case, punctuation and white space.  It is known by a hash of
64 bits, so that counts hold no text of anybody.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

from cleaner.match.claims import MAX_LINE
from cleaner.match.conditions import letters
from cleaner.read.document import read
from cleaner.read.intake import Input
from cleaner.sites import host_of
from cleaner.view import View

LEAST_LETTERS = 2
"""Menus are made of short lines, so these count, too; a single letter or digit stands anywhere."""


class SiteLines(NamedTuple):
    """The lines of one document, each once, and the site they count for; without a site there are none."""

    site: str
    keys: tuple[int, ...]


def site_of(url: str | None) -> str:
    """The site of an address: its host without `www.`; empty if it has none."""
    return host_of(url).removeprefix("www.")


def key_of(text: str) -> int:
    """The key of a text, which must be a line's `letters` or a site."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def lines_in(given: Input) -> SiteLines:
    """The lines of a text; of those that could be leftovers."""
    document = read(given.text, given.format, given.url)
    site = site_of(document.url)
    return SiteLines(site, _keys(View(document.text, document.hidden)) if site else ())


def _keys(view: View) -> tuple[int, ...]:
    lines = (letters(view.folded(start, end)) for start, end in view.lines if end - start <= MAX_LINE)
    return tuple(dict.fromkeys(key_of(line) for line in lines if len(line) >= LEAST_LETTERS))
