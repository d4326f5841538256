"""Emphasis of a page is emphasis in Markdown, whatever stands beside it."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import cleaner

CASES = {
    "a bracket inside, a letter behind": ("見よ<b>「海」</b>は広い", "見よ<strong>「海」</strong>は広い"),
    "a bracket inside, a space behind": ("Say <b>(sea)</b> twice", "Say **(sea)** twice"),
    "a bracket inside, a comma behind": ("Say <b>(sea)</b>, twice", "Say **(sea)**, twice"),
    "a link inside, a letter behind": (
        "<b><a href='https://a.example/'>tide</a></b>s come",
        "<strong>[tide](https://a.example/)</strong>s come",
    ),
    "in a word": ("the Wor<b>d</b>s of it", "the Wor**d**s of it"),
    "a comma first": ("one<i>, two</i>", "one<em>, two</em>"),
    "two at once": ("<b>End.</b><i>Then</i> more", "**End.**<em>Then</em> more"),
    "one in another": ("<b>all <i>of it。</i></b>語", "<strong>all <em>of it。</em></strong>語"),
    "at the end": ("It is the <b>end.</b>", "It is the **end.**"),
    "a hard space at its end": ("<b>See\xa0</b>below", "**See**\xa0below"),
    "hard spaces around it": ("a<b>\xa0See\xa0</b>. There", "a\xa0**See**\xa0. There"),
    "nothing but a hard space": ("a<b>\xa0</b>b", "a b"),
    "by its style": (
        "<span style='font-weight:700'>one</span>, <span style='font-style: italic'>two</span> and <span style="
        "'text-decoration: line-through'>three</span>",
        "**one**, *two* and ~~three~~",
    ),
    "bold and slanted by its style": ("<span style='font-style:italic;font-weight:bold'>one</span>", "**one**"),
    "bold in bold": ("<b>one <span style='font-weight:bold'>two</span></b>", "**one two**"),
    "not bold": ("<span style='font-weight:400;text-decoration:none'>one</span>", "one"),
    "a picture in bold": ("a <span style='font-weight:bold'><img src='/a.png' alt=''></span>", "a ![](/a.png)"),
    "struck out": ("海<s>「山」</s>は", "海<del>「山」</del>は"),
}


@pytest.mark.parametrize("name", CASES)
def test_marks_that_work(name: str) -> None:
    html, markdown = CASES[name]
    assert cleaner.clean(f"<p>{html}</p>", format="html", title=False).text == markdown + "\n"


def test_a_heading_is_bold_already() -> None:
    html = "<h2><span style='font-weight:bold'>One</span></h2><p>Two</p>"
    assert cleaner.clean(html, format="html", title=False).text == "## One\n\nTwo\n"


def test_what_a_rule_takes_behind_it_is_still_where_it_was() -> None:
    html = "<p>見よ<b>「海」</b>は広い <span class='sr-only'>opens in a new tab</span> and wide.</p>"
    result = cleaner.clean(html, format="html", title=False)
    assert result.text == "見よ<strong>「海」</strong>は広い and wide.\n"
    assert [result.source[removal.start : removal.end].strip() for removal in result.report.removals] == [
        "opens in a new tab"
    ]


_words = st.text("a本1.「」(,é\xa0", min_size=1, max_size=3)
_pieces = st.recursive(
    _words,
    lambda inner: st.tuples(st.sampled_from(("b", "i")), st.lists(inner, min_size=1, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{' '.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(_pieces, st.sampled_from(("", " "))), min_size=1, max_size=5))
def test_readers_of_markdown_see_the_emphasis_of_the_page(pieces: list[tuple[str, str]]) -> None:
    html = "x" + "".join(piece + space for piece, space in pieces) + "x"
    markdown = cleaner.clean(f"<p>{html}</p>", format="html", title=False, level="safe").source
    page, shown = (lxml.html.fragment_fromstring(f"<div>{text}</div>") for text in (html, _rendered(markdown)))
    assert _emphasised(shown) == _emphasised(page)


def _rendered(markdown: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).renderInline(markdown.strip()))


def _emphasised(root: lxml.html.HtmlElement) -> list[tuple[str, bool, bool]]:
    """Each character that is no space: whether it is bold, whether it is raised."""
    found: list[tuple[str, bool, bool]] = []

    def look(element: lxml.html.HtmlElement, bold: bool, slanted: bool) -> None:
        bold, slanted = bold or element.tag in ("b", "strong"), slanted or element.tag in ("i", "em")
        found.extend((one, bold, slanted) for one in element.text or "" if not one.isspace())
        for child in element:
            look(child, bold, slanted)
            found.extend((one, bold, slanted) for one in child.tail or "" if not one.isspace())

    look(root, False, False)
    return found
