"""Tables with bars in them, which the script of the page may sort."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.report.charts import bar
from cleaner.report.numbers import share

_FIRST = 25  # rows of a long table that are shown at first; the style says so too


def table(id: str, columns: Sequence[str], rows: Iterable[str], *, by: int, texts: int = 1) -> str:
    """A table; the script makes its heads buttons that sort.

    Args:
        columns: the titles; a column without one is one of bars.
        rows: the cells of each, as HTML.
        by: the column that the rows are sorted by, largest first.
        texts: how many columns hold text; the others, which follow, numbers.
    """
    heads = "".join(
        _head(title, numeric=place >= texts, sort="descending" if place == by else "none")
        for place, title in enumerate(columns)
    )
    body = [f"<tr>{cells}</tr>" for cells in rows]
    more = (
        f'<p class="more js"><button type="button" aria-controls="{id}-table" aria-expanded="false">'
        f"Show all {len(body):,}</button></p>"
        if len(body) > _FIRST
        else ""
    )
    lines = "\n".join(body)
    return f"""\
<table id="{id}-table" aria-labelledby="{id}">
<thead><tr>{heads}</tr></thead>
<tbody>
{lines}
</tbody>
</table>
{more}"""


def _head(title: str, *, numeric: bool, sort: str) -> str:
    if not title:
        return '<td class="bars"></td>'
    kind = ' class="n"' if numeric else ""
    return f'<th scope="col"{kind} aria-sort="{sort}">{title}</th>'


def number(value: int) -> str:
    """A cell with a number."""
    return f'<td class="n" data-v="{value}">{value:,}</td>'


def percent(part: int, whole: int) -> str:
    """A cell with a share."""
    return f'<td class="n" data-v="{part / max(1, whole):.6f}">{share(part, whole)}</td>'


def bars(value: float, whole: float, category: str = "") -> str:
    """A cell with a bar."""
    return f'<td class="bars">{bar(value, whole, category)}</td>'
