"""Trying rules for HTML on short pieces of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lxml.html

from cleaner.errors import InputError
from cleaner.html.facts import facts
from cleaner.html.rules.selectors import HtmlRules, element_hits
from cleaner.model import Example, Pack, Rule
from cleaner.rulebook.compile import compile_html
from cleaner.tools.trial import shortened

_PLACE = "cleaner-example"
_PAGE = '<html><body><div><p>{around}</p></div><div id="{place}">{example}</div></body></html>'


@dataclass(frozen=True, slots=True)
class TriedHtml:
    """What one rule makes of a piece of HTML: how many elements it is about, and the words outside of them."""

    hits: int
    left: str


class HtmlTrial:
    """The rules for HTML of some packs, ready to be tried one by one."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._rules = HtmlRules(compile_html(packs), {pack.name: pack.path for pack in packs})

    def run(self, html: str, rule: Rule) -> TriedHtml:
        """Try one rule on a piece of HTML, in a page that has more words than it.

        Raises:
            InputError: there is no HTML in it.
        """
        around = "word " * (len(html.split()) + len(html) + 10)
        page = lxml.html.document_fromstring(_PAGE.format(around=around, place=_PLACE, example=html))
        (place,) = page.xpath(f"//*[@id='{_PLACE}']")
        if not len(place):
            raise InputError("there is no element in it")
        kind = facts(page).metadata.kind
        found = element_hits(page, self._rules, lambda other: other.id == rule.id, [rule.pack], kind=kind)
        hits = list(found.rules)
        for element in hits:
            if place in element.iterancestors():
                element.drop_tree()
        return TriedHtml(len(hits), " ".join(place.text_content().split()))


def wrong(trial: HtmlTrial, rule: Rule, example: Example) -> str | None:
    """What is wrong with what the rule makes of its example; None if nothing is."""
    shown = shortened(example.text)
    try:
        tried = trial.run(example.text, rule)
    except InputError as error:
        return f"{shown} cannot be read: {error}"
    if rule.keep:
        if bool(tried.hits) == (example.output is None):
            return None
        return f"saves {shown}, which may go" if tried.hits else f"does not save {shown}"
    if example.output is None:
        return f"takes an element of {shown}, which it should keep" if tried.hits else None
    if not tried.hits:
        return f"takes nothing of {shown}"
    if example.output:
        wanted = " ".join(example.output.split())
        return None if tried.left == wanted else f"leaves {shortened(tried.left)} instead of {shortened(wanted)}"
    if any(map(str.isalnum, tried.left)):
        return f"leaves {shortened(tried.left)} of {shown}; if that is right, write the pair `text` and `leaves`"
    return None
