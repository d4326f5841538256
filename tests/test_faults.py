"""No internal error, ever: a fault in one step costs that step, with a word in the report, and not the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cleaner
from cleaner.decide.steps import STEPS
from cleaner.html import code, footnotes, headline, judge, maths, pipeline, ruby, sections, walk
from cleaner.html.facts import jsonld

STORY = (
    "The council met on Tuesday evening and voted, after a long debate, to keep the old bridge open until spring.\n\n"
    "Advertisement\n\n“We have waited ten years,” said the harbour master. “Another winter will not hurt us.”\n\n"
    "Share on Facebook\n\nThe bridge was built in a year that nobody in town remembers, of wood still there.\n"
)
PAGE = (
    "<html><head><title>The old bridge</title><meta name=author content='A. Harbour'></head><body class=page>"
    "<nav class=menu><a href=/a>Home</a> <a href=/b>News</a></nav><article class=story><h1>The old bridge</h1>"
    + "".join(f"<p>{line}</p>" for line in STORY.split("\n\n"))
    + "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>1990</td><td><math><mi>x</mi></math></td></tr></table>"
    "<pre><code>cross(bridge)</code></pre>"
    "<figure><img src=a.png alt='A bridge'><figcaption>The bridge</figcaption></figure>"
    "<p>It carries<sup><a href='#fn1' id=r1>1</a></sup> carts. <ruby>橋<rt>はし</rt></ruby> <q>So it does.</q></p>"
    "<ol><li id=fn1>And boats pass below. <a href='#r1'>↩</a></li></ol></article>"
    "<footer class=footer><p>All rights reserved, and so on and on.</p></footer></body></html>"
)
WORDS = ["council", "ten years", "remembers", "1990", "cross", "carts", "boats pass"]


def broken(*_: Any, **__: Any) -> Any:
    raise IndexError("pop from empty list")


def told(result: cleaner.Result) -> bool:
    restored = cleaner.restore(result.text, result.report).decode("utf-8", "surrogatepass")
    return restored == result.source and any("IndexError" in warning for warning in result.report.warnings)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_of_the_decision(monkeypatch: pytest.MonkeyPatch, step: Any) -> None:
    steps = tuple(type(one)(one.name, broken, one.rules, one.saves) if one is step else one for one in STEPS)
    monkeypatch.setattr("cleaner.pipeline.STEPS", steps)
    result = cleaner.Cleaner().clean(STORY)
    assert told(result)
    assert all(line in result.text for line in STORY.split("\n\n")[::2])
    if step.saves:
        assert result.text == STORY  # who is saved by nobody does not go


def test_a_step_that_fails_when_it_has_taken_something(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(board: Any) -> None:
        board.lines.update({0: board.claims[0], 2: board.claims[0]})
        broken()

    steps = tuple(type(one)(one.name, half) if one.name == "menus" else one for one in STEPS)
    monkeypatch.setattr("cleaner.pipeline.STEPS", steps)
    result = cleaner.Cleaner().clean(STORY)
    assert told(result)
    assert STORY.split("\n\n")[0] in result.text
    assert "Advertisement" not in result.text


@pytest.mark.parametrize(
    "place",
    [
        "cleaner.pipeline.read",
        "cleaner.pipeline.View",
        "cleaner.pipeline.claims_in",
        "cleaner.pipeline.find_site",
        "cleaner.pipeline.edited",
        "cleaner.pipeline.is_note",
    ],
)
def test_the_pipeline_for_text(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    one = cleaner.Cleaner()
    made: list[int] = []

    def once(*args: Any, **_: Any) -> Any:
        made.append(1)
        return original(*args) if place.endswith("View") and args == ("",) else broken()

    original = cleaner.view.View
    monkeypatch.setattr(place, once)
    result = one.clean(STORY)
    assert made
    assert told(result)
    assert result.text == STORY


@pytest.mark.parametrize("place", ["cleaner.match.matchers.Phrases.fitting", "cleaner.decide.steps.conditions.failing"])
def test_a_rule_costs_itself(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    module, _, name = place.rpartition(".")
    original = monkeypatch.setattr  # only to name it once
    del original
    import importlib

    holder: Any
    try:
        holder = importlib.import_module(module)
    except ModuleNotFoundError:
        outer, _, inner = module.rpartition(".")
        holder = getattr(importlib.import_module(outer), inner)
    real = getattr(holder, name)

    def bad(first: Any, *rest: Any) -> Any:
        rule = first.rule if hasattr(first, "rule") else rest[0].rule
        return broken() if "advertising" in rule.id else real(first, *rest)

    monkeypatch.setattr(holder, name, bad)
    result = cleaner.Cleaner().clean(STORY)
    assert told(result)
    assert any(warning.startswith("rule ") for warning in result.report.warnings)
    assert "Share on Facebook" not in result.text


OF_A_PAGE = [
    (pipeline, "facts", False),
    (pipeline, "element_hits", True),
    (pipeline, "judge", True),
    (pipeline, "parse", False),
    (pipeline, "walk", False),
    (pipeline, "render", False),
    (pipeline, "is_flat", True),
    (pipeline, "misses_prose", False),
    (headline, "place", True),
    (footnotes, "find", True),
    (maths, "of_mathml", True),
    (maths, "of_element", True),
    (code, "listing", True),
    (ruby, "pieces", True),
    (walk._SPECIAL, "table", True),
    (walk._SPECIAL, "q", True),
    (walk._SPECIAL, "img", True),
    (judge, "mend", True),
    (judge, "follow", True),
    (headline, "take", True),
    (sections, "keep_headings", True),
    (judge, "_leave_something", True),
    (jsonld, "is_free", True),
    (jsonld, "main", True),
]
"""What may fail of a page, and whether the page stays one, with its title."""


@pytest.mark.parametrize(("holder", "name", "stays"), OF_A_PAGE, ids=lambda one: getattr(one, "__name__", one))
@pytest.mark.parametrize("to", ["markdown", "text", "html"])
def test_a_step_of_a_page(monkeypatch: pytest.MonkeyPatch, holder: Any, name: str, stays: bool, to: Any) -> None:
    def bad(*args: Any, **kwargs: Any) -> Any:
        return real(*args, **kwargs) if name == "of_element" and args[0].tag != "math" else broken()

    if isinstance(holder, dict):
        monkeypatch.setitem(holder, name, broken)
    else:
        real = getattr(holder, name)
        monkeypatch.setattr(holder, name, bad)
    result = cleaner.Cleaner(to=to).clean(PAGE, format="html")
    assert all(word in result.source for word in WORDS)
    assert all(word in result.text for word in WORDS[:3])
    if name != "of_element":
        assert any("IndexError" in warning for warning in result.report.warnings)
    if stays and to == "markdown":
        assert "# The old bridge" in result.text


READERS: list[tuple[str, Callable[[cleaner.Result], object], Callable[[cleaner.Result], object]]] = [
    ("author", lambda r: r.author, lambda r: r.title),
    ("published", lambda r: r.published, lambda r: r.author),
]


@pytest.mark.parametrize(("name", "lost", "there"), READERS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_reader_of_facts_costs_its_fact(monkeypatch: pytest.MonkeyPatch, name: str, lost: Any, there: Any) -> None:
    monkeypatch.setattr(f"cleaner.html.facts.{name}", broken)
    result = cleaner.Cleaner().clean(PAGE, format="html")
    assert lost(result) is None
    assert there(result)
    assert any("IndexError" in warning for warning in result.report.warnings)


def test_the_fault_that_was_found_by_attack() -> None:
    html = '<n class="katex"><table><tr><th><td><td><td>n'
    result = cleaner.clean(html, format="html")
    assert "n" in result.text


def test_a_page_that_no_tree_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.html.mend._BLOCK_DEPTH", 100_000)
    result = cleaner.clean(
        "<div>" * 3000 + "<p>In the middle of it all.</p>" + "</div>" * 3000 + "<p>Behind.", format="html"
    )
    assert result.text == "In the middle of it all.\n\nBehind.\n"
    assert result.report.warnings == ("the HTML cannot be read to its end; the page is read as plain text",)
