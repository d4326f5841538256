"""From claims to a decision, step by step: conditions, vetoes, cover, level, company, conflicts, budget."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cleaner.decide.budget import give_back
from cleaner.decide.company import Company
from cleaner.decide.cover import Cover
from cleaner.decide.menus import take_menus
from cleaner.decide.quotations import Quotations
from cleaner.decide.vetoes import Vetoes
from cleaner.match.claims import Claim
from cleaner.match.conditions import Surroundings, failing, holds
from cleaner.model import CONFIDENCES, Document, Evidence, Level, Rule, Span
from cleaner.view import View

if TYPE_CHECKING:
    from cleaner.corpus.table import SiteCounts

RANK = {confidence: rank for rank, confidence in enumerate(reversed(CONFIDENCES))}
NEEDS: dict[Level, int] = {"safe": RANK["certain"], "normal": RANK["high"], "aggressive": RANK["medium"]}
BELOW = "confidence {} is below the level; only company or a higher level takes it"


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim that won: the span of it if `lines` is None, else these whole lines (first, last)."""

    claim: Claim
    lines: tuple[int, int] | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule that won."""
        return self.claim.rule

    def span(self, view: View) -> Span:
        """What goes, in the view."""
        if self.lines is None:
            return self.claim.start, self.claim.end
        return view.lines[self.lines[0]][0], view.lines[self.lines[1]][1]


@dataclass(slots=True)
class Decision:
    """What was decided on one text.

    Attributes:
        taken: disjoint, in the order of the text.
        kept: claims that met their conditions and lost, with the veto.
        passed: claims that did not meet their conditions, with the reason; only `explain` shows them.
        fit: claims that meet their conditions and no veto, whatever came of them.
        known: claims on lines that a corpus knows, likewise.
        keepers: claims of keep rules that hold.
        warnings: what the reader should know.
    """

    taken: list[Taken] = field(default_factory=list)
    kept: list[tuple[Claim, str]] = field(default_factory=list)
    passed: list[tuple[Claim, str]] = field(default_factory=list)
    fit: list[Claim] = field(default_factory=list)
    known: list[Claim] = field(default_factory=list)
    keepers: list[Claim] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def decide(
    document: Document,
    view: View,
    claims: Sequence[Claim],
    level: Level,
    *,
    menus: bool = True,
    corpus: SiteCounts | None = None,
    known: Sequence[Claim] = (),
) -> Decision:
    """Decide on all claims on a text at once.

    Args:
        menus: whether to look for menus, too.
        corpus: what it tells of the site of the text; `known`: claims on lines that it knows.
    """
    decision = judge(document, view, claims, corpus=corpus, known=known)
    settle(document, view, decision, level, menus=menus)
    _give_back(view, decision)
    _note_losers(view, decision)
    return decision


def settle(document: Document, view: View, decision: Decision, level: Level, *, menus: bool = True) -> None:
    """Say of a decision's fit claims who takes what, the budget aside."""
    fit = decision.fit
    strong = [c for c in fit if RANK[c.rule.confidence] >= NEEDS[level]]
    weak = [c for c in fit if RANK[c.rule.confidence] < NEEDS[level]]
    lines = _whole_lines(view, strong, weak)
    quotations = Quotations(document, view, lines)
    decision.kept += _quoted(lines, quotations)
    if level != "safe":
        company = Company(document, view, weak, quotations)
        company.spread(lines)
        if menus:
            take_menus(document, view, lines, weak, company.stays)
        if decision.known:
            decision.kept += _take_known(document, view, lines, decision.known, quotations, level)
    spans = _spans(strong, lines)
    decision.taken = _taken(view, lines, spans, [*fit, *decision.known])


def taken_by(view: View, claims: Sequence[Claim]) -> list[Taken]:
    """What these claims alone would take: whatever the level, with no help to cover a line, and without the budget."""
    lines = _whole_lines(view, claims, ())
    return _taken(view, lines, _spans(claims, lines), claims)


def judge(
    document: Document,
    view: View,
    claims: Sequence[Claim],
    *,
    corpus: SiteCounts | None = None,
    known: Sequence[Claim] = (),
) -> Decision:
    """A decision as far as conditions and vetoes go: who is fit, and why the others are not."""
    decision = Decision()
    wants = [c for c in claims if not c.rule.keep]
    standing = Cover(view, wants).standing
    decision.passed += ((c, "only part of its line") for c in wants if c not in standing)
    around = Surroundings(view, document.zones, [c for c in wants if c in standing], corpus)
    keepers = [c for c in claims if c.rule.keep and holds(c.rule.when, c, around)]
    decision.keepers = [c for c in keepers if not any(holds(group, c, around) for group in c.rule.unless)]
    vetoes = Vetoes(document, view, decision.keepers)
    for claim in wants:
        if claim not in standing:
            continue
        unmet = failing(claim.rule.when, claim, around)
        if unmet:
            decision.passed.append((claim, f"condition {unmet} does not hold"))
            continue
        saved = next((group for group in claim.rule.unless if holds(group, claim, around)), None)
        veto = f"unless {' and '.join(saved)}" if saved else vetoes.against(claim)
        if veto:
            decision.kept.append((claim, veto))
        else:
            decision.fit.append(claim)
    for claim in known:
        veto = vetoes.against(claim)
        if veto:
            decision.kept.append((claim, veto))
        else:
            decision.known.append(claim)
    return decision


def _take_known(
    document: Document,
    view: View,
    lines: dict[int, Claim],
    known: Sequence[Claim],
    quotations: Quotations,
    level: Level,
) -> list[tuple[Claim, str]]:
    from cleaner.decide.sitewide import take_known  # hardly ever needed

    return take_known(document, view, lines, known, quotations, everywhere=level == "aggressive")


def _whole_lines(view: View, strong: Sequence[Claim], weak: Sequence[Claim]) -> dict[int, Claim]:
    """The lines that go whole, and who takes them.  A weak claim helps to cover what strong ones leave of a line."""
    on_line: dict[int, list[Claim]] = {}
    for claim in strong:
        for line in range(claim.first, claim.last + 1):
            on_line.setdefault(line, []).append(claim)
    helpers = [
        c
        for c in weak
        if not c.whole and _helps(c, [s for n in range(c.first, c.last + 1) for s in on_line.get(n, ())])
    ]
    cover = Cover(view, [*strong, *helpers])
    lines: dict[int, Claim] = {}
    for claim in sorted((c for c in strong if c in cover.standing), key=_precedence):
        for line in range(claim.first, claim.last + 1):
            if claim.whole or line in cover.lines:
                lines.setdefault(line, claim)
    return lines


def _helps(weak: Claim, strong: Sequence[Claim]) -> bool:
    """Whether a weak claim stands beside strong ones; one that holds them would take the line on its own word."""
    return bool(strong) and not any(weak.start <= c.start and c.end <= weak.end for c in strong)


def _quoted(lines: dict[int, Claim], quotations: Quotations) -> list[tuple[Claim, str]]:
    """Take back the lines that are quoted, unless what goes is certain."""
    kept: dict[Claim, str] = {}
    doubtful: dict[Claim, list[int]] = {}
    for line, claim in lines.items():
        if claim.rule.confidence != "certain":
            doubtful.setdefault(claim, []).append(line)
    order = sorted(doubtful, key=lambda c: doubtful[c][0])
    size = -1
    while size != len(lines):  # what stays may save what stands beside it: down the text, and up again
        size = len(lines)
        for claim in (*order, *reversed(order)):
            veto = (
                None
                if claim in kept
                else quotations.veto(min(doubtful[claim]), max(doubtful[claim]), claim.rule.category)
            )
            if veto:
                kept[claim] = veto
                for line in doubtful[claim]:
                    del lines[line]
    return list(kept.items())


def _precedence(claim: Claim) -> tuple[bool, int, int, int, str]:
    """Whole claims first, then the widest, then the surest."""
    size = claim.last - claim.first
    return not claim.whole, -size, -RANK[claim.rule.confidence], claim.start - claim.end, claim.rule.id


def _spans(strong: Iterable[Claim], lines: dict[int, Claim]) -> list[Claim]:
    """The spans outside of the lines that go: where two overlap, the widest wins."""
    free = [c for c in strong if c.is_span and not any(n in lines for n in range(c.first, c.last + 1))]
    chosen: list[Claim] = []
    for claim in sorted(free, key=lambda c: (c.start, c.start - c.end, c.rule.id)):
        if chosen and claim.start < chosen[-1].end:
            if claim.end - claim.start > chosen[-1].end - chosen[-1].start:
                chosen[-1] = claim
            continue
        chosen.append(claim)
    return chosen


def _taken(view: View, lines: dict[int, Claim], spans: Iterable[Claim], fit: Iterable[Claim]) -> list[Taken]:
    """Group the lines by their claims, and add what else spoke for them."""
    groups: list[Taken] = []
    for line in sorted(lines):
        claim = lines[line]
        last = groups[-1] if groups else None
        if last and last.lines and last.claim is claim and last.lines[1] == line - 1:
            groups[-1] = replace(last, lines=(last.lines[0], line))
        else:
            groups.append(Taken(claim, (line, line)))
    groups += (Taken(claim, None) for claim in spans)
    supporters: dict[int, list[Claim]] = {}
    for claim in fit:
        for line in range(claim.first, claim.last + 1):
            supporters.setdefault(line, []).append(claim)
    taken = (replace(group, evidence=_evidence(view, group, supporters)) for group in groups)
    return sorted(taken, key=lambda t: t.span(view))


def _evidence(view: View, taken: Taken, supporters: dict[int, list[Claim]]) -> tuple[Evidence, ...]:
    first, last = taken.lines or (taken.claim.first, taken.claim.last)
    others: dict[Evidence, None] = {}
    for line in range(first, last + 1):
        for claim in supporters.get(line, ()):
            overlaps = taken.lines is not None or (claim.start < taken.claim.end and taken.claim.start < claim.end)
            if claim.rule is not taken.rule and overlaps:
                saw = claim.evidence or (Evidence(claim.rule.id, view.text[claim.start : claim.end]),)
                others.update(dict.fromkeys(saw))
    return (*taken.claim.evidence, *others)


def _give_back(view: View, decision: Decision) -> None:
    weakest_first = sorted(decision.taken, key=lambda t: (RANK[t.rule.confidence], -t.claim.start, t.rule.id))
    back = give_back(view.text, [taken.span(view) for taken in weakest_first])
    if not back:
        return
    given = {id(weakest_first[i]) for i in back}
    for taken in decision.taken:
        if id(taken) in given:
            decision.kept.append((taken.claim, "budget: almost nothing would be left"))
    decision.taken = [t for t in decision.taken if id(t) not in given]
    decision.warnings.append("almost nothing would be left; the weakest removals were given back, see `kept`")


def _note_losers(view: View, decision: Decision) -> None:
    """What met its conditions and still got nothing was below the level."""
    gone = [taken.span(view) for taken in decision.taken]
    ends = [end for _, end in gone]
    known = {claim for claim, _ in decision.kept} | {taken.claim for taken in decision.taken}
    for claim in (*decision.fit, *decision.known):
        after = bisect_right(ends, claim.start)
        overlapped = after < len(gone) and gone[after][0] < claim.end
        if claim not in known and not overlapped:
            decision.kept.append((claim, BELOW.format(claim.rule.confidence)))
    decision.kept.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[0].rule.id))
