"""What a page hides from sight goes; what it only folds up, or hides until a script shows it, stays."""

from __future__ import annotations

import pytest

import cleaner

PROSE = [
    "The weir was built by the millers of the valley, who needed the head of water for their wheels in August, and it "
    "has held back the river ever since.",
    "It has been repaired three times, and each time with the oak that stands on the hill behind the church, where the "
    "carpenters have their yard.",
    "In dry summers the old piles can be seen, black and hard as iron, and children run over them to the other bank.",
]
NOTE = "Loaded from the second cache of the valley server"


def page(between: str, *, attributes: str = "") -> str:
    first, *rest = (f"<p>{prose}</p>" for prose in PROSE)
    return (
        '<!doctype html><html lang="en"><head><title>The weir</title></head><body><nav class="menu"><a href="/">Home'
        f'</a></nav><main><article class="post" {attributes}><h1>The weir</h1><div class="text">{first}{between}'
        f'{"".join(rest)}</div></article></main><footer class="footer"><a href="/legal">Legal</a></footer></body>'
    )


HIDDEN = {
    "by an attribute": f"<p hidden>{NOTE}</p>",
    "by its style": f'<p style="color: red; display: none">{NOTE}</p>',
    "by its visibility": f'<div style="visibility:hidden"><p>{NOTE}</p></div>',
    "in a template": f"<template><p>{NOTE}</p></template>",
    "in a closed dialog": f"<dialog><p>{NOTE}</p></dialog>",
    "for screen readers": f'<p class="visually-hidden">{NOTE}</p>',
    "for screen readers, in a sentence": f'<p>It was <span class="sr-only">{NOTE}</span> mended in May last year.</p>',
    "in a sentence": f'<p>It was mended <span style="display:none">{NOTE}</span> in May of last year.</p>',
}


@pytest.mark.parametrize("between", HIDDEN.values(), ids=HIDDEN)
def test_it_goes_and_is_in_the_report(between: str, shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(page(between))
    assert NOTE not in result.text
    assert all(prose in result.text for prose in PROSE)
    [removal] = [removal for removal in result.report.removals if NOTE in removal.text]
    assert (removal.rule, removal.category) == ("page.hidden", "interface")
    assert cleaner.restore(result.text, result.report).decode() == result.source


SETTINGS = (
    '{"layoutMobile":2,"layoutDesktop":4,"buttonAlign":"Center","buttonText":"Buy now","price":{"colour":"#222"},'
    '"titleSize":14,"showPrice":true}'
)


def test_settings_of_a_widget_go(shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(page(f'<div class="tool"><div>{SETTINGS}</div></div>'))
    assert all(prose in result.text for prose in PROSE)
    assert "layoutMobile" not in result.text
    [removal] = [removal for removal in result.report.removals if "layoutMobile" in removal.text]
    assert removal.category == "interface"


@pytest.mark.parametrize(
    "shown",
    [
        f"<p>The answer of the gauge is</p><pre>{SETTINGS}</pre>",
        f"<p>The answer of the gauge is</p><p><code>{SETTINGS}</code></p>",
        f"<p>The answer of the gauge was {SETTINGS}</p>",
        f"<p>{SETTINGS.replace(':', ': ')}</p>",
        "<p>The answer of the gauge is</p><p>{SETTINGS} is what the warden wrote on the first page of the book "
        "about the weir, and nobody knows what he meant by {it}</p>",
    ],
)
def test_a_record_that_is_shown_stays(shown: str, shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(page(shown))
    assert "layoutMobile" in result.text or "SETTINGS" in result.text


def test_a_quotation_in_large_letters_goes(shipped: cleaner.Cleaner) -> None:
    quotation = "with the oak that stands on the hill behind the church"
    result = shipped.clean(page(f'<aside class="pullquote" aria-hidden="true"><p>“{quotation}”</p></aside>'))
    assert result.text.count(quotation) == 1


ANSWER = (
    "The sluice is opened by the warden at the end of March, when the snow on the hills has gone, and closed in "
    "October; in between the water stands a hand below the crown of the wall."
)
FOLDED = {
    "a tab": f'<div role="tabpanel" hidden><p>{ANSWER}</p></div>',
    "an accordion": f'<div class="accordion-body" style="display:none"><p>{ANSWER}</p></div>',
    "a spoiler": f'<div>End</div><div class="spoiler-content" style="display:none"><p>{ANSWER}</p></div>',
    "what a button shows": f'<button aria-controls="a1">When?</button><div id="a1" hidden><p>{ANSWER}</p></div>',
    "details": f"<details><summary>When?</summary><div aria-hidden='true'><p>{ANSWER}</p></div></details>",
    "what a reader may search": f'<div hidden="until-found"><p>{ANSWER}</p></div>',
    "an open dialog": f"<dialog open><p>{ANSWER}</p></dialog>",
    "the rest of a sentence": f'<p>When? <span class="dots">…</span><span style="display:none">{ANSWER}</span></p>',
}


@pytest.mark.parametrize("between", FOLDED.values(), ids=FOLDED)
def test_what_is_folded_up_is_not_taken_as_hidden(between: str, shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(page(between))
    assert not [removal for removal in result.report.removals if removal.rule == "page.hidden"]


QUESTIONS = {
    "When is it opened?": "It is opened by the warden at the end of March.",
    "Who built it?": "The millers of the valley built it in two winters.",
}


def test_answers_below_their_questions_stay_where_no_name_tells(shipped: cleaner.Cleaner) -> None:
    pairs = [
        f'<div class="x1"><div><div>{question}</div></div><div style="visibility:hidden"><p>{answer}</p></div></div>'
        for question, answer in QUESTIONS.items()
    ]
    text = shipped.clean(page("".join(pairs))).text
    assert all(answer in text for answer in QUESTIONS.values())
    alone = shipped.clean(page(pairs[0]))
    assert [removal.rule for removal in alone.report.removals if "warden" in removal.text] == ["page.hidden"]


@pytest.mark.parametrize(
    "attributes", ['style="display:none"', "hidden", 'aria-hidden="true"', "inert", 'style="opacity:0"']
)
def test_an_article_that_waits_for_its_scripts_stays(attributes: str, shipped: cleaner.Cleaner) -> None:
    text = shipped.clean(page("", attributes=attributes)).text
    assert all(prose in text for prose in PROSE)


def test_what_is_streamed_is_the_page(shipped: cleaner.Cleaner) -> None:
    html = page("").replace("<main>", '<main hidden id="S:0">')
    assert all(prose in shipped.clean(html).text for prose in PROSE)


TABS = (
    "<div class='tabs'><div role='tabpanel'><pre>make weir\nmake mill</pre></div>"
    "<div role='tabpanel' hidden><pre>weir.exe /make\nmill.exe</pre></div></div>"
)
COPY = "<pre>make weir\nmake mill</pre><pre style='display:none'>make weir\nmake mill</pre>"


def test_listings_of_other_tabs_stay_with_the_one_that_is_shown(shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(page(TABS))
    assert "make weir\nmake mill" in result.text
    assert "weir.exe /make\nmill.exe" in result.text


def test_the_hidden_source_of_a_listing_goes(shipped: cleaner.Cleaner) -> None:
    assert shipped.clean(page(COPY)).text.count("make weir\nmake mill") == 1
