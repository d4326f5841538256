"""Pages of a few words: what stands in their main element is what they say."""

from __future__ import annotations

import pytest

import cleaner

PAGE = """<!doctype html><html lang="en"><head><title>Ferry manual</title></head><body><header class="top">
<a href="/" class="site-title">Ferry</a><nav><a href="/blog">Blog</a></nav></header>
<main><div class="hero"><h1>Ferry manual</h1>
<p>What the crew of a ferry has to know, from the first rope to the last lamp of the evening.</p>{}</div></main>
<footer><p>Last changed in May</p></footer></body></html>"""
LINKS = '<div class="{}"><a href="/ropes">The ropes</a> <a href="/lamps">The lamps, one by one</a></div>'


def cleaned(more: str) -> str:
    return cleaner.clean(PAGE.format(more), format="html", title=False).text


def test_links_stay() -> None:
    assert "[The ropes](/ropes) [The lamps, one by one](/lamps)" in cleaned(LINKS.format("actions"))


@pytest.mark.parametrize("names", ["share-links", "related", "newsletter", "tags"])
def test_what_serves_the_page_goes(names: str) -> None:
    assert "lamps, one by one" not in cleaned(LINKS.format(names))


def test_a_page_of_many_words_is_judged_part_by_part() -> None:
    more = "<p>" + "The skipper ties the rope to the ring and waits for the bell. " * 8 + "</p>"
    assert "lamps, one by one" not in cleaned(more + LINKS.format("actions"))
