"""The parts of the page of `cleaner stats` about the rules that fired and those that never did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.report.frame import Section, inline, label, safe
from cleaner.report.numbers import count
from cleaner.report.tables import bars, number, table

Known = Mapping[str, tuple[str, str]]
"""Category and message of each rule, by id."""


def fired(sums: Mapping[str, Sequence[int]], known: Known) -> Section:
    """The rules that fired, the most-fired first, with a search over all rules."""
    most = max((n for n, _ in sums.values()), default=0)
    rows = []
    for rule in sorted(sums, key=lambda rule: (-sums[rule][0], -sums[rule][1], rule)):
        n, characters = sums[rule]
        category, message = known.get(rule, ("", "no longer among the rules"))
        rows.append(
            f'<th scope="row" class="rule"><code>{safe(rule)}</code> '
            f'<span class="why">{inline(message)}</span></th>'
            f"<td>{label(category) if category else ''}</td>{number(n)}{bars(n, most, category)}{number(characters)}"
        )
    lead = f"{len(rows):,} of {count(len({*known, *sums}), 'rule')} fired."
    search = """\
<p class="search js"><label for="search">Search the rules</label> \
<input id="search" type="search" placeholder="rule, category, what it takes" autocomplete="off"> \
<span id="status" role="status"></span></p>
"""
    columns = ("Rule", "Category", "Removals", "", "Characters")
    return Section("rules", "Rules that fired", lead, search + table("rules", columns, rows, by=2, texts=2))


def never(sums: Mapping[str, Sequence[int]], known: Known) -> Section:
    """The rules that never fired, folded away by category."""
    all_of: dict[str, list[str]] = {}
    for rule, (category, _) in sorted(known.items()):
        all_of.setdefault(category, []).append(rule)
    groups = []
    total = 0
    for category, rules in sorted(all_of.items()):
        idle = [rule for rule in rules if rule not in sums]
        total += len(idle)
        rows = "\n".join(
            f'<li><code>{safe(rule)}</code> <span class="why">{inline(known[rule][1])}</span></li>' for rule in idle
        )
        if idle:
            groups.append(
                f'<details><summary>{label(category)} <span class="of">{len(idle):,} of {len(rules):,}</span></summary>'
                f"\n<ul>\n{rows}\n</ul></details>"
            )
    lead = (
        f"{count(total, 'rule')} found nothing in this run, which is no fault: most wait for one site or one wording."
    )
    return Section("never", "Rules that never fired", lead, "\n".join(groups))
