"""The whole of reading: composition, lines, addresses, hostile input."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.errors import InputError
from cleaner.model import Zone
from cleaner.read.document import read
from cleaner.read.spans import lines, mask, merge_zones, union, without
from cleaner.read.urls import urls

SIZE = 80_000
LIMIT = 2.0  # seconds of a processor; about 0.1 is usual, a quadratic scan takes tens
HOSTILE = [
    *("[", "](", "[](", "[[", "![", "[a]: ", "[^", '[](a "', "`", "`$", "a`b``c```", "$", "$$ ", "\\", "\\(", "\\[ "),
    *(
        "\\begin{align}",
        "<",
        '<a "',
        "<a b=",
        "<pre>",
        "<!--",
        "*",
        "_",
        "a*",
        "**a ",
        "~~~",
        "= ",
        "---\n",
        "> ",
        "- ",
        ">",
    ),
    *(
        "1. ",
        "# ",
        "|-\n",
        "{",
        "{{",
        "{% a ",
        '"a":1,\n',
        "<<A\n",
        "<<<<<<<\n",
        "SELECT * ",
        "x;\n",
        "x = f(",
        "\t",
        "\n",
    ),
    *("\r", "    a\n", "a \n", "```\n", "https://", "www.", "(", " "),
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("format", ["text", "markdown", "auto"])
def test_hostile_input_takes_linear_time(piece: str, format: str) -> None:
    text = piece * (SIZE // len(piece))
    begin = time.process_time()
    read(text, format=format)  # type: ignore[arg-type]
    assert time.process_time() - begin < LIMIT


@given(st.text(alphabet='ab \n\r\t`*_[]()<>#$\\|-~{}=:/!."1', max_size=200), st.sampled_from(["text", "markdown"]))
def test_spans_are_sorted_disjoint_and_inside(text: str, format: str) -> None:
    document = read(text, format=format)  # type: ignore[arg-type]
    spans = [(zone.start, zone.end) for zone in document.zones]
    for group in (spans, list(document.hidden)):
        assert all(0 <= start < end <= len(text) for start, end in group)
        assert all(a[1] <= b[0] for a, b in pairwise(group))
    solid = [(zone.start, zone.end) for zone in document.zones if zone.kind != "url"]
    assert without(document.hidden, union(solid)) == list(document.hidden)
    assert [x.start for x in document.links] == sorted(x.start for x in document.links)
    assert all(x.start <= x.text_start <= x.text_end <= x.end for x in document.links)


@given(st.text(alphabet="a\n\r\x0b\u2028"))
def test_lines_cover_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in lines(text)) == text
    assert all(text[start:end].rstrip("\r\n").count("\n") == 0 for start, end in lines(text))


def test_only_three_line_ends() -> None:
    assert list(lines("a\r\nb\rc\nd\x0ce\u2028f")) == [(0, 3), (3, 5), (5, 7), (7, 12)]


def test_html_is_refused_with_the_way_out() -> None:
    with pytest.raises(InputError, match="--format text"):
        read("<!doctype html><p>x", "html")
    assert read("<!doctype html><p>x", format="text").format == "text"


def test_a_text_does_not_begin_with_a_page_once_its_beginning_is_gone() -> None:
    text = "Advertisement\n\n<!doctype html> is how a page begins, and so it has been for long.\n"
    assert cleaner.clean(text).text == text  # the next call would take the rest for one


def test_address_explicit_then_front_matter() -> None:
    text = "---\nsource: https://a.org\n---\nwords\n"
    assert read(text, "markdown").url == "https://a.org"
    assert read(text, "markdown", "https://b.org").url == "https://b.org"
    assert read(text, "markdown").front_matter == {"source": "https://a.org"}
    assert read(text, "markdown").zones[0] == Zone(0, text.index("words"), "front-matter")


def test_plain_text_has_code_maths_and_addresses_but_no_markup() -> None:
    text = "See *this* `x` and $x^2$ at https://x.org/a.\n\n```\n{{ y }}\n```\n"
    document = read(text, format="text")
    assert [(z.kind, text[z.start : z.end].strip()) for z in document.zones] == [
        ("code", "`x`"),
        ("math", "$x^2$"),
        ("url", "https://x.org/a"),
        ("code", "```\n{{ y }}\n```"),
    ]
    assert not document.hidden
    assert not document.links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://x.org/a_(b), or www.y.org.", ["https://x.org/a_(b)", "www.y.org"]),
        ("(https://x.org/a)", ["https://x.org/a"]),
        ("<HTTP://X.ORG>", ["HTTP://X.ORG"]),
        ("awww.no https://", []),
    ],
)
def test_urls(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in urls(text)] == found


def test_zones_by_rank() -> None:
    zones = [Zone(0, 10, "math"), Zone(3, 5, "code"), Zone(4, 8, "url"), Zone(12, 14, "url")]
    merged = merge_zones(zones)
    assert merged == (Zone(0, 3, "math"), Zone(3, 5, "code"), Zone(5, 10, "math"), Zone(12, 14, "url"))


def test_mask_keeps_offsets() -> None:
    assert mask("abcdef", [(1, 3), (5, 6)], "-") == "a--de-"
