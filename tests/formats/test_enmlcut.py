"""Cutting words out of a note's markup: nothing else is touched, and what holds nothing any more goes with them."""

from __future__ import annotations

import re

import pytest

from cleaner.formats import enml
from cleaner.formats.enmlcut import cut
from cleaner.html.parse import parse
from cleaner.html.render.page import render
from cleaner.html.walk import walk
from cleaner.isolation.problem import DocumentError
from tests.linear import is_linear, seconds

MEDIA = '<en-media hash="00" type="image/png"/>'


def rendered(markup: enml.Markup) -> str:
    """The note as the cleaner reads it."""
    return render(walk(parse(enml.part(markup).html).root).blocks, "markdown").text


def without(body: str, gone: str) -> str:
    """`body` when all that the pattern matches in its Markdown went."""
    markup = enml.read(f"<en-note>{body}</en-note>")
    source = rendered(markup)
    spans = [match.span() for match in re.finditer(gone, source)]
    assert spans, source
    return cut(markup, source, spans, "").decode().removeprefix("<en-note>").removesuffix("</en-note>")


@pytest.mark.parametrize(
    ("body", "clean"),
    [
        ("<p>a</p><p>GONE</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p>\n <p>GONE</p> <div><br/></div><p><b>GO</b>NE</p>\n<p>b</p>", "<p>a</p>\n \n<p>b</p>"),
        ("<div><p><span>GONE</span></p><ul><li>GONE</li></ul></div><p>b</p>", "<p>b</p>"),
        ("<div>a<br/>GONE<br/>b</div>", "<div>a<br/>b</div>"),
        ("<div>a<br/> <i>GONE</i> <br/>b</div>", "<div>a<br/> b</div>"),
        ("<div>GONE<br/>b</div>", "<div>b</div>"),
        ("<div> <p>a</p> GONE<br/>b</div>", "<div> <p>a</p> b</div>"),
        ("<div> a <i>GONE</i><br/>b</div>", "<div> a <br/>b</div>"),
        ("<div>a GONE<br/>b</div>", "<div>a <br/>b</div>"),
        ("<div>a <b>GONE</b><br/>b</div>", "<div>a <br/>b</div>"),
        ("<p>a&nbsp;GONE &amp; b</p>", "<p>a&nbsp;&amp; b</p>"),
        ("<p>GONE&#x41; * [b] \\ c_ GONE</p>", "<p>&#x41; * [b] \\ c_ </p>"),
        ("<p><b>a</b> GONE <i>b</i></p>", "<p><b>a</b> <i>b</i></p>"),
        ("<p>1. GONE</p><p>b</p>", "<p>1. </p><p>b</p>"),
        ("<p title='>'>ä\U0001f33fGONE ö</p>", "<p title='>'>ä\U0001f33fö</p>"),
        ("<ul><li>a</li><li>GONE</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol><li>a<ul><li>GONE</li></ul></li></ol>", "<ol><li>a</li></ol>"),
        (
            "<table><tr><th>a</th><th>GONE</th></tr><tr><td>GONE</td><td>GONE</td></tr><tr><td>c</td><td>d</td></tr></table>",
            "<table><tr><th>a</th><th></th></tr><tr><td>c</td><td>d</td></tr></table>",
        ),
        ("<p><a href='http://x.example/'>GONE</a></p><p>b</p>", "<p>b</p>"),
        ("<p>a<sup><a href='#fn1'>1</a></sup> <a href='#top'>GONE</a></p>", "<p>a<sup><a href='#fn1'>1</a></sup> </p>"),
        (f"<p>{MEDIA}a</p><p>GONE</p><p>{MEDIA}</p>", f"<p>{MEDIA}a</p><p>{MEDIA}</p>"),
        (f"<p>a</p><p>GONE{MEDIA}</p>", f"<p>a</p><p>{MEDIA}</p>"),
        ("<p><img src='http://x.example/i.png' width='1'/>GONE</p><p>b</p>", "<p>b</p>"),
        ("<p>GONE</p><hr/><p>GONE</p><p>b</p><hr/>", "<p>b</p><hr/>"),
        ("<p>GONE<!-- c --></p><p>b<?pi x?></p>", "<p>b<?pi x?></p>"),
        ("<pre>if a:\n\tGONE\n\tb</pre>", "<pre>if a:\n\t\n\tb</pre>"),
        ("<blockquote><p>a</p><p>GONE</p></blockquote>", "<blockquote><p>a</p></blockquote>"),
        ("<p>GONE</p><p>\U000f0000\U000f0009\ue000</p>", "<p>\U000f0000\U000f0009\ue000</p>"),
        (
            '<div style="--en-codeblock:true"><div>a</div><div><br/></div></div><p>GONE</p>',
            '<div style="--en-codeblock:true"><div>a</div><div><br/></div></div>',
        ),
    ],
)
def test_nothing_but_the_words_and_what_held_them_goes(body: str, clean: str) -> None:
    assert without(body, "GONE|(?:GO)\\*\\*NE|\\*\\*GO\\*\\*NE") == clean


def test_what_goes_may_reach_over_pictures() -> None:
    assert (
        without(f"<div><p>a</p><p>GONE{MEDIA}</p>{MEDIA}</div>", r"GONE!\[\]\(\S+/0\)") == f"<div><p>a</p>{MEDIA}</div>"
    )
    assert without(f"<div>{MEDIA}</div><p>a</p>", r"!\[\]\(\S+/0\)") == "<p>a</p>"


@pytest.mark.parametrize(
    "own",
    [
        "<en-todo/>",
        '<en-crypt hint="x">abc=</en-crypt>',
        '<div style="--en-task-group:true; --en-id:x"><br/></div>',
        '<ul style="--en-todo:true"><li style="--en-checked:false"><div>x</div></li></ul>',
    ],
)
def test_what_is_evernotes_own_never_goes(own: str) -> None:
    with pytest.raises(DocumentError, match="checkbox, tasks or encrypted words"):
        without(f"<p>a</p>{own}<p>b</p>", r"!\[\]\(\S+\)")
    assert without(f"<p>GONE</p>{own}<p>b</p>", "GONE") == f"{own}<p>b</p>"


def test_a_checkbox_that_stays_keeps_its_item() -> None:
    item = '<ul><li style="--en-checked:false;"><div>{}</div></li></ul>'
    assert without(item.format("GONE") + "<p>a</p>", "GONE") == item.replace("<div>{}</div>", "") + "<p>a</p>"


def test_what_does_not_fit_is_not_cut() -> None:
    markup = enml.read("<en-note><p>a</p><p>b</p></en-note>")
    with pytest.raises(DocumentError, match="do not go together"):
        cut(markup, "something else", [(0, 1)], "")
    with pytest.raises(DocumentError, match="could not be found"):
        cut(markup, rendered(markup), [(1, 2)], "")


def test_time_is_linear_in_the_note() -> None:
    line = "<div>some words</div><br/>"

    def cost(lines: int) -> float:
        markup = f"{line}<p>GONE</p>" * lines
        return seconds(lambda: without(markup, "GONE"))

    assert is_linear(cost, 500)
    assert without(f"{line}<p>GONE</p>" * 1_000, "GONE") == line * 1_000
