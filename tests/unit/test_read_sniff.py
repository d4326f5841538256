"""Which format a clipping is in."""

from __future__ import annotations

import pytest

from cleaner.read.sniff import sniff


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.md", "markdown"), ("A.HTML", "html"), ("x.mht", "html"), ("x.txt", "text"), ("x", "text"), (None, "text")],
)
def test_the_extension_goes_first(name: str | None, expected: str) -> None:
    assert sniff("plain words", name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<title>x</title>",
        "\ufeff\n <!-- saved --> <html lang=en>",
        "<?xml version='1.0'?><html xmlns='x'>",
        "From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n",
        "<p>Hello <b>world</b></p>",
        '<div class="a"><p>One</p><p>Two</p><p>Three</p></div>\n',
    ],
)
def test_html(text: str) -> None:
    assert sniff(text) == "html"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---\nwords",
        "words\n\n```py\nx\n```\n",
        "# Title here\n\nwords\n",
        "words\n\n## Part\nwords\n",
        "see [this](https://example.com/a_(b)) page",
        "![](https://example.com/a.png)",
        "see [[Some Page]] and [[Other|that]]",
        "> [!note] Mind\n> the gap",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "**Bold** words and **more** of them",
        "- **one**\n- two\n- three",
        '<div align="center">\n<img src="x.png">\n<h1>Tool</h1>\n</div>\n\n## Install\n\nsee [docs](https://x.org)\n',
    ],
)
def test_markdown(text: str) -> None:
    assert sniff(text) == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.com/a_b_c",
        "- one\n- two\n- three",
        "— a dash\n* a star",
        "2 * 3 * 4 * 5",
        "#include <stdio.h>\n#include <x.h>\n\nint main() {}\n",
        "#!/bin/sh\n# do things\n\necho x\n",
        "import os\n\n# first do this\nos.x()\n\n# then that\nos.y()\n",
        "The <p> element is a paragraph and <b>bold</b> is bold in HTML.",
        "<p> is the element for paragraphs.",
        "[1] Smith (2004)",
        "-----\nwords",
    ],
)
def test_text(text: str) -> None:
    assert sniff(text) == "text"
