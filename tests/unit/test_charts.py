"""Sizes of what charts draw, and the index of a folder."""

from __future__ import annotations

import pytest

from cleaner.report.charts import bar, histogram, strip
from cleaner.report.folder import Viewed, address, folder_page
from cleaner.report.frame import filename, inline, snippet
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


def test_the_index_of_a_folder() -> None:
    some = [
        Viewed("b.md", "b.html", 1000, 0, 0),
        Viewed("a.md", "a a.html", 1000, 400, 2, ("share", "cookie", "related", "print"), warnings=2),
        Viewed("c.md", "c.html", 4000, 500, 1, ("share",)),
        Viewed("e.md", "e.html", 1000, 400, 3, ("share",)),
        Viewed("f.md", "f.html", 1000, 1, 1, ("print",)),
        Viewed("d.md", "d.html", 1000, 400, 2, ("share", "cookie", "related")),
    ]
    page = parsed(folder_page("Clippings", "normal", some, [("odd.pdf", "no clipping")]))
    links = page.xpath("//tbody//a")
    assert [link.text_content() for link in links] == ["c.md", "e.md", "a.md", "d.md", "f.md", "b.md"]
    assert [link.get("href") for link in links][2] == "a%20a.html"
    figures = [tuple(each.text_content() for each in one) for one in page.xpath("//dl[@class='figures']/div")]
    assert figures == [
        ("Documents", "6", "each has a page"),
        ("Lost something", "5", "83 % of them"),
        ("Removed", "19 %", "1,701 of 9,000 characters"),
    ]
    rows = page.xpath("//tbody/tr")
    assert [row.xpath(".//td/@data-v")[-1] for row in rows][:2] == ["0.125000", "0.400000"]
    told = [" ".join(row.xpath(".//span[@class='why']")[0].text_content().split()) for row in rows]
    assert told == [
        "share",
        "share",
        "share cookie related and 1 more · 2 warnings",
        "share cookie related",
        "print",
        "",
    ]
    (unseen,) = page.xpath("//section[@aria-labelledby='unseen']//li")
    assert unseen.text_content().split() == ["odd.pdf", "no", "clipping"]


def test_the_index_of_no_documents() -> None:
    page = parsed(folder_page("Clippings", "normal", [], []))
    assert page.xpath("//p[@class='lead']")[0].text_content() == "There is no document here that can be shown."


def test_names_and_snippets() -> None:
    assert filename("a\r\nb") == "a\\r\\nb"
    assert inline(" a\n\tb  c ") == "a b c"
    assert (snippet("x" * 140), snippet("x" * 141)) == ("x" * 140, "x" * 139 + "…")
    assert snippet("a" + " " * 600 + "b") == "a"
