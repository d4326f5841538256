"""The result begins with the headline, once."""

from __future__ import annotations

import re

import pytest

import cleaner
from cleaner.options import Target
from tests.shells import paragraph

PROSE = [
    "The weir was built by the millers of the valley, who needed the head of water for their wheels in August, and it "
    "has held back the river ever since.",
    "It has been repaired three times, and each time with the oak that stands on the hill behind the church, where the "
    "carpenters have their yard.",
]
TEXT = "".join(f"<p>{prose}</p>" for prose in PROSE)
BODY = "\n\n".join(PROSE) + "\n"


def page(inside: str, head: str = "<title>The weir | Valley News</title>") -> str:
    site = '<meta property="og:site_name" content="Valley News">'
    return (
        f'<!doctype html><html lang="en"><head>{site}{head}</head><body><nav class="menu"><a href="/">Home</a></nav>'
        f'<main><article class="post">{inside}</article></main>'
        '<footer class="footer"><a href="/legal">Legal</a></footer>'
    )


CASES = {
    "in its place": (page(f"<h1>The weir</h1>{TEXT}"), f"# The weir\n\n{BODY}"),
    "with markup": (page(f"<h1>The <em>weir</em></h1>{TEXT}"), f"# The *weir*\n\n{BODY}"),
    "in a heading of level two": (page(f"<h2>The weir</h2>{TEXT}"), f"# The weir\n\n{BODY}"),
    "only in the metadata": (page(TEXT), f"# The weir\n\n{BODY}"),
    "only in the metadata, with signs of Markdown": (
        page(TEXT, "<title>The `weir` of *1601*</title>"),
        f"# The \\`weir\\` of \\*1601\\*\n\n{BODY}",
    ),
    "with the site's name": (page(f"<h1>Valley News: The weir</h1>{TEXT}"), f"# The weir\n\n{BODY}"),
    "below the site's name that leads home": (
        f"<html><head><title>Oxton Days: The weir</title></head><body><h1><a href='/'>Oxton Days</a></h1>"
        f"<article><h3>The weir</h3>{TEXT}</article>",
        f"# The weir\n\n{BODY}",
    ),
    "the site's name on its first page": (
        f"<html><head><title>Oxton Days</title></head><body><h1><a href='/'>Oxton Days</a></h1><main>{TEXT}</main>",
        f"# [Oxton Days](/)\n\n{BODY}",
    ),
    "that leads home": (
        f"<html><head><title>The weir</title></head><body><main><h1><a href='./'>The weir</a></h1>{TEXT}</main>",
        f"# [The weir](./)\n\n{BODY}",
    ),
    "twice": (page(f"<h1>The weir</h1><h2>The weir</h2>{TEXT}"), f"# The weir\n\n{BODY}"),
    "with the sign of an anchor": (
        page(f'<h1>The weir<a class="anchor" href="#weir">¶</a></h1>{TEXT}'),
        f"# The weir\n\n{BODY}",
    ),
    "linked to its own page": (
        page(
            f'<h1><a href="https://valley.example/weir">The weir</a></h1>{TEXT}',
            '<title>The weir</title><link rel="canonical" href="https://valley.example/weir">',
        ),
        f"# The weir\n\n{BODY}",
    ),
    "under a picture of the article": (
        page(f'<figure><img src="/w.jpg" alt="W"></figure><h1>The weir</h1>{TEXT}'),
        f"# The weir\n\n![W](/w.jpg)\n\n{BODY}",
    ),
    "under a paragraph of the article": (
        page(f"<p>{PROSE[0]}</p><h1>The weir</h1><p>{PROSE[1]}</p>"),
        f"# The weir\n\n{BODY}",
    ),
    "in a paragraph above a section": (
        page(f"<p>The weir</p><h1>Repairs</h1>{TEXT}"),
        f"# The weir\n\n# Repairs\n\n{BODY}",
    ),
    "the title of a document of Word's above a section": (
        f"<html><head><title>The weir</title></head><body><p class=MsoTitle>The <i>weir</i></p><h1>Repairs</h1>{TEXT}",
        f"# The *weir*\n\n# Repairs\n\n{BODY}",
    ),
    "above a rule": (page(f"<h1>The weir</h1><hr>{TEXT}<hr>"), f"# The weir\n\n{BODY}"),
    "none": (page(TEXT, ""), BODY),
    "none in a part of a page": (f'<div class="text">{TEXT}</div>', BODY),
    "in a part of a page": (f'<div class="text"><h1>The weir</h1>{TEXT}</div>', f"# The weir\n\n{BODY}"),
    "a heading in the middle of a part of a page": (
        f'<div class="text"><p>{PROSE[0]}</p><h1>Repairs</h1><p>{PROSE[1]}</p></div>',
        f"{PROSE[0]}\n\n# Repairs\n\n{PROSE[1]}\n",
    ),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_the_result_begins_with_the_headline(html: str, expected: str, shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(html, format="html")
    assert result.text == expected
    assert cleaner.restore(result.text, result.report).decode() == result.source
    assert shipped.clean(result.text, format="markdown").text == result.text


@pytest.mark.parametrize("html", [CASES[name][0] for name in ("in its place", "only in the metadata", "twice")])
def test_it_is_a_field(html: str) -> None:
    result = cleaner.clean(html, title=False)
    assert (result.title, result.text) == ("The weir", BODY)
    result = cleaner.clean(html, front_matter=True)
    assert result.text.startswith('---\ntitle: "The weir"\n')
    assert result.text.endswith(f"\n---\n\n{BODY}")


@pytest.mark.parametrize("name", ["in its place", "with the site's name", "under a picture of the article"])
@pytest.mark.parametrize("to", ["html", "text"])
def test_other_forms_have_it_once(name: str, to: Target) -> None:
    for front_matter in (False, to == "html"):
        text = cleaner.clean(CASES[name][0], to=to, front_matter=front_matter).text
        if to == "text":
            assert text == f"The weir\n\n{BODY}"
        else:
            assert re.findall("<h1>(.*?)</h1>", text) == ["The weir"]
            assert text.index("<h1>") < text.index("<p>")


def test_html_without_it() -> None:
    html = cleaner.clean(CASES["in its place"][0], to="html", title=False).text
    assert "<h1>" not in html
    assert "<title>The weir</title>" in html


def test_the_report_has_what_stood_elsewhere() -> None:
    removals = cleaner.clean(CASES["under a paragraph of the article"][0]).report.removals
    assert [removal.text.strip() for removal in removals if removal.rule == "page.headline"] == ["# The weir"]


def test_it_is_left_alone_where_only_a_kind_is_cleaned() -> None:
    html = CASES["in its place"][0]
    assert cleaner.clean(html, only=["subscription"]).text.count("# The weir") == 1


RULES = {
    "at both ends": f"<hr>{TEXT}<hr>",
    "under what a rule takes": f"<p>You have 3 free articles left this month.</p><hr>{TEXT}",
    "after two": f"<hr><p>You have 3 free articles left this month.</p><hr><hr>{TEXT}",
}


@pytest.mark.parametrize("inside", RULES.values(), ids=RULES)
def test_nothing_begins_like_front_matter(inside: str) -> None:
    result = cleaner.clean(page(inside), title=False)
    assert result.text == BODY
    assert cleaner.restore(result.text, result.report).decode() == result.source


@pytest.mark.parametrize("answer", ["Re: ", "AW: ", "RE[2]: ", "回复："])
def test_the_title_of_an_answer_says_nothing(answer: str) -> None:
    posts = "".join(
        f"<div class=post><h3>{answer * (number > 0)}Which oak for the weir</h3><p>{paragraph(number)}</p></div>"
        for number in range(4)
    )
    page = f"<html><head><title>Which oak for the weir</title></head><body><h1>The mill forum</h1>{posts}</body></html>"
    text = cleaner.clean(page, format="html").text
    assert text.count("Which oak for the weir") == 1
    assert all(paragraph(number) in text for number in range(4))
    other = cleaner.clean(page.replace(f"{answer}Which oak", "Re: No oak"), format="html").text
    assert other.count("Re: No oak for the weir") == 3
