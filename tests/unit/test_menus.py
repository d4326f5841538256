"""Runs of lines that are nothing but links, below an article: a menu, or what the article refers to."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.decide.steps.menus import _is_broken
from cleaner.model import Format
from cleaner.read.document import read
from cleaner.view import View

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
