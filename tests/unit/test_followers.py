"""Listings stay or go with the text around them, whatever the scorer thinks of them."""

from __future__ import annotations

import pytest

from cleaner.decide.engine_rules import BOILERPLATE, engine_rule
from cleaner.html.followers import follow
from cleaner.html.parse import parse
from cleaner.html.verdict import Judgement, Verdict
from cleaner.html.walk import walk

ARTICLE = "<article><p>The boat leaves at six.</p><pre>a = 1</pre><p>It is late on Mondays.</p></article>"
ASIDE = "<aside><p>More</p><pre>b = 2</pre><p>Less</p></aside>"


@pytest.mark.parametrize("taken", [{"a = 1"}, set()])
def test_a_listing_in_the_text_stays(taken: set[str]) -> None:
    assert left(ARTICLE + ASIDE, {"More", "b = 2", "Less"} | taken) == [
        "The boat leaves at six.",
        "a = 1",
        "It is late on Mondays.",
    ]


def test_a_listing_among_what_goes_goes() -> None:
    assert "b = 2" not in left(ARTICLE + ASIDE, {"More", "Less"})


def test_labels_of_a_listing_say_nothing_about_it() -> None:
    framed = "<div><div class='head'><span>Go</span><button>Copy</button></div><pre>a = 1</pre></div>"
    assert "a = 1" in left(f"<article><p>The boat leaves.</p>{framed}<p>It is late.</p></article>", {"Go", "Copy"})


@pytest.mark.parametrize("below", ["<p class=btn-more>Read more</p>", "<div><button>Unfold</button></div>"])
def test_buttons_below_a_listing_say_nothing_about_it(below: str) -> None:
    framed = f"<section><div><pre>a = 1</pre></div>{below}</section>"
    html = f"<article><p>The boat leaves.</p>{framed}<p>It is late.</p></article>"
    assert left(html, {"a = 1", "Unfold", "Read more"}) == ["The boat leaves.", "a = 1", "It is late."]


def test_buttons_say_nothing_whoever_takes_them() -> None:
    tabs = "<div><button>clock.py</button><button>tide.py</button></div>"
    page = walk(parse(f"<p>The boat leaves.</p><div>{tabs}<pre>a = 1</pre></div><p>It is late.</p>").root)
    rule = engine_rule("test.tabs", "navigation", "html", "tabs")
    judgement = Judgement(gone={n: Verdict(rule) for n, block in enumerate(page.blocks) if block.kind == "control"})
    assert len(judgement.gone) == 2
    follow(judgement, page, pictures=True)
    assert [page.blocks[number].kind for number in judgement.gone] == ["control", "control"]


@pytest.mark.parametrize(
    ("head", "left_of_it"),
    [
        ("<div class=codeTitle>clock.py</div>", ["clock.py"]),
        ("<div><span class=file-name>clock.py</span></div>", ["clock.py"]),
        ("<div class=bar><p>Python</p><p>Copy</p></div>", []),
        ("<div class=caption><p>Python</p><h4>The clock</h4></div>", None),
    ],
    ids=["title", "title in a line", "bar", "with a heading"],
)
def test_the_frame_of_a_listing_says_nothing_about_it_and_its_title_stays(
    head: str, left_of_it: list[str] | None
) -> None:
    html = f"<article><p>The boat leaves.</p><div>{head}<pre>a = 1</pre></div><p>It is late.</p></article>"
    kept = [*left_of_it, "a = 1"] if left_of_it is not None else []
    taken = {"a = 1", "clock.py", "Python", "Copy", "The clock"}
    assert left(html, taken) == ["The boat leaves.", *kept, "It is late."]


def test_a_box_beside_the_text_goes_with_its_listing() -> None:
    box = "<div class=related-posts><p>Tides</p><pre>a = 1</pre></div>"
    html = f"<article><p>The boat leaves.</p>{box}<p>Late.</p></article>"
    assert left(html, {"a = 1", "Tides"}) == ["The boat leaves.", "Late."]


def test_a_box_with_more_than_a_listing_and_its_buttons_goes_as_a_whole() -> None:
    offer = "Whoever has this on the board may as well buy the clock that we make for it in the village."
    box = f"<section><pre>a = 1</pre><p class=cta>{offer}</p></section>"
    html = f"<article><p>The boat leaves.</p>{box}<p>It is late.</p></article>"
    assert left(html, {"a = 1", offer}) == ["The boat leaves.", "It is late."]


POST = "<blockquote class='{}'><div><p>Late again.</p></div>Ida Quill (@ida)</blockquote>"
POSTED = {"Late again.", "Ida Quill (@ida)"}


@pytest.mark.parametrize(
    ("names", "stays"),
    [
        ("twitter-tweet x", True),
        ("bluesky-embed", True),
        ("tweets", False),
        ("wp-block-file", True),
        ("wp-block-embed is-type-video", True),
        ("wp-block-embed is-type-wp-embed", False),
    ],
)
def test_a_post_in_the_text_stays(names: str, stays: bool) -> None:
    html = f"<article><p>The boat leaves.</p>{POST.format(names)}<p>It is late.</p></article>"
    assert (len(left(html, POSTED)) > 2) == stays


def test_a_post_beside_the_text_goes() -> None:
    box = f"<aside><p>Posts</p>{POST.format('twitter-tweet')}<p>More</p></aside>"
    html = f"<article><p>The boat leaves.</p></article>{box}"
    assert left(html, POSTED | {"Posts", "More"}) == ["The boat leaves."]


def test_a_caption_in_a_table_keeps_its_picture() -> None:
    table = "<table><tr><td><img src=/a.jpg></td></tr><tr><td class=tr-caption>At dawn</td></tr></table>"
    assert left(f"<article><p>The boat leaves.</p>{table}<p>It is late.</p></article>", {"At dawn"}) == [
        *("The boat leaves.", "", "At dawn", "It is late.")
    ]


def test_a_page_of_listings_keeps_them() -> None:
    listing = "x = 1\n" * 40
    assert left(f"<p>Home</p><pre>{listing}</pre><p>Help</p>", {"Home", "Help"}) == [listing.rstrip()]


def left(html: str, taken: set[str]) -> list[str]:
    """The blocks that are left if the scorer takes some."""
    page = walk(parse(html).root)
    judgement = Judgement()
    for number, block in enumerate(page.blocks):
        if block.text in taken:
            judgement.gone[number] = Verdict(BOILERPLATE)
    follow(judgement, page, pictures=True)
    return [block.text for number, block in enumerate(page.blocks) if number not in judgement.gone]
