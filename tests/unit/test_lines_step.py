"""The model of lines at work in the pipeline."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import cleaner
from cleaner.lines.facts import facts
from cleaner.lines.model import Model
from cleaner.lines.reading import reading
from cleaner.read.document import read
from cleaner.view import View

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
