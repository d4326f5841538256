"""The conditions a rule may set, one small function each.

A condition gets its parameters as the rule file gave them, the claim and its surroundings, and says whether it holds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import islice, takewhile
from typing import Any, Protocol

from cleaner.core import compiled
from cleaner.match.claims import Claim
from cleaner.match.matchers import pattern_in
from cleaner.model import Document, Rule, Span, Zone
from cleaner.read.topics import Topic, is_about
from cleaner.remember import of_short_texts
from cleaner.view import View

_FEW = 8
"""Words of a button at most."""
WITHIN = 3
REACH = 10_000
"""Characters before and behind a claim that are looked at, at least; so the work for a claim on a long line is bounded.
What lies side by side is looked at once: looks begin and end at multiples of this, or where their lines do."""


class SiteLines(Protocol):
    """What a corpus tells of the lines of a site."""

    @property
    def documents(self) -> int:
        """How many documents of the site were counted."""

    def of(self, line: str) -> int:
        """In how many of them a line stands, given its `letters`."""


class Surroundings:
    """What conditions may look at: the document, its view, the claims that stand, and what a corpus tells."""

    def __init__(
        self, document: Document, view: View, claims: Sequence[Claim], corpus: SiteLines | None = None
    ) -> None:
        self.document = document
        self.view = view
        self.corpus = corpus
        self._claims = claims
        self._found: dict[tuple[object, int, int], bool] = {}
        self._topics: dict[Topic, bool] = {}
        self._linked: dict[Span, float] = {}

    @cached_property
    def buttons(self) -> frozenset[tuple[Rule, int]]:
        """Lines of a few words that claims of a rule cover, each with that rule."""
        lines = {(claim.rule, claim.first) for claim in self._claims if not claim.is_span and claim.first == claim.last}
        return frozenset((rule, line) for rule, line in lines if self.view.words(line, line) <= _FEW)

    @cached_property
    def _reaches(self) -> dict[str, Reach]:
        """The claims of each category and of each rule."""
        groups: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(self._claims, key=lambda claim: claim.first):
            groups[claim.rule.category].append(claim)
            groups[claim.rule.id].append(claim)  # which is like no category: there is a dot in it
        return {name: Reach(claims) for name, claims in groups.items()}

    def claimed(self, name: str, first: int, last: int, other_than: Rule) -> bool:
        """Whether another rule of a category, or a rule, claims something in the lines `first` to `last`."""
        reach = self._reaches.get(name)
        return reach is not None and reach.touches(first, last, other_than)

    def has(self, rule: Rule, wanted: str | Sequence[str], start: int, end: int) -> bool:
        """Whether a pattern, or one of some phrases, is found in a stretch of the view.

        Raises:
            RuleFault: the pattern takes too long.
        """
        key = (wanted, start, end)
        found = self._found.get(key)
        if found is None:
            text = self.view.text[start:end]
            if isinstance(wanted, str):
                found = pattern_in(rule, wanted, text)
            else:
                flat = text.lower().replace("\n", " ")
                found = any(phrase in flat for phrase in wanted)
            self._found[key] = found
        return found

    def about(self, topic: Topic) -> bool:
        """Whether the whole text is about a topic."""
        if topic not in self._topics:
            self._topics[topic] = is_about(topic, self.view.text.lower(), self.document.zones)
        return self._topics[topic]

    def linked(self, first: int, last: int) -> float:
        """Which share of the letters and digits of some lines stands in links, 0 to 1."""
        share = self._linked.get((first, last))
        if share is None:
            share = self._linked[first, last] = self._share_in_links(first, last)
        return share

    def _share_in_links(self, first: int, last: int) -> float:
        view, document = self.view, self.document
        start, end = view.origin_span(view.lines[first][0], view.lines[last][1])
        at = bisect_left(document.links, start, key=lambda link: link.text_start)
        inside = 0
        for link in takewhile(lambda link: link.text_start < end, islice(document.links, at, None)):
            inside += sum(map(str.isalnum, document.text[link.text_start : min(end, link.text_end)]))
        return min(1.0, inside / max(1, sum(map(str.isalnum, view.line_text(first, last)))))

    @cached_property
    def line_letters(self) -> list[str]:
        """Each line, white space and punctuation aside."""
        return [letters(self.view.folded(s, e)) for s, e in self.view.lines]

    @cached_property
    def line_counts(self) -> Counter[str]:
        """How often each line stands in the text, white space and punctuation aside."""
        return Counter(self.line_letters)


class Reach:
    """How far down some claims reach, so that one look tells whether any of them touches some lines."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        """Note for each of the claims, which are sorted by their first lines, who reaches furthest so far.

        That is a rule, its last line, and the last line that another rule reaches.
        """
        self._firsts = [claim.first for claim in claims]
        self._furthest: list[tuple[Rule, int, int]] = []
        rule, last, other_last = None, -1, -1
        for claim in claims:
            if claim.rule is rule:
                last = max(last, claim.last)
            elif rule is None or claim.last > last:
                rule, last, other_last = claim.rule, claim.last, last
            else:
                other_last = max(other_last, claim.last)
            self._furthest.append((rule, last, other_last))

    def touches(self, first: int, last: int, other_than: Rule) -> bool:
        """Whether a claim of a rule other than that touches the lines `first` to `last`."""
        before = bisect_right(self._firsts, last)
        if not before:
            return False
        rule, reached, other_reached = self._furthest[before - 1]
        return (other_reached if rule is other_than else reached) >= first


@compiled
@of_short_texts(4096)
def letters(text: str) -> str:
    """Only the letters and digits of a text: what two copies with other line breaks have in common."""
    return "".join(filter(str.isalnum, text))


def saves(conditions: Mapping[str, object], claim: Claim, around: Surroundings) -> bool:
    """Whether all conditions of a group of `unless` hold.

    What the line beside the claim says does not count if it is a button of the same kind: two buttons are no sentence.
    """
    return all(
        not _is_button(name, params, claim, around) and _CONDITIONS[name](params, claim, around)
        for name, params in conditions.items()
    )


def _is_button(name: str, params: Any, claim: Claim, around: Surroundings) -> bool:
    line = {"preceded_by": claim.first - 1, "followed_by": claim.last + 1}.get(name)
    return line is not None and "regex" in params and (claim.rule, line) in around.buttons


def failing(conditions: Mapping[str, object], claim: Claim, around: Surroundings) -> str | None:
    """The name of the first condition that does not hold; None if all do."""
    return next((n for n, params in conditions.items() if not _CONDITIONS[n](params, claim, around)), None)


def _near(params: Any, claim: Claim, around: Surroundings) -> bool:
    within = params.get("within", WITHIN)
    where = params.get("where", "around")
    low = claim.first if where == "below" else max(0, claim.first - within)
    high = claim.last if where == "above" else min(len(around.view.lines) - 1, claim.last + within)
    if "regex" in params or "phrases" in params:
        start = max(around.view.lines[low][0], (claim.start // REACH - 1) * REACH)
        end = min(around.view.lines[high][1], (claim.end // REACH + 2) * REACH)
        return around.has(claim.rule, params.get("regex") or params["phrases"], start, end)
    names = params["category"] if "category" in params else params["rule"]
    return any(around.claimed(name, low, high, claim.rule) for name in names)


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
    return _line_is(params, claim.last + 1, claim, around)


def _preceded_by(params: Any, claim: Claim, around: Surroundings) -> bool:
    return _line_is(params, claim.first - 1, claim, around)


def _line_is(params: Any, line: int, claim: Claim, around: Surroundings) -> bool:
    view = around.view
    if not 0 <= line < len(view.lines):
        return False
    start, end = view.lines[line]
    if "paragraph_chars" in params:
        return bool(end - start >= params["paragraph_chars"])
    if "max_words" in params:
        return bool(view.words(line, line) <= params["max_words"])
    return around.has(claim.rule, params["regex"], start, end)


def _repeated(params: Any, claim: Claim, around: Surroundings) -> bool:
    lines = around.line_letters[claim.first : claim.last + 1]
    if not isinstance(params, Mapping):
        return bool(min(around.line_counts[line] for line in lines) >= params)
    if around.corpus is None:
        return False
    least = max(params["documents"], params.get("share", 0) * around.corpus.documents)
    return all(around.corpus.of(line) >= least for line in lines)


def _zone(params: Any, claim: Claim, around: Surroundings) -> bool:
    start, end = around.view.origin_span(claim.start, claim.end)
    return any(zone.kind == params for zone in touching(around.document.zones, start, end))


def _linked(params: Any, claim: Claim, around: Surroundings) -> bool:
    return bool(around.linked(claim.first, claim.last) >= params)


def _about(params: Any, claim: Claim, around: Surroundings) -> bool:
    return any(around.about(topic) for topic in params)


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
    "linked": _linked,
    "about": _about,
}
