"""Charts out of bars.  Their sizes are attributes of SVG elements, because the policy of the pages bars styles.

What a chart shows stands beside its bars as text, so the bars themselves say nothing to a screen reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.report.frame import safe

Run = tuple[int, int, str]
"""Start, end, category."""

_STRIP = 1000
_LEAST = 0.4  # percent: what is there can be seen


def strip(runs: Iterable[Run], size: int) -> str:
    """A strip as long as a text of `size` with the runs in their colours."""
    scale = _STRIP / max(1, size)
    bars = "".join(
        f'<rect data-c="{safe(category)}" x="{start * scale:.2f}" width="{max(1.0, (end - start) * scale):.2f}" '
        'height="10"/>'
        for start, end, category in runs
    )
    return f'<svg class="map" viewBox="0 0 {_STRIP} 10" preserveAspectRatio="none" aria-hidden="true">{bars}</svg>'


def bar(value: float, whole: float, category: str = "") -> str:
    """A bar for `value`, `whole` being the longest there is, in the colour of a category.

    It is as high as it is long; the style overrides one of the two, which makes it lie or stand.
    """
    if not value:
        return ""
    size = f"{max(_LEAST, 100 * value / whole):.4g}%"
    colour = f' data-c="{safe(category)}"' if category else ""
    return (
        f'<svg class="bar" width="{size}" height="{size}" aria-hidden="true"{colour}>'
        '<rect width="100%" height="100%"/></svg>'
    )


def histogram(counts: Sequence[int]) -> str:
    """Documents by the share that was removed, as `Tally.shares` counts them: standing bars, on a phone lying ones."""
    step = 100 // (len(counts) - 1)
    most = max(counts)
    rows = "\n".join(
        f'<li><span class="bin">{_bin(number, step)}</span><span class="plot">{bar(count, most)}'
        f'<span class="n">{_brief(count)}<span class="unseen"> documents</span></span></span></li>'
        for number, count in enumerate(counts)
    )
    return f"""\
<figure class="histogram" aria-labelledby="shares">
<p class="axis">documents</p>
<ol>
{rows}
</ol>
<p class="axis">share of the document’s characters that was removed, %</p>
</figure>"""


def _brief(count: int) -> str:
    """The number as short as it must be to stand over a bar."""
    if count < 100_000:
        return f"{count:,}"
    return f"{count / 1000:.0f} k" if count < 999_500 else f"{count / 1_000_000:,.1f} M"


def _bin(number: int, step: int) -> str:
    if not number:
        return "nothing"
    return f'{(number - 1) * step}–{number * step}<span class="unit"> %</span>'
