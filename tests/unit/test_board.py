"""The board: what steps find on it, what they do to it, and how a new kind of evidence is plugged in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.decide.board import Board, Step, Taken, Unseen
from cleaner.decide.cover import Cover
from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.steps import CHECKING, JUDGING, STEPS, TAKING, coverage, level
from cleaner.match.claims import Claim
from cleaner.model import Evidence, Format, Level, SiteMatch
from cleaner.pipeline import Setup, match
from cleaner.read.intake import take_in
from cleaner.reasons import Reason
from cleaner.tools.trial import Trial
from cleaner.view import View
from tests.unit.test_decide import LONG, RULES

TRIAL = Trial([("made-up.yaml", RULES.encode())])
MODEL = engine_rule("model.line", "boilerplate", "line", "a line that a model takes for a leftover")


def board(*lines: str, level: Level = "normal", format: Format = "text") -> Board:
    """A board with these lines between two paragraphs; nothing is decided yet."""
    source = "\n\n".join((LONG, *lines, LONG))
    return match(Setup(TRIAL.book, level), take_in(source, format=format))


def left(board: Board) -> list[str]:
    """The lines that nobody took, without the paragraphs."""
    lines = range(1, len(board.view.lines) - 1)
    return [board.view.line_text(line) for line in lines if line not in board.lines]


def model(*leftovers: str) -> Step:
    """A kind of evidence that is sure of some lines, whatever they say."""

    def apply(board: Board) -> None:
        if board.level == "safe" or not board.wants(MODEL):
            return
        for line, (start, end) in enumerate(board.view.lines):
            if board.view.line_text(line) not in leftovers or line in board.lines:
                continue
            saw = Reason.of("words", text="it looks like one")
            claim = Claim(MODEL, start, end, line, line, whole=True, evidence=(Evidence(MODEL.id, saw),))
            veto = board.vetoes.against(claim) or board.quotations.veto(line, line)
            if veto:
                board.keep(claim, veto)
            else:
                board.take(line, line, claim)

    return Step("model", apply, (MODEL,))


def with_model(*leftovers: str) -> tuple[Step, ...]:
    """The steps with the model behind the rules' own lines."""
    after = STEPS.index(coverage.STEP) + 1
    return (*STEPS[:after], model(*leftovers), *STEPS[after:])


def test_the_page_on_architecture_lists_the_steps_in_their_order() -> None:
    assert (*JUDGING, *TAKING, *CHECKING) == STEPS
    told = (
        (Path(__file__).parents[2] / "docs" / "architecture.md").read_text("utf-8").split("A decision is a list of")[1]
    )
    rows = re.findall(r"^\| (\w+) \|", told.split("\n\n")[1], re.MULTILINE)
    assert rows == ["step", *(step.name for step in STEPS)]


def test_facts_are_all_claims_with_how_they_stand() -> None:
    one = board("Zorb it", "9 zorbles", "You should zorb it", "The word quux", "Blarg")
    one.run(JUDGING)
    facts = {(one.view.text[f.claim.start : f.claim.end], f.claim.rule.id): f for f in one.facts()}
    assert {key: (fact.standing, fact.why and fact.why.code) for key, fact in facts.items()} == {
        ("Zorb it", "t.zorb"): ("strong", None),
        ("9 zorbles", "t.price"): ("weak", None),
        ("zorb it", "t.zorb"): ("unmet", "part-of-line"),
        ("The word quux", "t.keep"): ("keeper", None),
        ("quux", "t.quux"): ("unmet", "part-of-line"),
        ("Blarg", "t.near"): ("unmet", "condition"),
    }
    assert facts["9 zorbles", "t.price"].claim.rule.confidence == "medium"


def test_every_note_names_its_step() -> None:
    one = board("Blarg", "You should zorb it", "Quux", "Blarg\ngrammar", "9 zorbles").run(STEPS)
    assert {(note.step, note.fate, note.claim.rule.id, note.why.code) for note in one.notes} == {
        ("conditions", "unmet", "t.near", "condition"),
        ("conditions", "unmet", "t.zorb", "part-of-line"),
        ("conditions", "kept", "t.near", "unless"),
        ("level", "kept", "t.price", "needs-neighbours"),
    }


def test_a_line_is_taken_once_and_can_be_given_back() -> None:
    one = board("Zorb it", "and more").run(JUDGING)
    (claim,) = one.strong
    assert one.take(1, 1, claim) == [1]
    assert one.take(1, 2, Claim(MODEL, 0, 1, 1, 2)) == [2]
    assert one.lines[1] is claim
    one.give_back(claim, [1], Reason.of("title"))
    assert left(one) == ["Zorb it"]
    assert [(note.claim, note.why.code) for note in one.kept] == [(claim, "title")]


def test_neighbouring_lines_of_a_claim_go_together() -> None:
    one = board("More zorbs\nOne\nTwo", "stays").run(STEPS)
    assert [(taken.rule.id, taken.lines) for taken in one.taken()] == [("t.section", (1, 4))]
    again = one.afresh(one.fit)
    assert (again.lines, again.notes, again.fit) == ({}, [], one.fit)


@pytest.mark.parametrize(
    ("level", "expected"),
    [("safe", ["A wozzle", "9 zorbles", "stays"]), ("normal", ["stays"]), ("aggressive", ["stays"])],
)
def test_a_new_kind_of_evidence_and_weak_rules_lean_on_each_other(level: Level, expected: list[str]) -> None:
    """Alone neither line goes for the weak rule; beside what the model takes the price does."""
    lines = ("Quux", "A wozzle", "9 zorbles", "Quux", "stays")
    alone = board("A wozzle", "9 zorbles", "stays").run(STEPS)
    assert left(alone) == ["A wozzle", "9 zorbles", "stays"]
    one = board(*lines, level=level).run(with_model("A wozzle"))
    assert left(one) == expected


def test_certain_rules_and_keep_rules_go_before_a_new_kind_of_evidence() -> None:
    one = board("Quux", "The word quux", "This is what it said:\n\nA wozzle").run(
        with_model("Quux", "The word quux", "A wozzle")
    )
    assert one.lines[1].rule.id == "t.quux"
    vetoes = {one.view.text[n.claim.start : n.claim.end]: n.why for n in one.kept if n.claim.rule is MODEL}
    assert vetoes == {"The word quux": Reason.of("keep-rule", rule="t.keep"), "A wozzle": Reason.of("introduced")}


def test_the_evidence_names_what_else_spoke_for_it() -> None:
    one = board("9 zorbles").run(with_model("9 zorbles"))
    (taken,) = one.taken()
    assert one.speaking.evidence(taken) == (
        Evidence(MODEL.id, Reason.of("words", text="it looks like one")),
        Evidence("t.price", Reason.of("matched", text="9 zorbles")),
    )


def harm(one: Board) -> None:
    """What a step may do before it fails."""
    claim = one.claims[0]
    one.lines.clear()
    one.take(2, 3, claim)
    one.spans.append(claim)
    one.unseen.append(Unseen(MODEL, 0, 1, ()))
    raise ZeroDivisionError("nobody foresaw it")


def test_a_step_that_fails_leaves_what_was_taken_before_it() -> None:
    one = board("Zorb it", "A line with %%zed%% in it").run(STEPS)
    one.unseen.append(Unseen(MODEL, 5, 6, ()))
    before = dict(one.lines), list(one.spans), list(one.unseen)
    assert all(before)
    after: list[str] = []
    one.run((Step("harm", harm), Step("next", lambda board: after.append("reached"))))
    assert (one.lines, one.spans, one.unseen) == before
    assert after == ["reached"]
    (warning,) = one.warnings
    assert "the step `harm`" in warning
    assert "ZeroDivisionError" in warning


def test_nothing_goes_if_a_step_fails_that_saves_text() -> None:
    one = board("Zorb it", "A line with %%zed%% in it").run(STEPS)
    after: list[str] = []
    one.run((Step("harm", harm, saves=True), Step("next", lambda board: after.append("reached"))))
    assert (one.lines, one.spans, one.unseen, after) == ({}, [], [], [])


def test_what_a_board_afresh_and_one_without_a_rule_keep() -> None:
    site = SiteMatch("generic/made-up", "url", ())
    one = replace(board("Zorb it", "Quux"), site=site, wants=lambda rule: False, judged=True, warnings=["before"])
    zorb = one.claims[0]
    less = one.without(zorb.rule, "too slow")
    assert [claim.rule.id for claim in less.claims] == ["t.quux"]
    assert less.warnings == ["before", "too slow"]
    assert one.warnings == ["before"]
    same = ("document", "view", "level", "site", "corpus", "wants")
    assert [getattr(less, name) for name in (*same, "judged")] == [getattr(one, name) for name in (*same, "judged")]
    again = one.afresh([zorb])
    assert [getattr(again, name) for name in same] == [getattr(one, name) for name in same]
    assert (again.claims, again.fit) == ([zorb], [zorb])


def test_lines_that_a_step_takes_say_themselves_why() -> None:
    one = board("One\nTwo", "Three")
    assert one.take_as(1, 2, MODEL) == [1, 2]
    claim = one.lines[1]
    assert (one.view.text[claim.start : claim.end], claim.first, claim.last, claim.whole) == ("One\nTwo", 1, 2, True)
    assert claim.evidence == (Evidence(MODEL.id, Reason.of("matched", text="One\nTwo")),)


def test_strong_and_weak_are_all_that_is_fit() -> None:
    one = board("Zorb it", "Quux", "9 zorbles", "Glimp").run(JUDGING)
    assert [claim.rule.id for claim in one.strong] == ["t.zorb", "t.quux"]
    assert [claim.rule.id for claim in one.weak] == ["t.price", "t.button"]


def test_a_keep_rule_that_does_not_hold_is_unmet() -> None:
    one = board("The word quux").run(JUDGING)
    one.keepers.clear()
    assert {fact.claim.rule.id: fact.standing for fact in one.facts()} == {"t.keep": "unmet", "t.quux": "unmet"}


def test_code_stays_and_what_is_quoted() -> None:
    one = board("```\nZorb it\n```", "This is what it said:\n\nQuux", "Glimp", format="markdown").run(JUDGING)
    found = {one.view.line_text(line): one.stays(line, line) for line in range(1, len(one.view.lines) - 1)}
    assert (found["Zorb it"], found["Quux"], found["Glimp"]) == (True, True, False)


def test_what_was_kept_and_what_is_unmet_are_told_apart() -> None:
    one = board("The word quux", "You should zorb it", "Quux", "Blarg\ngrammar", "9 zorbles").run(STEPS)
    assert [(note.claim.rule.id, note.why.code) for note in one.kept] == [
        ("t.near", "unless"),
        ("t.price", "needs-neighbours"),
    ]
    assert [note.claim.rule.id for note in one.unmet] == ["t.quux", "t.zorb"]


def test_who_speaks_for_lines_and_for_spans() -> None:
    one = board("One", "Two", "Three", "Four")
    starts = [start for start, _ in one.view.lines]
    rules = [engine_rule(f"model.{name}", "share", "line", name) for name in "abcdefg"]

    def claim(rule: int, first: int, last: int, start: int = 0, end: int = 1) -> Claim:
        return Claim(rules[rule], starts[first] + start, starts[last] + end, first, last)

    mine, own = claim(0, 1, 4), claim(0, 2, 2)
    one.fit = [claim(1, 3, 3), claim(2, 2, 2), own, claim(3, 1, 1), claim(4, 4, 4)]
    one.found = [claim(5, 0, 3), claim(6, 2, 2, 1, 3)]
    assert [evidence.rule for evidence in one.speaking.evidence(Taken(mine, (2, 3)))] == [
        *("model.c", "model.f", "model.g", "model.b")
    ]
    assert one.speaking.evidence(Taken(claim(0, 2, 2, 1, 3), None)) == (
        Evidence("model.f", Reason.of("matched", text=one.view.text[: starts[3] + 1])),
        Evidence("model.g", Reason.of("matched", text="wo")),
    )


def test_a_claim_over_lines_falls_with_one_and_takes_others_with_it() -> None:
    view = View("one two\nthree four\nfive")

    def claim(words: str, first: int, last: int) -> Claim:
        start = view.text.index(words)
        return Claim(MODEL, start, start + len(words), first, last)

    both, left, right, alone = claim("two\nthree", 0, 1), claim("one", 0, 0), claim("four", 1, 1), claim("five", 2, 2)
    whole = Cover(view, [both, left, right, alone])
    assert (whole.lines, whole.standing) == ({0, 1, 2}, {both, left, right, alone})
    for missing in (left, right):
        some = [one for one in (both, left, right, alone) if one is not missing]
        cover = Cover(view, some)
        assert (cover.lines, cover.standing) == ({2}, {alone})


def test_who_went_away_empty_is_told_unless_another_took_its_text() -> None:
    one = board("One", "Two", "Three", "Four")

    def claim(name: str, first: int, last: int, start: int = 0, end: int = 0) -> Claim:
        rule = engine_rule(f"model.{name}", "share", "line", name, "medium")
        view = one.view.lines
        return Claim(rule, view[first][0] + start, view[last][1] - end, first, last)

    taker, told, empty = claim("taker", 2, 3), claim("told", 1, 1), claim("empty", 1, 1)
    inside, before, behind, across = (
        *(claim("inside", 2, 2), claim("before", 1, 1), claim("behind", 4, 4)),
        claim("across", 1, 2, 0, 1),
    )
    one.take(2, 3, taker)
    one.fit = [taker, told, empty, inside, across]
    one.found = [before, behind]
    one.keep(told, Reason.of("title"))
    one.run((level.STEP,))
    alone = Reason.of("needs-neighbours", confidence="medium")
    assert [(note.claim.rule.id, note.why) for note in one.notes] == [
        ("model.told", Reason.of("title")),
        *((f"model.{name}", alone) for name in ("empty", "before", "behind")),
    ]


def test_a_claim_that_ends_where_another_begins_is_not_overlapped() -> None:
    one = board("One Two")
    start, end = one.view.lines[1]
    left, right = (engine_rule(f"model.{name}", "share", "span", name, "medium") for name in ("left", "right"))
    one.spans.append(Claim(left, start, start + 3, 1, 1))
    one.fit = [
        Claim(right, start + 3, end, 1, 1),
        Claim(right, start - 1, start, 1, 1),
        Claim(right, start + 2, end, 1, 1),
    ]
    one.run((level.STEP,))
    assert [(note.claim.start - start, note.claim.end - start) for note in one.notes] == [(3, 7), (-1, 0)]


def test_what_a_claim_lacks_and_what_saved_its_text_are_told() -> None:
    one = board("Blarg", "Quux\nBlarg\ngrammar").run(JUDGING)
    assert {(note.fate, note.why) for note in one.notes} == {
        ("unmet", Reason.of("condition", condition="near")),
        ("kept", Reason.of("unless", conditions="near")),
    }


MORE = r"""
  - id: t.keep-long
    message: saves long ones
    scope: line
    keywords: [fleem]
    regex: '^fleem.{0,40}$'
    when: {min_words: 3}
    unless: [{max_words: 4, alone: true}]
    tests: {keeps: ['Fleem one two three four']}
"""


def test_a_keep_rule_holds_where_its_conditions_do_and_no_exception() -> None:
    trial = Trial([("made-up.yaml", (RULES.rstrip("\n") + MORE).encode())])
    lines = ("Fleem one", "Fleem one two", "Fleem one two\nthree", "Fleem one two three four")
    source = "\n\n".join((LONG, *lines, LONG))
    one = match(Setup(trial.book, "normal"), take_in(source, format="text")).run(JUDGING)
    kept = [one.view.text[claim.start : claim.end] for claim in one.keepers]
    assert kept == ["Fleem one two", "Fleem one two three four"]
    assert one.notes == []


def test_all_conditions_of_an_exception_are_told() -> None:
    one_more = RULES.replace("phrases: [grammar], within: 2}", "phrases: [grammar], within: 2}, max_words: 9")
    trial = Trial([("made-up.yaml", one_more.encode())])
    source = "\n\n".join((LONG, "Quux\nBlarg\ngrammar", LONG))
    one = match(Setup(trial.book, "normal"), take_in(source, format="text")).run(JUDGING)
    assert [note.why for note in one.kept] == [Reason.of("unless", conditions="near and max_words")]
