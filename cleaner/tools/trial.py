"""Trying rules on short texts, with the same steps the engine goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cleaner.decide.board import Board
from cleaner.decide.steps import JUDGING, TAKING
from cleaner.decide.steps.coverage import whole_lines
from cleaner.decide.steps.spans import free_spans
from cleaner.edit import cut
from cleaner.errors import InputError
from cleaner.match.claims import Claim
from cleaner.match.matchers import RuleFault
from cleaner.model import Example, Level, Pack, Rule
from cleaner.pipeline import Setup, edited, match
from cleaner.read.intake import take_in
from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.store import Files, Store


@dataclass(frozen=True, slots=True)
class Tried:
    """What all rules together made of one text."""

    board: Board

    def claims(self, rule_id: str) -> list[Claim]:
        """The claims of one rule that stand, meet their conditions and no veto."""
        return [claim for claim in self.board.fit if claim.rule.id == rule_id]

    def taken(self, rule_id: str) -> list[Claim]:
        """The claims of one rule that would get their text at level normal if there were no other rule."""
        return [taken.claim for taken in self.board.afresh(self.claims(rule_id)).run(TAKING).taken()]

    def whole(self, rule_id: str) -> list[int]:
        """The lines of the view that one rule alone would take, whatever the level."""
        return sorted(whole_lines(self.board.view, self.claims(rule_id), ()))

    def left(self, claims: Sequence[Claim]) -> str:
        """The text without what these claims alone would take, whatever the level, white space repaired."""
        alone = self.board.afresh(claims)
        alone.lines.update(whole_lines(alone.view, claims, ()))
        alone.spans += free_spans(claims, alone.lines)
        return cut(alone.document.text, edited(alone).cuts)

    def source_line(self, claim: Claim) -> int:
        """The line of the text, from 1, on which a claim starts."""
        return self.board.document.text.count("\n", 0, self.board.view.origin(claim.start)) + 1


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
        board = match(self._setup, take_in(text, url=url, name=name))
        if pack is not None:
            board.claims = [replace(claim, rule=_as_counted(claim.rule)) for claim in board.claims]
        try:
            return Tried(board.run(JUDGING))
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
