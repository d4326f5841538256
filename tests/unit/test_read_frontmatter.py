"""Front matter."""

from __future__ import annotations

import pytest

from cleaner.read.frontmatter import front_matter, url_of


def test_yaml() -> None:
    head = '---\ntitle: "A: b"\nSource: https://x.org/a#b\ntags:\n  - one\n- two\nn: 3 # three\nlist: [a]\n---\r\n'
    span, keys = front_matter(head + "words")
    assert span == (0, len(head))
    assert keys == {"title": "A: b", "source": "https://x.org/a#b", "n": "3"}


def test_toml() -> None:
    head = "+++\ntitle = 'x'\n[extra]\nurl=\"https://x.org\"\n+++\n"
    assert front_matter(head) == ((0, len(head)), {"title": "x", "url": "https://x.org"})


def test_a_byte_order_mark_may_stand_before_it() -> None:
    assert front_matter("\ufeff---\na: b\n...\nx")[0] == (0, len("\ufeff---\na: b\n...\n"))


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA paragraph of words.\n\n---\n",
        "---\n---\n",
        "---\ntitle: x\nno end",
        "\n---\na: b\n---\n",
        "---\na = b\n---\n",
        "--- \nAnd then he said no\nkey: x\n---\n",
        "----\na: b\n----\n",
        "---",
        "",
    ],
)
def test_none(text: str) -> None:
    assert front_matter(text) == (None, {})


@pytest.mark.parametrize(
    ("front", "url"),
    [
        ({"source": "https://x.org/a"}, "https://x.org/a"),
        ({"source": "a book", "link": "http://x.org"}, "http://x.org"),
        ({"canonical_url": "HTTPS://x.org"}, "HTTPS://x.org"),
        ({"url": "javascript:x"}, None),
        ({"url": "https://x.org and more"}, None),
        ({}, None),
    ],
)
def test_url_of(front: dict[str, str], url: str | None) -> None:
    assert url_of(front) == url
