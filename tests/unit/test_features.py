"""What is known of blocks."""

from __future__ import annotations

import lxml.html
import numpy as np
import pytest

from cleaner.html.score.features import FAR, NAMES, Features, features
from cleaner.html.score.lexicon import ANNOUNCED, COLON, QUESTION, SENTENCE, announced, ending
from cleaner.html.walk import walk

PAGE = """
<body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/a">About us</a></li></ul></nav>
<article>
<h1>The harbour at night</h1>
<p>On Monday, 3 May 2021, the harbour was quiet, and the boats that had come in the evening before lay at the quay.</p>
<p>Nobody knew why. <a href="/x">A ladder</a> stood there, it cost € 20, and the keeper of the light asked who had left
it in the rain for all those weeks without a word to anybody in the town?</p>
<h2>Related stories</h2>
<p>one</p><p>one</p>
</article>
<footer>© 1999 The Paper</footer>
</body>
"""


def known(html: str, *, title: str = "", kind: str | None = None) -> tuple[Features, list[str]]:
    body = lxml.html.document_fromstring(html).body
    page = walk(body)
    return features(page, title=title, kind=kind), [block.text for block in page.blocks]


def value(found: Features, texts: list[str], name: str, beginning: str) -> float:
    block = next(number for number, text in enumerate(texts) if text.startswith(beginning))
    return float(found.matrix[NAMES.index(name), block])


@pytest.mark.parametrize(
    ("name", "beginning", "expected"),
    [
        ("words", "The harbour", 4),
        ("link share", "Home", 1),
        ("years", "On Monday", 1),
        ("months", "On Monday", 1),
        ("years", "©", 1),
        ("copyright sign", "©", 1),
        ("currency", "Nobody", 1),
        ("links", "Nobody", 1),
        ("ends a sentence", "On Monday", 1),
        ("ends with a question", "Nobody", 1),
        ("starts with a digit", "On Monday", 0),
        ("heading level", "The harbour", 1),
        ("title share", "The harbour", 1),
        ("near nav", "Home", 2),
        ("near <nav>", "Home", 2),
        ("near <article>", "Nobody", 1),
        ("near <footer>", "Nobody", FAR),
        ("copies", "one", 2),
        ("copies before", "one", 0),
        ("heading above: related", "one", 1),
        ("heading above: related", "Nobody", 0),
        ("since related", "one", 1),
        ("prose 50: inside", "Nobody", 1),
        ("prose 50: inside", "©", 0),
        ("since headline", "On Monday", 1),
        ("words at -1", "On Monday", 4),
        ("words at -1", "Home", -1),
        ("page is article", "Home", 1),
        ("page is product", "Home", 0),
    ],
)
def test_values(name: str, beginning: str, expected: float) -> None:
    found, texts = known(PAGE, title="The harbour at night", kind="newsarticle")
    assert value(found, texts, name, beginning) == expected


def test_every_feature_moves_or_is_about_what_the_page_lacks() -> None:
    found, _ = known(PAGE)
    assert found.matrix.shape == (len(NAMES), len(found.words))
    assert np.isfinite(found.matrix).all()
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("html", ["<body></body>", "<body><p>one</p></body>", "<body><img src='a.png'><hr></body>"])
def test_small_pages(html: str) -> None:
    found, texts = known(html)
    assert found.matrix.shape == (len(NAMES), len(texts))
    assert np.isfinite(found.matrix).all()


def test_lone_surrogates_and_far_planes() -> None:
    body = lxml.html.document_fromstring("<body><p>x</p></body>").body
    page = walk(body)
    page.blocks[0].text = "\ud800 😀 word"
    assert np.isfinite(features(page).matrix).all()


def test_class_words_are_inherited_downwards_only() -> None:
    found, texts = known("<body><div class='sidebar'><p>in here</p></div><p>out there</p></body>")
    assert value(found, texts, "near sidebar", "in") == 1
    assert value(found, texts, "near sidebar", "out") == FAR


def test_deep_nesting_is_linear() -> None:
    html = "<body>" + "<div>" * 200 + "<p>deep</p>" + "</div>" * 200 + "<p>shallow</p></body>"
    found, texts = known(html)
    assert value(found, texts, "prose 50: climb", "deep") >= 0
    assert np.isfinite(found.matrix).all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Done.", SENTENCE),
        ('"Done!"', SENTENCE),
        ("Why?", QUESTION),
        ("As follows:", COLON),
        ("Home", 0),
        ("", 0),
        ('"', 0),
    ],
)
def test_ending(text: str, expected: int) -> None:
    assert ending(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("related posts", "related"),
        ("12 comments", "comments"),
        ("sign up for our newsletter", "newsletter"),
        ("about the author", "author"),
        ("references", "sources"),
        ("share", "share"),
    ],
)
def test_announced(text: str, name: str) -> None:
    assert announced(text) == ANNOUNCED.index(name) + 1


@pytest.mark.parametrize("text", ["", "the harbour at night", "related " * 20, "commentary"])
def test_nothing_announced(text: str) -> None:
    assert announced(text) == 0
