"""HTML text to a tree that has all of its text and is never deep."""

from __future__ import annotations

import time
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement

from cleaner.errors import InputError
from cleaner.html import mend
from cleaner.html.parse import MAX_DEPTH, parse
from tests import hostile

HOSTILE = {
    "deep 1000": hostile.deep(1000),
    "deep 50,000": hostile.deep(50_000),
    "deep lists": hostile.deep(10_000, "ul"),
    "deep spans": hostile.deep(10_000, "span"),
    "deep article": hostile.deep_article(5000),
    "formatting": hostile.formatting(10_000),
    "tables": hostile.tables(10_000),
    "wide": hostile.wide(50_000),
    "attributes": hostile.attributes(50_000),
    "attributes with tags in them": hostile.attributes(50_000, ">"),
    "long attribute": hostile.long_attribute(12_000_000),
    "long text": hostile.long_text(12_000_000),
    "angles": hostile.angles(100_000),
    "entities": hostile.entities(100_000),
    "pages": hostile.pages(5000),
    **{f"{tag} never closed": hostile.unclosed(tag, 1000) for tag in ("<!--", "<a href='x>", '<a title="x>')},
    **{f"{tag} never closed": hostile.unclosed(tag, 1000) for tag in ("<title>", "<textarea>", "<iframe>", "<xmp>")},
    **{f"{tag} never closed": hostile.unclosed(tag, 1000) for tag in ("<script>", "<style>", "<plaintext>")},
    **{f"{tag} never closed": hostile.unclosed(tag, 1000) for tag in ("<![CDATA[", "<select>", "<button>", "<svg>")},
}


def words(root: HtmlElement) -> str:
    return " ".join("".join(root.itertext()).split())


def depth(root: HtmlElement) -> int:
    deepest = now = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_keep_their_text(name: str) -> None:
    html = HOSTILE[name]
    begun = time.process_time()
    tree = parse(html)
    assert time.process_time() - begun < 10
    text = words(tree.root)
    assert "middle" in text or "middle" not in html
    assert "behind" in text or "behind" not in html
    assert depth(tree.root) <= MAX_DEPTH
    deepcopy(tree.root)
    etree.tostring(tree.root)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<!-- only this -->", ""),
        ("plain words", "plain words"),
        ("<p>a</html><p>b", "ab"),
        ("<html><body><p>a</p></body></html>tail <p>b</p><html><body>c</body></html>d", "atail bcd"),
        ("<head><noscript><p>a</noscript></head><template><p>b</template>", "ab"),
        ("<p>a</br>b<button><p>c</button>", "abc"),
        ("<p>a\x00b\x01c\x0cd", "abc d"),
        ("<p>a\ud800b\uffffc&#1;d&#xFFFE;e&#10;f", "a\ufffdb\ufffdc\ufffdd\ufffde f"),
        ('<?xml version="1.0" encoding="koi8-r"?><html><body>naïve', "naïve"),
        ('<meta charset="koi8-r"><p>naïve', "naïve"),
        ("<title/>a<textarea/>b<script/>c", "abc"),
        ("1 < 2 <3 <- x </p>", "1 < 2 <3 <- x"),
        ("<p>a<!-- b --!>c<!-->d<!--->e", "acde"),
    ],
)
def test_text(html: str, text: str) -> None:
    root = parse(html).root
    assert words(root) == text
    assert root.tag == "html"
    assert root.find("body") is not None


def test_nothing_is_left_of_the_mark_at_the_end() -> None:
    for html in ("<p>a", "<html><body><p>a</p></body></html>\n", "<html><body></body></html><p>a", ""):
        root = parse(html).root
        assert list(root.iter(etree.Comment)) == []
        assert root.getnext() is None


@pytest.mark.parametrize(
    ("html", "text", "warning"),
    [
        ("<p>a<!-- b <p>c</p>", "a b c", "a comment is never closed: what follows is read as text"),
        ("<title>a<p>b", "ab", "<title> is never closed: it ends before the next tag"),
        ("<p>a<textarea>b<p>c", "abc", "<textarea> is never closed: it ends before the next tag"),
        ("<p>a<script>f()<p>b</p></body>", "af()b", "<script> is never closed: it ends before the next tag"),
        (
            '<p>a <a href="x>b</a> c',
            "a b c",
            "a quotation mark in a tag is never closed: the tag is read without its attributes",
        ),
        ("<p>a<plaintext>b<p>c", "abc", "<plaintext> is left out: what follows is read as HTML"),
        (
            "<p>a<div class='b",
            "a",
            "the page is cut off inside a tag, comment or script: its last 13 characters are no text",
        ),
        (
            "<p>a<script>f(",
            "a",
            "the page is cut off inside a tag, comment or script: its last 2 characters are no text",
        ),
        ("<p>a<!-- b", "a", "the page is cut off inside a tag, comment or script: its last 6 characters are no text"),
        ("<p>a</", "a", "the page is cut off inside a tag, comment or script: its last 2 characters are no text"),
    ],
)
def test_what_is_never_closed_swallows_nothing(html: str, text: str, warning: str) -> None:
    tree = parse(html)
    assert words(tree.root) == text
    assert tree.warnings == (warning,)


def test_deep_elements_are_laid_out_in_order() -> None:
    tree = parse("<div>" * 500 + "<h1>a</h1><p>b <b>c</b> d</p><p>e</p>" + "</div>" * 500 + "f")
    assert tree.warnings == ("elements nested more than 120 deep are laid out side by side",)
    assert words(tree.root) == "ab c def"
    assert ["".join(p.itertext()) for p in tree.root.iter("h1", "p")] == ["a", "b c d", "e"]


def test_an_element_keeps_its_first_attributes() -> None:
    tree = parse(hostile.attributes(3000))
    (element, _) = tree.root.iter("p")
    assert len(element.attrib) == 2000
    assert tree.warnings == ("an element has 3000 attributes: only the first 2000 are read",)


def test_long_scripts_are_named() -> None:
    tree = parse(f"<p>a<script>{'x' * 11_000_000}</script>b")
    assert words(tree.root) == "ab"
    assert tree.warnings == ("a <script> of 11000000 characters is left out",)


@pytest.mark.parametrize(
    "html", ["", "<p> </p>", "<script>f()</script>", "<head><title>a</title></head>", "<frameset></frameset>"]
)
def test_a_page_without_text_says_so(html: str) -> None:
    assert parse(html).warnings == ("the page has no text: it may need its scripts; save it from a browser",)


@pytest.mark.parametrize("html", ["a", "<p>a", "<p><b></b>a", "<frameset></frameset>a", "<noscript>a</noscript>"])
def test_a_page_with_text_says_nothing(html: str) -> None:
    assert parse(html).warnings == ()


def test_a_page_that_cannot_be_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mend, "_BLOCK_DEPTH", 100_000)
    with pytest.raises(InputError, match="cannot be read to its end"):
        parse(hostile.deep(3000))


TAGS = ("<p>", "</p>", "<b>", "</b>", "<div a='", "'>", '"', ">", "<", "<!--", "-->", "<title>", "</title>", "<script>")
MORE = ("</script>", "</body>", "</html>", "<html>", "<td>", "<table>", "<li>", "<![CDATA[", "<?x", "&amp", "&#0;", "=")


@given(st.lists(st.sampled_from((*TAGS, *MORE, "word ", "\x00", "\ud800", "\r\n")) | st.text(max_size=3)).map("".join))
def test_any_text_gives_a_tree_without_control_characters(html: str) -> None:
    root = parse(html).root
    assert depth(root) <= MAX_DEPTH
    for element in root.iter():
        element.tail = element.tail  # raises ValueError for what XML cannot hold
        if isinstance(element.tag, str):
            element.text = element.text


@given(st.binary())
def test_any_bytes_give_a_tree(data: bytes) -> None:
    assert parse(data.decode("utf-8", "surrogateescape")).root.tag == "html"
