"""Markdown as a whole: what stays visible, what is a link, what is code."""

from __future__ import annotations

import pytest

from cleaner.read.document import read


def visible(text: str) -> str:
    out, last = [], 0
    for start, end in read(text, format="markdown").hidden:
        out.append(text[last:start])
        last = end
    return "".join([*out, text[last:]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title", "Title"),
        ("a *b* **c** ***d*** _e_ __f__ ~~g~~ ==h==", "a b c d e f g h"),
        ("2*3*4 a * b * c snake_case_name 2**3**4 word* ~5", "2*3*4 a * b * c snake_case_name 2**3**4 word* ~5"),
        ("**bold**text", "boldtext"),
        ('[words](https://x.org/a_(b)_c "title") end', "words end"),
        ("[words](<a b> 'x') [w](https://x.org/a b)", "words w"),
        ("[two\nlines](https://x.org)", "two\nlines"),
        ("[two\n\nblocks](https://x.org)", "[two\n\nblocks](https://x.org)"),
        ("![alt](a.png) [![alt](a.png)](b) ![](c)", "alt alt "),
        ("[[Page]] [[Page|words]] ![[file.png]] [^1]", "Page words file.png "),
        ("[a][ref] [ref] [ref][] [b][no] [no]\n\n[ref]: https://x.org 'T'\n", "a ref ref [b][no] [no]\n\n\n"),
        ("<https://x.org/a_b_c> <b>x</b><!-- c -->", "https://x.org/a_b_c x"),
        (r"1\. \*no\* \[x\]", "1. *no* [x]"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\na | b", " a  b \n\n 1  2 \n\na | b"),
        ("https://x.org/_a_ and _b_", "https://x.org/_a_ and b"),
        ("[a [b](c) d](e)", "[a b d](e)"),
        ("a < b > c", "a < b > c"),
        ("> quote\n> **more**\n", "quote\nmore\n"),
        ("**[a](b)**, **`c`**", "a, `c`"),
        ("- [ ] task\n", " task\n"),
        ("***\nwords\n***", "\nwords\n"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a `b` c", ["`b`"]),
        ("a `` b ` c `` d", ["`` b ` c ``"]),
        ("a `b\n\nc` d", []),
        ("a \\`b` c", []),
        ("a <code>{{ x }}</code> b", ["<code>{{ x }}</code>"]),
        ("a <code>b", []),
        ("```\n[a](b)\n```\n", ["```\n[a](b)\n```\n"]),
        ("x\n\n    {{ y }}\n\nz", ["    {{ y }}\n"]),
        ("* a\n\n        * [b](c)\n", []),
    ],
)
def test_code(text: str, code: list[str]) -> None:
    document = read(text, format="markdown")
    assert [text[z.start : z.end] for z in document.zones if z.kind == "code"] == code


def test_links_know_their_words() -> None:
    text = "[![alt](a.png) words](b) <https://x.org> [[P|q]]"
    document = read(text, format="markdown")
    found = [(text[x.start : x.end], text[x.text_start : x.text_end]) for x in document.links]
    assert found == [
        ("[![alt](a.png) words](b)", "![alt](a.png) words"),
        ("![alt](a.png)", "alt"),
        ("<https://x.org>", "https://x.org"),
        ("[[P|q]]", "q"),
    ]
    assert [(text[z.start : z.end], z.kind) for z in document.zones] == [("https://x.org", "url"), ("[[P|q]]", "own")]


def test_nothing_in_code_or_maths_is_markup() -> None:
    text = "`[a](b)` $x_1 *y* z_2$ ```[c](d)```"
    document = read(text, format="markdown")
    assert document.links == ()
    assert document.hidden == ()
