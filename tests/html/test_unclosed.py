"""What is never closed swallows nothing: the article behind it stays, and a warning says what was mended."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.html.bare import LONG, bare_text, misses_prose
from cleaner.html.mend import needs_mending
from cleaner.html.parse import parse
from cleaner.html.walk import walk

STORY = "".join(
    f"<p>The ferry number {number} left the harbour late in the evening, and nobody on the quay knew why.</p>\n"
    for number in range(12)
)
OPENINGS = [
    '<svg><path d="M0 0">',
    "<svg><title>",
    "<svg><text>",
    "<svg><foreignObject>",
    "<svg><style>",
    "<math><mi>x",
    "<math><annotation-xml>",
    "<title>",
    "<textarea>",
    "<select><option>a",
    "<datalist>",
    "<noscript>",
    "<head><noscript>",
    "<style>",
    "<style>p { margin: 0 }",
    "<script>",
    "<script>let a = {b: 1};\n",
    "<script><!--",
    "<iframe>",
    "<noembed>",
    "<noframes>",
    "<xmp>",
    "<plaintext>",
    "<template>",
    "<object>",
    "<applet>",
    "<video>",
    "<audio>",
    "<canvas>",
    "<map>",
    "<frameset>",
    "<dialog>",
    "<button>",
    '<a href="x">',
    "<!-- c",
    "<![CDATA[",
    '<p title="',
    "<head>",
    "<head><bgsound>",
]
ENDS = ["", "</body></html>", "<svg><title>b</title></svg><script>f()</script><title>c</title><video></video>"]


@pytest.mark.parametrize("end", ENDS, ids=["cut off", "closed", "others"])
@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("tag", ["p", "article"])
def test_the_story_behind_it_stays(shipped: cleaner.Cleaner, opening: str, end: str, tag: str) -> None:
    story = STORY if tag == "p" else f"<article><h1>Ferries</h1>{STORY}</article>"
    result = shipped.clean(f"<p>Title</p>{opening}{story}{end}", format="html")
    assert result.text.count("The ferry number") == 12
    assert result.report.warnings or opening.startswith(("<head", "<option"))


@pytest.mark.parametrize("name", ["svg", "video", "select", "a", "template"])
def test_what_is_closed_is_left_as_it_is(name: str) -> None:
    html = f"<p>One <{name}>two</{name}> three.</p>" * 3 + "<svg/><a name='x'/>"
    assert parse(html).warnings == ()


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a<svg><text>b</p><p>c", ["ab", "c"]),
        ("<p>a <a name=x>b<p>c <a href=y>d</a>", ["a b", "c d"]),
        ("<video><source src=x>Get a player.<p>c", ["c"]),
        ("<select><option>a<option>b<p>c", ["a", "b", "c"]),
        ("<svg>" + "word " * 100 + "<br>c", [" ".join(["word"] * 100) + " c"]),
        ("<svg><p>a</p></svg>", ["a"]),
        ("<![CDATA[ a <b>b</b> ]]> c", ["a b c"]),
        ("<p><svg><![CDATA[ a > ]]></svg>b", ["]]>b"]),  # a drawing has them
        ("<script>a('<script>'); b('<p>')</script>c", ["c"]),
        ("<script>document.write('<script>" + "x = y; " * 100 + "<p>')</script>c", ["c"]),
        ("<head><title>a</title><article>b</article>", ["b"]),
        ("<head><meta name=a>b", ["b"]),
    ],
)
def test_where_it_ends(html: str, texts: list[str]) -> None:
    assert [" ".join(block.text.split()) for block in walk(parse(html).root).blocks if block.text] == texts


@pytest.mark.parametrize(
    "code",
    [
        "<script>document.write('<svg><a href=x>');</script>",
        "<script>document.write('<div><script src=x>');</script>",
        "<!-- <svg> -->",
        "<style>/* <svg> */</style>",
    ],
)
def test_tags_in_code_need_no_mending(code: str) -> None:
    assert not needs_mending(f"{code}{STORY}")
    assert needs_mending(f"{code}<svg>{STORY}")


def test_many_that_are_never_closed() -> None:
    html = "<p>a</p>" + "<a><video><svg>b " * 3000 + "<p>c</p>"
    assert sum(block.text.count("b") for block in walk(parse(html).root).blocks) > 2900


def test_text_that_the_parser_lost_is_named(shipped: cleaner.Cleaner) -> None:
    """A canvas holds what is shown where it cannot be drawn; here it is closed, and holds the article."""
    result = shipped.clean(f"<p>Title</p><canvas>{STORY}</canvas>", format="html")
    (warning,) = result.report.warnings
    assert warning.endswith("characters of the page's text could not be read; its HTML is broken")


@pytest.mark.parametrize(
    "code",
    [
        "<script>let a = '" + "There are words in a script, and not so few of them. " * 40 + "';</script>",
        '<script type="application/ld+json">{"articleBody": "'
        + "There are words in it, as in a text. " * 40
        + '"}</script>',
        "<style>" + "p { margin: 0 } " * 200 + "</style>",
        f"<!-- {STORY} -->",
        "<img data-text='" + "There are words in a value, and not so few of them. " * 40 + "'>",
    ],
)
def test_what_is_no_text_is_not_missed(code: str) -> None:
    read = sum(len("".join(block.text.split())) for block in walk(parse(STORY).root).blocks if len(block.text) >= LONG)
    assert misses_prose(code + STORY, read) == 0


def test_the_text_of_a_page_without_a_parser() -> None:
    page = "<title>t</title><!-- c --><p>One &amp; <b>two</b><br>three<script>f()</script><li>four < five"
    assert bare_text(page) == "One & two\n\nthree\n\nfour < five\n"
