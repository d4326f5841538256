"""The end of a run in a few lines for people."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleaner.batch.run import Summary
from cleaner.errors import shown
from cleaner.isolation.problem import HARMLESS
from cleaner.report.numbers import count, share
from cleaner.report.paint import BOLD, DIM, YELLOW, Paint
from cleaner.report.tally import Tally

_CATEGORIES = 8
_OTHERS = 3


def outcome(summary: Summary, *, home: str, dry_run: bool, colour: bool) -> Iterator[str]:
    """What came of a run: documents, characters by category, rule and site, and what to look at."""
    paint = Paint(colour)
    tally = summary.tally
    yield paint(_head(summary, dry_run), BOLD)
    if tally.removed:
        yield (
            f"  {tally.removed:,} of {tally.characters:,} characters {'would go' if dry_run else 'removed'} "
            f"({share(tally.removed, tally.characters)})"
        )
        yield from _table(tally.categories, tally.characters, paint, _CATEGORIES)
        yield f"  rules: {_most(tally.rules)}"
        sites = {site: [documents, removed] for site, (documents, _, removed) in tally.sites.items() if site}
        if sites:
            yield f"  sites: {_most(sites)}"
        yield "  most removed from:"
        yield from (f"    {100 * part:4.0f} %  {shown(name)}" for part, _, name in tally.top[:_OTHERS])
    if summary.failures:
        yield f"  {paint('set aside', YELLOW)}: {_codes(summary, failures=True)}"
    if harmless := _codes(summary, failures=False):
        yield f"  {paint('to know', YELLOW)}: {harmless}"
        yield from (f"    {shown(name)}: {shown(problem.text)}" for name, problem in summary.told[:_OTHERS])
    if summary.planned.failed:
        yield f"  set aside by an earlier run: {summary.planned.failed:,}; --retry-failed tries them again"
    if own := summary.planned.own:
        hint = "--all-notes cleans them, too, at level safe"
        yield f"  left alone: {count(own, 'note')} that {'is no clipping' if own == 1 else 'are no clippings'}; {hint}"
    if summary.planned.others:
        yield paint(f"  left out: {count(summary.planned.others, 'file')} without a clipping", DIM)
    if summary.stopped:
        yield "  stopped; the same command goes on where it was"
    elif not dry_run and (tally.documents or summary.failures):
        yield paint(f"  cleaner stats {_quoted(home)} -o stats.html shows all of it", DIM)


def would_go(changed: Iterable[tuple[str, Tally]]) -> Iterator[str]:
    """One line a document: how much of it would go, and what."""
    for name, tally in sorted(changed, key=lambda one: one[0]):
        kinds = ", ".join(sorted(tally.categories, key=lambda c: (-tally.categories[c][1], c)))
        yield f"{share(tally.removed, tally.characters):>5}  {tally.removed:>8,}  {shown(name)}  ({kinds})"


def _head(summary: Summary, dry_run: bool) -> str:
    tally, planned = summary.tally, summary.planned
    words = [
        f"{count(tally.documents, 'document')} {'looked at' if dry_run else 'cleaned'}",
        f"{tally.changed:,} {'would lose' if dry_run else 'lost'} something",
    ]
    if tally.own_notes:
        words.append(f"{tally.own_notes:,} of them as their owner's notes, at level safe")
    current = planned.current + summary.same
    if current:
        words.append(f"{current:,} unchanged since the last run")
    if summary.copied:
        words.append(f"{summary.copied:,} copied")
    words.append(f"{summary.failures:,} set aside")
    pace = f" ({tally.documents / summary.seconds:,.0f}/s)" if tally.documents and summary.seconds > 1 else ""
    return f"{', '.join(words)}, in {_time(summary.seconds)}{pace}"


def _table(sums: Mapping[str, Sequence[int]], whole: int, paint: Paint, most: int) -> Iterator[str]:
    order = sorted(sums, key=lambda name: (-sums[name][1], name))
    width = max(map(len, order), default=0)
    for name in order[:most]:
        times, size = sums[name]
        label = paint.category(f"{name:{width}}", name)
        yield f"  {label}  {times:>7,} ×  {size:>11,} characters  {share(size, whole):>5}"
    if order[most:]:
        yield paint(f"  and {len(order) - most} more categories: {', '.join(order[most:])}", DIM)


def _most(sums: Mapping[str, Sequence[int]]) -> str:
    order = sorted(sums, key=lambda name: (-sums[name][0], name))
    words = [f"{name} ({sums[name][0]:,})" for name in order[:_OTHERS]]
    return ", ".join(words) + (f" and {len(order) - _OTHERS:,} more" if order[_OTHERS:] else "")


def _codes(summary: Summary, *, failures: bool) -> str:
    found = [(code, times) for code, times in summary.notes.items() if (code not in HARMLESS) == failures]
    return ", ".join(f"{code} {times:,}" for code, times in sorted(found, key=lambda one: (-one[1], one[0])))


def _quoted(name: str) -> str:
    text = shown(name if "://" in name else os.path.normpath(name))
    return f"'{text}'" if " " in text else text


def _time(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} h" if hours else f"{minutes}:{rest:02} min" if minutes else f"{rest} s"
