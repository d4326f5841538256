"""What is judged together: tables, terms and their definitions, numbered lists, notes."""

from __future__ import annotations

from collections.abc import Iterable

import lxml.html
import numpy as np
import pytest

from cleaner.decide.engine_rules import BOILERPLATE
from cleaner.html.blocks import Page
from cleaner.html.together import keep_captioned, keep_data, keep_items, mend, shared
from cleaner.html.verdict import Judgement, Verdict
from cleaner.html.walk import walk
from cleaner.model import Rule

RULE = Rule("test.rule", "generic/test", "advertising", "high", "html", "", matcher="css", patterns=(), keywords=())


def page(html: str) -> Page:
    return walk(lxml.html.document_fromstring(f"<body>{html}</body>"))


def left(html: str, gone: Iterable[int], rule: Rule = BOILERPLATE) -> list[str]:
    """The texts of the blocks that stay of those that were to go."""
    walked = page(html)
    judgement = Judgement(gone={number: Verdict(rule, -1 if rule is BOILERPLATE else 0) for number in gone})
    mend(judgement, walked)
    return [block.text for number, block in enumerate(walked.blocks) if number not in judgement.gone]


def rows_gone(html: str, probability: float) -> tuple[set[int], set[int]]:
    """The rows of tables, all of which were to go, and which of them do."""
    walked = page(html)
    rows = {number for number, block in enumerate(walked.blocks) if block.row is not None}
    judgement = Judgement(gone={number: Verdict(BOILERPLATE, -1) for number in rows})
    keep_data(judgement, walked, [probability] * len(walked.blocks))
    return rows, set(judgement.gone)


TABLE = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"


def test_rows_of_a_table_share_one_probability() -> None:
    html = f"<p>x y</p>{TABLE}"
    probability = np.array([0.9, 0.1, 0.9, 0.8], np.float32)
    result = shared(probability, np.array([2, 2, 2, 2]), page(html))
    assert result.tolist() == np.array([0.9, 0.6, 0.6, 0.6], np.float32).tolist()


def test_a_term_shares_the_probability_of_its_definitions() -> None:
    html = "<dl><dt>a</dt><dd>b</dd><dd>c</dd><dt>d</dt><dd>e</dd></dl>"
    result = shared(np.array([0, 1, 1, 0, 1], np.float32), np.array([1, 1, 2, 1, 3]), page(html))
    assert result.tolist() == [0.75, 0.75, 0.75, 0.75, 0.75]
    assert shared(np.array([0, 1, 1, 0, 0], np.float32), np.array([1, 1, 2, 1, 3]), page(html))[3] == 0


def test_icons_and_hidden_blocks_share_nothing() -> None:
    html = "<dl><dt>a</dt><dd>b<p><span class=sr-only>c</span></p></dd><dd style='display:none'>d</dd></dl>"
    result = shared(np.array([0.5, 1, 0, 0], np.float32), np.array([1, 1, 1, 1]), page(html))
    assert result.tolist() == [0.75, 0.75, 0, 0]


def test_terms_and_definitions_that_are_folded_up_share_theirs() -> None:
    html = "<div style='display:none'><dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl></div>"
    result = shared(np.array([1, 0, 0.5, 0], np.float32), np.array([1, 1, 1, 1]), page(html))
    assert result.tolist() == [0.5, 0.5, 0.25, 0.25]


def test_a_table_that_stays_is_whole() -> None:
    assert left(TABLE, [0, 1]) == ["a b", "1 2", "3 4"]
    assert left(TABLE, [0, 1, 2]) == []


def test_a_rule_does_not_take_the_header_of_a_table_that_stays() -> None:
    assert left(TABLE, [0], RULE) == ["a b", "1 2", "3 4"]
    assert left(TABLE, [1], RULE) == ["a b", "3 4"]


WORDS = "<table><tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c 1</td></tr></table>"
BARE = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
LINKS = TABLE.replace("<td>1</td>", "<td><a href=x>1 and more words</a></td>")


@pytest.mark.parametrize(
    ("html", "probability", "stays"),
    [
        (f"<p>x</p>{TABLE}<p>y</p>", 0.05, True),
        (f"<p>x</p>{TABLE}<p>y</p>", 0.04, False),
        (f"<p>x</p>{WORDS}<p>y</p>", 0.9, False),
        (f"<p>x</p>{LINKS}", 0.9, False),
        (f"<p>x</p>{TABLE}", 0.9, True),
        (f"{TABLE}<p>x</p>", 0.9, False),
        (f"<p>x</p>{TABLE.replace('<tr><td>3</td><td>4</td></tr>', '')}<p>y</p>", 0.9, False),
    ],
    ids=["figures", "unlikely", "words", "links", "at the end", "above all", "two rows"],
)
def test_a_table_of_figures_below_what_stays(html: str, probability: float, stays: bool) -> None:
    rows, gone = rows_gone(html, probability)
    assert not gone if stays else gone == rows


NAMED = "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>"
UNNAMED = NAMED.replace("th>", "td>")
MENU = NAMED.replace("<td>", "<td><a href=x>").replace("</td>", "</a></td>").replace("<th>a</th>", "<th></th>")


@pytest.mark.parametrize(
    ("html", "probability", "stays"),
    [
        (f"<p>x</p>{UNNAMED}<p>y</p>", 0.05, True),
        (f"<p>x</p>{UNNAMED}<p>y</p>", 0.04, False),
        (f"<p>x</p>{LINKS}<p>y</p>", 0.05, True),
        (f"<p>x</p>{MENU.replace('<th>b</th>', '<th></th>')}<p>y</p>", 0.9, False),
        (f"<p>x</p>{BARE}<p>y</p>", 0.9, False),
        (f"<p>x</p>{NAMED}", 0.1, True),
        (f"<p>x</p>{NAMED}", 0.09, False),
        (f"<p>x</p>{UNNAMED}", 0.9, False),
        (f"<p>x</p>{MENU}", 0.9, False),
    ],
    ids=[
        *("between", "unlikely between", "some links between", "all links between", "two rows between"),
        *("named at the end", "unlikely at the end", "no names at the end", "links at the end"),
    ],
)
def test_a_table_of_words_with_text_that_stays_around_it(html: str, probability: float, stays: bool) -> None:
    rows, gone = rows_gone(html, probability)
    assert rows
    assert not gone if stays else gone == rows


def test_a_layout_does_not_stay_for_the_table_in_it() -> None:
    walked = page(f"<p>x</p><table><tr><td><p>menu</p></td></tr><tr><td>{TABLE}</td></tr></table>")
    judgement = Judgement(gone={number: Verdict(BOILERPLATE, -1) for number in range(1, len(walked.blocks))})
    keep_data(judgement, walked, [0.5] * len(walked.blocks))
    assert [walked.blocks[number].text for number in judgement.gone] == ["menu"]


@pytest.mark.parametrize(
    ("html", "stays"),
    [
        (f"<p>x</p><h3>t</h3>{LINKS}<h2>y</h2><p>z</p>", True),
        (f"<p>x</p><h3>t</h3>{BARE}<h2>y</h2><p>z</p>", False),
        (f"<p>x</p><h3>t</h3>{LINKS}<p>y</p>", False),
        (f"<p>x</p><h3>t</h3><p>y</p>{LINKS}<h2>z</h2><p>z</p>", False),
    ],
    ids=["a header", "none", "text below", "text above"],
)
def test_a_heading_that_stays_keeps_the_table_that_is_its_section(html: str, stays: bool) -> None:
    walked = page(html)
    rows = {number for number, block in enumerate(walked.blocks) if block.row is not None}
    for above in (False, True):
        gone = rows | ({min(rows) - 1} if above else set())
        judgement = Judgement(gone={number: Verdict(BOILERPLATE, -1) for number in gone})
        keep_data(judgement, walked, [0] * len(walked.blocks))
        assert not judgement.gone if stays and not above else judgement.gone.keys() == gone


def test_the_caption_above_a_table_of_figures_stays_with_it() -> None:
    walked = page(f"<p>x</p><div>{TABLE.replace('<table>', '<table><caption>Table 1</caption>')}</div><p>y</p>")
    numbers = range(1, len(walked.blocks) - 1)
    assert walked.blocks[1].kind == "caption"
    judgement = Judgement(gone={number: Verdict(BOILERPLATE, -1) for number in numbers})
    keep_data(judgement, walked, [0.5] * len(walked.blocks))
    assert not judgement.gone


def test_a_term_does_not_stay_without_its_definition() -> None:
    html = "<dl><div><dt>a</dt><dd>b</dd></div><div><dt>c</dt><dd>d</dd></div></dl>"
    assert left(html, [0]) == ["a", "b", "c", "d"]
    assert left(html, [2, 3]) == ["a", "b"]


def test_a_definition_of_many_parts_does_not_stay_without_its_term() -> None:
    html = "<dl><dt>a</dt><dd><p>b</p><dl><dt>c</dt><dd>d</dd></dl></dd><dt>e</dt><dd>f</dd></dl>"
    assert left(html, [0, 4, 5]) == ["a", "b", "c", "d"]


LIST = "<ol{}><li>a</li><li>b</li><li>c<p>c2</p></li><li>d</li></ol>"


def test_nothing_goes_from_the_middle_of_a_numbered_list() -> None:
    assert left(LIST.format(""), [1]) == ["a", "b", "c", "c2", "d"]
    assert left(LIST.format(""), [1], RULE) == ["a", "b", "c", "c2", "d"]
    assert left(LIST.format(""), [3]) == ["a", "b", "c", "c2", "d"]
    assert left(LIST.format(""), [0, 1, 4]) == ["c", "c2"]


def test_a_list_of_comments_is_no_numbered_list() -> None:
    assert left(LIST.format(" class=comment-list"), [1]) == ["a", "c", "c2", "d"]


def test_a_list_that_is_called_one_is_numbered() -> None:
    assert left(LIST.format(" class=wp-block-list"), [1]) == ["a", "b", "c", "c2", "d"]
    assert left(LIST.replace("<li>", "<li class=list-item>").format(""), [1]) == ["a", "b", "c", "c2", "d"]
    assert left(LIST.format(" class=result-list"), [1]) == ["a", "c", "c2", "d"]


ITEMS = "<ul{}><li>a</li><li>b</li><li>c<p>c2</p></li></ul>"


@pytest.mark.parametrize(
    ("html", "likely", "stays"),
    [
        (f"<p>x</p>{ITEMS.format('')}", 0.2, True),
        (f"<p>x</p>{ITEMS.format('')}", 0.19, False),
        (f"<p>x</p>{ITEMS.format(' class=related-list')}", 0.5, False),
        (f"<p>x</p>{ITEMS.format('').replace('ul>', 'ol>')}", 0.5, False),
    ],
    ids=["likely", "unlikely", "of the page", "numbered"],
)
@pytest.mark.parametrize("announced", [False, True])
def test_items_of_a_list_stay_with_others_or_with_what_announces_them(
    html: str, likely: float, stays: bool, announced: bool
) -> None:
    html = html.replace("<p>x</p>", "<p>x:</p>") if announced else html
    walked = page(html)
    judgement = Judgement(gone={number: Verdict(BOILERPLATE) for number in range(1 if announced else 2, 5)})
    keep_items(judgement, walked, [0.9, 0.5, *[likely] * 3])
    assert (2 not in judgement.gone) == stays


@pytest.mark.parametrize(("target", "stays"), [("#oak", False), ("/oak", True)])
def test_a_list_of_contents_is_none_of_the_text(target: str, stays: bool) -> None:
    walked = page(f"<p>x:</p><ul>{3 * f'<li><a href={target}>Which oak</a></li>'}</ul>")
    judgement = Judgement(gone={2: Verdict(BOILERPLATE)})
    keep_items(judgement, walked, [0.9, 0.5, 0.5, 0.5])
    assert (2 not in judgement.gone) == stays


def test_an_item_that_repeats_another_list_stays_with_the_others() -> None:
    walked = page(f"<p>x</p>{ITEMS.format('')}")
    judgement = Judgement(gone={2: Verdict(BOILERPLATE)})
    keep_items(judgement, walked, [0.9, 0.5, 0.0, 0.5, 0.5])
    assert list(judgement.gone) == [2]
    keep_items(judgement, walked, [0.9, 0.5, 0.0, 0.5, 0.5], [False, False, True, False, False])
    assert not judgement.gone


@pytest.mark.parametrize(("copies", "stay"), [(4, True), (5, False)])
def test_items_that_repeat_another_list_go_where_there_are_many(copies: int, stay: bool) -> None:
    walked = page(f"<p>x</p><ul><li>a</li><li>b</li>{copies * '<li>c</li>'}</ul>")
    judgement = Judgement(gone={number: Verdict(BOILERPLATE) for number in range(3, 3 + copies)})
    keep_items(judgement, walked, [0.5] * 3 + [0.0] * copies, [False] * 3 + [True] * copies)
    assert (not judgement.gone) == stay


def test_an_item_with_more_in_it_is_judged_part_by_part() -> None:
    walked = page("<p>x</p><ul><li>a</li><li><h3>b</h3><p>c</p></li></ul>")
    judgement = Judgement(gone={2: Verdict(BOILERPLATE), 3: Verdict(BOILERPLATE)})
    keep_items(judgement, walked, [0.5] * 4)
    assert list(judgement.gone) == [2, 3]


NOTES = (
    "<div><p>Salt<sup><a href='#fn1'>1</a></sup> was dear.</p><p>Rye<sup><a href='#fn2'>2</a></sup> was not.</p></div>"
    "<section><h2>Notes</h2><ol><li id=fn1>In the year 1412.</li><li id=fn2>But in 1413.</li></ol></section><p>Ad</p>"
)


def test_notes_stay_with_what_refers_to_them() -> None:
    assert left(NOTES, [2, 3, 4, 5])[2:] == ["Notes", "In the year 1412.", "But in 1413."]
    assert left(NOTES, [3, 4], RULE)[2:] == ["Notes", "In the year 1412.", "But in 1413.", "Ad"]


def test_notes_of_what_goes_may_go() -> None:
    assert left(NOTES, [1, 2, 3, 4, 5]) == ["Salt1 was dear.", "Notes", "In the year 1412."]


@pytest.mark.parametrize(("gone", "stays"), [((0, 1, 2), 4), ((3,), 4), ((0, 1, 2, 3), 0)])
def test_a_table_and_its_caption_are_one(gone: tuple[int, ...], stays: int) -> None:
    walked = page(f"<figure>{TABLE}<figcaption>Two and two</figcaption></figure>")
    judgement = Judgement(gone={number: Verdict(BOILERPLATE) for number in gone})
    keep_captioned(judgement, walked)
    assert len(walked.blocks) - len(judgement.gone) == stays
