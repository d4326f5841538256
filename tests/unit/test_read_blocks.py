"""Block structure, with markdown-it-py (commonmark) as the oracle for which lines are code.

Deliberate or known differences, kept out of the generated documents: tabs after a quote mark or list marker (columns
are counted as the specification says), a quote mark indented by four after a quote, and link reference definitions.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleaner.read.blocks import scan
from cleaner.read.spans import lines

ORACLE = MarkdownIt("commonmark")
FRAGMENTS = [
    *(
        "```",
        "~~~",
        "````",
        "``` py",
        "    ",
        "  ",
        "   ",
        " ",
        "> ",
        "- ",
        "* ",
        "1. ",
        "10) ",
        "2. ",
        "-",
        "word",
        "text",
    ),
    *("# ", "---", "===", "\n", "\n", "\n", "\n\n", "<div>", "<pre>", "</pre>", "<b>", "<!-- ", "-->", "* * *", "`a`"),
]
DOCUMENTS = [
    "```\ncode\n```\nwords\n",
    "~~~ py\n```\n~~~~\nwords",
    "```\nnever closed\n\nwords",
    "words\n    no code\n",
    "words\n\n    code\n\n    more code\n\nwords",
    "\tcode\n",
    "- item\n\n      code in it\n\n  words",
    "- item\n\n    words in it\n",
    "1. one\n\n   ```\n   x\n   ```\n2. two\n",
    "> ```\n> x\n\n> words\n",
    "> - ```\n>   x\n>   ```\n> words",
    "> words\n    lazy\n",
    "-     code\n",
    "- a\n  - b\n    - c\n\n          code\n",
    "-\n\n      code\n",
    "# heading\n    code\n",
    "words\n---\n    code\n",
    "***\n    code\n",
    "<div>\n```\n</div>\n\n```\nx\n```\n",
    "<pre>\n\n    x\n</pre>\n    code\n",
    "<!-- \n```\n-->\n    code",
    "``` a`b\nwords\n",
    "words\n2. words\n\n       x\n",
    "words\r\n\r\n    code\r\n\r\nwords",
    "    ```\n    code\n",
    "````\n```\n````\n",
    "- ```\n  x\n words\n",
    "1) a\n\n       code\n",
]


def our_lines(text: str) -> set[int]:
    spans = lines(text)
    code = scan(text, spans).code
    return {i for i, s in enumerate(spans) if any(a <= s[0] < b for a, b in code) and text[slice(*s)].strip(" \t\r\n>")}


def oracle_lines(text: str) -> set[int]:
    rows = lines(text)
    maps = [token.map for token in ORACLE.parse(text) if token.type in ("fence", "code_block") and token.map]
    numbers = {i for first, last in maps for i in range(first, min(last, len(rows)))}
    return {i for i in numbers if text[slice(*rows[i])].strip(" \t\r\n>")}


@pytest.mark.parametrize("text", DOCUMENTS)
def test_code_lines_of_known_documents(text: str) -> None:
    assert our_lines(text) == oracle_lines(text)


@settings(max_examples=4 * settings().max_examples, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map("".join))
def test_code_lines_of_any_document(text: str) -> None:
    assume(not re.search(r">[ ]*\n[ ]{4}", text))
    assert our_lines(text) == oracle_lines(text)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("## Title ##\n", ["## ", "##"]),
        ("Title\n===\n", ["==="]),
        ("- [x] done\n- b\n", ["- [x]", "- "]),
        ("1) a\n", ["1) "]),
        ("> > a\n", ["> ", "> "]),
        ("> [!note]- Title\n", ["> ", "[!note]-"]),
        ("* * *\n", ["* * *"]),
        ("#tag\n", []),
        ("```\n# x\n```\n", []),
    ],
)
def test_marks(text: str, marks: list[str]) -> None:
    assert [text[a:b] for a, b in scan(text, lines(text)).marks] == marks
