"""The view shows what rules should see, and every character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.read.document import read
from cleaner.view import GLYPH, View, fold, literal
from tests.properties.strategies import any_text


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("a\u00a0b", "a b"),
        ("Sign\u200b up", "Sign up"),
        ("so\u00adft", "soft"),
        ("“Don’t”", '"Don\'t"'),
        ("ＡＢＣ！", "ABC!"),
        ("  a \t b  \r\n  c  ", "a b\nc"),
        ("a\n \u200b\n\nb", "a\n\nb"),
        ("a\rb", "a\nb"),
        ("\n\na\n\n", "a"),
        ("İstanbul ılık", "Istanbul ilik"),
        ("\uf09a \ue123", f"{GLYPH} {GLYPH}"),
        ("en – em — dash", "en - em - dash"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_what_rules_see(source: str, seen: str) -> None:
    assert View(source).text == seen


def test_lines_and_blocks() -> None:
    view = View("one\ntwo\n\n\nthree\n\nfour")
    assert [view.line_text(i) for i in range(len(view.lines))] == ["one", "two", "three", "four"]
    assert view.blocks == [(0, 1), (2, 2), (3, 3)]
    assert view.block_of == [0, 0, 1, 2]
    assert view.line_text(0, 1) == "one\ntwo"
    assert view.words(0, 1) == 2


def test_markup_is_left_out_and_offsets_map_back() -> None:
    text = "**Sign up** for [our\nnewsletter](https://example.com/a)!"
    view = View(text, read(text, format="markdown").hidden)
    assert view.text == "Sign up for our\nnewsletter!"
    start = view.text.index("our\nnewsletter")
    assert text[slice(*view.origin_span(start, start + len("our\nnewsletter")))] == "our\nnewsletter"


@given(any_text)
def test_offsets_map_back(text: str) -> None:
    view = View(text)
    assert len(view.text) == len(view.haystack())
    origins = [view.origin(i) for i in range(len(view.text))]
    assert origins == sorted(origins)
    for seen, origin in zip(view.text, origins, strict=True):
        assert seen.isspace() or fold(text[origin]) == seen


@given(any_text)
def test_nothing_visible_is_left_out(text: str) -> None:
    view = View(text)
    assert [c for c in fold(text) if c.isalnum()] == [c for c in view.text if c.isalnum()]
    assert "  " not in view.text
    assert "\n\n\n" not in view.text
    assert [line for s, e in view.lines for line in [view.text[s:e]] if not line.strip()] == []


@given(st.characters(exclude_categories=["Cs"]))
def test_folding_keeps_the_length(c: str) -> None:
    assert len(fold(c)) == 1
    assert len(fold(c).lower()) == 1


def test_literals_are_looked_up_in_the_haystack() -> None:
    assert literal("  Don’t\u00a0 MISS\u200b out ") in View("Please don't\nmiss out!").haystack()
