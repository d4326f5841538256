"""The sections of the page of `cleaner stats` about what a run removed: the figures for `templates/sections.html`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from cleaner.report.charts import bar, histogram, strip
from cleaner.report.numbers import count, share
from cleaner.report.tally import Tally

Known = Mapping[str, tuple[str, str]]
"""Category and message of each rule, by id."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page that links lead to.

    Attributes:
        id: also of the macro that draws it.
        lead: what it says at first.
        rows: of its table, list or chart.
        more: what else it shows, by name.
    """

    id: str
    title: str
    lead: str = ""
    rows: Sequence[Any] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Sums:
    """What a category or a rule took, with bars for it; `message`: what the rule is for."""

    name: str
    removals: int
    characters: int
    share_of_removals: str
    share_of_characters: str = ""
    category: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Removed:
    """What went from a document or a site: characters, and their part of all, as a number, for people and as a bar."""

    name: str
    removed: int
    part: str
    share: str
    length: str
    documents: int = 1
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Never:
    """The rules of a category that never fired, with their messages; `all`: how many it has."""

    category: str
    idle: Sequence[tuple[str, str]]
    all: int


def categories(tally: Tally) -> Section:
    """What went by category."""
    sums = tally.categories
    if not sums:
        documents = count(tally.documents, "document")
        lead = f"{documents}, and nothing to remove." if tally.documents else "No document was cleaned."
        return Section("categories", "Nothing was removed", lead)
    removals, size = (sum(each[i] for each in sums.values()) for i in (0, 1))
    most, longest = (max(each[i] for each in sums.values()) for i in (0, 1))
    order = _by_size(sums)
    edges = pairwise(accumulate((sums[category][1] for category in order), initial=0))
    runs = ((start, end, category) for (start, end), category in zip(edges, order, strict=True))
    rows = [
        _Sums(name, number, characters, bar(number, most), bar(characters, longest))
        for name, (number, characters) in ((name, sums[name]) for name in order)
    ]
    blank = tally.removed - size
    lead = f"{count(removals, 'removal')} took {count(size, 'character')}" + (
        f"; {blank:,} more were white space beside them." if blank else "."
    )
    more = {"runs": list(strip(runs, tally.characters)), "characters": tally.characters}
    return Section("categories", "By category", lead, rows, more)


def shares(tally: Tally) -> Section:
    """How much went of each document, as a histogram."""
    unchanged, halved = tally.shares[0], sum(tally.shares[len(tally.shares) // 2 + 1 :])
    lead = (
        f"{count(unchanged, 'document') if unchanged else 'No document'} lost nothing, "
        f"{f'{halved:,}' if halved else 'none'} lost more than half of the text."
    )
    return Section("shares", "Share removed per document", lead, list(histogram(tally.shares)))


def documents(tally: Tally, pages: Mapping[str, str], index: str) -> Section:
    """The documents of which the largest share went, with links to their pages and to the index of all of them."""
    rows = [
        _Removed(name, removed, str(part), share(round(part * 10_000), 10_000), bar(part, 1), href=pages.get(name, ""))
        for part, removed, name in tally.top
    ]
    return Section("documents", "Look at these first", rows=rows, more={"index": index})


def sites(tally: Tally) -> Section:
    """What went by site."""
    known = len(tally.sites) - ("" in tally.sites)
    rows = []
    for site in _by_size(tally.sites):
        number, characters, removed = tally.sites[site]
        part = f"{removed / max(1, characters):.6f}"
        rows.append(_Removed(site, removed, part, share(removed, characters), bar(removed, characters), number))
    lead = f"{count(known, 'site') if known else 'No site'} with rules of {'its' if known < 2 else 'their'} own."
    return Section("sites", "By site", lead, rows)


def fired(sums: Mapping[str, Sequence[int]], known: Known) -> Section:
    """The rules that fired, the most-fired first, with a search over all rules."""
    most = max((n for n, _ in sums.values()), default=0)
    rows = []
    for rule in sorted(sums, key=lambda rule: (-sums[rule][0], -sums[rule][1], rule)):
        removals, characters = sums[rule]
        category, message = known.get(rule, ("", "no longer among the rules"))
        rows.append(_Sums(rule, removals, characters, bar(removals, most), category=category, message=message))
    lead = f"{len(rows):,} of {count(len({*known, *sums}), 'rule')} fired."
    return Section("rules", "Rules that fired", lead, rows)


def never(sums: Mapping[str, Sequence[int]], known: Known) -> Section:
    """The rules that never fired, folded away by category."""
    all_of: dict[str, list[str]] = {}
    for rule, (category, _) in sorted(known.items()):
        all_of.setdefault(category, []).append(rule)
    groups = [
        _Never(category, idle, len(rules))
        for category, rules in sorted(all_of.items())
        if (idle := [(rule, known[rule][1]) for rule in rules if rule not in sums])
    ]
    total = count(sum(len(group.idle) for group in groups), "rule")
    lead = f"{total} found nothing in this run, which is no fault: most wait for one site or one wording."
    return Section("never", "Rules that never fired", lead, groups)


def _by_size(sums: Mapping[str, Sequence[int]]) -> list[str]:
    return sorted(sums, key=lambda name: (-sums[name][-1], name))
