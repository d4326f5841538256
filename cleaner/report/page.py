"""The report as one HTML page: the clipping with its removed parts struck through, and why each of them went.

The page stands alone (see `cleaner.report.frame`).  Without scripts it still shows everything; only filters and keys
need one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from cleaner._version import VERSION
from cleaner.model import Evidence, Kept, Removal, Report, Span
from cleaner.read.spans import lines
from cleaner.report.charts import Run, strip
from cleaner.report.frame import frame, inline, label, safe, top
from cleaner.report.numbers import count, share
from cleaner.report.paint import shortened

_SNIPPET = 140
_HOW = {"url": "by its address", "front-matter": "by the front matter", "fingerprints": "by phrases in the text"}
_KEYS = (
    (("n", "j"), "next removal"),
    (("p", "k"), "previous removal"),
    (("/",), "search"),
    (("Esc",), "clear search and filters"),
    (("t",), "light or dark"),
    (("?",), "these keys"),
)


def page(source: str, report: Report, *, name: str) -> str:
    """One self-contained HTML page about a cleaning.

    Args:
        source: the text the report's offsets count in: the decoded input, for HTML its rendered Markdown.
        name: what to call the clipping, such as its file name.

    Returns:
        The page; it can always be encoded as UTF-8.
    """
    text = _Text(source, report)
    body = f"""\
<a class="skip" href="#text">Skip to the text</a>
<a class="skip" href="#removals">Skip to the list of removals</a>
{_header(report, name)}
{_map(text)}
<div id="columns">
<main>
{_warnings(report.warnings)}
<section id="text" tabindex="-1" aria-label="The clipping">
{text.html()}
</section>
{_kept(report.kept)}
{_about(report)}
</main>
{_panel(text)}
</div>
{_keys()}"""
    return frame("view", f"{safe(name)} – what cleaner removed", body)


def _snippet(text: str) -> str:
    return safe(shortened(" ".join(text[: 4 * _SNIPPET].split()), _SNIPPET))


# --- the text -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text with the removals over it, the innermost first, and else what was kept there."""

    start: int
    end: int
    removals: tuple[int, ...]
    kept: tuple[int, ...]


class _Text:
    """The clipping, cut at the ends of its lines and wherever a removal or something kept starts or ends."""

    def __init__(self, source: str, report: Report) -> None:
        self.source = source
        self.report = report
        self.lines = lines(source)
        self.pieces = list(self._pieces())

    def line(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 1."""
        return bisect_right(self.lines, (offset, len(self.source) + 1))

    def category(self, piece: _Piece) -> str | None:
        """The category that took a piece; None: it stayed."""
        return self.report.removals[piece.removals[0]].category if piece.removals else None

    def _pieces(self) -> Iterator[_Piece]:
        removals = self.report.removals
        spans = [(r.start, r.end) for r in removals] + [(k.start, k.end) for k in self.report.kept]
        for start, end, over in _stretches(spans, len(self.source)):
            gone = tuple(i for i in over if i < len(removals))
            yield _Piece(start, end, gone, () if gone else tuple(i - len(removals) for i in over))

    def html(self) -> str:
        """The lines of the text."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        before: str | None = None
        for number, pieces in enumerate(self._by_line(), 1):
            gone = {category for piece in pieces if (category := self.category(piece))}
            if not pieces:
                yield f'<div class="l" id="L{number}" data-n="{number}"></div>'
                continue
            whole = all(piece.removals or self.source[piece.start : piece.end].isspace() for piece in pieces)
            alone = next(iter(gone)) if whole and len(gone) == 1 else None
            kind = " gone" if alone else " part" if gone else ""
            body = "".join(self._marked(pieces, before if alone else None))
            yield f'<div class="l{kind}" id="L{number}" data-n="{number}">{body}</div>'
            before = alone

    def _by_line(self) -> Iterator[list[_Piece]]:
        first = 0
        for start, stop in self.lines:
            end = start + len(self.source[start:stop].rstrip("\r\n"))
            while self.pieces[first].end <= start:
                first += 1
            found = []
            for i in range(first, len(self.pieces)):
                piece = self.pieces[i]
                if start == end or piece.start >= end:
                    break
                found.append(_Piece(max(start, piece.start), min(end, piece.end), piece.removals, piece.kept))
            yield found

    def _marked(self, pieces: Sequence[_Piece], before: str | None) -> Iterator[str]:
        """The pieces with their marks; one whose category is not that `before` it is labelled with it."""
        for piece in pieces:
            text = safe(self.source[piece.start : piece.end])
            if category := self.category(piece):
                ids = " ".join(self.report.removals[i].id for i in piece.removals)
                label = "" if category == before else ' class="h"'
                yield f'<del{label} data-c="{category}" data-r="{ids}">{text}</del>'
                before = category
            else:
                yield f'<span class="k" data-k="k{piece.kept[0] + 1}">{text}</span>' if piece.kept else text


def _stretches(spans: Sequence[Span], size: int) -> Iterator[tuple[int, int, list[int]]]:
    """The stretches of a text of `size` between the ends of `spans`, with the spans over each, the shortest first."""
    edges = [(start, True, i) for i, (start, _) in enumerate(spans)]
    edges += ((end, False, i) for i, (_, end) in enumerate(spans))
    over: set[int] = set()
    done = 0
    for offset, opens, i in sorted(edges):
        if offset > done:
            yield done, offset, sorted(over, key=lambda n: (spans[n][1] - spans[n][0], n))
            done = offset
        if opens:
            over.add(i)
        else:
            over.remove(i)
    if done < size:
        yield done, size, []


# --- around it ----------------------------------------------------------------------------------


def _header(report: Report, name: str) -> str:
    links = [
        f'<a href="#removals">{count(len(report.removals), "removal")}</a>',
        f'<a href="#kept">{len(report.kept):,} kept against a rule</a>' if report.kept else "",
        f'<a href="#warnings">{count(len(report.warnings), "warning")}</a>' if report.warnings else "",
        '<a href="#about">About this clipping</a>',
    ]
    sizes = (
        f"<b>{report.removed_characters:,}</b> of {count(report.characters, 'character')} removed "
        f"({share(report.removed_characters, report.characters)})"
    )
    return f"""\
<header>
{top('<button type="button" id="help">Keys</button> ')}
<h1>{safe(name)}</h1>
<p class="sum">{sizes}</p>
<nav aria-label="Sections">{" ".join(filter(None, links))}</nav>
</header>"""


def _map(text: _Text) -> str:
    """A strip as long as the text that shows where parts went."""
    runs: list[Run] = []
    for piece in text.pieces:
        category = text.category(piece)
        if category and runs and runs[-1][1:] == (piece.start, category):
            runs[-1] = (runs[-1][0], piece.end, category)
        elif category:
            runs.append((piece.start, piece.end, category))
    return strip(runs, len(text.source))


def _warnings(warnings: Iterable[str]) -> str:
    rows = "".join(f"<li>{safe(warning)}</li>" for warning in warnings)
    return f'<section id="warnings"><h2>Warnings</h2><ul>{rows}</ul></section>' if rows else ""


def _kept(kept: Sequence[Kept]) -> str:
    if not kept:
        return ""
    rows = "\n".join(
        f'<li id="k{number}" tabindex="-1"><p class="head"><a href="#L{k.line}">line {k.line:,}</a> '
        f"<code>{safe(k.rule)}</code> {label(k.category)} <small>{k.confidence}</small></p>"
        f'<p class="snippet">{_snippet(k.text)}</p><p class="why">{inline(k.veto)}</p></li>'
        for number, k in enumerate(kept, 1)
    )
    return f"""\
<section id="kept"><h2>Kept against a rule</h2>
<p class="lead">A rule matched this text and did not get it.</p>
<ol class="cards">
{rows}
</ol></section>"""


def _about(report: Report) -> str:
    site, web = report.site, report.page
    form = f"{report.format} ({web.kind}), shown as {web.rendered}" if web else report.format
    encoding = web.encoding if web else report.encoding
    facts: list[tuple[str, Iterable[str]]] = [
        ("Address", [report.url] if report.url else ["not known"]),
        ("Site", [f"{site.pack}, told {_HOW[site.how]}", *site.evidence] if site else ["not known"]),
        ("Format", [form]),
        ("Encoding", [encoding + (", with a byte order mark" if report.bom else "")]),
        ("Size", [f"{count(report.characters, 'character')}, {count(report.lines, 'line')}"]),
        ("Level", [report.level]),
        ("Packs", [", ".join(report.packs) or "none matched"]),
        ("SHA-256", [report.input_sha256]),
        ("Written by", [f"cleaner {VERSION}"]),
    ]
    return f'<section id="about"><h2>About this clipping</h2>{_facts(facts)}</section>'


def _facts(facts: Iterable[tuple[str, Iterable[str]]]) -> str:
    rows = (f"<dt>{term}</dt>" + "".join(f"<dd>{inline(text)}</dd>" for text in texts) for term, texts in facts)
    return f"<dl>{''.join(rows)}</dl>"


# --- the panel ----------------------------------------------------------------------------------


def _panel(text: _Text) -> str:
    removals = text.report.removals
    if not removals:
        return '<aside id="panel" aria-labelledby="removals"><h2 id="removals">Nothing was removed</h2></aside>'
    return f"""\
<aside id="panel" aria-labelledby="removals">
<h2 id="removals" tabindex="-1">Removals</h2>
{_categories(text)}
{_filters(removals)}
<ol id="list">
{"".join(_item(removal, text) for removal in removals)}</ol>
<div class="pager js"><button type="button" id="previous" aria-label="Previous removal">‹</button>
<output id="where" aria-live="off"><span>{count(len(removals), "removal")}</span> <span></span></output>
<button type="button" id="next" aria-label="Next removal">›</button></div>
</aside>"""


def _categories(text: _Text) -> str:
    """The categories with their counts, which are buttons that filter."""
    counts = text.report.counts
    sizes = dict.fromkeys(counts, 0)
    for piece in text.pieces:
        if category := text.category(piece):
            sizes[category] += piece.end - piece.start
    rows = "".join(
        f'<li><button type="button" aria-pressed="false" data-c="{category}"><span class="c">{category}</span> '
        f'<span class="number">{counts[category]:,}</span> '
        f'<span class="size">{count(sizes[category], "character")}</span></button></li>'
        for category in sorted(counts, key=lambda c: (-sizes[c], c))
    )
    return f'<ul id="categories" aria-label="Categories">{rows}</ul>'


def _filters(removals: Sequence[Removal]) -> str:
    rules: dict[str, dict[str, int]] = {}
    for removal in removals:
        of_category = rules.setdefault(removal.category, {})
        of_category[removal.rule] = of_category.get(removal.rule, 0) + 1
    groups = "".join(
        f'<optgroup label="{category}">'
        + "".join(f'<option value="{safe(rule)}">{safe(rule)} ({n:,})</option>' for rule, n in sorted(each.items()))
        + "</optgroup>"
        for category, each in sorted(rules.items())
    )
    return f"""\
<div class="filters js">
<label for="rule">Rule</label> <select id="rule"><option value="">all rules</option>{groups}</select>
<label for="search">Search</label> <input id="search" type="search" placeholder="text, rule, reason" autocomplete="off">
<p><span id="status" role="status">{count(len(removals), "removal")}</span> \
<button type="button" id="reset" hidden>Show all</button></p>
</div>"""


def _item(removal: Removal, text: _Text) -> str:
    first, last = removal.line, text.line(removal.end - 1)
    where = f"line {first:,}" if first == last else f"lines {first:,}–{last:,}"
    facts: list[tuple[str, Iterable[str]]] = [
        ("Reason", [removal.reason]),
        ("Confidence", [removal.confidence]),
        ("Pack", [removal.pack]),
        ("Evidence", [_seen(evidence) for evidence in removal.evidence]),
        ("Element", [removal.path] if removal.path else []),
    ]
    return (
        f'<li id="{removal.id}" data-c="{removal.category}" data-rule="{safe(removal.rule)}"><details><summary>'
        f'<span class="head"><span class="at">{first:,}</span> <code>{safe(removal.rule)}</code> '
        f'<span class="c">{removal.category}</span></span> <span class="snippet">{_snippet(removal.text)}</span>'
        f'</summary><div class="body">{_facts((term, texts) for term, texts in facts if texts)}'
        f'<p><a href="#L{first}">To {where}</a> '
        f'<button type="button" class="only js">Only this rule</button></p></div></details></li>\n'
    )


def _seen(evidence: Evidence) -> str:
    return f"{evidence.rule}: “{shortened(' '.join(evidence.saw.split()), _SNIPPET)}”"


def _keys() -> str:
    rows = "".join(
        f"<dt>{' or '.join(f'<kbd>{escape(key)}</kbd>' for key in keys)}</dt><dd>{what}</dd>" for keys, what in _KEYS
    )
    return f"""\
<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2>
<dl>{rows}</dl>
<p><label><input type="checkbox" id="single" checked> Use these keys</label></p>
<p><button type="button" id="close">Close</button></p></dialog>"""
