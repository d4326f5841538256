"""What a program for writing has saved is all text."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.html.exported import exported
from cleaner.html.parse import parse

NOTION = "<article class='page sans'><header><h1>Ferry</h1></header><div class=page-body>{}</div></article>"
WORD = "<meta name=Generator content='Microsoft Word 15'>"
SECTION = "<div class=WordSection1>{}</div>"
PAGES = {
    "Notion": ("", NOTION, ["div"]),
    "a post": ("", NOTION.replace("page sans", "post"), []),
    "Word": (WORD, SECTION, ["body"]),
    "a site made with Word": (WORD, f"<nav><a href=/>Home</a></nav>{SECTION}", []),
    "a site": ("<meta name=generator content='WordPress 6'>", SECTION, []),
    "Google": ("", "<div id=contents><div class='doc-content c3'>{}</div></div>", ["div"]),
    "a box called contents": ("", "<div id=contents><div class='c3'>{}</div></div>", []),
}


@pytest.mark.parametrize(("head", "body", "expected"), PAGES.values(), ids=PAGES)
def test_exported(head: str, body: str, expected: list[str]) -> None:
    page = f"<html><head>{head}</head><body>{body.format('<p>The ferry crosses.</p>')}</body></html>"
    assert [element.tag for element in exported(parse(page).root)] == expected


def test_all_of_it_stays() -> None:
    text = f"<p>{'The ferry crosses the strait at six, when the tide turns. ' * 3}</p>" * 2
    rest = (
        "<div class=column-list><div class=column><p>left</p></div><div class=column><p>right</p></div></div>"
        "<blockquote>Never.</blockquote><figure><a class='bookmark source' href='https://eel.example/'>Eels</a></figure>"
    )
    wanted = {"left", "right", "> Never.", "[Eels](https://eel.example/)"}
    for article, whole in ((NOTION, True), (NOTION.replace("page sans", "post"), False)):
        page = f"<html><head><title>Ferry</title></head><body>{article.format(text + rest)}</body></html>"
        lines = cleaner.clean(page, format="html", title=False).text.split("\n")
        assert (wanted <= set(lines)) == whole
