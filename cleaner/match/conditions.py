"""The conditions a rule may set, one small function each.

A condition gets its parameters as the rule file gave them, the claim and its surroundings, and says whether it holds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from cleaner.match.claims import Claim
from cleaner.match.matchers import Matcher
from cleaner.model import Zone
from cleaner.view import View

WITHIN = 3


class SiteLines(Protocol):
    """What a corpus tells of the lines of a site."""

    @property
    def documents(self) -> int:
        """How many documents of the site were counted."""

    def of(self, line: str) -> int:
        """In how many of them a line stands, given its `letters`."""


class Surroundings:
    """What conditions may look at: the view, the zones in it, the claims that stand, and what a corpus tells."""

    def __init__(
        self, view: View, zones: Sequence[Zone], claims: Sequence[Claim], corpus: SiteLines | None = None
    ) -> None:
        self.view = view
        self.zones = zones
        self.corpus = corpus
        self._claims = sorted(claims, key=lambda c: c.first)
        self._firsts = [c.first for c in self._claims]
        self._reach = max((c.last - c.first for c in claims), default=0)

    def claims_between(self, first: int, last: int) -> list[Claim]:
        """The standing claims that touch the lines `first` to `last`."""
        low = bisect_left(self._firsts, first - self._reach)
        high = bisect_right(self._firsts, last)
        return [c for c in self._claims[low:high] if c.last >= first]

    @cached_property
    def line_counts(self) -> Counter[str]:
        """How often each line stands in the text, white space and punctuation aside."""
        return Counter(letters(self.view.folded[s:e]) for s, e in self.view.lines)


def letters(text: str) -> str:
    """Only the letters and digits of a text: what two copies with other line breaks have in common."""
    return "".join(filter(str.isalnum, text))


def holds(conditions: Mapping[str, object], claim: Claim, around: Surroundings) -> bool:
    """Whether all conditions of a group hold."""
    return all(_CONDITIONS[name](params, claim, around) for name, params in conditions.items())


def failing(conditions: Mapping[str, object], claim: Claim, around: Surroundings) -> str | None:
    """The name of the first condition that does not hold; None if all do."""
    return next((n for n, params in conditions.items() if not _CONDITIONS[n](params, claim, around)), None)


def _near(params: Any, claim: Claim, around: Surroundings) -> bool:
    within = params.get("within", WITHIN)
    where = params.get("where", "around")
    low = claim.first if where == "below" else max(0, claim.first - within)
    high = claim.last if where == "above" else min(len(around.view.lines) - 1, claim.last + within)
    if "regex" in params or "phrases" in params:
        text = around.view.line_text(low, high)
        if "regex" in params:
            return Matcher.search(params["regex"])(text)
        flat = text.lower().replace("\n", " ")
        return any(phrase in flat for phrase in params["phrases"])
    others = (c for c in around.claims_between(low, high) if c.rule.id != claim.rule.id)
    if "category" in params:
        return any(c.rule.category in params["category"] for c in others)
    return any(c.rule.id in params["rule"] for c in others)


def _position(params: Any, claim: Claim, around: Surroundings) -> bool:
    at = claim.start / max(1, len(around.view.text))
    if "head" in params:
        return bool(at <= params["head"])
    return bool(at >= 1 - params["tail"])


def _max_words(params: Any, claim: Claim, around: Surroundings) -> bool:
    return bool(around.view.words(claim.first, claim.last) <= params)


def _min_words(params: Any, claim: Claim, around: Surroundings) -> bool:
    return bool(around.view.words(claim.first, claim.last) >= params)


def _alone(params: Any, claim: Claim, around: Surroundings) -> bool:
    block = around.view.blocks[around.view.block_of[claim.first]]
    return ((claim.first, claim.last) == block) is params


def _followed_by(params: Any, claim: Claim, around: Surroundings) -> bool:
    return _line_is(params, claim.last + 1, around.view)


def _preceded_by(params: Any, claim: Claim, around: Surroundings) -> bool:
    return _line_is(params, claim.first - 1, around.view)


def _line_is(params: Any, line: int, view: View) -> bool:
    if not 0 <= line < len(view.lines):
        return False
    if "paragraph_chars" in params:
        start, end = view.lines[line]
        return bool(end - start >= params["paragraph_chars"])
    if "max_words" in params:
        return bool(view.words(line, line) <= params["max_words"])
    return Matcher.search(params["regex"])(view.line_text(line))


def _repeated(params: Any, claim: Claim, around: Surroundings) -> bool:
    lines = [letters(around.view.line_text(i).lower()) for i in range(claim.first, claim.last + 1)]
    if not isinstance(params, Mapping):
        return bool(min(around.line_counts[line] for line in lines) >= params)
    if around.corpus is None:
        return False
    least = max(params["documents"], params.get("share", 0) * around.corpus.documents)
    return all(around.corpus.of(line) >= least for line in lines)


def _zone(params: Any, claim: Claim, around: Surroundings) -> bool:
    start, end = around.view.origin_span(claim.start, claim.end)
    return any(zone.kind == params for zone in touching(around.zones, start, end))


def touching(zones: Sequence[Zone], start: int, end: int) -> Sequence[Zone]:
    """The zones, of a sorted and disjoint list, that share a character with `start:end`."""
    low = bisect_right(zones, start, key=lambda z: z.end)
    high = bisect_left(zones, end, key=lambda z: z.start)
    return zones[low:high]


_CONDITIONS: dict[str, Callable[[Any, Claim, Surroundings], bool]] = {
    "near": _near,
    "position": _position,
    "max_words": _max_words,
    "min_words": _min_words,
    "alone": _alone,
    "followed_by": _followed_by,
    "preceded_by": _preceded_by,
    "repeated": _repeated,
    "zone": _zone,
}
