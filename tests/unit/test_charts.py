"""Sizes of what charts draw, and the index of a folder."""

from __future__ import annotations

import pytest

from cleaner.report.charts import bar, histogram, strip
from cleaner.report.folder import Viewed, address, folder_page
from tests.unit.test_page import parsed


def test_runs_on_a_strip() -> None:
    assert [tuple(one) for one in strip([(0, 25, "share"), (100, 200, "cookie")], 200)] == [
        ("share", "0.00", "125.00"),
        ("cookie", "500.00", "500.00"),
    ]
    assert [one.width for one in strip([(0, 1, "share"), (0, 3, "share")], 2000)] == ["1.00", "1.50"]
    assert next(strip([(0, 1, "share")], 0)).width == "1000.00"


def test_bars() -> None:
    assert [bar(value, 800) for value in (0, 1, 4, 100, 800)] == ["", "0.4%", "0.5%", "12.5%", "100%"]


def test_a_histogram() -> None:
    assert [tuple(one) for one in histogram([1, 4, 0, 2, 3])] == [
        ("", "25%", "1"),
        ("0–25", "100%", "4"),
        ("25–50", "", "0"),
        ("50–75", "50%", "2"),
        ("75–100", "75%", "3"),
    ]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (99_999, "99,999"),
        (100_000, "100 k"),
        (999_499, "999 k"),
        (999_500, "1.0 M"),
        (12_345_678, "12.3 M"),
        (1_234_567_890, "1,234.6 M"),
    ],
)
def test_numbers_over_bars(count: int, said: str) -> None:
    assert next(histogram([count, 0])).documents == said


@pytest.mark.parametrize(
    ("path", "said"),
    [("a b/c.html", "a%20b/c.html"), ("a\udcff", "a%FF"), ("a\ud800", "a%ED%A0%80"), ("é?#", "%C3%A9%3F%23")],
)
def test_addresses(path: str, said: str) -> None:
    assert address(path) == said


def rows(*documents: Viewed) -> list[list[str]]:
    page = parsed(folder_page("Clippings", "normal", documents, []))
    return [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]


def test_the_index_of_a_folder() -> None:
    some = [
        Viewed("b.md", "b.html", 1000, 0, 0),
        Viewed("a.md", "a a.html", 1000, 400, 2, ("share", "cookie", "related", "print"), warnings=2),
        Viewed("c.md", "c.html", 4000, 500, 1, ("share",)),
        Viewed("e.md", "e.html", 1000, 400, 3, ("share",)),
        Viewed("d.md", "d.html", 1000, 400, 2, ("share", "cookie", "related")),
    ]
    page = parsed(folder_page("Clippings", "normal", some, [("odd.pdf", "no clipping")]))
    links = page.xpath("//tbody//a")
    assert [link.text_content() for link in links] == ["c.md", "e.md", "a.md", "d.md", "b.md"]
    assert [link.get("href") for link in links][2] == "a%20a.html"
    text = " ".join(" ".join(page.xpath("//body//text()[not(ancestor::script)]")).split())
    assert "Documents 5 each has a page" in text
    assert "Lost something 4 80 % of them" in text
    assert "Removed 21 % 1,700 of 8,000 characters" in text
    assert "odd.pdf" in text
    assert "no clipping" in text
