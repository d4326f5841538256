from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rulebook.pattern import PatternError, expand, faults

GOOD = [
    "",
    "share this",
    "^you have \\d+ free articles? left$",
    "a.*b.*c",
    "(?:a|b){0,20}",
    "(?>a+)b++c",
    "(?:a+)?b",
    "(?:[a-z]{1,30} ){0,10}x",
    "(?:\\w{1,30},){2,10}",
    "[*+]{3}",
    "\\(a+\\)+",
    "(?<=a)b+(?!c)",
    "[^\\n.]{0,90} links [^\\n.]{0,90} may earn [^\\n.]{0,90} and so [^\\n.]{0,90}",
    "(?i:a)(?-i:B)",
    "\\{\\{\\w{1,40}\\}\\}",
    "{{name}}",
    "x{,3}",
    "\\p{Lu}\\x41\\u0041",
]
EVIL = [
    "(a+)+b",
    "(?:a*)*b",
    "(?:a+b?){2,}c",
    "(?:(?:a|b)+){3}",
    "(?:a|aa)*b",
    "(?:a|ab|b){0,30}c",
    ".*a.*b.*c",
    "a+b+c+d",
    "a{0,300}b{0,300}c{0,300}",
    "(?=(a+)+b)",
    "(?:x|(?:a+)+)y",
    "(?:\\w{1,30}){0,10}!",
    "(?:\\w{1,30} ?){0,10}!",
    ".{0,150}.{0,150}.{0,150}!",
    "(?:a.{0,199}|b.{0,199}).{0,199}.{0,199}c",
]
REFUSED = [
    "(?P<name>a)",
    "(?s)a",
    "(a)\\1",
    "\\g<1>",
    "(?(1)a|b)",
    "(?R)",
    "(?|a|b)",
    "[abc",
    "a\\",
    "\\K",
    "\\R",
    "x{e<=1}",
    "(?:x){i,d}",
    "x{1<=e<=2}",
    "x{12345678901}",
    "a)",
    "(a",
    "*a",
    "(*FAIL)",
    "(" * 5000,
]


@pytest.mark.parametrize("pattern", GOOD)
def test_good(pattern: str) -> None:
    assert not list(faults(pattern))
    assert not list(faults(expand(pattern)))
    regex.compile(expand(pattern))


@pytest.mark.parametrize("pattern", EVIL)
def test_evil(pattern: str) -> None:
    regex.compile(expand(pattern))
    assert list(faults(pattern))


@pytest.mark.parametrize("pattern", REFUSED, ids=lambda pattern: pattern[:12])
def test_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        list(faults(pattern))


@pytest.mark.parametrize(
    ("pattern", "expanded"),
    [
        ("a b", "a[ \\n]b"),
        ("a {1,2}b", "a[ \\n]{1,2}b"),
        ("[a ]b c", "[a ]b[ \\n]c"),
        ("[] ]", "[] ]"),
        ("[^] ] x", "[^] ][ \\n]x"),
        ("[\\] ] ", "[\\] ][ \\n]"),
        ("\\ ", "\\ "),
        ("", ""),
    ],
)
def test_expand(pattern: str, expanded: str) -> None:
    assert expand(pattern) == expanded
    assert expand(expanded) == expanded


@given(st.text(alphabet="ab(|)?:*+{1,2}[]\\^$.<=!>s ", max_size=40))
def test_any_text_is_a_pattern_or_an_error(pattern: str) -> None:
    try:
        expanded = expand(pattern)
        list(faults(pattern))
    except PatternError:
        return
    assert expand(expanded) == expanded


@given(st.text(alphabet="ab|()?:*+{,2}", max_size=16))
def test_what_passes_runs_fast(pattern: str) -> None:
    try:
        compiled = regex.compile(expand(pattern))
        if list(faults(pattern)):
            return
    except (PatternError, regex.error):
        return
    for text in ("a" * 300 + "!", "ab" * 150 + "!"):
        compiled.fullmatch(text, timeout=5)
