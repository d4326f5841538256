"""What saves a text from a claim, by the place of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaner.decide.engine_rules import engine_rule
from cleaner.decide.vetoes import QUOTED_LINES, Vetoes, widened
from cleaner.match.claims import Claim
from cleaner.model import Confidence, Format, Link, Scope
from cleaner.read.document import read
from cleaner.view import View


def veto(
    text: str,
    words: str,
    *keepers: tuple[str, Scope],
    scope: Scope = "line",
    confidence: Confidence = "high",
    format: Format = "markdown",
) -> str | None:
    """Why a claim on words is not given them; a keep rule is called by what it keeps."""
    document = read(text, format)
    view = View(document.text, document.hidden)

    def claim(words: str, id: str, scope: Scope, confidence: Confidence = "high") -> Claim:
        start = view.text.index(words)
        end = start + len(words)
        rule = engine_rule(id, "share", scope, "of a test", confidence)
        return Claim(rule, start, end, view.line_at(start), view.line_at(end - 1))

    kept = [claim(its, its, of) for its, of in keepers]
    found = Vetoes(document, view, kept).against(claim(words, "t.claim", scope, confidence))
    if found is None:
        return None
    params = dict(found.params)
    return params.get("rule") or params.get("kind") or found.code


@pytest.mark.parametrize(
    ("keepers", "scope", "expected"),
    [
        ([], "line", None),
        ([("One", "line")], "line", None),
        ([("Zorb", "line")], "line", "Zorb"),
        ([("it now", "line")], "line", "it now"),
        ([("it now", "line"), ("Zorb it", "line")], "line", "Zorb it"),
        ([("now", "span")], "line", "now"),
        ([("now", "span")], "span", None),
        ([("it", "span")], "span", "it"),
        ([("now", "line")], "span", "now"),
        ([("now", "line"), ("Zorb", "span")], "span", "Zorb"),
        ([("Zorb", "line"), ("it", "span")], "span", "Zorb"),
        ([("Two", "line")], "line", None),
    ],
)
def test_keep_rules(keepers: list[tuple[str, Scope]], scope: Scope, expected: str | None) -> None:
    assert veto("One\nZorb it now\nTwo", "Zorb it", *keepers, scope=scope) == expected


@pytest.mark.parametrize(
    ("text", "scope", "confidence", "expected"),
    [
        ('"Zorb it"', "line", "high", "quotation-marks"),
        ('"Zorb it"', "line", "certain", None),
        ('He said "Zorb it" to us', "span", "certain", "quotation-marks"),
        ('He said "yes" and Zorb it to us', "span", "high", None),
        ('["Zorb it"](/a)', "line", "high", None),
        ("`Zorb it`", "line", "high", "code"),
        ("$$\nZorb it\n$$", "line", "high", "math"),
        ("> Zorb it", "line", "high", "block-quotation"),
        ("> Zorb it", "span", "high", "block-quotation"),
        ("> Zorb it\n> [offers](/a)", "line", "high", None),
        ("> [offers](/a)\n> Zorb it", "line", "high", None),
        ("> Zorb it\n> [offers](/a)", "span", "high", "block-quotation"),
        ("> Zorb it\n\n[offers](/a)", "line", "high", "block-quotation"),
        ("- Zorb it", "line", "high", None),
        ("A [Zorb it\nmore](/a)", "line", "high", "cut-link"),
        ("https://a.example/Zorb it", "span", "high", "web-address"),
        ("see https://a.example/a Zorb it", "line", "high", None),
    ],
)
def test_where_a_claim_stands(text: str, scope: Scope, confidence: Confidence, expected: str | None) -> None:
    words = '"Zorb it"' if text.strip("[](/a)") == '"Zorb it"' else "Zorb it"
    assert veto(text, words, scope=scope, confidence=confidence) == expected


def test_of_plain_text_no_quotation_is_known() -> None:
    assert veto("> Zorb it", "> Zorb it", format="text") is None


@pytest.mark.parametrize(("away", "found"), [(QUOTED_LINES, True), (QUOTED_LINES + 1, False)])
def test_how_far_a_quotation_is_looked_through(away: int, found: bool) -> None:
    between = "> word\n" * (away - 1)
    for text in (f"> Zorb it\n{between}> [offers](/a)", f"> [offers](/a)\n{between}> Zorb it"):
        assert (veto(text, "Zorb it") is None) is found


def of(text: str) -> Vetoes:
    document = read(text, "markdown")
    return Vetoes(document, View(document.text, document.hidden), [])


def test_links_in_lines() -> None:
    vetoes = of("One\n\n[Two](/2)\n\n[Six](/6), [Ten](/10)!\n\nAnd [Ten](/10)")
    assert [vetoes.has_link(line, line) for line in range(4)] == [False, True, True, True]
    assert [vetoes.only_links(line, line) for line in range(4)] == [False, True, True, False]
    assert (vetoes.has_link(0, 1), vetoes.only_links(0, 1), vetoes.only_links(1, 2)) == (True, False, True)


def test_zones() -> None:
    text = "One\n\n```\nTwo\n```\n\nSix https://a.example/a"
    vetoes = of(text)
    assert [vetoes.lines_protected(line, line) for line in range(5)] == [False, True, True, True, False]
    assert vetoes.lines_protected(0, 1)
    assert vetoes.in_zone(text.index("Two"), text.index("Two") + 1)
    assert not vetoes.in_zone(0, 1)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((6, 9), (5, 13)),  # its words
        ((0, 9), (0, 13)),
        ((7, 8), (7, 8)),  # inside of its words
        ((0, 8), None),
        ((8, 14), None),
        ((6, 14), (5, 14)),
    ],
)
def test_links_are_taken_whole(span: tuple[int, int], expected: tuple[int, int] | None) -> None:
    text = "Take [one](/1) or"
    link = Link(5, 14, 6, 9)
    assert text[link.start : link.end] == "[one](/1)"
    assert widened(span, [link], text) == (expected and (expected[0], max(expected[1], 14 if expected[0] < 7 else 0)))
    assert widened(span, [], text) == span


def test_blanks_around_the_words_of_a_link_do_not_count() -> None:
    text = "Take [ one ](/1) or"
    link = Link(5, 16, 6, 11)
    assert widened((7, 10), [link], text) == (5, 16)
    assert widened((6, 11), [replace(link)], text) == (5, 16)
    assert widened((8, 10), [link], text) == (8, 10)


def test_the_escape_before_a_span_goes_with_it() -> None:
    text = "## Lamps\\[edit\\]\n\nA lamp."
    document = read(text, "markdown")
    view = View(document.text, document.hidden)
    start = view.text.index("[edit]")
    claim = Claim(engine_rule("t.claim", "share", "span", "of a test", "high"), start, start + 6, 0, 0)
    assert Vetoes(document, view, []).span(claim) == (text.index("\\["), text.index("\n"))
