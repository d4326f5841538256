"""Rules for the structure of a page against its scorer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

import cleaner
from cleaner.html.blocks import Page
from cleaner.html.score.scorer import Scorer, Scores

PROSE = [
    f"{day} was the day on which the ferry brought the post, and whoever had written to the mainland stood on the pier "
    "and waited until the bags were on the cart and the horse had turned."
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
]


@pytest.fixture
def chances(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """First words of blocks, with how likely the scorer is to find them article text from now on."""
    wanted: dict[str, float] = {}
    score = Scorer.score

    def with_chances(self: Scorer, page: Page, *, title: str, kind: str | None) -> Scores:
        found = score(self, page, title=title, kind=kind)
        probability = found.probability.copy()
        for number, block in enumerate(page.blocks):
            probability[number] = wanted.get(block.text.partition(" ")[0], probability[number])
        return replace(found, probability=probability)

    monkeypatch.setattr(Scorer, "score", with_chances)
    return wanted


def left(shipped: cleaner.Cleaner, gated: Mapping[str, str], kind: str) -> list[str]:
    """The days that stay, of an article some of whose paragraphs have a class."""
    paragraphs = "".join(f'<p class="{gated.get(prose.partition(" ")[0], "")}">{prose}</p>' for prose in PROSE)
    text = shipped.clean(
        f'<!doctype html><html><head><title>The post</title><meta property="og:type" content="{kind}"></head><body>'
        f"<main><article><h1>The post</h1><div>{paragraphs}</div></article></main></body></html>"
    ).text
    return [day for day in (prose.partition(" ")[0] for prose in PROSE) if day in text]


def test_a_class_of_an_article_takes_no_paragraph_of_which_the_scorer_is_half_sure(
    shipped: cleaner.Cleaner, chances: dict[str, float]
) -> None:
    chances |= {prose.partition(" ")[0]: 0.9 for prose in PROSE} | {"Friday": 0.45}
    gated = dict.fromkeys(("Wednesday", "Thursday", "Friday"), "paywall")
    assert "Friday" in left(shipped, gated, "article")
    assert "Friday" not in left(shipped, {"Friday": "paywall"}, "article")
    assert "Friday" not in left(shipped, gated, "website")


@pytest.mark.parametrize(("likely", "stays"), [(0.7, False), (0.95, True)])
def test_what_lies_over_a_page_is_hardly_believed_to_be_its_text(
    shipped: cleaner.Cleaner, chances: dict[str, float], likely: float, stays: bool
) -> None:
    chances |= {prose.partition(" ")[0]: 0.9 for prose in PROSE} | {"Wednesday": likely}
    around = ("<p>{}</p>", "<p>{}</p>", '<div class="modal-content"><p>{}</p></div>', *3 * ("<p>{}</p>",))
    paragraphs = "".join(one.format(prose) for one, prose in zip(around, PROSE, strict=True))
    text = shipped.clean(
        "<!doctype html><html><head><title>The post</title></head><body>"
        f"<main><article><h1>The post</h1><div>{paragraphs}</div></article></main></body></html>"
    ).text
    assert ("Wednesday" in text) == stays


CHOICES = ("Necessary", "Functional", "Measuring", "Advertising", "Social")
LAYER = "".join(
    f"<li><h4>{choice} cookies</h4><p>These keep a note on your device, so that {choice.lower()} services of this "
    "house and of those that it works with know you when you come back, and can tell your visits from those of others. "
    "If you do not allow them, some of what you see may not work as it should, or may be shown to you again.</p></li>"
    for choice in CHOICES
)
AROUND = {
    "a consent layer": f'<div id="onetrust-consent-sdk"><div class="otPcCenter" role="region">{LAYER}</div></div>',
    "a foot": f"<footer>{LAYER}</footer>",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_what_stands_around_an_article_may_be_longer(shipped: cleaner.Cleaner, around: str) -> None:
    paragraphs = "".join(f"<p>{prose}</p>" for prose in PROSE[:2])
    text = shipped.clean(
        "<!doctype html><html><head><title>The post</title></head><body><nav><a href=/>Home</a></nav>"
        f'<div id="page"><h1>The post</h1><div class="text">{paragraphs}</div></div>{around}</body></html>'
    ).text
    assert all(prose in text for prose in PROSE[:2])
    assert not any(choice in text for choice in CHOICES)
