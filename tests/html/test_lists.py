"""Lists: what is nested stays nested, and every number is the one that the page shows."""

from __future__ import annotations

import lxml.html
import pytest

from cleaner.html.render.page import render
from cleaner.html.walk import walk
from tests.html.support import again, markdown, text

WORD = (
    "<p class=MsoListParagraphCxSpMiddle style='text-indent:-18pt;mso-list:l0 level%s lfo1'><!--x--><span>%s"
    "<span style='font:7pt Times'>\xa0\xa0 </span></span>"
)
TEX = "<li style='list-style-type:none'><span class='ltx_tag ltx_tag_item'>%s</span><div class=ltx_para><p>"
CASES = {
    "a list right in a list": (
        "<ul><li>a</li><ul><li>b</li><ul><li>c</li></ul></ul><li>d</li></ul>",
        "- a\n  - b\n    - c\n- d",
    ),
    "a list right in a numbered one": ("<ol><li>a</li><ul><li>b</li></ul><li>c</li></ol>", "1. a\n   - b\n2. c"),
    "two lists in one item": ("<ul><li>a<ul><li>b</li></ul><ul><li>c</li></ul></li></ul>", "- a\n  - b\n  - c"),
    "a list in a list without items": ("<ul><ul><li>a</li></ul></ul>", "- a"),
    "an item without a list": ("<div><li>a</li><li>b</li></div>", "- a\n- b"),
    "a start": ("<ol start=0><li>a</li><li>b</li></ol>", "0. a\n1. b"),
    "a wide number": ("<ol start=99><li>a<p>b</p></li><li>c<p>d</p></li></ol>", "99. a\n\n    b\n100. c\n\n     d"),
    "a value": ("<ol><li>a</li><li value=5>b</li><li>c</li></ol>", "1. a\n\n5) b\n6) c"),
    "backwards": ("<ol reversed><li>a</li><li>b</li><li>c</li></ol>", "3. a\n\n2) b\n\n1. c"),
    "letters": ("<ol type=a start=26><li>a</li><li>b</li></ol>", "- z. a\n- aa. b"),
    "Roman numbers": ("<ol style='list-style-type: upper-roman' start=4><li>a</li></ol>", "- IV. a"),
    "a negative number": ("<ol start=-1><li>a</li><li>b</li></ol>", "- -1. a\n0. b"),
    "two numbered lists": ("<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>", "1. a\n2. b\n\n1) c"),
    "a list that goes on": ("<ol><li>a</li></ol><p>x</p><ol start=2><li>b</li></ol>", "1. a\n\nx\n\n2. b"),
    "an icon before the first item": (
        "<p>x</p><ol><li><ul><li><svg><text>Go</text></svg></li><li>a</li></ul></li></ol>",
        "x\n\nGo\n\n1. - a",
    ),
    "a start in an item": ("<ol><li>a<ol start=3><li>b</li><li>c</li></ol></li></ol>", "1. a\n\n   3. b\n   4. c"),
    "tasks": (
        "<ul class=contains-task-list><li><input type=checkbox checked disabled> a</li>"
        "<li><label><input type=checkbox disabled> b</label></li></ul>",
        "- [x] a\n- [ ] b",
    ),
    "tasks of an editor": (
        "<ul data-type=taskList><li data-checked=true><p>a</p></li><li data-checked=false><p>b</p></li></ul>",
        "- [x] a\n- [ ] b",
    ),
    "tasks of which one is done": (
        "<ol><li><input type=checkbox checked>a</li><li><input type=checkbox>b</li></ol>",
        "1. [x] a\n2. [ ] b",
    ),
    "boxes of ingredients": ("<ul><li><input type=checkbox> salt</li></ul>", "- salt"),
    "a box in a sentence": (
        "<ul><li>Tick the box <input type=checkbox checked> twice.</li></ul>",
        "- Tick the box twice.",
    ),
    "code, a quotation and a table in an item": (
        "<ol><li>a<pre>b\n  c</pre><blockquote>d</blockquote><p>e</p></li><li>f</li></ol>",
        "1. a\n\n   ```\n   b\n     c\n   ```\n\n   > d\n\n   e\n2. f",
    ),
    "definitions without a term, which are set in": (
        "<ul><li>a</li></ul><dl><dd>b<dl><dd>c</dd></dl></dd></dl><dl><div><dt>d</dt><dd>e</dd></div></dl>",
        "- a\n\nb\n\nc\n\n**d**\n\n: e",
    ),
    "levels of Google's documents": (
        "<ul class='lst-kix_a-0 start'><li>a</li></ul><ol class='lst-kix_a-1 start' start=1><li>b</li><li>c</li></ol>"
        "<ul class=lst-kix_a-0><li>d</li></ul>e",
        "- a\n  1. b\n  2. c\n- d\n\ne",
    ),
    "a numbered list of Google's documents that goes on": (
        "<ol class=lst-kix_a-0 start=1><li>a</li></ol><ol class=lst-kix_a-1 start=1><li>b</li></ol>"
        "<ol class=lst-kix_a-0 start=7><li>c</li></ol>",
        "1. a\n   1. b\n\n7) c",
    ),
    "levels of Google's clipboard": (
        "<ul><li aria-level=1>a</li></ul> <ul><li aria-level=2>b</li></ul>\n<ul><li aria-level=1>c</li></ul>",
        "- a\n  - b\n- c",
    ),
    "levels of lists that are nested": (
        "<ul><li aria-level=1>a</li><ul><li aria-level=2>b</li></ul><li aria-level=1>c</li></ul>",
        "- a\n  - b\n- c",
    ),
    "levels of Word for the web": (
        "".join(
            f"<div class=ListContainerWrapper><ul><li data-aria-level={level}><p>{word}</p></li></ul></div>"
            for level, word in ((1, "a"), (2, "b"), (3, "c"), (1, "d"))
        )
        + "<p>e</p>",
        "- a\n  - b\n    - c\n- d\n\ne",
    ),
    "levels of Quill": (
        "<ol><li data-list=bullet>a</li><li data-list=bullet class=ql-indent-1>b</li><li data-list=bullet>c</li></ol>",
        "- a\n  - b\n- c",
    ),
    "levels of Paper": (
        "<ul class='listtype-x listindent1'><li>a</li></ul><ul class='listtype-x listindent2'><li>b</li></ul>",
        "- a\n  - b",
    ),
    "margins": (
        "<ul style='margin-left:36pt'><li>a</li></ul><ul style='margin-left:72pt'><li>b</li></ul>",
        "- a\n  - b",
    ),
    "margins of lists apart": (
        "<ul style='margin-left:36pt'><li>a</li></ul>x<ul style='margin-left:72pt'><li>b</li></ul>",
        "- a\n\nx\n\n- b",
    ),
    "lists of two kinds on one level": (
        "<div><ul class=lst-kix_a-0><li>a</li></ul><ul class=lst-kix_a-1><li>b</li></ul>"
        "<ol class=lst-kix_a-0><li>c</li></ol>d</div>",
        "- a\n  - b\n\n1. c\n\nd",
    ),
    "no first level": ("<ul><li aria-level=2>a</li></ul><ul><li aria-level=1>b</li></ul>", "- a\n- b"),
    "bullets that Word draws": (
        f"{WORD % ('1', '·')}a</p>{WORD % ('1', '·')}b</p>{WORD % ('2', 'o')}c</p>{WORD % ('1', '·')}d</p><p>e</p>",
        "- a\n- b\n  - c\n- d\n\ne",
    ),
    "numbers that Word draws": (f"{WORD % ('1', '3.')}a</p>{WORD % ('1', '4.')}b</p>", "3. a\n4. b"),
    "letters that Word draws": (f"{WORD % ('1', 'a)')}x</p>{WORD % ('1', 'b)')}y</p>", "- a) x\n- b) y"),
    "two lists of Word": (f"{WORD % ('1', '·')}a</p><p>x</p>{WORD % ('1', '·')}b</p>", "- a\n\nx\n\n- b"),
    "a paragraph of Word that is no item": (
        "<p class=MsoListParagraph>a</p><p class=MsoListParagraph>b - c</p>",
        "a\n\nb - c",
    ),
    "bullets that LaTeXML repeats": (
        f"<ul>{TEX % '•'}a</p></div></li>{TEX % '–'}b</p></div></li></ul>",
        "- a\n- b",
    ),
    "numbers that LaTeXML repeats": (
        f"<ol>{TEX % '3.'}a</p></div></li>{TEX % '4.'}b</p></div></li></ol>",
        "3. a\n4. b",
    ),
    "letters of LaTeXML": (f"<ol>{TEX % '(a)'}x</p></div></li></ol>", "- (a) x"),
    "terms": ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>", "**a**\n\n: b\n\n**c**\n\n: d"),
    "terms in groups": (
        "<dl><div><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd></div><div><dt>e</dt><dd>f</dd></div></dl>",
        "**a**\n\n**b**\n\n: c\n\n: d\n\n**e**\n\n: f",
    ),
    "paragraphs and code of a definition": (
        "<dl><dt>a</dt><dd><p>b</p><p>c</p><pre>d</pre></dd></dl>",
        "**a**\n\n: b\n\n  c\n\n  ```\n  d\n  ```",
    ),
    "definitions that are not closed": (
        "<dl><div><dt>a<dd>b<dd>c<dt>d<dd>e</div></dl>",
        "**a**\n\n: b\n\n: c\n\n**d**\n\n: e",
    ),
    "a menu that is never closed": (
        "<ul><li><a href=/>Home</a></li><li>Boats<div><ul><li>Rowing<div><ul><li>Oars</li></ul></div>"
        "<main><h1>Oars of ash</h1><p>They bend and do not break.</p><ol><li>Saw.</li><li>Plane.</li></ol></main>",
        "- [Home](/)\n\nBoats\n\nRowing\n\n- Oars\n\n# Oars of ash\n\nThey bend and do not break."
        "\n\n1. Saw.\n2. Plane.",
    ),
    "an item with a headline": (
        "<ul><li><h1>Oars of ash</h1><p>They bend.</p></li><li><h1>Oars of pine</h1><p>They break.</p></li></ul>",
        "- # Oars of ash\n\n  They bend.\n- # Oars of pine\n\n  They break.",
    ),
    "tasks of editors": (
        "<ol><li data-list=checked>a</li><li data-list=bullet>b</li></ol><p>x</p>"
        "<ul><li style='--en-checked: true'>c</li></ul><p>x</p><ul><li data-inline-task-id=1 class=checked>d</li>"
        "<li><div class='checkbox checkbox-off'></div> e</li><li><i role=checkbox aria-checked=true></i> f</li></ul>",
        "- [x] a\n- b\n\nx\n\n- [x] c\n\nx\n\n- [x] d\n- [ ] e\n- [x] f",
    ),
    "tasks without a list": (
        "<p>x</p><div><en-todo checked=true></en-todo>a</div><div><en-todo></en-todo>b</div><p>y</p>",
        "x\n\n- [x] a\n- [ ] b\n\ny",
    ),
    "a list in a definition": ("<dl><dt>a</dt><dd><ul><li>b</li></ul></dd></dl>", "**a**\n\n- b"),
}


@pytest.mark.parametrize("name", CASES)
def test_list(name: str) -> None:
    html, expected = CASES[name]
    assert markdown(html) == expected


def test_text_has_the_same_numbers_and_boxes() -> None:
    assert text(CASES["a value"][0]) == "1. a\n\n5) b\n6) c"
    assert text(CASES["letters"][0]) == "- z. a\n- aa. b"
    assert text(CASES["tasks"][0]) == "- [x] a\n- [ ] b"
    assert text(CASES["terms"][0]) == "a\n\n: b\n\nc\n\n: d"


def test_html_out_counts_as_the_page_does() -> None:
    html = again(CASES["backwards"][0])
    assert [html.find(start) for start in ('<ol start="3">', '<ol start="2">', "<ol>")] == sorted(
        html.find(start) for start in ('<ol start="3">', '<ol start="2">', "<ol>")
    )
    assert '<ol start="5">\n<li>b</li>\n<li>c</li>' in again(CASES["a value"][0])
    assert again(CASES["tasks"][0]).count('type="checkbox"') == 2
    assert again(CASES["tasks"][0]).count("checked=") == 1
    assert again(CASES["terms"][0]).count("<dd>") == 2


def test_a_list_without_its_first_item_begins_below_a_blank_line() -> None:
    root = lxml.html.document_fromstring("<p>x</p><ol><li><img src='/a.png'></li><li>b</li><li>c</li></ol>")
    assert render(walk(root).blocks, "markdown", images=False).text == "x\n\n2. b\n3. c\n"
