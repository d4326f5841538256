"""Runs of lines that are nothing but links, below an article: a menu, or what the article refers to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

import cleaner
from cleaner.decide.steps import menus
from cleaner.decide.steps.menus import MENU, _is_broken, _link_lines
from cleaner.match.claims import Claim
from cleaner.model import Confidence, Evidence, Format, Scope
from cleaner.read.document import read
from cleaner.reasons import Reason
from cleaner.view import View
from tests.unit.stage import at, gone, rule, stage

HEAD = "---\nsource: https://www.paper.example/lamps\n---\n"
PARAGRAPH = (
    "The ferry left the pier at seven, and the gulls followed it, as they had done all summer, in number {n}; nobody "
    "on the quay had told the keeper that the lamp was to be moved, and so he lit it in the old place once more."
)
ARTICLE = "\n\n".join(PARAGRAPH.format(n=n) for n in range(6))
NAMES = ("Tides", "Gulls", "Piers", "Nets", "Lamps", "Ropes", "Sails", "Oars", "Buoys", "Locks", "Maps", "Knots")


@pytest.mark.parametrize(
    ("target", "stays"),
    [
        ("https://www.paper.example/{n}", False),
        ("https://boats.paper.example/{n}", False),
        ("/{n}", False),
        ("https://library{n}.example/book", True),
        ("#place-{n}", True),
        ("https://www.paper.example/lamps#place-{n}", True),
    ],
)
def test_a_list_of_links_below_an_article(target: str, stays: bool) -> None:
    menu = "\n".join(f"- [{name}]({target.format(n=n)})" for n, name in enumerate(NAMES))
    report = cleaner.clean(f"{HEAD}{ARTICLE}\n\n{menu}\n", format="markdown").report
    assert any(removal.rule == "company.menu" for removal in report.removals) != stays


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_parts_of_a_broken_sentence_are_no_entries(format: Format) -> None:
    """The model of lines gives most of them back, too, so the step is asked alone."""
    rows = ("Menu", "Feel free to write to us at", "the lighthouse", ", or come by", "Boats", "Ladders")
    document = read("\n".join(rows), format=format)
    view = View(document.text, document.hidden)
    broken = [_is_broken(document, view, line) for line in range(len(rows))]
    assert broken == [format == "text" and 1 <= line <= 3 for line in range(len(rows))]


SIGNATURE = ("By A. Keeper", "Quay street", "Of the lamp")
RUN = ("Home", "Sign in", "Tides", "Gulls", "Piers")
SURE = {"Sign in": "navigation"}
HINTS: dict[str, tuple[str, Confidence]] = {"Gulls": ("navigation", "medium")}


def below(
    *lines: str,
    going: Mapping[str, str] = SURE,
    weak: Mapping[str, tuple[str, Confidence]] = HINTS,
    paragraphs: int = 4,
    signature: Sequence[str] = SIGNATURE,
    **options: Any,
) -> list[str]:
    """What the step takes of lines below an article and what signs it."""
    article = "\n\n".join(PARAGRAPH.format(n=n) for n in range(paragraphs))
    board = stage("\n".join([article, "", *signature, *lines]), going, weak, **options)
    menus.STEP.apply(board)
    return gone(board, going)


def test_a_run_with_known_leftovers_goes() -> None:
    assert below(*RUN) == ["Home", "Tides", "Gulls", "Piers"]
    assert below(*RUN, "Nets", "And a sentence stands below it.") == ["Home", "Tides", "Gulls", "Piers", "Nets"]


def test_the_report_names_the_known_ones() -> None:
    article = "\n\n".join(PARAGRAPH.format(n=n) for n in range(4))
    board = stage("\n".join([article, "", *SIGNATURE, *RUN, "Log in"]), {**SURE, "Log in": "share"}, HINTS)
    menus.STEP.apply(board)
    claim = board.lines[at(board, "Home")]
    assert claim.evidence == (Evidence(MENU.id, Reason.of("matched", text="Sign in, Gulls")),)
    assert board.view.text[claim.start : claim.end] == "\n".join([*RUN, "Log in"])
    assert (claim.rule, claim.first, claim.last, claim.whole) == (
        *(MENU, at(board, "Home"), at(board, "Log in")),
        True,
    )


@pytest.mark.parametrize(
    "options",
    [
        {"paragraphs": 3},
        {"signature": SIGNATURE[:2]},
        {"signature": ()},
        {"level": "safe"},
        {"wants": lambda rule: rule is not MENU},
        {"going": {}},
        {"going": {}, "weak": {"Gulls": ("navigation", "medium"), "Tides": ("navigation", "medium")}},
        {"weak": {}},
        {"weak": {"Gulls": ("subscription", "medium")}},
    ],
)
def test_a_run_that_stays(options: dict[str, Any]) -> None:
    assert below(*RUN, **options) == []


def test_four_lines_are_no_run() -> None:
    assert below(*RUN[:4]) == []


def test_a_span_and_a_claim_over_lines_are_no_hints() -> None:
    for span in (True, False):
        article = "\n\n".join(PARAGRAPH.format(n=n) for n in range(4))
        board = stage("\n".join([article, "", *SIGNATURE, *RUN]), SURE)
        line = at(board, "Gulls")
        start, end = board.view.lines[line]
        scope: Scope = "span" if span else "line"
        board.fit.append(Claim(rule("navigation", "medium", scope), start, end, line, line if span else line + 1))
        menus.STEP.apply(board)
        assert gone(board, SURE) == []


@pytest.mark.parametrize(
    ("line", "joins"),
    [
        ("One two three four five six seven eight", True),
        ("One two three four five six seven eight nine", False),
        ("X" * 70, True),
        ("X" * 71, False),
        ("Ends with a stop.", False),
        ("Fog in 1904", False),
    ],
)
def test_what_joins_a_run(line: str, joins: bool) -> None:
    assert below(*RUN[:4], line) == (["Home", "Tides", "Gulls", line] if joins else [])


def test_a_heading_joins_no_run() -> None:
    assert below(*RUN[:4], "# Piers", format="markdown") == []
    assert below(*RUN[:4], "Piers", format="markdown") == ["Home", "Tides", "Gulls", "Piers"]


def test_a_name_below_a_date_joins_no_run() -> None:
    dated = (*SIGNATURE, "Fog in 1904")
    assert below("A. Keeper", *RUN, "Nets", signature=dated) == ["Home", "Tides", "Gulls", "Piers", "Nets"]
    assert below("Sign in", *RUN[2:], "Nets", signature=dated) == ["Tides", "Gulls", "Piers", "Nets"]


def long_run(line: str, known: int = 4, size: int = 26) -> list[str]:
    """What goes of `size` lines, of which the last but one is `line`, and `known` are."""
    names = [f"Entry {number}" for number in range(size - 2)]
    going = dict.fromkeys(names[1 : 1 + known], "navigation")
    return below(*names, line, "The end of it", going=going, weak={})


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Word " * 13 + "word", True),
        ("Word " * 14 + "word", True),
        ("X" * 120, True),
        ("X" * 121, False),
        ("A description ends with a stop.", True),
        ("Written in 1904.", False),
    ],
)
def test_in_a_long_run_descriptions_stand_between_entries(line: str, goes: bool) -> None:
    assert (line.strip() in long_run(line)) is goes


def test_entries_of_a_long_run_are_longer() -> None:
    def two(line: str) -> list[str]:
        names = [f"Entry {number}" for number in range(25)]
        return below(*names, line, line + line[-1], going=dict.fromkeys(names[1:5], "navigation"), weak={})[21:]

    assert two("Word " * 13 + "word") == ["Word " * 13 + "word", "Word " * 13 + "wordd"]
    assert two("Word " * 14 + "word") == []
    assert two("X" * 99) == ["X" * 99, "X" * 100]
    assert two("X" * 101) == []


@pytest.mark.parametrize(("known", "size", "goes"), [(4, 25, True), (3, 25, False), (4, 24, False)])
def test_what_is_a_long_run(known: int, size: int, goes: bool) -> None:
    line = "A description ends with a stop."
    assert (line in long_run(line, known, size)) is goes


BEYOND = "This sentence is not a part of the run above it."
HINT: dict[str, tuple[str, Confidence]] = {BEYOND: ("navigation", "medium")}


def test_what_is_known_beyond_a_run_says_nothing_of_it() -> None:
    assert below(*RUN, BEYOND, weak=HINT) == []
    assert below(*RUN[:4], "Log in", BEYOND, going={**SURE, "Log in": "share"}, weak={}) == ["Home", "Tides", "Gulls"]
    names = [f"Entry {number}" for number in range(25)]
    line = "A description ends with a stop."
    rows = (*names[:10], line, *names[10:], BEYOND)
    for known, goes in ((names[1:4], False), ([*names[1:4], names[-1]], True)):
        assert (line in below(*rows, going=dict.fromkeys(known, "navigation"), weak=HINT)) is goes


@pytest.mark.parametrize(("known", "goes"), [(2, False), (3, True)])
def test_of_a_long_run_a_share_is_known(known: int, goes: bool) -> None:
    names = [f"Entry {number}" for number in range(100)]
    assert bool(below(*names, going=dict.fromkeys(names[1 : 1 + known], "navigation"), weak={})) is goes


def test_what_stands_close_above_the_article_stays() -> None:
    article = "\n\n".join(PARAGRAPH.format(n=n) for n in range(4))
    headline = [f"Headline {number}" for number in range(8)]
    for size in (8, 7):
        board = stage("\n".join([*RUN, *headline[:size], "", article]), SURE, HINTS)
        menus.STEP.apply(board)
        assert gone(board, SURE) == (["Home", "Tides", "Gulls", "Piers"] if size == 8 else [])


def test_what_goes_counts_neither_as_a_headline_nor_as_a_signature() -> None:
    going = {"Advertisement": "advertising", **SURE}
    assert below(*RUN, going=going, signature=("Advertisement", *SIGNATURE[:2])) == []
    article = "\n\n".join(PARAGRAPH.format(n=n) for n in range(4))
    headline = [f"Headline {number}" for number in range(7)]
    board = stage("\n".join([*RUN, "Advertisement", *headline, "", article]), going, HINTS)
    menus.STEP.apply(board)
    assert gone(board, going) == []


def test_a_lone_paragraph_among_menus_is_a_teaser() -> None:
    teaser = PARAGRAPH.format(n=99)
    names = [f"Entry {number}" for number in range(6)]
    assert below(*RUN, "Nets", teaser, *names) == ["Home", "Tides", "Gulls", "Piers", "Nets"]
    assert below(*RUN, teaser, *names, signature=()) == []


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("Word " * 24 + "x" * 20, True),
        ("Word " * 24 + "x" * 19, False),
        ("Word " * 23 + "x" * 30, False),
    ],
)
def test_what_is_a_paragraph(text: str, paragraph: bool) -> None:
    assert menus._is_paragraph(View(text), 0) is paragraph


def test_paragraphs_that_all_stand_alone_are_the_article() -> None:
    article = "\n\n".join(f"{PARAGRAPH.format(n=n)}\n\n" + "\n\n".join("abcdef") for n in range(4))
    board = stage("\n".join([article, "", *SIGNATURE, *RUN]), SURE, HINTS)
    menus.STEP.apply(board)
    assert gone(board, SURE)[-4:] == ["Home", "Tides", "Gulls", "Piers"]


@pytest.mark.parametrize(("linked", "goes"), [(4, True), (3, False)])
def test_lines_that_are_nothing_but_links_tell_a_menu(linked: int, goes: bool) -> None:
    lines = [f"[{name}](/{name})" if number < linked else name for number, name in enumerate(RUN)]
    article = "\n\n".join(PARAGRAPH.format(n=n) for n in range(4))
    board = stage("\n".join([article, "", *SIGNATURE, *lines]), format="markdown")
    menus.STEP.apply(board)
    assert gone(board) == (list(RUN) if goes else [])
    if goes:
        assert board.lines[at(board, "Home")].evidence == (Evidence(MENU.id, Reason.of("only-links")),)


def test_what_the_owner_linked_stays_and_what_is_quoted_or_broken() -> None:
    assert below(*RUN[:4], "[[Piers]]", "Nets", format="markdown") == ["Home", "Tides", "Gulls", "Nets"]
    assert below(*RUN, "of the old town", "Nets") == ["Home", "Tides", "Gulls", "Nets"]
    assert below(*RUN, signature=(*SIGNATURE[:2], "The sign on it said so:")) == []


def _links(text: str, url: str | None = None) -> tuple[list[str], list[str]]:
    document = replace(read(text, "markdown"), url=url)
    view = View(document.text, document.hidden)
    found, own = _link_lines(document, view)
    return [view.line_text(line) for line in sorted(found)], [view.line_text(line) for line in sorted(own)]


@pytest.mark.parametrize(
    ("line", "linked", "own"),
    [
        ("[Tides](/t)", True, False),
        ("[Tides](/t) [Gulls](/g)", True, False),
        ("[Tides](/t) and [Gulls](/g)", False, False),
        ("[Tides](/t), [Gulls](/g).", True, False),
        ("See [Tides](/t)", False, False),
        ("[Tides](/t) more", False, False),
        ("[[Tides]]", False, True),
        ("[Gulls](/g) [[Tides]]", False, True),
        ("Tides", False, False),
    ],
)
@pytest.mark.parametrize("before", ["", "Words\n\n", "[Nets](/n) in words\n\n", "[Nets](/n)\n\n"])
def test_lines_of_links(before: str, line: str, linked: bool, own: bool) -> None:
    found, mine = _links(f"{before}{line}\n\nWords of the end")
    words = read(line, "markdown").text
    assert (len(found) - before.startswith("[Nets](/n)\n"), len(mine)) == (linked, own), words


@pytest.mark.parametrize(
    ("target", "url", "may"),
    [
        ("/a", None, True),
        ("/a", "https://a.example/b", True),
        ("#a", None, False),
        ("#a", "https://a.example/b", False),
        ("https://a.example/b#c", "https://a.example/b", False),
        ("https://a.example/b#c", "https://a.example/b#d", False),
        ("https://a.example/x#c", "https://a.example/b", True),
        ("https://www.a.example/x", "https://a.example/b", True),
        ("https://a.example/x", "https://www.a.example/b", True),
        ("https://shop.a.example/x", "https://a.example/b", True),
        ("https://a.example/x", "https://shop.a.example/b", True),
        ("https://b.example/x", "https://a.example/b", False),
        ("https://xa.example/x", "https://a.example/b", False),
        ("https://b.example/x", None, True),
        ("<https://b.example/x>", "https://a.example/b", False),
    ],
)
def test_where_the_links_of_a_menu_lead(target: str, url: str | None, may: bool) -> None:
    assert (_links(f"[Tides]({target})", url)[0] == ["Tides"]) is may
