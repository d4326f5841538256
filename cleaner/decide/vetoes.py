"""What saves a text from a claim: protected zones, keep rules, and links that would be cut in two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from cleaner.decide.overlaps import Overlaps
from cleaner.decide.quotations import QuotationMarks, is_quotation, marker
from cleaner.edit import Lines
from cleaner.match.claims import Claim
from cleaner.match.conditions import touching
from cleaner.model import Document, Link, Span
from cleaner.reasons import Reason
from cleaner.view import View

QUOTED_LINES = 12
"""Of a quotation that are looked at above and below a claim."""


class Vetoes:
    """The vetoes of one text."""

    def __init__(self, document: Document, view: View, keepers: Sequence[Claim]) -> None:
        self._document = document
        self._view = view
        self._keepers = sorted(keepers, key=lambda c: c.start)
        numbered = list(enumerate(self._keepers))
        self._keeper_lines = Overlaps((c.first, c.last + 1, n) for n, c in numbered)
        self._keeper_spans = Overlaps((c.start, c.end, n) for n, c in numbered if c.is_span)
        self._other_keepers = Overlaps((c.first, c.last + 1, n) for n, c in numbered if not c.is_span)
        self._marks = QuotationMarks(view)
        self._link_spans = Overlaps((link.start, link.end, n) for n, link in enumerate(document.links))

    def against(self, claim: Claim) -> Reason | None:
        """Why the claim may not have its text; None if it may."""
        span = self.span(claim)
        if span is None:
            return Reason.of("cut-link")
        if claim.is_span and self._marks.around(claim.start, claim.end):
            return Reason.of("quotation-marks")
        if (
            claim.rule.confidence != "certain"
            and not claim.is_span
            and is_quotation(self._view, claim.first, claim.last)
            and not self.only_links(claim.first, claim.last)
        ):
            return Reason.of("quotation-marks")
        if self._in_block_quotation(claim):
            return Reason.of("block-quotation")
        return self._zone(claim, *span) or self._keep(claim)

    def lines_protected(self, first: int, last: int) -> bool:
        """Whether code, maths or front matter stands in these lines."""
        return self.in_zone(*self._view.origin_span(self._view.lines[first][0], self._view.lines[last][1]))

    def in_zone(self, start: int, end: int) -> bool:
        """Whether code, maths or front matter stands in ``text[start:end]``, or something of the owner's."""
        return any(zone.kind != "url" for zone in touching(self._document.zones, start, end))

    def span(self, claim: Claim) -> Span | None:
        """What of the input would go, links taken whole; None if that would cut a link in two."""
        if claim.is_span:
            start, end = self._view.origin_span(claim.start, claim.end)
            if claim.start and self._document.text[self._view.origin(claim.start - 1) + 1 : start] == "\\":
                start -= 1  # the mark that made `[` or `*` a letter goes with it
            return widened((start, end), self._links(start, end)[::-1], self._document.text)
        start, end = self._rows(claim.first, claim.last)
        cut = any(not (start <= link.start and link.end <= end) for link in self._links(start, end))
        return None if cut else (start, end)

    def has_link(self, first: int, last: int) -> bool:
        """Whether a link stands in the lines `first` to `last`, a part of it at least."""
        return bool(self._links(*self._rows(first, last)))

    def only_links(self, first: int, last: int) -> bool:
        """Whether nothing but links stands in the lines `first` to `last`: French quotation marks are arrows there."""
        start, end = self._rows(first, last)
        links = self._links(start, end)
        return bool(links) and not any(map(str.isalnum, _outside(self._document.text, start, end, links)))

    def _in_block_quotation(self, claim: Claim) -> bool:
        """Whether a claim is on a quotation of Markdown.

        Pointers and offers that a site sets like one link to what they offer; whoever quotes a banner has its words.
        """
        if self._document.format != "markdown" or marker(self._document, self._view, claim.first) != ">":
            return False
        return claim.is_span or not self.has_link(*self._quotation(claim.first))

    def _quotation(self, line: int) -> Span:
        """The first and the last line of the quotation around a line, as far as `QUOTED_LINES` go."""
        first = last = line
        while first > max(0, line - QUOTED_LINES) and marker(self._document, self._view, first - 1) == ">":
            first -= 1
        end = min(len(self._view.lines) - 1, line + QUOTED_LINES)
        while last < end and marker(self._document, self._view, last + 1) == ">":
            last += 1
        return first, last

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._document.text)

    def _rows(self, first: int, last: int) -> Span:
        """Where the lines `first` to `last` stand in the input, with all that the view does not show of them."""
        view, lines = self._view, self._lines
        return lines.span(lines.at(view.origin(view.lines[first][0])), lines.at(view.origin(view.lines[last][1] - 1)))

    def _links(self, start: int, end: int) -> list[Link]:
        """The links of which a part stands in ``text[start:end]``."""
        return [self._document.links[n] for n in self._link_spans.all(start, end)]

    def _zone(self, claim: Claim, start: int, end: int) -> Reason | None:
        for zone in touching(self._document.zones, start, end):
            if zone.kind != "url":
                return Reason.of("zone", kind=zone.kind)
            if claim.is_span and not (start <= zone.start and zone.end <= end):
                return Reason.of("web-address")
        return None

    def _keep(self, claim: Claim) -> Reason | None:
        """Why a keep rule saves a claim: of two spans characters must touch, else lines."""
        lines = claim.first, claim.last + 1
        if claim.is_span:
            found = self._keeper_spans.first(claim.start, claim.end), self._other_keepers.first(*lines)
        else:
            found = self._keeper_lines.first(*lines), None
        keeper = min((number for number in found if number is not None), default=None)
        return None if keeper is None else Reason.of("keep-rule", rule=self._keepers[keeper].rule.id)


def _outside(text: str, start: int, end: int, links: Iterable[Link]) -> str:
    """What of ``text[start:end]`` no link holds."""
    parts = []
    for link in links:
        parts.append(text[start : min(link.start, end)])
        start = max(start, link.end)
    return "".join([*parts, text[start:end]])


def widened(span: Span, links: Sequence[Link], text: str) -> Span | None:
    """`span` with every link whole whose words it takes; None if it would take a part of one and something else."""
    start, end = span
    for link in links:
        words = text[link.text_start : link.text_end]
        first = link.text_start + len(words) - len(words.lstrip())
        last = link.text_end - len(words) + len(words.rstrip())
        if start <= first and last <= end:
            start, end = min(start, link.start), max(end, link.end)
        elif not (link.text_start <= span[0] and span[1] <= link.text_end):
            return None
    return start, end
