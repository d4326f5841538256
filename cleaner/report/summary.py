"""The report in a few lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from cleaner.decide.levels import NEEDS, RANK
from cleaner.model import Kept, ReportFacts, SiteMatch
from cleaner.reasons import Code
from cleaner.report.numbers import count, share
from cleaner.report.paint import BOLD, DIM, YELLOW, Paint, shortened, visible

MAX_CATEGORIES = 4
MAX_WARNINGS = 2
MAX_RULES = 6
_UNSURE: tuple[Code, ...] = ("below-level", "needs-neighbours")
"""Why a match stays that was not sure enough for the level."""
_HOW = {"url": "by its address", "front-matter": "by the front matter", "fingerprints": "by phrases in the text"}


def summary(report: ReportFacts, *, name: str, colour: bool = False) -> list[str]:
    """Three to eleven lines: what went, by which rules, the site, warnings, and what a higher level would take."""
    paint = Paint(colour)
    return [
        _head(report, name, paint),
        *_categories(report, paint),
        *_rules(report),
        *_warnings(report.warnings, paint),
        f"  site: {_site(report.site, report.url)}",
        f"  kept: {_kept(report)}",
    ]


def _head(report: ReportFacts, name: str, paint: Paint) -> str:
    label = paint(visible(name), BOLD)
    if not report.removals:
        return f"{label}: nothing removed from {count(report.lines, 'line')} ({report.format}, level {report.level})"
    part = share(report.removed_characters, report.characters)
    return (
        f"{label}: {count(len(report.removals), 'removal')}, {report.removed_characters:,} of "
        f"{count(report.characters, 'character')} ({part}; {report.format}, level {report.level})"
    )


def _categories(report: ReportFacts, paint: Paint) -> Iterator[str]:
    sizes: dict[str, int] = {}
    for removal, size in report.sizes():
        sizes[removal.category] = sizes.get(removal.category, 0) + size
    counts = report.counts
    order = sorted(sizes, key=lambda c: (-sizes[c], c))
    shown = order if len(order) <= MAX_CATEGORIES else order[: MAX_CATEGORIES - 1]
    width = max(map(len, order), default=0)
    for category in shown:
        yield (
            f"  {paint.category(f'{category:{width}}', category)}  {counts[category]:>4} ×  "
            f"{sizes[category]:>7,} characters  {share(sizes[category], report.characters):>5}"
        )
    rest = order[len(shown) :]
    if rest:
        yield paint(f"  and {len(rest)} more categories: {', '.join(rest)}", DIM)


def _rules(report: ReportFacts) -> Iterator[str]:
    """The rules that fired, the most-fired first."""
    times = Counter(removal.rule for removal in report.removals)
    order = sorted(times, key=lambda rule: (-times[rule], rule))
    named = [f"{rule} ({times[rule]})" if times[rule] > 1 else rule for rule in order[:MAX_RULES]]
    rest = f" and {len(order) - MAX_RULES} more" if order[MAX_RULES:] else ""
    if named:
        yield f"  rules: {', '.join(named)}{rest}"


def _warnings(warnings: Iterable[str], paint: Paint) -> Iterator[str]:
    found = list(warnings)
    for warning in islice(found, MAX_WARNINGS if len(found) <= MAX_WARNINGS else MAX_WARNINGS - 1):
        yield f"  {paint('warning', YELLOW)}: {visible(warning)}"
    if len(found) > MAX_WARNINGS:
        yield f"  {paint('warning', YELLOW)}: and {len(found) - MAX_WARNINGS + 1} more, in the report"


def _site(site: SiteMatch | None, url: str | None) -> str:
    if site is None:
        return "no rules for this site" if url else "not known (--url names it)"
    evidence = ", ".join(visible(text) for text in site.evidence)
    return f"{site.pack}, told {_HOW[site.how]} ({shortened(evidence, 60)})"


def _kept(report: ReportFacts) -> str:
    next_level = {"safe": "normal", "normal": "aggressive"}.get(report.level)
    would_go = [k for k in report.kept if _would_go(k, report)] if next_level else []
    others = len(report.kept) - len(would_go)
    if not report.kept:
        return "nothing was in doubt"
    vetoed = f"{count(others, 'match')} saved by a veto or for lack of company" if others else ""
    if not would_go:
        return vetoed
    rules = list(dict.fromkeys(k.rule for k in would_go))
    names = ", ".join(rules[:3]) + (f" and {len(rules) - 3} more" if len(rules) > 3 else "")
    text = f"{count(len(would_go), 'match')} would go with --level aggressive ({names})"
    return f"{text}; {vetoed}" if vetoed else text


def _would_go(kept: Kept, report: ReportFacts) -> bool:
    rank = RANK[kept.confidence]
    return NEEDS["aggressive"] <= rank < NEEDS[report.level] and kept.veto.code in _UNSURE
