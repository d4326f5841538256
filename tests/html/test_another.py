"""Another article below the page's own goes."""

from __future__ import annotations

import pytest

from cleaner import clean

SAID = "The harbour was quiet when the boats came in, and nobody on the quay could say who had left the ladder there. "
OWN = f"<article><h1>A ladder in the harbour</h1><time>6 January 2026</time>{f'<p>{SAID}</p>' * 6}</article>"
NEXT = (
    "<article><h1>The bridge is closed</h1><p>By Ann Boe, <time>5 January 2026</time></p>"
    + "<p>The bridge over the river stays closed until spring, since the beams below the road have rusted through.</p>"
    * 6
    + "</article>"
)
HEAD = "<title>A ladder in the harbour - The Paper</title>"
TYPE = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A ladder in the harbour"}</script>'


def left(body: str, head: str = HEAD + TYPE) -> tuple[bool, bool]:
    """Whether something of the page's own article stays, and of the other one."""
    result = clean(f"<html><head>{head}</head><body><main>{body}</main></body></html>", format="html")
    return "on the quay" in result.text, "The bridge" in result.text


@pytest.mark.parametrize(
    "body",
    [
        OWN + NEXT,
        f"{OWN}<div class='under'>{NEXT}</div>",
        NEXT + OWN,
        f"<article><div>{OWN}{NEXT}</div></article>",
    ],
)
def test_another_article_goes(body: str) -> None:
    assert left(body) == (True, False)


def test_what_went_is_named() -> None:
    result = clean(f"<html><head>{HEAD + TYPE}</head><body>{OWN}{NEXT}</body></html>", format="html")
    assert {removal.category for removal in result.report.removals if "rusted" in removal.text} == {"related"}
    kept = clean(f"<html><head>{HEAD + TYPE}</head><body>{OWN}{NEXT}</body></html>", format="html", skip=["related"])
    assert "rusted" in kept.text


@pytest.mark.parametrize(
    "body",
    [
        OWN + NEXT.replace("h1>", "h2>"),  # a section of it
        OWN + NEXT.replace("time>", "b>"),  # a part of it
        OWN + NEXT.replace("article>", "section>"),
        OWN.replace("article>", "div>") + NEXT,
        OWN + NEXT.replace("The bridge is closed", "A ladder in the harbour"),
    ],
)
def test_parts_of_an_article_stay(body: str) -> None:
    assert left(body) == (True, True)


def test_a_page_that_is_no_article_may_have_several() -> None:
    assert left(OWN + NEXT, HEAD) == (True, True)
