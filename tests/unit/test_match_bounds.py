"""The work for a hit is bounded, in all conditions, and a rule that takes too long costs that rule alone."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.match import conditions, matchers
from cleaner.match.claims import Claim, _Marked
from cleaner.match.conditions import REACH, Reach, Surroundings, saves
from cleaner.match.matchers import RuleFault, in_time, pattern_in
from cleaner.model import Document, Rule
from cleaner.rulebook import store as storing
from cleaner.view import View
from tests.linear import is_linear, seconds

RULE = Rule("a.b", "generic/a", "share", "certain", "line", "m", "phrases", (), ())
OTHERS = [RULE, *(Rule(f"a.{n}", "generic/a", "share", "certain", "line", "m", "phrases", (), ()) for n in "cd")]
PACK = """\
format: 1
pack: generic/bounds
description: Rules whose conditions look around.
languages: [any]
rules:
  - id: bounds.token
    category: share
    confidence: certain
    scope: {scope}
    message: a token
    phrases: [zonk quux]
    when: {{{when}}}
    tests: {{removes: [zonk quux], keeps: [zonk]}}
  - id: bounds.mark
    category: related
    confidence: certain
    scope: line
    message: another token
    phrases: [fnord corge]
    tests: {{removes: [fnord corge], keeps: [fnord]}}
"""
SLOW = "(?:a|aa)+$"
HARD = "a" * 60 + "b"


def cleaner_with(folder: Path, when: str, scope: str = "span") -> cleaner.Cleaner:
    (folder / "bounds.yaml").write_text(PACK.format(when=when, scope=scope), encoding="utf-8")
    return cleaner.Cleaner(rules=[folder])


claims = st.lists(st.tuples(st.sampled_from(OTHERS), st.integers(0, 9), st.integers(0, 4)), max_size=8).map(
    lambda rows: sorted((Claim(rule, 0, 1, first, first + more) for rule, first, more in rows), key=lambda c: c.first)
)


@given(claims, st.integers(0, 12), st.integers(0, 3), st.sampled_from(OTHERS))
def test_reach_says_what_a_look_at_all_claims_says(found: Sequence[Claim], first: int, more: int, rule: Rule) -> None:
    last = first + more
    expected = any(c.rule is not rule and c.first <= last and c.last >= first for c in found)
    assert Reach(found).touches(first, last, rule) is expected


@given(st.lists(st.booleans(), max_size=12), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=9))
def test_marked_lines_are_found_as_by_a_search_from_the_start(
    marks: Sequence[bool], asked: Sequence[tuple[int, int]]
) -> None:
    marked = _Marked(lambda line: marks[line])
    for start, stop in asked:
        lines = range(start, min(stop, len(marks)))
        assert marked.first(start, min(stop, len(marks))) == next((line for line in lines if marks[line]), None)


def test_each_line_is_asked_once_by_questions_that_go_down() -> None:
    seen: list[int] = []
    marked = _Marked(lambda line: seen.append(line) or line % 50 == 49)  # type: ignore[func-returns-value]
    for start in range(100):
        marked.first(start, start + 30)
    assert seen == sorted(set(seen))


def test_buttons_have_a_few_words_and_a_line_of_their_own() -> None:
    lines = ["one two three four five six seven eight", "one two three four five six seven eight nine", "one", "two"]
    view = View("\n".join(lines))
    found = [Claim(RULE, 0, 3, 0, 0), Claim(RULE, 40, 43, 1, 1), Claim(OTHERS[1], *view.lines[2], 2, 2)]
    over_two = Claim(RULE, view.lines[2][0], view.lines[3][1], 2, 3)
    around = Surroundings(Document(view.text, "text"), view, [*found, over_two])
    assert around.buttons == {(RULE, 0), (OTHERS[1], 2)}


CONDITIONS: list[dict[str, object]] = [
    {"near": {"regex": "nowhere at all"}},
    {"near": {"phrases": ("nowhere at all",)}},
    {"near": {"category": ("related",)}},
    {"near": {"rule": ("a.b", "a.c"), "within": 50}},
    {"followed_by": {"regex": "^nowhere at all$"}},
    {"preceded_by": {"max_words": 3}},
    {"alone": True},
    {"repeated": 2},
    {"max_words": 10},
    {"zone": "code"},
    {"linked": 0.5},
    {"about": ["templates"]},
    {"position": {"tail": 0.1}},
]


@pytest.mark.parametrize("group", CONDITIONS, ids=str)
@pytest.mark.parametrize("joint", [" ", "\n", "\n\n"], ids=["a line", "lines", "blocks"])
def test_the_cost_of_a_condition_is_linear_in_the_number_of_hits(group: dict[str, object], joint: str) -> None:
    def cost(hits: int) -> float:
        document = Document(joint.join(["zonk quux and so on"] * hits), "text")
        view = View(document.text)
        spans = (m.span() for m in re.finditer("zonk quux", view.text))
        found = [Claim(RULE, start, end, view.line_at(start), view.line_at(start)) for start, end in spans]
        around = Surroundings(document, view, found)
        return seconds(lambda: [saves(group, claim, around) for claim in found])

    assert is_linear(cost, 1000)


@pytest.mark.parametrize("when", [CONDITIONS[0], CONDITIONS[2]], ids=str)
def test_tokens_on_a_line_cost_what_they_are_worth(tmp_path: Path, when: dict[str, object]) -> None:
    one = cleaner_with(tmp_path, str(when)[1:-1].replace("(", "[").replace(",)", "]"))

    assert is_linear(lambda hits: seconds(lambda: one.clean("zonk quux and so on " * hits)), 500)


def test_what_lies_side_by_side_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = cleaner_with(tmp_path, "near: {regex: 'nowhere at all'}")
    seen: list[int] = []

    def counted(rule: Rule, pattern: str, text: str) -> bool:
        seen.append(len(text))
        return pattern_in(rule, pattern, text)

    monkeypatch.setattr(conditions, "pattern_in", counted)
    text = "zonk quux " * 6_000
    one.clean(text)
    assert max(seen) <= 4 * REACH
    assert sum(seen) <= 8 * len(text)


@pytest.mark.parametrize(("gap", "found"), [(REACH // 2, True), (REACH - 200, True), (4 * REACH, False)])
@pytest.mark.parametrize("where", ["above", "below"])
def test_near_sees_as_far_as_it_says(tmp_path: Path, gap: int, found: bool, where: str) -> None:
    one = cleaner_with(tmp_path, f"near: {{regex: 'so say we', where: {where}}}")
    far = "word " * (gap // 5)
    text = f"So say we. {far}zonk quux and an end." if where == "above" else f"It is zonk quux. {far}So say we."
    assert bool(one.clean(text).report.removals) is found


def test_a_look_is_taken_again_if_others_took_the_time() -> None:
    allowed: list[float] = []

    def look(seconds: float) -> str:
        allowed.append(seconds)
        if len(allowed) < 4:
            raise TimeoutError
        return "found"

    assert in_time(RULE, look) == "found"
    assert allowed == [1.0, 1.0, 2.0, 4.0]


def test_a_look_of_a_thread_that_took_the_time_itself_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matchers, "TIMEOUT", 0.05)
    with pytest.raises(RuleFault, match=r"rule a\.b took too long"):
        pattern_in(RULE, SLOW, HARD)


def test_other_threads_do_not_use_up_the_time_of_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look runs into the time-out of `regex`, which counts the threads that hash, too."""
    text = "a" * 25 + "b"
    start = time.thread_time()
    pattern_in(RULE, SLOW, text)
    alone = time.thread_time() - start
    monkeypatch.setattr(matchers, "TIMEOUT", 2.5 * alone)
    over = False

    def hash_on() -> None:
        while not over:
            hashlib.pbkdf2_hmac("sha256", b"a", b"b", 20_000)  # without the lock of the interpreter

    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(hash_on)
        try:
            assert not pattern_in(RULE, SLOW, text)
        finally:
            over = True


@pytest.mark.parametrize(
    "when", [f"near: {{regex: '{SLOW}'}}", f"followed_by: {{regex: '{SLOW}'}}", f"preceded_by: {{regex: '{SLOW}'}}"]
)
def test_a_condition_that_takes_too_long_costs_its_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    monkeypatch.setattr(matchers, "TIMEOUT", 0.05)
    one = cleaner_with(tmp_path, when, scope="line")
    text = f"A story begins here.\n\n{HARD}\nzonk quux\n{HARD}\n\nfnord corge\n\nAnd here it ends.\n"
    result = one.clean(text)
    assert result.report.warnings == ("rule bounds.token took too long and was left out; see `cleaner rules lint`",)
    assert [removal.rule for removal in result.report.removals] == ["bounds.mark"]


def test_the_end_of_a_section_that_takes_too_long_costs_its_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matchers, "TIMEOUT", 0.05)
    section = f"section\n    section: {{max_lines: 5, max_fraction: 50%, until: '{SLOW}'}}"
    one = cleaner_with(tmp_path, "max_words: 9", scope=section)
    result = one.clean(f"A story begins here.\n\nzonk quux\n{HARD}\n\nfnord corge\n\nAnd here it ends.\n")
    assert result.report.warnings == ("rule bounds.token took too long and was left out; see `cleaner rules lint`",)
    assert [removal.rule for removal in result.report.removals] == ["bounds.mark"]


def test_a_shipped_pattern_that_this_machine_cannot_compile_costs_its_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    pack = PACK.format(when="near: {regex: '(?:'}", scope="line")
    (rules / "pack.yaml").write_text(pack, encoding="utf-8")
    monkeypatch.setattr(storing, "shipped_rules", lambda: str(rules))
    result = cleaner.Cleaner().clean("A story.\n\nzonk quux\n\nfnord corge\n\nAnd here it ends, at last, for all.\n")
    (warning,) = result.report.warnings
    assert warning.startswith("rule bounds.token has a pattern that cannot be compiled and was left out")
    assert [removal.rule for removal in result.report.removals] == ["bounds.mark"]


def test_a_long_line_with_one_token(tmp_path: Path) -> None:
    one = cleaner_with(tmp_path, "near: {regex: '^zonk quux$'}")
    start = time.process_time()
    result = one.clean("word " * 600_000 + "zonk quux")
    assert time.process_time() - start < 60
    assert not result.report.warnings
