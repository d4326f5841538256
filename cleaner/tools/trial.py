"""Trying rules on short texts, with the same steps the engine goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cleaner.decide import Decision, judge, settle, taken_by
from cleaner.edit import cut
from cleaner.errors import InputError
from cleaner.match.claims import Claim
from cleaner.match.matchers import RuleFault
from cleaner.model import Example, Level, Pack, Rule
from cleaner.pipeline import Matched, Setup, edited, match
from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.store import Files, Store


@dataclass(frozen=True, slots=True)
class Tried:
    """What all rules together made of one text."""

    matched: Matched
    decision: Decision

    def claims(self, rule_id: str) -> list[Claim]:
        """The claims of one rule that stand, meet their conditions and no veto."""
        return [claim for claim in self.decision.fit if claim.rule.id == rule_id]

    def taken(self, rule_id: str) -> list[Claim]:
        """The claims of one rule that would get their text at level normal if there were no other rule."""
        alone = Decision(fit=self.claims(rule_id))
        settle(self.matched.document, self.matched.view, alone, "normal")
        return [taken.claim for taken in alone.taken]

    def left(self, claims: Sequence[Claim]) -> str:
        """The text without what these claims alone would take, white space repaired."""
        decision = Decision(taken=taken_by(self.matched.view, claims))
        return cut(self.matched.document.text, edited(self.matched, decision).cuts)

    def source_line(self, claim: Claim) -> int:
        """The line of the text, from 1, on which a claim starts."""
        return self.matched.document.text.count("\n", 0, self.matched.view.origin(claim.start)) + 1


class Trial:
    """All rules of some files, ready to be tried."""

    def __init__(self, files: Files) -> None:
        """Compile the rules, or raise a `RuleError`."""
        self.book = Rulebook.from_store(Store.of(files))
        self._setup = self.setup("normal")

    def setup(self, level: Level) -> Setup:
        """What the pipeline needs to run these rules."""
        return Setup(book=self.book, level=level)

    def run(self, text: str, pack: Pack | None = None, name: str | None = None) -> Tried:
        """Try all rules on a text.

        Args:
            pack: whose example the text is: it is read as if it came from the site of that pack, if it has one, and as
                if the counts of a corpus spoke for every rule that asks for them.

        Raises:
            InputError: the text looks like HTML, or a rule cannot be used on it.
        """
        url = f"https://{pack.site.hosts[0]}/" if pack and pack.site else None
        matched = match(self._setup, text, url=url, format=None, name=name)
        if pack is not None:
            matched.claims = [replace(claim, rule=_as_counted(claim.rule)) for claim in matched.claims]
        try:
            return Tried(matched, judge(matched.document, matched.view, matched.claims))
        except RuleFault as fault:
            raise InputError(str(fault)) from None


def _as_counted(rule: Rule) -> Rule:
    """A rule without what it asks of a corpus."""
    if not any(_asks_corpus(*pair) for group in (rule.when, *rule.unless) for pair in group.items()):
        return rule
    when = {name: params for name, params in rule.when.items() if not _asks_corpus(name, params)}
    unless = (group for group in rule.unless if not any(_asks_corpus(*pair) for pair in group.items()))
    return replace(rule, when=when, unless=tuple(unless))


def _asks_corpus(name: str, params: object) -> bool:
    return name == "repeated" and isinstance(params, Mapping)


def as_expected(left: str, example: Example) -> bool:
    """Whether what is left of an example is what it says: no letter or digit, or just the text it gives.

    Line breaks at the end do not count.
    """
    if not example.output:
        return not any(map(str.isalnum, left))
    return left.rstrip("\r\n") == example.output.rstrip("\r\n")


def shortened(text: str, most: int = 60) -> str:
    """A text for a message: on one line, and cut where it gets long."""
    flat = " ".join(text.split())
    return repr(flat if len(flat) <= most else flat[: most - 1] + "…")


def different(text: str, other: str, most: int = 40) -> str:
    """For a message: the part of a text in which it differs from another, line breaks and spaces shown."""
    pairs = enumerate(zip(text, other, strict=False))
    same = next((i for i, (a, b) in pairs if a != b), min(len(text), len(other)))
    start = max(0, same - most // 2)
    part = text[start : same + most]
    return f"{'…' if start else ''}{part!r}{'…' if same + most < len(text) else ''}"
