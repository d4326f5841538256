"""Read a clipping: the one place where the parts of `cleaner.read` come together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from cleaner.errors import InputError
from cleaner.model import Document, Format, Span, Zone
from cleaner.read import markdown
from cleaner.read.code import code_zones
from cleaner.read.frontmatter import front_matter, url_of
from cleaner.read.maths import maths
from cleaner.read.own import own_marks
from cleaner.read.spans import line_of, lines, mask, merge_zones, union, without
from cleaner.read.urls import urls


def read(source: str, format: Format, url: str | None = None) -> Document:
    """The document in `source`.

    Args:
        source: the text, decoded, with its line ends as they are.
        url: address of the page; it goes before the one in the front matter.

    Raises:
        InputError: the format is HTML: a page has a pipeline of its own, `cleaner.html.pipeline`.
    """
    if format == "html":
        raise InputError(
            "HTML cannot be read as text: pass it with --format html as a page, or with --format text as it is"
        )
    span, front = front_matter(source)
    rows = lines(source)
    zones = [Zone(*span, "front-matter")] if span else []
    url = url or url_of(front)
    if format == "markdown":
        first = line_of(rows, span[1] - 1) + 1 if span else 0
        markup = markdown.scan(source, rows, first)
        zones += [Zone(*code, "code") for code in markup.code]
        zones += [Zone(*math, "math") for math in markup.math]
        zones += code_zones(mask(source, _spans(zones)), rows, markdown=True)
        masked = mask(source, _spans(zones))
        zones += [Zone(*mark, "own") for mark in own_marks(masked, rows)]
        zones += [Zone(*address, "url") for address in markup.urls]
        merged = merge_zones(zones)
        solid = [(zone.start, zone.end) for zone in merged if zone.kind not in ("url", "own")]
        hidden = tuple(without(markup.hidden, solid))
        begins = [start for start, _ in solid]
        links = tuple(link for link in markup.links if not _inside(link.start, solid, begins))
        return Document(source, format, url, merged, hidden, links, front)
    zones += [Zone(*code, "code") for code in markdown.plain_code(source)]
    zones += code_zones(mask(source, _spans(zones)), rows)
    masked = mask(source, _spans(zones))
    zones += maths(masked)
    zones += [Zone(*address, "url") for address in urls(masked)]
    return Document(source, format, url, merge_zones(zones), (), (), front)


def _spans(zones: Sequence[Zone]) -> list[Span]:
    return union((zone.start, zone.end) for zone in zones)


def _inside(offset: int, spans: Sequence[Span], begins: Sequence[int]) -> bool:
    i = bisect_right(begins, offset) - 1
    return i >= 0 and offset < spans[i][1]
