"""What a page states to machines as answers, ingredients or steps stays; nothing comes twice for it."""

from __future__ import annotations

import json

import pytest

import cleaner
from cleaner.html.facts.stated import Stated, stated
from tests.shells import article

ASKED = {
    "Who pays for the lamp oil?": "The harbour board pays for it, out of the dues that every boat over ten tons owes.",
    "May I climb the tower?": "On Sundays in summer you may, if the keeper is in and the flag on the landing is blue.",
    "Is there a boat back?": "The last one leaves at six, or at dusk if that comes before, and it waits for nobody.",
}
FAQ = {
    "@context": "https://schema.org",
    "@type": "FAQPage",
    "mainEntity": [
        {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": f"<p>{said}</p>"}}
        for asked, said in ASKED.items()
    ],
}
ITEM = (
    '<div class="faq-item"><button class="faq-button" aria-expanded="false">{}</button>'
    '<div class="faq-panel" style="display:none"><p>{}</p></div></div>'
)
ACCORDION = "".join(ITEM.format(asked, said) for asked, said in ASKED.items())
OIL = ("2 cups of lamp oil", "1 wick, trimmed", "a pinch of salt")
RECIPE = {"@type": "Recipe", "name": "Light", "recipeIngredient": list(OIL)}
SHELF = '<aside class="sidebar"><h3>You need</h3><ul>' + "".join(f"<li>{one}</li>" for one in OIL) + "</ul></aside>"


def page(below: str, *, states: object = None, beside: str = "") -> str:
    script = f'<script type="application/ld+json">{json.dumps(states)}</script>' if states else ""
    return (
        f'<!doctype html><html lang="en"><head><title>The light</title>{script}</head><body>'
        '<nav><a href="/">Home</a><a href="/log">Log</a></nav>'
        f'<main><article><h1>The light</h1>{article(12)}</article><section class="more">{below}</section></main>'
        f'{beside}<footer><a href="/legal">Legal notice</a></footer></body></html>'
    )


def test_answers_come_back_with_their_questions() -> None:
    silent = cleaner.clean(page(ACCORDION), format="html").text
    assert not any(asked in silent for asked in ASKED)
    stated = cleaner.clean(page(ACCORDION, states=FAQ), format="html").text
    places = [stated.find(part) for one in ASKED.items() for part in one]
    assert -1 not in places
    assert places == sorted(places)


def test_a_question_alone_stays_away() -> None:
    links = "".join(f'<li><a href="#q">{asked}</a></li>' for asked in ASKED)
    text = cleaner.clean(page(f"<ul>{links}</ul>", states=FAQ), format="html").text
    assert not any(asked in text for asked in ASKED)


def test_what_stays_elsewhere_does_not_come_back() -> None:
    text = cleaner.clean(page(ACCORDION + ACCORDION, states=FAQ), format="html").text
    assert [text.count(said) for said in ASKED.values()] == [1, 1, 1]


@pytest.mark.parametrize("states", [None, RECIPE], ids=["silent", "stated"])
def test_ingredients_beside_the_text(states: object) -> None:
    text = cleaner.clean(page("", states=states, beside=SHELF), format="html").text
    assert [one in text for one in OIL] == [states is not None] * len(OIL)


def test_steps_and_answers_are_read_however_deep_they_lie() -> None:
    steps = [
        {"@type": "HowToSection", "itemListElement": [{"@type": "HowToStep", "text": "Trim &amp; light <b>it</b>"}]}
    ]
    graph: list[dict[str, object]] = [
        {"@type": ["Recipe", "Thing"], "recipeInstructions": steps, "ingredients": "1 wick"},
        {"@type": "HowTo", "step": ["Wait."]},
        {"@type": "Question", "name": "Why?", "suggestedAnswer": [{"text": "Because."}], "acceptedAnswer": None},
        {"@type": "Article", "text": "No part."},
    ]
    found = stated(graph)
    assert [" ".join(text.split()) for text in found.answers] == ["1 wick", "Trim & light it", "Wait.", "Because."]
    assert found.questions == ("Why?",)
    assert stated([]) == Stated()


def test_a_page_may_state_too_much() -> None:
    deep: object = "salt"
    for _ in range(10_000):
        deep = [deep]
    many = stated([{"@type": "Recipe", "recipeIngredient": ["salt " * 1000] * 1000, "ingredients": deep}])
    assert 0 < sum(map(len, many.answers)) <= 400_000
