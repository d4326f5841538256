"""The board: all that is known of one text, and who takes what of it so far.

The steps of `cleaner.decide.steps` work on it one after the other.  A step takes lines for a claim, gives lines back,
and says which claims it would have liked to serve and why it did not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from cleaner.decide.levels import NEEDS, RANK
from cleaner.decide.overlaps import Overlaps
from cleaner.decide.quotations import Quotations
from cleaner.decide.vetoes import Vetoes
from cleaner.errors import CleanerError, left_out
from cleaner.match.claims import Claim
from cleaner.match.matchers import RuleFault
from cleaner.model import Document, Evidence, Level, Rule, SiteMatch, Span
from cleaner.reasons import Reason
from cleaner.view import View

if TYPE_CHECKING:
    from cleaner.corpus.table import SiteCounts

Fate = Literal["unmet", "kept"]
Standing = Literal["strong", "weak", "keeper", "unmet", "kept"]


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of evidence, or one check.

    Attributes:
        apply: does it.
        saves: whether it saves text from others; if it fails, nothing may go, and if another one fails, only what that
            one took stays.
        rules: under which it takes text on its own account; they are no pack's.
    """

    name: str
    apply: Callable[[Board], None]
    rules: tuple[Rule, ...] = ()
    saves: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """That a claim did not get its text, which step says so, and why.

    Attributes:
        fate: `unmet`: it lacks something of its own; `kept`: it lacks nothing, but the text was saved from it.
    """

    step: str
    fate: Fate
    claim: Claim
    why: Reason


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim and how it stands.

    Attributes:
        standing: `strong` enough for the level; `weak`, which takes nothing alone; of a `keeper`, a keep rule that
            holds; or as `Note.fate`.
        why: of the last two.
    """

    claim: Claim
    standing: Standing
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim that got text: the span of it if `lines` is None, else these whole lines (first, last)."""

    claim: Claim
    lines: Span | None

    @property
    def rule(self) -> Rule:
        """The rule that won."""
        return self.claim.rule

    def span(self, view: View) -> Span:
        """What goes, in the view."""
        if self.lines is None:
            return self.claim.start, self.claim.end
        return view.lines[self.lines[0]][0], view.lines[self.lines[1]][1]


@dataclass(frozen=True, slots=True)
class Unseen:
    """What the view does not show (pictures alone, links without words), and who takes it.

    Attributes:
        start, end: offsets of the input.
        whole: whether the lines go in which it stands.
    """

    rule: Rule
    start: int
    end: int
    evidence: tuple[Evidence, ...]
    whole: bool = True


@dataclass(frozen=True, eq=False)
class Speaking:
    """Tells what spoke for removals.  Reports are made long after a decision, and a board takes much more memory.

    Attributes:
        text: of the view.
        claims: those that support what others take, of packs before those of steps.
    """

    text: str
    claims: Sequence[Claim]

    def evidence(self, taken: Taken) -> tuple[Evidence, ...]:
        """What spoke for a removal: what its claim has to say, and the other claims on its text."""
        first, last = taken.lines or (taken.claim.first, taken.claim.last)
        others: dict[Evidence, None] = {}
        for claim in self._supporters(taken, first, last):
            if claim.rule is not taken.rule:
                matched = Reason.of("matched", text=self.text[claim.start : claim.end])
                others.update(dict.fromkeys(claim.evidence or (Evidence(claim.rule.id, matched),)))
        return (*taken.claim.evidence, *others)

    def _supporters(self, taken: Taken, first: int, last: int) -> list[Claim]:
        """The claims that touch what was taken, line by line, those of packs before those of steps."""
        if taken.lines is None:
            numbers = self._spans.all(taken.claim.start, taken.claim.end)
        else:
            numbers = self._lines.all(first, last + 1)
        return [self.claims[n] for n in sorted(numbers, key=lambda n: (max(first, self.claims[n].first), n))]

    @cached_property
    def _lines(self) -> Overlaps:
        return Overlaps((claim.first, claim.last + 1, number) for number, claim in enumerate(self.claims))

    @cached_property
    def _spans(self) -> Overlaps:
        return Overlaps((claim.start, claim.end, number) for number, claim in enumerate(self.claims))


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """Says what spoke for a removal.  There are as many of them as removals: `functools.partial` takes four times the
    memory."""

    speaking: Speaking
    taken: Taken

    def __call__(self) -> tuple[Evidence, ...]:
        """The evidence."""
        return self.speaking.evidence(self.taken)


@dataclass(eq=False)
class Board:
    """One text in front of the steps.

    Attributes:
        claims: all claims of rules, in the order of the text, those of keep rules among them.
        site: where the text is from, if that is known.
        corpus: what the counts of a corpus tell of that site.
        wants: whether the caller asked for what a rule takes.
        judged: whether the text is what a page's structure left: whoever judged that knows more of its lines than they
            tell.
        warnings: what the reader should know.
        fit: claims that meet their conditions and no veto, whatever comes of them.
        found: claims that steps made themselves on what they know; they support what others take.
        keepers: claims of keep rules that hold.
        lines: who takes which line.
        spans: who takes parts of lines; disjoint, in the order of the text.
        unseen: who takes lines that the view does not show.
        notes: who did not get text, in the order of the steps.
    """

    document: Document
    view: View
    level: Level
    claims: Sequence[Claim]
    site: SiteMatch | None = None
    corpus: SiteCounts | None = None
    wants: Callable[[Rule], bool] = lambda rule: True
    judged: bool = False
    warnings: list[str] = field(default_factory=list)
    fit: list[Claim] = field(default_factory=list)
    found: list[Claim] = field(default_factory=list)
    keepers: list[Claim] = field(default_factory=list)
    lines: dict[int, Claim] = field(default_factory=dict)
    spans: list[Claim] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    _step: str = ""

    def run(self, steps: Iterable[Step]) -> Board:
        """Apply steps in their order.  One that meets an error which nobody foresaw is left out, with a warning.

        Raises:
            RuleFault: a rule cannot be used on the text.
        """
        for step in steps:
            self._step = step.name
            before = dict(self.lines), list(self.spans), list(self.unseen)
            try:
                step.apply(self)
            except (RuleFault, CleanerError, MemoryError):
                raise
            except Exception as error:
                self.warnings.append(left_out(f"the step `{step.name}`", error))
                if step.saves:
                    self._hold({}, [], [])
                    break
                self._hold(*before)
        return self

    def _hold(self, lines: dict[int, Claim], spans: list[Claim], unseen: list[Unseen]) -> None:
        self.lines.clear()
        self.lines.update(lines)
        self.spans, self.unseen = spans, unseen

    def afresh(self, fit: Sequence[Claim]) -> Board:
        """The same text with nothing taken yet, and with no other claims than these, which are fit."""
        return Board(self.document, self.view, self.level, fit, self.site, wants=self.wants, fit=list(fit))

    def without(self, rule: Rule, warning: str) -> Board:
        """The same text before any step, but for the claims of a rule that cannot be used on it."""
        claims = [claim for claim in self.claims if claim.rule is not rule]
        warnings = [*self.warnings, warning]
        return Board(
            self.document,
            self.view,
            self.level,
            claims,
            self.site,
            self.corpus,
            self.wants,
            self.judged,
            warnings=warnings,
        )

    # --- what steps say

    def take(self, first: int, last: int, claim: Claim) -> list[int]:
        """Give a claim those of the lines `first` to `last` that nobody has; these are returned."""
        new = [line for line in range(first, last + 1) if line not in self.lines]
        self.lines.update(dict.fromkeys(new, claim))
        return new

    def take_as(self, first: int, last: int, rule: Rule) -> list[int]:
        """The same for a rule of a step that has no claim; its evidence is what the lines say."""
        evidence = Evidence(rule.id, Reason.of("matched", text=self.view.line_text(first, last)))
        start, end = self.view.lines[first][0], self.view.lines[last][1]
        return self.take(first, last, Claim(rule, start, end, first, last, whole=True, evidence=(evidence,)))

    def give_back(self, claim: Claim, lines: Iterable[int], why: Reason) -> None:
        """Let lines that a claim has stay, and note why."""
        for line in lines:
            del self.lines[line]
        self.keep(claim, why)

    def keep(self, claim: Claim, why: Reason) -> None:
        """Note what saved the text from a claim."""
        self.notes.append(Note(self._step, "kept", claim, why))

    def lacks(self, claim: Claim, why: Reason) -> None:
        """Note what a claim lacks."""
        self.notes.append(Note(self._step, "unmet", claim, why))

    # --- what steps ask

    @property
    def strong(self) -> list[Claim]:
        """The fit claims that are sure enough for the level."""
        return [claim for claim in self.fit if RANK[claim.rule.confidence] >= NEEDS[self.level]]

    @property
    def weak(self) -> list[Claim]:
        """The fit claims that are not: they take nothing alone."""
        return [claim for claim in self.fit if RANK[claim.rule.confidence] < NEEDS[self.level]]

    def facts(self) -> Iterator[Fact]:
        """Every claim of a rule with how it stands, in the order of the text."""
        notes = {note.claim: note for note in self.notes}
        keepers, strong = set(self.keepers), set(self.strong)
        for claim in self.claims:
            if note := notes.get(claim):
                yield Fact(claim, note.fate, note.why)
            elif claim.rule.keep:
                yield Fact(claim, "keeper" if claim in keepers else "unmet")
            else:
                yield Fact(claim, "strong" if claim in strong else "weak")

    @cached_property
    def vetoes(self) -> Vetoes:
        """What saves a text from a claim; to be asked once the keepers are known."""
        return Vetoes(self.document, self.view, self.keepers)

    @cached_property
    def quotations(self) -> Quotations:
        """What is quoted, as things stand when it is asked."""
        return Quotations(self.document, self.view, self.lines)

    def stays(self, first: int, last: int) -> bool:
        """Whether lines must not go on weak evidence: they are quoted, or hold code."""
        return self.vetoes.lines_protected(first, last) or self.quotations.veto(first, last) is not None

    # --- what came of it

    @property
    def kept(self) -> list[Note]:
        """What was saved from claims, in the order of the text."""
        notes = (note for note in self.notes if note.fate == "kept")
        return sorted(notes, key=lambda note: (note.claim.start, note.claim.end, note.claim.rule.id))

    @property
    def unmet(self) -> list[Note]:
        """The claims that lack something, in the order of the steps."""
        return [note for note in self.notes if note.fate == "unmet"]

    def taken(self) -> list[Taken]:
        """What goes, disjoint and in the order of the text; neighbouring lines of one claim are together."""
        groups: list[Taken] = []
        for line in sorted(self.lines):
            claim = self.lines[line]
            last = groups[-1] if groups else None
            if last and last.lines and last.claim is claim and last.lines[1] == line - 1:
                groups[-1] = replace(last, lines=(last.lines[0], line))
            else:
                groups.append(Taken(claim, (line, line)))
        groups += (Taken(claim, None) for claim in self.spans)
        return sorted(groups, key=lambda taken: taken.span(self.view))

    @cached_property
    def speaking(self) -> Speaking:
        """What spoke for what was taken; to be asked once nothing more is taken."""
        return Speaking(self.view.text, (*self.fit, *self.found))
