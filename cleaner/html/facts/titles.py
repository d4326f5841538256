"""The title of the text on a page, which is not always the title of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from itertools import islice

_SEPARATOR = re.compile(r"\s+[|•·»›«:–—/~-]{1,3}\s+|\s*[|»›•·]+\s*|\s*[–—]\s*|:\s+")
_STRONG = re.compile(r"\s*[|»›•·]")
"""After these the site, the section or a slogan follows; dashes and colons also stand within titles."""
_NOT_WORDS = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")
_ANCHOR = re.compile(r"\s*[¶§#🔗]+$|^[¶§#🔗]+\s+")
_MAX_PARTS = 20
_MAX_SITE = 5  # words
_SHORT = 4  # letters and digits; a shorter heading or name is too common to tell anything


def key(value: str) -> str:
    """What two spellings of a title or a name have in common: letters and digits, in lower case."""
    return _NOT_WORDS.sub("", value.casefold())


def title(stated: Sequence[str], headings: Iterable[str], sites: Set[str]) -> str | None:
    """The title.

    Args:
        stated: titles that the page states, most reliable first; the site's name may stand before or after.
        headings: its headings of level one, in order.
        sites: keys of the names of the site.

    The page's own heading wins if a stated title, whole or up to a separator, is the same: it is the title without what
    the site appends.  Else a stated title wins that the heading begins or ends with: the heading holds more than the
    title.  Else a heading that shares half of its words with a stated title; else the first of those, without the
    site's name.
    """
    found = [_ANCHOR.sub("", heading) for heading in headings]
    found = [heading for heading in found if key(heading) and key(heading) not in sites]
    parts = {part for value in stated for part in ends(value)}
    for heading in found:
        if key(heading) in parts:
            return without_site(heading, sites)
    bare = [value for value in (without_site(value, sites) for value in stated) if value]
    for heading in found:
        own = key(heading)
        for value in bare:
            inner = key(value)
            if len(value.split()) > 1 and own != inner and (own.startswith(inner) or own.endswith(inner)):
                return value
    for heading in found:
        if any(_alike(heading, value) for value in bare):
            return heading
    return next(iter(bare + found), None)


def without_site(value: str, sites: Set[str]) -> str | None:
    """`value` without the site's name (one of the keys `sites`) before or after it; None if nothing else is left."""
    parts = [match.span() for match in _separators(value)]
    for start, end in parts:
        last = next((at for at, _ in parts if at >= end), len(value))
        strong = _STRONG.match(value, start) is not None
        if (start and _is_site(value[end:], sites)) or (start and strong and _is_site(value[end:last], sites)):
            value = value[:start]
            break
    for start, end in reversed([part for part in parts if part[1] < len(value)]):
        if key(value[:start]) in sites:
            value = value[end:]
            break
    return value.strip() if key(value) and key(value) not in sites else None


def _is_site(part: str, sites: Set[str]) -> bool:
    own = key(part)
    if own in sites:
        return True
    return (
        len(own) > _SHORT
        and any(len(site) > _SHORT and (own in site or site in own) for site in sites)
        and len(part.split()) < 6
    )


def _alike(one: str, two: str) -> bool:
    """Whether the shorter of both, which is more than a word, shares half of its words with the other."""
    first, second = set(_WORD.findall(one.casefold())), set(_WORD.findall(two.casefold()))
    return 2 * len(first & second) >= min(len(first), len(second)) > 1


def ends(value: str) -> set[str]:
    """What a heading may say of a stated title, as keys: all of it, what stands before a separator, what after it.

    What stands after it only if it is the longer part: else it is a section or the site.
    """
    found = {key(value)}
    for match in _separators(value):
        before, after = key(value[: match.start()]), key(value[match.end() :])
        found.add(before)
        if len(after) >= max(_SHORT, len(before)):
            found.add(after)
    return found - {""}


def beginnings(value: str) -> list[str]:
    """What stands before each separator of a stated title."""
    return [value[: match.start()] for match in _separators(value)]


def _separators(value: str) -> list[re.Match[str]]:
    return list(islice(_SEPARATOR.finditer(value), _MAX_PARTS))
