"""The parts of the page of `cleaner stats` that draw the sums of a tally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from cleaner.report.charts import histogram, strip
from cleaner.report.frame import Section, filename, label, safe
from cleaner.report.numbers import count, share
from cleaner.report.tables import bars, number, percent, table
from cleaner.report.tally import Tally


def categories(tally: Tally) -> Section:
    """What went by category."""
    sums = tally.categories
    if not sums:
        lead = (
            f"{count(tally.documents, 'document')}, and nothing to remove."
            if tally.documents
            else "No document was cleaned."
        )
        return Section("categories", "Nothing was removed", lead, "")
    removals, size = (sum(each[i] for each in sums.values()) for i in (0, 1))
    most, longest = (max(each[i] for each in sums.values()) for i in (0, 1))
    order = _by_size(sums)
    edges = pairwise(accumulate((sums[category][1] for category in order), initial=0))
    runs = ((start, end, category) for (start, end), category in zip(edges, order, strict=True))
    rows = []
    for category in order:
        n, characters = sums[category]
        rows.append(
            f'<th scope="row">{label(category)}</th>{number(n)}{bars(n, most, category)}'
            f"{number(characters)}{bars(characters, longest, category)}"
        )
    blank = tally.removed - size
    lead = f"{count(removals, 'removal')} took {count(size, 'character')}" + (
        f"; {blank:,} more were white space beside them." if blank else "."
    )
    whole = f"""\
<figure>
{strip(runs, tally.characters)}
<figcaption>All {count(tally.characters, "character")} of the cleaned documents; what has no colour stayed.</figcaption>
</figure>
"""
    columns = ("Category", "Removals", "", "Characters", "")
    return Section("categories", "By category", lead, whole + table("categories", columns, rows, by=3))


def shares(tally: Tally) -> Section:
    """How much went of each document, as a histogram."""
    unchanged, halved = tally.shares[0], sum(tally.shares[len(tally.shares) // 2 + 1 :])
    lead = (
        f"{count(unchanged, 'document') if unchanged else 'No document'} lost nothing, "
        f"{f'{halved:,}' if halved else 'none'} lost more than half of the text."
    )
    return Section("shares", "Share removed per document", lead, histogram(tally.shares))


def documents(tally: Tally) -> Section:
    """The documents of which the largest share went."""
    rows = (
        f'<th scope="row" class="name">{filename(name)}</th>{number(removed)}'
        f'<td class="n" data-v="{part}">{share(round(part * 10_000), 10_000)}</td>{bars(part, 1)}'
        for part, removed, name in tally.top
    )
    lead = "Those that lost the largest share. Whether it was right, <code>cleaner view FILE</code> shows line by line."
    columns = ("Document", "Characters removed", "Share", "")
    return Section("documents", "Look at these first", lead, table("documents", columns, rows, by=2))


def sites(tally: Tally) -> Section:
    """What went by site."""
    known = len(tally.sites) - ("" in tally.sites)
    rows = []
    for site in _by_size(tally.sites):
        n, characters, removed = tally.sites[site]
        name = f"<code>{safe(site)}</code>" if site else "no site with rules of its own"
        rows.append(
            f'<th scope="row" class="name">{name}</th>{number(n)}{number(removed)}'
            f"{percent(removed, characters)}{bars(removed, characters)}"
        )
    lead = f"{count(known, 'site') if known else 'No site'} with rules of {'its' if known < 2 else 'their'} own."
    columns = ("Site", "Documents", "Characters removed", "Share", "")
    return Section("sites", "By site", lead, table("sites", columns, rows, by=2))


def _by_size(sums: Mapping[str, Sequence[int]]) -> list[str]:
    return sorted(sums, key=lambda name: (-sums[name][-1], name))
