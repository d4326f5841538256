"""Asking rule by rule, with a look at what each would take."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from cleaner.cli.streams import note, write_text
from cleaner.errors import shown
from cleaner.learn.proposal import Proposal
from cleaner.learn.rules import Learned
from cleaner.report.paint import BOLD, DIM, STRUCK, Paint, shortened, visible

_QUESTION = "write this rule? [y]es, [n]o, [a]ll of this site, [s]kip the rest of it, [q]uit, [?] "
_HELP = "y: write it; n: do not; a: it and all after it of this site; s: none of them; q: end, what was said counts\n"
_WIDTH = 100


class Asking:
    """Asks on standard output and takes answers from standard input; at its end it stops."""

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self.ended = False

    def chosen(self, proposal: Proposal) -> list[Learned]:
        """The rules of a site that somebody wants, and of those only such as do not need one that is not wanted."""
        write_text(f"\n{self._paint(visible(proposal.host), BOLD)}, {proposal.documents:,} documents\n")
        unwanted: set[str] = set()
        rest = ""
        for number, rule in enumerate(proposal.rules, 1):
            if not rest:
                write_text("".join(f"{row}\n" for row in self._preview(proposal, rule, number)))
            answer = rest or self._answer()
            if answer in ("a", "s", "q"):
                rest = "a" if answer == "a" else "s"
                self.ended = self.ended or answer == "q"
            if answer not in ("y", "a"):
                unwanted.add(rule.draft.id)
        kept = proposal.without(unwanted).rules
        lost = len(proposal.rules) - len(unwanted) - len(kept)
        if lost:
            note(f"cleaner: {lost} more left out, which need a rule that was not wanted")
        return list(kept)

    def _answer(self) -> str:
        while True:
            write_text(_QUESTION)
            line = sys.stdin.readline() if sys.stdin is not None else ""
            if not line:
                write_text("\n")
                return "q"
            answer = line.strip().lower()[:1]
            if answer and answer in "ynasq":
                return answer
            write_text(_HELP)

    def _preview(self, proposal: Proposal, rule: Learned, number: int) -> Iterator[str]:
        paint, draft = self._paint, rule.draft
        yield ""
        facts = f"{draft.category}, {draft.confidence}, {rule.evidence}"
        yield f"{number}/{len(proposal.rules)} {paint(draft.id, BOLD)}  {paint(facts, DIM)}"
        if rule.preview is not None:
            yield paint(f"  {shown(rule.preview.name)}", DIM)
        for line, goes in rule.preview.lines if rule.preview else ((rule.sample, True),):
            text = shortened(visible(line), _WIDTH)
            yield f"  {'-' if goes else ' '} {paint.category(text, draft.category, STRUCK) if goes else text}"
        yield paint(f"  keeps {shortened(visible(draft.keeps[0]), _WIDTH)}", DIM)
