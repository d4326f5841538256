"""The index of `cleaner view FOLDER` in a real Chromium."""

from __future__ import annotations

from typing import Literal

import pytest

from cleaner.categories import CATEGORIES
from cleaner.report.folder import Viewed, folder_page
from cleaner.report.page import page
from tests.browser import test_view_page as view
from tests.browser.test_stats_page import column, numbers
from tests.browser.test_view_page import CONTRASTS, SOURCE, Open
from tests.unit.test_page import HOSTILE, report

pytestmark = pytest.mark.slow

Scheme = Literal["light", "dark"]
open_page = view.open_page  # the fixture

DOCUMENTS = [
    Viewed(
        name=f"a folder/Note {number}.md",
        page=f"documents/a folder/Note {number}.md.html",
        characters=10_000,
        removed=number * 97 % 4_000,
        removals=number % 7,
        categories=CATEGORIES[number % 18 : number % 18 + number % 6],
        warnings=number % 3,
    )
    for number in range(40)
]
TYPICAL = folder_page("vault", "normal", DOCUMENTS, [("crawl.warc.gz", "holds many documents")])
EVIL = folder_page(
    HOSTILE,
    "normal",
    [Viewed(f"{HOSTILE}/{n}", f"documents/{HOSTILE}/{n}.html", 10, n, n, ("share",)) for n in range(3)],
    [(HOSTILE, HOSTILE)],
)


def test_the_largest_removals_stand_first(open_page: Open) -> None:
    one = open_page(TYPICAL)
    shown = numbers(column(one, "documents", 3))
    assert shown == sorted((each.removed for each in DOCUMENTS), reverse=True)[:25]
    one.page.click(".more button")
    assert len(column(one, "documents", 3)) == 40
    one.page.click("#documents-table th:has-text('Document') button")
    assert [text.split("\n")[0] for text in column(one, "documents", 1)] == [each.name for each in DOCUMENTS]
    assert one.text("#unseen ~ details").endswith("crawl.warc.gz\nholds many documents")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1300])
def test_light_and_dark_on_phones_and_screens(scheme: Scheme, width: int, open_page: Open) -> None:
    one = open_page(TYPICAL, scheme=scheme, size=(width, 800))
    assert (one.background() == "rgb(253, 252, 249)") == (scheme == "light")
    assert one.page.evaluate("document.documentElement.scrollWidth") == width
    contrasts = one.page.evaluate(CONTRASTS)
    assert len(contrasts) > 100
    assert [pair for pair in contrasts if pair[0] < 4.5] == []


@pytest.mark.parametrize("width", [360, 1300])
def test_a_hostile_name_runs_nothing(width: int, open_page: Open) -> None:
    one = open_page(EVIL, size=(width, 800))
    assert one.page.evaluate("[window.pwned, document.querySelectorAll('script, img').length]") == [None, 1]
    links = one.page.eval_on_selector_all("#documents-table a", "found => found.map(each => each.protocol)")
    assert links == ["file:"] * 3  # none runs anything
    assert one.page.evaluate("document.documentElement.scrollWidth") == width


def test_without_scripts_all_of_it_is_there(open_page: Open) -> None:
    one = open_page(TYPICAL, script=False)
    assert len(column(one, "documents", 1)) == 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_back_from_a_page(scheme: Scheme, open_page: Open) -> None:
    one = open_page(page(SOURCE, report(SOURCE), name="a.md", index="../index.html"), scheme=scheme, size=(360, 740))
    link = one.page.locator("nav a").first
    assert (link.inner_text(), link.get_attribute("href")) == ("All documents", "../index.html")
    assert [pair for pair in one.page.evaluate(CONTRASTS) if pair[0] < 4.5] == []
    assert one.page.evaluate("document.documentElement.scrollWidth") == 360
