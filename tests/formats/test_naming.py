"""Names for files: readable, safe everywhere, never the same twice."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.formats.naming import MAX_BYTES, file_name


def name(title: str, suffix: str = ".md") -> str:
    return file_name(title, suffix, set())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Japanese suitors look past US crackdown", "Japanese suitors look past US crackdown"),
        ("Größe, 日本 & עברית – it’s 100 %", "Größe, 日本 & עברית – it’s 100 %"),
        ("Trade war: what now?", "Trade war - what now"),
        ("At 12:30 | The Daily", "At 12-30 - The Daily"),
        ("AC/DC \\ a\\b", "AC-DC - a-b"),
        ('He said "no" <twice>*', "He said no twice"),
        ("  two\n\tlines\u2028 and\xa0 more  ", "two lines and more"),
        ("nul\0 and \x1b[31mbell\x07", "nul and [31mbell"),
        ("gpj.\u202egolana\u200b", "gpj.golana"),
        ("Cafe\u0301", "Café"),
        ("Cafe\u200b\u0301", "Café"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("lone \ud800 half", "lone half"),
        (".hidden", "hidden"),
        ("...", "Untitled"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("The end...  . ", "The end"),
        ("", "Untitled"),
        ("?*\0", "Untitled"),
        ("\u200d", "Untitled"),
        ("/", "Untitled"),
        ("CON", "_CON"),
        ("nul.notes", "_nul.notes"),
        ("com1", "_com1"),
        ("LPT³", "_LPT³"),
        ("aux ", "_aux"),
        ("Console", "Console"),
        ("com10", "com10"),
    ],
)
def test_titles(title: str, expected: str) -> None:
    assert name(title) == f"{expected}.md"


def test_long_titles_are_cut_between_characters() -> None:
    for letter in ("a", "ß", "日", "\U0001f600"):
        cut = name(letter * 500)
        assert MAX_BYTES - 4 < len(cut.encode()) <= MAX_BYTES
        assert cut.endswith(f"{letter}.md")
    assert name("a" * 195 + ". b") == "a" * 195 + ".md"


def test_names_that_some_system_takes_for_one_get_numbers() -> None:
    taken: set[str] = set()
    titles = ["Note", "note", "NOTE", "Note 2", "Straße", "STRASSE", "e\u0301", "\xe9", "ﬁn", "fin", "Note?"]
    names = [file_name(title, ".md", taken) for title in titles]
    assert names == [
        *("Note.md", "note 2.md", "NOTE 3.md", "Note 2 2.md", "Straße.md", "STRASSE 2.md"),
        *("é.md", "é 2.md", "ﬁn.md", "fin 2.md", "Note 4.md"),
    ]


def test_a_number_does_not_make_a_name_too_long() -> None:
    taken: set[str] = set()
    names = [file_name("日" * 100, ".html", taken) for _ in range(12)]
    assert len({*names}) == 12
    assert all(len(one.encode()) <= MAX_BYTES for one in names)
    assert names[-1].endswith(" 12.html")


def test_other_suffixes_are_other_names() -> None:
    taken: set[str] = set()
    assert [file_name("a", suffix, taken) for suffix in (".md", ".txt", ".md")] == ["a.md", "a.txt", "a 2.md"]


def test_many_documents_without_a_title_take_little_time() -> None:
    taken: set[str] = set()
    begin = time.process_time()
    names = [file_name("", ".md", taken) for _ in range(10_000)]
    assert time.process_time() - begin < 8
    assert names[:2] == ["Untitled.md", "Untitled 2.md"]
    assert names[-1] == "Untitled 10000.md"


@given(st.lists(st.text(max_size=8) | st.text(st.sampled_from('aA ./\\:*?"\0'), max_size=4), max_size=8))
def test_any_title_gives_a_name_of_its_own(titles: list[str]) -> None:
    taken: set[str] = set()
    names = [file_name(title, ".md", taken) for title in titles]
    assert len({one.casefold() for one in names}) == len(names)
    for one in names:
        assert one.endswith(".md")
        assert len(one) > 3
        assert not set(one) & set('<>:"/\\|?*')
        assert not one.startswith((".", " "))
        assert not one.removesuffix(".md").endswith((".", " "))
        assert all(unicodedata.category(c)[0] != "C" or c in "\u200c\u200d" for c in one)


@given(st.lists(st.text(max_size=60), max_size=5))
def test_this_system_takes_them(titles: list[str]) -> None:
    taken: set[str] = set()
    for title in titles:
        assert Path("/", file_name(title, ".md", taken)).parent == Path("/")


def test_files_can_be_made(tmp_path: Path) -> None:
    taken: set[str] = set()
    for title in ("a" * 999, "日" * 999, "é:" * 200, "\U0001f469\u200d\U0001f680" * 90, "CON", "a\nb"):
        (tmp_path / file_name(title, ".md", taken)).write_bytes(b"x")
    assert len(list(tmp_path.iterdir())) == 6
