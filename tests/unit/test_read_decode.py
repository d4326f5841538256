"""Bytes to text and back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.read.decode import decode, encode


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda s: s.encode("utf-16", "surrogatepass")))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\x00\x01")
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf\xff\x80")
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"a\r\nb\rc\n\x00d")
@example(b"<meta charset=utf-7>\xff")
@example(b"<meta charset=shift_jis>\x81")
def test_every_byte_string_comes_back(data: bytes) -> None:
    found = decode(data)
    assert encode(found.text, found.encoding, found.bom, found.errors) == data


@pytest.mark.parametrize(
    ("data", "text", "encoding", "guessed"),
    [
        (b"", "", "utf-8", False),
        (b"a\r\nb\rc\x00", "a\r\nb\rc\x00", "utf-8", False),
        ("naïve – 漢字".encode(), "naïve – 漢字", "utf-8", False),
        (b"\xef\xbb\xbfhi", "hi", "utf-8", False),
        (b"\xff\xfeh\0i\0", "hi", "utf-16-le", False),
        (b"\xfe\xff\0h\0i", "hi", "utf-16-be", False),
        (b"\xff\xfe\0\0h\0\0\0", "h", "utf-32-le", False),
        (
            b"<html><meta charset='windows-1251'>\xcf\xf0",
            "<html><meta charset='windows-1251'>Пр",
            "windows-1251",
            False,
        ),
        (b"<meta http-equiv=x content='text/html; charset=ISO-8859-1'>\x93", None, "cp1252", False),
        (b'<?xml version="1.0" encoding="koi8-r"?>\xc1', None, "koi8-r", False),
        (b"<meta charset=Windows-31J>\x93\xfa\x96{", "<meta charset=Windows-31J>日本", "cp932", False),
        (b"<meta charset=ISO_8859-2>\xb3\xf3d\xbc", "<meta charset=ISO_8859-2>łódź", "iso-8859-2", False),
        (b"<meta charset=x-gbk>\xd6\xd0\xce\xc4", "<meta charset=x-gbk>中文", "gb18030", False),
        (b"<meta charset=utf-16>caf\xe9s", "<meta charset=utf-16>cafés", "cp1252", True),
        (b"caf\xe9 na\xefve", "café naïve", "cp1252", True),
        (b"\x93Smart\x94 quotes \x96 it\x92s", "“Smart” quotes – it’s", "cp1252", True),
    ],
)
def test_encoding(data: bytes, text: str | None, encoding: str, guessed: bool) -> None:
    found = decode(data)
    assert found.encoding == encoding
    assert text is None or found.text == text
    assert bool(found.warnings) == guessed


def test_a_guess_is_named_as_people_name_it() -> None:
    assert decode(b"caf\xe9").warnings == ("encoding guessed as windows-1252",)


def test_long_russian_text_is_recognised() -> None:
    text = "Привет, мир! Это довольно длинный русский текст, и в нём много разных слов. " * 20
    assert decode(text.encode("cp1251")).text == text


def test_a_few_broken_bytes_do_not_turn_utf8_into_something_else() -> None:
    found = decode("éàü – “ö”".encode() + b"\xe2\x80")
    assert (found.encoding, found.errors) == ("utf-8", "surrogateescape")
    assert found.text.startswith("éàü – “ö”")
    assert found.warnings
