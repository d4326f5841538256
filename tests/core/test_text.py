"""The kernels that look at texts: the view, the edges of phrases, keywords."""

from __future__ import annotations

import sys
from array import array
from itertools import chain
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.core import TWINS
from tests.core.twins import both, kernels
from tests.properties.strategies import any_text
from tests.sample import FULL

pytestmark = pytest.mark.slow

EVERY = [chr(code) for code in range(sys.maxunicode + 1) if code < 0x20000 or code >> 12 == 0xE0 or code % 31 == 0]
"""All of the first two planes and all tags; beyond them, where no kernel has ranges of its own, each 31st."""
WHITE = st.text("a \n\r\t\u00a0\u200b\u00ad\u3000\x85\u2028\ufeff\U000e0020ア", max_size=30)
TEXTS = st.one_of(any_text, WHITE, st.text(st.characters(), max_size=40))


def flat(spans: list[tuple[int, int]]) -> array[int]:
    """Starts and ends in turn."""
    return array("q", chain.from_iterable(spans))


@given(TEXTS)
def test_views(text: str) -> None:
    seen, begins, origins = both("viewed", text)
    assert len(begins) == len(origins)
    both("lined", seen)
    both("lined", text)


FORMS = ["{0}", "a{0}b", "{0}{0}", "a{0}{0}b", "\n{0}", "{0} ", "a\r{0}\nb"]


@pytest.mark.parametrize("form", FORMS)
def test_views_of_every_character(form: str) -> None:
    """Those of the planes where white space is, in every form; the others in a few."""
    for start in range(0, len(EVERY), 64):
        if start >= 0x10000 and not FULL and (start // 64 + FORMS.index(form)) % 3:
            continue
        piece = EVERY[start : start + 64]
        both("viewed", "x".join(map(form.format, piece)))
        if start < 0x3100 or 0xFE00 <= start < 0x10000:  # where white space is, at the ends, too
            for character in piece:
                both("viewed", form.format(character))


def test_nothing_to_see() -> None:
    assert both("viewed", "") == ("", [0], [0])
    assert both("lined", "") == ([], [], [], [], 0)


def test_phrases_beside_every_character() -> None:
    for start in range(0, len(EVERY), 4096):
        text = "a".join(EVERY[start : start + 4096])
        both("fitting", text, flat([(at, at) for at in range(len(text))]))


def test_phrases_between_all_kinds_of_letters() -> None:
    others = "aA1²ß分アกǅⓐＡﬁ\u0301\u0902\u103a٣Ⅷꙁᏸ"
    letters = [character for character in EVERY if character.isalnum()]
    text = "".join(f"{character}{other}" for character in letters[::97] for other in others)
    both("fitting", text, flat([(at, at) for at in range(len(text))]))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=20))
def test_spans_that_fit(text: str, spans: list[tuple[int, int]]) -> None:
    both("fitting", text, flat(spans))
    for start, end in spans:
        both("word_edge", text, start)
        both("word_edge", text, -end)


def test_no_phrase_runs_over_a_blank_line() -> None:
    spans = flat([(0, 3), (0, 6), (2, 4), (5, 6), (5, 99)])
    assert both("fitting", "a b\n\nc d", spans) == [(0, 3), (2, 4), (5, 6), (5, 99)]


KEYWORDS = st.text(st.sampled_from("ab 分é\U0001f512"), min_size=1, max_size=9)


@given(st.sets(st.one_of(KEYWORDS, st.text(st.characters(), min_size=1, max_size=6)), max_size=40), st.data())
def test_keywords(words: set[str], data: Any) -> None:
    pieces = st.lists(st.one_of(st.sampled_from(sorted(words) or [""]), KEYWORDS, st.characters()), max_size=20)
    words = {word for word in words if "\0" not in word}
    pairs = [(word, ((number,), ())) for number, word in enumerate(sorted(words, key=len))]
    index, twin = kernels.Index(pairs), TWINS["Index"](pairs)
    for text in ("", "".join(data.draw(pieces))):
        assert index.hits(text) == twin.hits(text)


NUMBERS = st.lists(st.integers(0, 5), max_size=3).map(tuple)


WAKES = st.tuples(NUMBERS, NUMBERS)


@given(st.dictionaries(KEYWORDS, WAKES, max_size=12), st.lists(KEYWORDS, max_size=20), st.integers(0, 4))
def test_rules_that_keywords_wake(words: dict[str, Any], pieces: list[str], most: int) -> None:
    pairs, text = list(words.items()), "".join((*pieces, *words))
    kernel, twin = (index(pairs).woken(text, most) for index in (kernels.Index, TWINS["Index"]))
    assert kernel == twin
    assert list(kernel[0]) == list(twin[0])


def test_many_keywords_that_begin_alike() -> None:
    pairs = [(f"subs{number}", ((number,), ())) for number in range(20_000)] + [("sub", ((), (1,)))]
    index = kernels.Index(pairs)
    found = index.hits("subs12345 " * 10)
    assert found == TWINS["Index"](pairs).hits("subs12345 " * 10)
    assert [end - start for start, end, *_ in found[:6]] == [3, 5, 6, 7, 8, 9]


LEADS = st.text("#-*_+•>|1٣.)( \tab\u00a0\x0c\x1c\n\r", max_size=24)


@given(st.one_of(LEADS, TEXTS), st.integers(0, 12))
def test_lines_and_their_leads(text: str, first: int) -> None:
    kernel, twin = (np.frombuffer(f(text, first), np.int64) for f in (kernels.line_table, TWINS["line_table"]))
    assert kernel.tolist() == twin.tolist()


@pytest.mark.parametrize(
    "line",
    [
        *("# a", "###### a", "####### a", "#", "#a", "- a", "* a", "+ a", "• a", "-a", "- ", "*", "1. a", "123) a"),
        *("1234. a", "12.a", "1.", "1", "| a", "> a", "---", "* * *", "- - -", "-*_", "--", "**a**", "__a__", "**a"),
        *(
            "**** ",
            "** a**",
            "**a*",
            "***a***",
            "__a**",
            "*****",
            "  - a",
            "\u00a0- a",
            "-\u00a0a",
            "- \u00a0a",
            "_ _ _",
        ),
        *("**ab", "**a__", "٣. a", "+++", "++ a", "**a**\u3000", "\u2028", "\ufeff# a", "___ a", "*  ", "2)\ta"),
    ],
)
def test_what_a_line_begins_with(line: str) -> None:
    for text in (line, f"{line}\nb", f"a\r{line}\r\n{line}"):
        assert list(kernels.line_table(text, 0)) == list(TWINS["line_table"](text, 0).tobytes())


def test_leads_of_every_character() -> None:
    told_apart = [c for c in EVERY if c < "\U00010000" or c.isspace() or c.isdecimal()]  # all others are alike
    for start in range(0, len(told_apart), 4096):
        text = "\n".join(f"{c} a\n- {c}\n1{c} a\n**{c}**" for c in told_apart[start : start + 4096])
        assert kernels.line_table(text, 0) == TWINS["line_table"](text, 0).tobytes()


def told(texts: list[str]) -> tuple[dict[str, int], bytes, bytes]:
    """The numbers of the words of some texts, if the twin says the same."""
    kernel, twin = kernels.numbered(texts), TWINS["numbered"](texts)
    assert list(kernel[0].items()) == list(twin[0].items())
    assert (bytes(kernel[1]), bytes(kernel[2])) == (twin[1].tobytes(), twin[2].tobytes())
    return kernel  # type: ignore[no-any-return]


@given(st.lists(st.one_of(TEXTS, st.text("ab_1 ア分ก\u0301é\U0001f512\U00020000", max_size=12)), max_size=6))
def test_words_as_numbers(texts: list[str]) -> None:
    told(texts)


def test_words_of_every_character() -> None:
    told([f"a{c}b{c}{c}" for c in EVERY])
    told(["\U00020000 sea sea", "sea", "b", "séa sea", ""])


@given(st.one_of(TEXTS, st.text("ab_1 アぁ分漢\u0902\u0301é\U00020000", max_size=20)))
def test_letters_and_words(text: str) -> None:
    both("letters", text)
    both("words_in", text)
    both("count_words", text)


def test_letters_and_words_of_every_character() -> None:
    for start in range(0, len(EVERY), 64):
        piece = EVERY[start : start + 64]
        both("letters", "".join(piece))
        for c in piece if start < 0x10000 else ():
            both("count_words", f"{c} a{c}b")
        both("count_words", "".join(f" a{c}b {c}" for c in piece))
        both("words_in", "".join(f"a{c}b{c}{c} 分{c}分{c}{c}{c} " for c in piece))
    assert both("letters", "x-" * 2000) == "x" * 2000


GROUPS = st.lists(st.lists(st.text("ab ı", min_size=1, max_size=2), max_size=3).map(tuple), max_size=3).map(tuple)


@given(st.lists(GROUPS, max_size=3).map(tuple), st.text("abAB \nıſİKéÉᲀᲆᲇϐϑϵ\u0345\u1fbe", max_size=10))
def test_words_that_are_needed(ways: tuple[tuple[tuple[str, ...], ...], ...], text: str) -> None:
    both("may_match", ways, text)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("viewed", (b"x",)),
        ("lined", (None,)),
        ("word_edge", ("x",)),
        ("word_edge", ("x", "y")),
        ("word_edge", ("x", 1 << 99)),
        ("fitting", ("x", [(0, 1)])),
        ("fitting", ("x", array("q", [1]))),
        ("fitting", ("x", array("q", [0, -1]))),
        ("fitting", ("x", array("i", [0, 1]))),
        ("Index", ([("", ((), ()))],)),
        ("Index", ([("a", ())],)),
        ("Index", (["a"],)),
        ("Index", ([("a", ([], ()))],)),
        ("Index", ()),
        ("line_table", ("x",)),
        ("line_table", (b"x", 0)),
        ("line_table", ("x", 1 << 99)),
        ("letters", (b"x",)),
        ("words_in", (None,)),
        ("count_words", (b"x",)),
        ("numbered", ("abc", 1)),
        ("numbered", (["a", b"a"],)),
        ("numbered", (7,)),
        ("may_match", ((((),),), None)),
        ("may_match", ([], "x")),
        ("may_match", (("x",), "x")),
        ("may_match", ((("x",),), "x")),
        ("may_match", ((((1,),),), "x")),
    ],
)
def test_what_makes_no_sense_is_an_error(name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        getattr(kernels, name)(*arguments)
