"""The model of lines at work in the pipeline."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import cleaner
from cleaner.decide.board import Board
from cleaner.decide.steps import lines
from cleaner.lines.facts import facts
from cleaner.lines.found import Found
from cleaner.lines.model import Model
from cleaner.lines.reading import reading
from cleaner.match.claims import Claim
from cleaner.model import Document, Evidence, Level
from cleaner.read.document import read
from cleaner.reasons import Reason
from cleaner.view import View
from tests.unit.stage import at, gone, rule, stage

SENTENCES = (
    "The ferry left the pier at seven, and the gulls followed it, as they had done all summer.",
    "Nobody had told the keeper that the lamp was to be moved, and so he lit it in the old place.",
    "By noon the harbour master had written three letters, of which he sent the shortest.",
    "What the council wanted, the fishermen said, was a harbour without boats in it.",
)
ARTICLE = "\n\n".join(f"{first} {second} {first.lower()}" for first in SENTENCES for second in SENTENCES[:3])
HEAD = '---\ntitle: "The lamp"\nsource: "https://paper.example/harbour/the-lamp"\ntags:\n  - "clippings"\n---\n'
CARDS = "\n\n".join(
    f"[![](https://paper.example/img/{n}.jpg)](https://paper.example/harbour/{slug})\n\n"
    f"### [{title}](https://paper.example/harbour/{slug})\n\n3 May 2024"
    for n, (slug, title) in enumerate(
        {"tides": "What tides cost", "gulls": "A count of gulls", "piers": "Two piers for sale", "nets": "Nets"}.items()
    )
)
CLIPPING = f"{HEAD}{ARTICLE}\n\n## The coast in May\n\n{CARDS}\n"


def test_cards_go_with_their_heading_and_the_article_stays() -> None:
    result = cleaner.clean(CLIPPING)
    assert result.text == f"{HEAD}{ARTICLE}\n"
    assert cleaner.restore(result.text, result.report) == CLIPPING.encode()
    assert cleaner.clean(result.text).text == result.text


def test_the_report_says_why() -> None:
    removals = [r for r in cleaner.clean(CLIPPING).report.removals if r.rule == "lines.box"]
    assert removals
    for removal in removals:
        said = dict(removal.evidence[0].saw.params)
        assert "after the last paragraph" in said["what"]
        assert 0.5 < float(said["probability"]) <= 1
    assert {removal.category for removal in removals} <= {"related", "navigation"}


def test_nothing_goes_on_its_word_where_only_what_is_certain_may() -> None:
    assert cleaner.clean(CLIPPING, level="safe").text == CLIPPING
    note = CLIPPING.replace("source: ", "about: ")
    assert cleaner.clean(note).text == note


def test_a_category_that_is_not_asked_for_stays() -> None:
    report = cleaner.clean(CLIPPING, only=["cookie"]).report
    assert report.removals == ()


def test_lone_pictures_go_with_their_box() -> None:
    assert "jpg" not in cleaner.clean(CLIPPING).text


def test_short_texts_do_not_load_it() -> None:
    program = "import sys, cleaner; cleaner.clean('hi\\n\\nthere\\n'); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("copies", [1, 7])
def test_odds_are_the_same_whatever_is_judged_beside(copies: int) -> None:
    document = read(CLIPPING, format="markdown")
    known = facts(reading(document, View(CLIPPING, document.hidden), [], [], []))
    first = Model.load().judge(known)
    for _ in range(copies):
        again = Model.load().judge(known)
        assert np.array_equal(first.probability, again.probability)
        assert first.probability.tolist() == (np.rint(first.probability * 4096) / 4096).tolist()


class Sure:
    """A model that says what a test wants."""

    def __init__(self, *boxes: Found, likely: Mapping[str, float] | None = None) -> None:
        self.boxes = boxes
        self.likely = likely or {}
        self.asked: list[dict[str, list[str]]] = []
        self.text = ""

    def find(self, document: Document, view: View, level: Level, **claims: Sequence[Claim]) -> Sure:
        self.text = document.text
        self.asked.append({name: [claim.rule.category for claim in its] for name, its in claims.items()})
        return self

    def probability(self, start: int, end: int) -> float:
        return self.likely.get(self.text[start:end], 0.5)


SHORT = ("One is here", "Share", "Two of them", "Three of them", "Four")


def box(text: str, first: str, last: str, category: str = "related") -> Found:
    return Found(text.index(first), text.index(last) + len(last), 0.876, category, "a list")


def judged(monkeypatch: pytest.MonkeyPatch, model: Sure, board: Board) -> Board:
    monkeypatch.setattr("cleaner.lines.found.find", model.find)
    return board.run((lines.STEP,))


def some(*rows: str, **options: Any) -> Board:
    board = stage("\n\n".join(rows or SHORT), {"Share": "share"}, **options)
    board.claims = list(board.fit)
    return board


def test_a_box_goes_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    board = some()
    judged(monkeypatch, Sure(box(board.document.text, "Two", "Three of them")), board)
    assert gone(board) == ["Share", "Two of them", "Three of them"]
    claim = board.lines[at(board, "Two of them")]
    assert (claim.rule.id, claim.rule.category, claim.whole) == ("lines.box", "related", True)
    assert board.view.text[claim.start : claim.end] == "Two of them\n\nThree of them"
    saw = Reason.of("reader-removes", what="a list", probability="0.88")
    assert claim.evidence == (Evidence("lines.box", saw),)


@pytest.mark.parametrize(
    "options",
    [
        {"judged": True},
        {"level": "safe"},
        {"wants": lambda rule: rule.category != "related"},
    ],
)
def test_where_the_model_is_not_asked_or_not_heard(monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]) -> None:
    board = some(**options)
    judged(monkeypatch, Sure(box(board.document.text, "Two", "Three of them")), board)
    assert gone(board) == ["Share"]


def test_it_is_asked_of_four_lines_if_rules_or_links_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(board: Board) -> bool:
        model = Sure()
        judged(monkeypatch, model, board)
        return bool(model.asked)

    assert asked(some(*SHORT[:4]))
    assert not asked(some(*SHORT[:3]))
    assert not asked(stage("\n\n".join(("One", "Two", "Three", "Four", "Five"))))
    assert asked(stage("\n\n".join(("One", "Two", "Three", "[Four](/4)")), format="markdown"))


def test_it_knows_how_claims_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    board = some()
    saves = replace(rule("legal"), keep=True)
    claims = [Claim(one, 0, 1, 0, 0) for one in (rule("print", "medium"), rule("cookie"), rule("donation"), saves)]
    board.claims, board.fit = claims, claims[:1]
    board.lacks(claims[1], Reason.of("part-of-line"))
    board.keep(claims[2], Reason.of("title"))
    board.keepers.append(claims[3])
    model = Sure()
    judged(monkeypatch, model, board)
    assert model.asked == [{"fit": ["print", "donation"], "passed": ["cookie"], "keepers": ["legal"]}]


@pytest.mark.parametrize(("likely", "stays"), [(0.029, True), (0.03, False)])
def test_what_a_reader_keeps_is_given_back(monkeypatch: pytest.MonkeyPatch, likely: float, stays: bool) -> None:
    board = some()
    judged(monkeypatch, Sure(likely={"Share": likely}), board)
    assert gone(board) == ([] if stays else ["Share"])
    assert [note.why for note in board.kept] == [Reason.of("reader-keeps", probability="0.97")] * stays


def test_what_is_certain_or_known_of_the_site_is_not_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    board = some()
    line = at(board, "Share")
    board.lines[line] = replace(board.lines[line], rule=rule("share", "certain"))
    judged(monkeypatch, Sure(likely={"Share": 0.0}), board)
    assert gone(board) == ["Share"]
    board = some()
    board.found.append(board.lines[line])
    judged(monkeypatch, Sure(likely={"Share": 0.0}), board)
    assert gone(board) == ["Share"]


def test_the_likeliest_line_of_a_claim_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    board = some()
    board.take(2, 2, board.lines[1])
    judged(monkeypatch, Sure(likely={"Share": 0.0, "Two of them": 0.4}), board)
    assert gone(board) == ["Share", "Two of them"]
    judged(monkeypatch, Sure(likely={"Share": 0.0, "Two of them": 0.01}), board)
    assert gone(board) == []


@pytest.mark.parametrize("saved", ["Two of them", "Three of them"])
def test_of_a_text_of_unknown_origin_no_box_goes_with_what_was_saved(
    monkeypatch: pytest.MonkeyPatch, saved: str
) -> None:
    for url, goes in ((None, False), ("https://a.example/b", True)):
        board = some(url=url)
        line = at(board, saved)
        board.keep(Claim(rule("cookie"), *board.view.lines[line], line, line), Reason.of("title"))
        judged(monkeypatch, Sure(box(board.document.text, "Two", "Three of them")), board)
        assert (gone(board) == ["Share", "Two of them", "Three of them"]) is goes


def test_a_box_that_is_quoted_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ("One is here", "Share", "The sign on it said so:", "Two of them", "Three of them")
    for url, goes in ((None, False), ("https://a.example/b", True)):
        board = some(*rows, url=url)
        judged(monkeypatch, Sure(box(board.document.text, "Two", "Three of them")), board)
        assert gone(board) == ["Share", *(rows[3:] if goes else ())]
        assert [note.why.code for note in board.kept] == ([] if goes else ["introduced"])


def test_a_heading_stays_for_its_category(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ("One", "Share", "## Two", SENTENCES[0] + SENTENCES[1])
    for category, goes in (("related", False), ("advertising", True)):
        board = some(*rows, format="markdown")
        judged(monkeypatch, Sure(box(board.document.text, "## Two", "## Two", category)), board)
        assert gone(board) == ["Share", *(["Two"] if goes else [])]


def test_pictures_alone_are_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = "![](/a.png)"
    board = some("One", "Share", picture, "Two", "Three", format="markdown")
    found = box(board.document.text, picture, picture)
    judged(monkeypatch, Sure(found), board)
    saw = Reason.of("reader-removes", what="a list", probability="0.88")
    (unseen,) = board.unseen
    assert (unseen.rule.category, unseen.start, unseen.end, unseen.whole) == ("related", found.start, found.end, True)
    assert unseen.evidence == (Evidence("lines.box", saw),)
    assert gone(board) == ["Share"]


def test_what_was_saved_beside_a_box_says_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    board = some()
    line = at(board, "Share")
    board.keep(Claim(rule("cookie"), *board.view.lines[line], line, line), Reason.of("title"))
    judged(monkeypatch, Sure(box(board.document.text, "Two", "Three of them")), board)
    assert gone(board) == ["Share", "Two of them", "Three of them"]


def test_a_box_that_may_not_go_stays_wherever_it_is_from(monkeypatch: pytest.MonkeyPatch) -> None:
    for url in (None, "https://a.example/b"):
        board = some("One", "Share", "```", "Two", "```", "Three", format="markdown", url=url)
        judged(monkeypatch, Sure(box(board.document.text, "Two", "Two")), board)
        assert gone(board) == ["Share"]
        assert [note.why.code for note in board.kept] == ["zone"]


def test_of_a_text_that_is_no_clipping_any_more_only_rules_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    count = len([line for line in CLIPPING.splitlines() if line])
    monkeypatch.setattr(lines, "MOST", count)
    assert cleaner.clean(CLIPPING).text != CLIPPING
    monkeypatch.setattr(lines, "MOST", 20)
    result = cleaner.clean(CLIPPING)
    assert result.text == CLIPPING
    assert result.report.warnings == ("of more than 20 lines only rules are asked, not the model of lines",)
