"""How claims win and lose: cover, company, vetoes, levels, conflicts, budget.

Every rule here is made by the test, and the shipped ones are out of play.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import cleaner
from cleaner.model import Level

RULES = r"""
format: 1
pack: generic/made-up
description: for tests
languages: [any]
rules:
  - id: t.zorb
    category: subscription
    confidence: high
    scope: line
    message: says zorb
    phrases: [zorb it, zorb it now]
    tests: {removes: [Zorb it], keeps: [x]}
  - id: t.quux
    category: share
    confidence: certain
    scope: line
    message: says quux
    phrases: [quux]
    tests: {removes: [Quux], keeps: [x]}
  - id: t.price
    category: subscription
    confidence: medium
    scope: line
    message: a price
    keywords: [zorbles]
    regex: '^\d+ zorbles$'
    tests: {removes: [9 zorbles], keeps: [x]}
  - id: t.button
    category: share
    confidence: low
    scope: line
    message: a button
    phrases: [glimp]
    tests: {removes: [Glimp], keeps: [x]}
  - id: t.token
    category: template-token
    confidence: certain
    scope: span
    message: a token
    keywords: ['%%zed']
    regex: '%%zed\w{0,9}%%'
    tests: {removes: ['%%zed%%'], keeps: [x]}
  - id: t.block
    category: cookie
    confidence: high
    scope: block
    message: a block
    phrases: [we zorble cookies]
    when: {max_words: 30}
    tests: {removes: [we zorble cookies], keeps: [x]}
  - id: t.section
    category: related
    confidence: high
    scope: section
    message: a section
    phrases: [more zorbs]
    section: {max_lines: 3, max_fraction: 60%, item_words: 8}
    tests: {removes: [More zorbs], keeps: [x]}
  - id: t.glue
    category: icon-label
    confidence: high
    scope: line
    message: labels
    line_of: {atoms: [florp, snib, wug wug], need: [florp], min_atoms: 2}
    tests: {removes: [FlorpSnib], keeps: [x]}
  - id: t.near
    category: legal
    confidence: high
    scope: line
    message: near
    phrases: [blarg]
    when: {near: {category: [share], within: 1, where: above}}
    unless: [{near: {phrases: [grammar], within: 2}}]
    tests: {removes: [Blarg], keeps: [x]}
  - id: t.enter
    category: navigation
    confidence: high
    scope: line
    message: a button whose words a sentence may break at
    phrases: [step in, join up]
    unless: [{preceded_by: {regex: ' in$'}}]
    tests: {removes: [Step in], keeps: [x]}
keep:
  - id: t.keep
    message: saves it
    scope: line
    keywords: [the word]
    regex: '^the word quux.{0,40}$'
    tests: {keeps: ['The word quux']}
"""
LONG = "The harbour master said on Tuesday that the ferry to the islands would run until the end of October."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("rules")
    (path / "made-up.yaml").write_text(RULES, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.rulebook.store.shipped_rules", lambda: str(tmp_path_factory.mktemp("empty")))
        yield path


def left(folder: Path, text: str, level: Level = "normal") -> str:
    """What is left between two long paragraphs."""
    source = f"{LONG}\n\n{text}\n\n{LONG}\n"
    result = cleaner.clean(source, rules=[folder], level=level, format="text")
    assert cleaner.restore(result.text, result.report).decode() == source
    return result.text.removeprefix(LONG).removesuffix(f"{LONG}\n").strip("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zorb it", ""),
        ("ZORB  IT!", ""),
        ("• Zorb it now »", ""),
        ("Zorb\nit", ""),
        ("You should zorb it", "You should zorb it"),
        ("Zorb it Quux", ""),
        ("Zorb itQuux", ""),
        ("Zorb it quuxes", "Zorb it quuxes"),
        ("Zorb itself", "Zorb itself"),
        ("Zorb\nit Quux\nNow", "Now"),
        ("Quux\nZorb it and stay", "Zorb it and stay"),
    ],
)
def test_cover(folder: Path, text: str, expected: str) -> None:
    assert left(folder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 zorbles", "9 zorbles"),
        ("Zorb it\n9 zorbles", ""),
        ("Zorb it\n\n9 zorbles", ""),
        ("Quux\n9 zorbles", "9 zorbles"),
        ("Quux\n9 zorbles\nQuux", ""),
        ("Quux\nGlimp", "Glimp"),
        ("Quux\nGlimp\nZorb it", ""),
        ("Zorb it\nSix odd words stand here now\nZorb it", ""),
        ("Glimp quux", ""),
        ("Zorb it\nSix odd words stand here now\nQuux", "Six odd words stand here now"),
        ("Zorb it 9 zorbles", "Zorb it 9 zorbles"),
    ],
)
def test_company(folder: Path, text: str, expected: str) -> None:
    assert left(folder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Step in\nJoin up", ""),
        ("Step in\n\nJoin up\nStep in", ""),
        ("You walk in\nJoin up", "You walk in\nJoin up"),
        ("You step in\nJoin up", "You step in\nJoin up"),
        ("\n".join(["Step in"] * 500), ""),
    ],
)
def test_two_buttons_are_no_sentence(folder: Path, text: str, expected: str) -> None:
    assert left(folder, text) == expected


def test_a_box_that_repeats_with_other_line_breaks(folder: Path) -> None:
    slogan = "The finest news of all the islands, read by those who know."
    other = "A paragraph long enough to be one, about the ferry, the harbour, the wind, tide and fog of May and June."
    box = f"Zorb it\n\n{slogan}\n\nZorb it\n\n{slogan[:20]}\n{slogan[20:]}"
    assert left(folder, box) == ""
    assert left(folder, f"Zorb it\n\n{slogan}\n\n{slogan}x") == f"{slogan}\n\n{slogan}x"
    far = f"Zorb it\n\n{slogan}\n\n{other}\n\nZorb it\n\n{slogan}"
    assert left(folder, far) == f"{slogan}\n\n{other}\n\n{slogan}"


def test_spans_take_only_themselves(folder: Path) -> None:
    assert left(folder, "Dear %%zedname%%, welcome") == "Dear, welcome"
    assert left(folder, "%%zed%% %%zed%%") == ""


def test_blocks_and_sections(folder: Path) -> None:
    assert left(folder, "Here\nwe zorble cookies\nfor you") == ""
    assert left(folder, "More zorbs\nFirst headline\nSecond headline") == ""
    assert left(folder, f"More zorbs\nA headline\n{LONG}") == LONG
    assert left(folder, "More zorbs\na\nb\nc\nd") == "More zorbs\na\nb\nc\nd"


def test_labels(folder: Path) -> None:
    assert left(folder, "FlorpSnib wug wugFlorp") == ""
    assert left(folder, "Snib wug wug") == "Snib wug wug"
    assert left(folder, "Florp") == "Florp"
    assert left(folder, "Florp Snibs") == "Florp Snibs"


def test_conditions(folder: Path) -> None:
    assert left(folder, "Blarg") == "Blarg"
    assert left(folder, "Quux\nBlarg") == ""
    assert left(folder, "Blarg\nQuux") == "Blarg"
    assert left(folder, "Quux\nBlarg\nof grammar") == "Blarg\nof grammar"


def test_keep_rules_win(folder: Path) -> None:
    assert left(folder, "Quux\n\nThe word Quux\nis odd") == "The word Quux\nis odd"


def test_levels(folder: Path) -> None:
    text = "Quux\n\nx\n\nZorb it\n\ny\n\n9 zorbles\n\nz\n\nGlimp\n\nz"
    assert left(folder, text, "safe") == text.removeprefix("Quux\n\n")
    assert left(folder, text, "normal") == "x\n\ny\n\n9 zorbles\n\nz\n\nGlimp\n\nz"
    assert left(folder, text, "aggressive") == "x\n\nz\n\nGlimp\n\nz"


def test_kept_says_what_saved_the_text(folder: Path) -> None:
    source = f"{LONG}\n\n9 zorbles\n\n{LONG}\n\n```\nQuux\n```\n\nQuux\nBlarg\ngrammar\n"
    kept = cleaner.clean(source, rules=[folder], format="markdown").report.kept
    assert {(k.rule, k.veto.code) for k in kept} == {
        ("t.price", "needs-neighbours"),
        ("t.quux", "zone"),
        ("t.near", "unless"),
    }
    assert all(source[k.start : k.end] == k.text and source.split("\n")[k.line - 1] for k in kept)


def test_links_go_whole_or_stay(folder: Path) -> None:
    def clean(text: str) -> str:
        source = f"{LONG}\n\n{text}\n\n{LONG}\n"
        return cleaner.clean(source, rules=[folder], format="markdown").text.split("\n\n", 1)[1].rsplit("\n\n", 1)[0]

    assert clean("Read [%%zedlink%%](https://example.com) on") == "Read on"
    assert clean("Read [this %%zedlink%%](https://example.com) on") == "Read [this](https://example.com) on"
    assert clean("A [Zorb it](https://example.com/a)\nStays") == "A [Zorb it](https://example.com/a)\nStays"
    assert clean("[Zorb\nit](https://example.com/a)\nStays") == "Stays"
    assert clean("see https://example.com/%%zed%%/x now") == "see https://example.com/%%zed%%/x now"


def test_the_budget_gives_the_weakest_back_first(folder: Path) -> None:
    result = cleaner.clean("Quux quux quux quux quux\n" + "Zorb it now, " * 6, rules=[folder])
    assert result.text.startswith("Zorb it now")
    assert [r.rule for r in result.report.removals] == ["t.quux"]
    assert len(result.report.warnings) == 1


def test_a_rule_that_times_out_is_left_out_with_a_warning(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = RULES.replace("regex: '^\\d+ zorbles$'", "regex: '(?:a|aa)+zorbles$'")
    (tmp_path / "evil.yaml").write_text(rules, encoding="utf-8")
    monkeypatch.setattr("cleaner.match.matchers.TIMEOUT", 0.05)
    text = f"{LONG}\n\n{'a' * 60}b zorbles\n\nQuux\n"
    result = cleaner.Cleaner(rules=[tmp_path]).clean(text)
    assert "t.price took too long" in result.report.warnings[0]
    assert "Quux" not in result.text


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        (
            "[![Zorb it](https://a.example/p.png)](https://a.example/zorb)",
            False,
        ),  # the view shows the inner words alone
        ("[« Zorb it](https://a.example/1) [Zorb it now »](https://a.example/2)", False),
        ("« Zorb it now »", True),
        ("[Zorb it](https://a.example/1\n)", True),
    ],
)
def test_links_of_whole_lines(folder: Path, line: str, stays: bool) -> None:
    text = f"{LONG}\n\n{line}\n\nNobody asked the fishermen about it.\n"
    expected = text if stays else f"{LONG}\n\nNobody asked the fishermen about it.\n"
    assert cleaner.clean(text, rules=[folder], format="markdown").text == expected
