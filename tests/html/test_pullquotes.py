"""Pull quotes: a sentence of the text in large letters goes, any other quotation stays."""

from __future__ import annotations

import pytest

import cleaner

PAGE = """<!doctype html><html lang="en"><head><title>The weir</title></head><body><header><nav><a href="/">Mill</a>
<a href="/news">News</a></nav></header><main><article><h1>The weir</h1><div class="text">
<p>The weir was built by the millers of the valley, who needed the head of water for their wheels in August.</p>
{}
<p>It has been repaired three times since, and each time with the oak that stands on the hill behind the church.</p>
</div></article></main><footer><a href="/legal">Legal notice</a></footer></body></html>"""
SAID = "It has been repaired three times since"
REPEATED = {
    "an aside": f'<aside class="pull-quote"><p>“{SAID}”</p></aside>',
    "a figure": f"<figure class=wp-block-pullquote><p>{SAID}</p><cite>Ada</cite></figure>",
    "a role": f'<div role="doc-pullquote">{SAID}</div>',
    "with a button": f'<div class="pullquote"><p>{SAID}</p><a href="https://x.example/">Tweet this</a></div>',
    "an attribute of words": f'<aside class="article--pullquote"><p>{SAID.upper()}</p></aside>',
}
OTHERS = {
    "said nowhere else": '<aside class="pullquote"><p>Nobody has paid for the oak yet.</p></aside>',
    "a quotation": f"<blockquote><p>{SAID}</p></blockquote>",
    "more than that": f"<div class=pullquote><p>{SAID}</p><p>Nobody has paid for the oak yet, nor will.</p></div>",
}


@pytest.mark.parametrize("quote", REPEATED.values(), ids=REPEATED)
def test_a_repeated_sentence_goes(quote: str) -> None:
    result = cleaner.clean(PAGE.format(quote), format="html", title=False)
    assert result.text.casefold().count(SAID.casefold()) == 1
    assert "page.repeated" in {removal.rule for removal in result.report.removals}


@pytest.mark.parametrize("quote", OTHERS.values(), ids=OTHERS)
def test_everything_else_stays(quote: str) -> None:
    result = cleaner.clean(PAGE.format(quote), format="html", title=False)
    assert "page.repeated" not in {removal.rule for removal in result.report.removals}


def test_rules_below_each_other_are_one() -> None:
    assert cleaner.clean(PAGE.format("<hr><hr>"), format="html", title=False).text.count("---") == 1
