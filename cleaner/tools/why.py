"""`cleaner rules why FILE:12`: the rules that nearly took a line, and what each of them lacked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.api import Cleaner, Work
from cleaner.explain import explain
from cleaner.match.matchers import RuleFault, pattern_in, word_edge
from cleaner.model import Rule
from cleaner.report.paint import shortened
from cleaner.report.wording import words
from cleaner.rulebook.book import PackInfo
from cleaner.rulebook.conditions import CONDITIONS, in_words
from cleaner.rulebook.wording import pattern
from cleaner.sites import host_of, packs_of
from cleaner.view import View

MOST = 12
_LIKE = 0.6
"""Of the words of a phrase that a line must have to be like it."""
_LEAST_LIKE = 3
_PART = 0.3
_LONG = 6
"""Letters of a keyword, or the part of the line that it is, for its rule to be near."""
_PATTERN = 100
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Miss:
    """A rule that took nothing of a line.

    Attributes:
        missing: what it lacked, as a sentence.
        where: its file and line.
        near: how near it came, from 0; the larger the nearer.
    """

    rule: Rule
    missing: str
    where: str
    near: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a line.

    Attributes:
        taken: the rules that took text of it.
    """

    text: str
    taken: tuple[str, ...]
    misses: tuple[Miss, ...]


def why(cleaner: Cleaner, work: Work, number: int) -> Answer:
    """The rules that nearly took the line with that number (from 1), the nearest first."""
    story = explain(cleaner, work, keywords=True)
    line = story.lines[number - 1]
    look = _Look(cleaner, work, number)
    rules = {rule.id: rule for rule in cleaner.rules()}
    misses: dict[str, Miss] = {}
    for trace in line.traces:
        rule = rules.get(trace.rule)
        if rule is None or trace.part == "took":
            continue
        if trace.part == "keyword":
            if not look.is_near(rule):
                continue
            missing, near = look.missing(rule)
        elif trace.why.code == "condition":
            missing, near = look.condition(rule, dict(trace.why.params)["condition"]), 3.0
        else:
            missing, near = words(trace.why), 4.0
        misses[rule.id] = Miss(rule, missing, f"{rule.path}:{rule.line}", near)
    for miss in look.alike(rules, frozenset(misses)):
        misses[miss.rule.id] = miss
    taken = tuple(dict.fromkeys(trace.rule for trace in line.traces if trace.part == "took"))
    ordered = sorted(misses.values(), key=lambda miss: (-miss.near, miss.rule.id))
    return Answer(line.text, taken, tuple(ordered[:MOST]))


class _Look:
    """One line, held against rules."""

    def __init__(self, cleaner: Cleaner, work: Work, number: int) -> None:
        self._setup = cleaner.setup
        outcome = work.outcome
        self._board = board = outcome.first
        self._view: View = board.view
        self._lines = [
            at
            for at, (start, end) in enumerate(board.view.lines)
            if outcome.lines.at(outcome.origins.of(*board.view.origin_span(start, end))[0]) + 1 == number
        ]
        self._packs = packs_of(cleaner.setup.book, board.site)
        self._text = "\n".join(board.view.line_text(at) for at in self._lines)

    def is_near(self, rule: Rule) -> bool:
        """Whether what a rule looks for is a good part of the line, and no syllable of a word in it."""
        folded = self._text.lower()
        found = max((len(word) for word in rule.keywords if word in folded), default=0)
        return found >= _PART * len(folded) or (rule.matcher == "regex" and found >= _LONG)

    def missing(self, rule: Rule) -> tuple[str, float]:
        """What a rule lacks of which a keyword is in the line."""
        pack = self._setup.book.pack_of(rule.pack)
        if pack.kind == "site" and pack not in self._packs:
            return self._other_site(pack), 2.5 if self._matches(rule) else 1.0
        by = next((site.name for site in self._packs if rule.id in site.disable), None)
        if by:
            return f"{by} disables it on this site", 2.5
        if not self._setup.wants(rule):
            return f"its category, {rule.category}, is not among those that are asked for", 2.5
        if rule.matcher == "regex":
            return self._pattern(rule), 2.0
        if rule.matcher == "phrases":
            return self._phrase(rule), 2.0
        return "the line is not made of its labels alone", 1.0

    def condition(self, rule: Rule, name: str) -> str:
        """A condition that does not hold, in words."""
        group = {name: rule.when[name]} if name in rule.when else {}
        return f"it asks that {in_words(group, CONDITIONS)}" if group else f"the condition {name} does not hold"

    def alike(self, rules: dict[str, Rule], known: frozenset[str]) -> Iterator[Miss]:
        """Rules with a phrase that has most words of the line, and others beside them."""
        own = _WORD.findall(self._text.lower())
        if len(own) < _LEAST_LIKE:
            return
        have = frozenset(own)
        best: dict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
        for rule in rules.values():
            if rule.matcher == "phrases" and rule.id not in known and not rule.keep:
                for phrase in rule.patterns:
                    wanted = frozenset(_WORD.findall(phrase))
                    same = len(wanted & have)
                    share = same / max(len(wanted), len(have))
                    if same >= _LEAST_LIKE and share >= _LIKE and share > best[rule.id][0]:
                        best[rule.id] = share, phrase
        for name, (share, phrase) in best.items():
            rule = rules[name]
            yield Miss(rule, self._unlike(phrase, have, rule), f"{rule.path}:{rule.line}", share)

    def _unlike(self, phrase: str, have: frozenset[str], rule: Rule) -> str:
        wanted = _WORD.findall(phrase)
        lacks = " ".join(word for word in wanted if word not in have)
        more = " ".join(word for word in _WORD.findall(self._text.lower()) if word not in wanted)
        pack = self._setup.book.pack_of(rule.pack)
        said = f"its phrase is “{phrase}”"
        said += f"; the line lacks “{lacks}”" if lacks else ""
        said += f"; the line also has “{more}”" if more else ""
        return f"{said}; {self._other_site(pack)}" if pack.kind == "site" and pack not in self._packs else said

    def _other_site(self, pack: PackInfo) -> str:
        hosts = ", ".join(pack.site.hosts[:3]) if pack.site else pack.name
        site, url = self._board.site, self._board.document.url
        own = f"is {site.pack.removeprefix('sites/')}" if site else "is not known: pass --url"
        if not site and host_of(url):
            own = f"is {host_of(url)}"
        return f"its site is {hosts}, this clipping's {own}"

    def _matches(self, rule: Rule) -> bool:
        try:
            if rule.matcher == "regex":
                return pattern_in(rule, rule.patterns[0], self._text)
        except RuleFault:
            return False
        return any(phrase in self._text.lower() for phrase in rule.patterns)

    def _pattern(self, rule: Rule) -> str:
        source = rule.patterns[0]
        shown = shortened(pattern(source), _PATTERN)
        loose = source.removeprefix("^").removesuffix("$")
        try:
            if loose != source and pattern_in(rule, loose, self._text):
                return f"it takes the line only if there is nothing else in it: {shown}"
        except RuleFault:
            return "its pattern takes too long here"
        return f"its keyword is here, and its pattern does not match: {shown}"

    def _phrase(self, rule: Rule) -> str:
        for phrase in rule.patterns:
            at = self._text.lower().find(phrase)
            if at >= 0 and not (word_edge(self._text, at) and word_edge(self._text, at + len(phrase))):
                return f"its phrase “{phrase}” is only a part of a word here"
        return "its phrase goes over a blank line here"
