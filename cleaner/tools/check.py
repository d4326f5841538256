"""`cleaner rules test`: every rule does what its examples say, and no rule touches clean texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.errors import InputError
from cleaner.match.claims import Claim
from cleaner.model import Example, Pack, Rule
from cleaner.pipeline import run
from cleaner.read.intake import take_in
from cleaner.report.wording import words
from cleaner.rulebook.store import Files, Store
from cleaner.tools.trial import Trial, Tried, as_expected, different, shortened
from cleaner.tools.trial_html import HtmlTrial, wrong


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """An example that does not come out as it should; `path` and `line` are those of the example."""

    path: str
    line: int
    rule: str
    message: str


def check(files: Files, clean: Sequence[tuple[str, str]] = (), beside: Files = ()) -> list[Failure]:
    """Try the examples of all rules, and all rules on clean texts.

    A rule is judged by its own claims: with its conditions, vetoes and the other rules around, but at every level,
    without company and without the budget.  A rule for HTML is tried alone.

    Args:
        files: rule files, as (path, content).
        clean: texts of which nothing may be removed, as (name, text).
        beside: other rule files to load with them, whose own examples are not tried.

    Raises:
        RuleError: a rule file is broken.
    """
    trial = Trial([*beside, *files])
    packs = Store.of(files).packs()
    html = HtmlTrial(packs)
    failures: list[Failure] = []
    for pack in packs:
        for rule in pack.rules:
            for example in pack.examples[rule.id]:
                is_html = rule.scope == "html"
                message = wrong(html, rule, example) if is_html else _wrong(trial, pack, rule, example)
                if message:
                    failures.append(Failure(pack.path, example.line, rule.id, message))
    for name, text in clean:
        failures += _touched(trial, name, text)
    return sorted(set(failures))


def _wrong(trial: Trial, pack: Pack, rule: Rule, example: Example) -> str | None:
    """What is wrong with what the rule makes of its example; None if nothing is."""
    try:
        tried = trial.run(example.text, pack)
    except InputError as error:
        return f"{shortened(example.text)} cannot be read: {error}"
    if rule.keep:
        return _wrongly_kept(tried, rule, example)
    claims = tried.claims(rule.id)
    if example.output is None:
        if not claims:
            return None
        return f"takes {_words(tried, claims)} of {shortened(example.text)}, which it should keep"
    left = tried.left(claims)
    if as_expected(left, example):
        return None
    why = _why_not(tried, rule)
    if left == example.text:
        return f"takes nothing of {shortened(example.text)}{why}"
    if not example.output:
        hint = why or "; if that is right, write the pair `text` and `leaves`"
        return f"leaves {shortened(left)} of {shortened(example.text)}{hint}"
    return f"leaves {different(left, example.output)} instead of {different(example.output, left)}{why}"


def _wrongly_kept(tried: Tried, rule: Rule, example: Example) -> str | None:
    holds = any(claim.rule.id == rule.id for claim in tried.board.keepers)
    if example.output is None:
        return None if holds else f"does not save {shortened(example.text)}"
    return f"saves {shortened(example.text)}, which may go" if holds else None


def _words(tried: Tried, claims: Sequence[Claim]) -> str:
    view = tried.board.view
    first = claims[0]
    if first.is_span:
        return shortened(view.text[first.start : first.end], 40)
    return shortened(view.line_text(first.first, first.last), 40)


def _why_not(tried: Tried, rule: Rule) -> str:
    for note in (*tried.board.unmet, *tried.board.kept):
        if note.claim.rule.id == rule.id:
            return f" ({words(note.why)})"
    if tried.claims(rule.id):
        return ""
    return " (no match)"


def _touched(trial: Trial, name: str, text: str) -> Iterator[Failure]:
    """The rules that would take something of a clean text: together at level normal, or one by one."""
    suspects: set[str] = set()
    try:
        tried = trial.run(text, name=name)
    except InputError as error:
        yield Failure(name, 1, "", str(error))
        return
    for rule_id in dict.fromkeys(claim.rule.id for claim in tried.board.fit):
        for claim in tried.taken(rule_id)[:1]:
            suspects.add(rule_id)
            message = f"would take {_words(tried, [claim])} of a clean text"
            yield Failure(name, tried.source_line(claim), rule_id, message)
    outcome = run(trial.setup("normal"), take_in(text, name=name))
    for removal in outcome.removals:
        if removal.rule not in suspects:
            yield Failure(name, removal.line, removal.rule, f"took {shortened(removal.text, 40)} of a clean text")
