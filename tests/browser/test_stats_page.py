"""The page of `cleaner stats` in a real Chromium."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Literal

import pytest

from cleaner.report.stats import RunFacts, stats_page
from cleaner.report.tally import Tally
from tests.browser import test_view_page as view
from tests.browser.test_view_page import CONTRASTS, Open, Opened
from tests.unit.test_report_stats import FACTS, RULES, bare, hostile, tally

pytestmark = pytest.mark.slow

Scheme = Literal["light", "dark"]
open_page = view.open_page  # the fixture

TYPICAL = stats_page(FACTS)
PHONE = (360, 740)

FILLS = """() => {
  // As text, which is what the contrasts are taken of.
  for (const rect of document.querySelectorAll(".bar rect, .map rect")) {
    const sample = document.createElement("span");
    sample.textContent = "bar";
    sample.style.color = getComputedStyle(rect).fill;
    rect.ownerSVGElement.after(sample);
  }
}"""


def many_sites() -> RunFacts:
    """A run over a million documents of two hundred sites, with large numbers."""
    sums = tally()
    sums.documents, sums.characters, sums.removed = 1_000_000, 9_876_543_210, 987_654_321
    sums.shares = [n * 1000 for n in sums.shares]
    sums.sites = {f"sites/paper-{n}": [n, 1_000_000, 1000 * n] for n in range(200)}
    return replace(FACTS, tally=sums, title="a-very-long-name-without-any-place-to-break-it/" * 4)


def column(one: Opened, table: str, number: int) -> list[str]:
    """The visible texts of a column, from 1."""
    cells = f"#{table}-table tbody tr > :nth-child({number})"
    shown = "found => found.filter(each => each.checkVisibility()).map(each => each.innerText)"
    return list(one.page.eval_on_selector_all(cells, shown))


def head(one: Opened, table: str, title: str) -> str:
    """How a table is sorted by a column."""
    way = one.page.locator(f"#{table}-table th", has_text=title).first.get_attribute("aria-sort")
    assert way is not None
    return way


def numbers(texts: list[str]) -> list[int]:
    """The numbers that the texts are."""
    return [int(text.replace(",", "")) for text in texts]


def test_sorting_with_the_mouse(open_page: Open) -> None:
    one = open_page(TYPICAL)
    before = numbers(column(one, "categories", 4))
    assert before == sorted(before, reverse=True)
    assert (head(one, "categories", "Characters"), head(one, "categories", "Category")) == ("descending", "none")
    one.page.click("#categories-table th:has-text('Category') button")
    assert column(one, "categories", 1) == sorted(column(one, "categories", 1))
    assert (head(one, "categories", "Characters"), head(one, "categories", "Category")) == ("none", "ascending")
    one.page.click("#categories-table th:has-text('Category') button")
    assert column(one, "categories", 1) == sorted(column(one, "categories", 1), reverse=True)
    one.page.click("#categories-table th:has-text('Characters') button")
    assert numbers(column(one, "categories", 4)) == before
    one.page.click("#categories-table th:has-text('Characters') button")
    assert numbers(column(one, "categories", 4)) == before[::-1]
    one.page.click("#sites-table th:has-text('Share') button")
    assert column(one, "sites", 4) == ["67 %", "10 %", "< 1 %"]


def test_sorting_with_keys(open_page: Open) -> None:
    one = open_page(TYPICAL)
    one.page.focus("#rules-table th:has-text('Characters') button")
    one.page.keyboard.press("Enter")
    assert head(one, "rules", "Characters") == "descending"
    found = numbers(column(one, "rules", 5))
    assert found == sorted(found, reverse=True)
    one.page.keyboard.press("Space")
    assert head(one, "rules", "Characters") == "ascending"
    # The 25 that are shown are the first of all in the new order.
    assert numbers(column(one, "rules", 5)) == sorted(size for _, size in FACTS.tally.rules.values())[:25]


def test_search_with_keys(open_page: Open) -> None:
    one = open_page(TYPICAL)
    assert len(column(one, "rules", 1)) == 25
    one.page.focus("#search")
    one.page.keyboard.type("LEGAL of")
    assert column(one, "rules", 2) == ["legal", "legal"]
    assert one.text("#status") == "2 fired, 2 never did"
    assert (one.count("#never ~ details"), one.count("#never ~ details li")) == (1, 2)
    assert not one.count(".more button")
    one.page.keyboard.press("Escape")
    assert one.page.input_value("#search") == one.text("#status") == ""
    assert len(column(one, "rules", 1)) == 25
    assert (one.count("#never ~ details"), one.count("#never ~ details li")) == (18, 0)
    one.page.keyboard.type("nothing of the kind")
    assert column(one, "rules", 1) == []
    assert one.text("#status") == "0 fired, 0 never did"


def test_search_finds_what_is_not_shown_and_can_be_sorted(open_page: Open) -> None:
    one = open_page(TYPICAL)
    last = min(FACTS.tally.rules, key=lambda rule: FACTS.tally.rules[rule])
    assert not any(last in text for text in column(one, "rules", 1))
    one.page.fill("#search", last)
    assert [text.split()[0] for text in column(one, "rules", 1)] == [last]
    one.page.fill("#search", "kind 3")
    one.page.click("#rules-table th:has-text('Category') button")
    found = column(one, "rules", 2)
    assert len(found) == 18
    assert found == sorted(found)


def test_long_tables_unfold(open_page: Open) -> None:
    one = open_page(stats_page(many_sites()))
    assert len(column(one, "sites", 1)) == 25
    button = one.page.locator("[aria-controls=sites-table]")
    assert (button.inner_text(), button.get_attribute("aria-expanded")) == ("Show all 200", "false")
    button.focus()
    one.page.keyboard.press("Enter")
    assert len(column(one, "sites", 1)) == 200
    assert (button.inner_text(), button.get_attribute("aria-expanded")) == ("Show the first only", "true")
    button.click()
    assert len(column(one, "sites", 1)) == 25


def test_what_is_folded_away_unfolds(open_page: Open) -> None:
    one = open_page(TYPICAL)
    assert one.count("#never ~ details li") == 0
    one.page.locator("#never ~ details summary").first.focus()
    one.page.keyboard.press("Enter")
    assert one.count("#never ~ details li") == 2
    one.page.click("#aside ~ details:has-text('timeout') summary")
    assert "slow 6.html" in one.text("#aside ~ details:has-text('timeout')")


def test_light_and_dark(open_page: Open) -> None:
    light, dark = (open_page(TYPICAL, scheme=scheme) for scheme in ("light", "dark"))
    bright, gloomy = light.background(), dark.background()
    assert bright != gloomy
    light.page.click("#theme")
    assert light.background() == gloomy
    assert light.text("#theme") == "Light colours"
    dark.page.focus("#theme")
    dark.page.keyboard.press("Enter")
    assert dark.background() == bright


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: Scheme, open_page: Open) -> None:
    one = open_page(TYPICAL, scheme=scheme)
    one.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    one.page.click("#rules-table th:has-text('Rule') button")
    one.page.mouse.move(0, 0)
    one.page.wait_for_timeout(200)  # the transition
    for width in (360, 1300):
        one.page.set_viewport_size({"width": width, "height": 800})
        contrasts = one.page.evaluate(CONTRASTS)
        assert len(contrasts) > 300
        assert [pair for pair in contrasts if pair[0] < 4.5] == []
    one.page.evaluate(FILLS)
    fills = [pair for pair in one.page.evaluate(CONTRASTS) if pair[1].endswith(">bar</span>")]
    assert len(fills) > 80
    assert [pair for pair in fills if pair[0] < 3] == []


def test_colours_are_those_of_the_categories(open_page: Open) -> None:
    one = open_page(TYPICAL)
    pairs = one.page.evaluate(
        """() => [...document.querySelectorAll("#categories-table tbody tr")].flatMap((row) =>
          [...row.querySelectorAll("rect")].map((rect) =>
            [getComputedStyle(row.querySelector(".c")).color, getComputedStyle(rect).fill]))"""
    )
    assert len(pairs) == 36
    assert all(text == fill for text, fill in pairs)
    assert len({text for text, _ in pairs}) == 18
    (strange,) = one.page.eval_on_selector_all(
        "#shares ~ figure li:nth-child(2) rect", "found => found.map(each => getComputedStyle(each).fill)"
    )
    assert strange != "rgb(0, 0, 0)"  # a bar without a category has a colour, too


def test_bars_stand_on_wide_screens_and_lie_on_phones(open_page: Open) -> None:
    boxes = """() => [...document.querySelectorAll(".histogram .bar")].map((bar) => {
      const { width, height, bottom, left } = bar.getBoundingClientRect();
      return [width, height, bottom, left].map(Math.round);
    })"""
    wide = open_page(TYPICAL).page.evaluate(boxes)
    assert len({bottom for _, _, bottom, _ in wide}) == 1
    assert len({width for width, _, _, _ in wide[1:]}) == 1  # the first, of documents that lost nothing, is wider
    assert [round(100 * height / wide[1][1]) for _, height, _, _ in wide] == pytest.approx(
        [20, 100, 60, 16, 3, 1], abs=1
    )
    phone = open_page(TYPICAL, size=PHONE).page.evaluate(boxes)
    assert len({left for _, _, _, left in phone}) == 1
    assert len({height for _, height, _, _ in phone}) == 1
    assert [round(100 * width / phone[1][0]) for width, _, _, _ in phone] == pytest.approx(
        [20, 100, 60, 16, 3, 1], abs=1
    )
    assert all(width <= 360 for width, _, _, _ in phone)


def test_no_label_of_the_histogram_lies_over_another(open_page: Open) -> None:
    boxes = """(selector) => [...document.querySelectorAll(selector)].map((each) => {
      const range = document.createRange();
      range.selectNode(each.firstChild);
      const { left, right } = range.getBoundingClientRect();
      return [left, right];
    })"""
    one = open_page(stats_page(many_sites()))
    for width in (1300, 961):
        one.page.set_viewport_size({"width": width, "height": 800})
        for selector in (".histogram .n", ".histogram .bin"):
            found = one.page.evaluate(boxes, selector)
            assert len(found) == 21
            assert all(before[1] <= after[0] for before, after in pairwise(found)), (width, selector)


def test_print_shows_everything(open_page: Open) -> None:
    one = open_page(stats_page(many_sites()), scheme="dark")
    one.page.fill("#search", "nothing of the kind")
    one.page.emulate_media(media="print")
    for selector in ("#theme", "#search", "nav", ".skip", ".more button"):
        assert not one.count(selector)
    assert (one.count("#sites-table tbody tr"), one.count("#rules-table tbody tr")) == (200, 36)
    assert one.count("#never ~ details li") == len(RULES) // 2  # folded or not
    assert one.count("#aside ~ details li") == 11
    assert one.background() == "rgb(255, 255, 255)"
    assert one.page.pdf()[:4] == b"%PDF"


@pytest.mark.parametrize("facts", [FACTS, many_sites(), hostile(), bare(Tally())], ids=["usual", "many", "odd", "none"])
def test_nothing_sticks_out(facts: RunFacts, open_page: Open) -> None:
    one = open_page(stats_page(facts))
    for width in (360, 700, 1000, 2400):
        one.page.set_viewport_size({"width": width, "height": 900})
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone(open_page: Open) -> None:
    one = open_page(TYPICAL, size=PHONE)
    low = "found => found.filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 35).length"
    assert one.page.eval_on_selector_all("button, summary, input", low) == 0
    inside = "found => found.every((e) => e.scrollWidth <= e.clientWidth)"
    assert one.page.eval_on_selector_all("section", inside)  # nor is there anything to be scrolled sideways
    name = one.page.locator("#documents-table tbody th").first.bounding_box()
    assert name is not None
    assert name["width"] > 300  # names have a line of their own
    assert column(one, "rules", 2)[0] == "boilerplate"


def test_without_scripts(open_page: Open) -> None:
    one = open_page(stats_page(many_sites()), script=False)
    for selector in ("#theme", "#search", ".more", "thead button"):
        assert not one.count(selector)
    assert (len(column(one, "sites", 1)), len(column(one, "rules", 1))) == (200, 36)
    one.page.click("#never ~ details summary")
    assert one.count("#never ~ details li") == 2


def test_a_hostile_run_is_inert(open_page: Open) -> None:
    one = open_page(stats_page(hostile()))
    one.page.click("#rules-table th:has-text('Rule') button")
    one.page.click("#documents-table th:has-text('Document') button")
    one.page.fill("#search", "<script>")
    one.page.wait_for_timeout(100)
    assert one.page.evaluate("[typeof pwned, document.images.length, document.scripts.length]") == ["undefined", 0, 1]
    assert one.text("#status") == "1 fired, 1 never did"
    assert one.text("#rules-table tbody tr:not([hidden]) code").startswith("</script><script>parent.pwned")
    assert one.text("h1").startswith("</script><script>parent.pwned = 1</script>\\n<img")


@pytest.mark.parametrize("sums", [Tally(), Tally(2, sites={"": [2, 9, 0]}, shares=[2, *[0] * 20])], ids=["0", "2"])
def test_runs_without_removals(sums: Tally, open_page: Open) -> None:
    one = open_page(stats_page(bare(sums)))
    assert one.text("#categories") == "Nothing was removed"
    one.page.click("#theme")  # the script ran to its end


def test_names_and_landmarks(open_page: Open) -> None:
    one = open_page(TYPICAL)
    assert one.page.get_attribute("html", "lang") == "en"
    for selector in ("main", "header", "nav", "h1"):
        assert len(one.page.query_selector_all(selector)) == 1
    levels = one.page.evaluate("[...document.querySelectorAll('h1, h2, h3')].map((h) => +h.tagName[1])")
    assert levels == [1, *[2] * 8]
    nameless = one.page.evaluate(
        """() => [...document.querySelectorAll("button, input, a, summary, table, figure.histogram")].filter((e) =>
          !(e.innerText.trim() || e.labels?.length)).map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_tabbing(open_page: Open) -> None:
    one = open_page(TYPICAL)
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.hash") == "#main"
    box = one.page.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0  # seen as soon as it has the focus
    one.page.keyboard.press("Enter")
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.textContent") == "Category"
    assert one.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    one.page.keyboard.press("Enter")
    assert head(one, "categories", "Category") == "ascending"
