"""What came in as HTML and the HTML text in it."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import InputError
from cleaner.html.source import PageSource, read_page
from cleaner.options import MAX_BYTES
from cleaner.read.decode import decode, encode

PAGE = "<html><head><title>t</title></head><body><p>naïve – 漢字</p></body></html>"


def mhtml(
    *parts: bytes,
    head: bytes = b'Content-Type: multipart/related; type="text/html"; boundary="BB"',
    snapshot: bytes = b"",
) -> bytes:
    """An MHTML file of `parts`, each with its own headers."""
    lines = [b"From: <Saved by Blink>", *([snapshot] if snapshot else []), b"MIME-Version: 1.0", head, b"", b""]
    for part in parts:
        lines += [b"--BB", part]
    return b"\r\n".join([*lines, b"--BB--", b""])


def part(body: bytes, *headers: str, kind: str = "text/html") -> bytes:
    return "\r\n".join((f"Content-Type: {kind}", *headers, "", "")).encode() + body


@pytest.mark.parametrize(
    ("source", "kind", "url"),
    [
        (PAGE, "page", None),
        ("<!DOCTYPE html>\n<p>a", "page", None),
        ("<p>a</p>", "fragment", None),
        ("words", "fragment", None),
        ("", "fragment", None),
        ("<!-- saved from url=(0020)https://e.org/a?b=c -->\n<html><p>a", "page", "https://e.org/a?b=c"),
        ("<!-- saved from url=(0014)about:internet -->\n<html><p>a", "page", None),
        (
            "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://e.org/a \n"
            " saved date: Mon Jan 06 2025\n--><p>a",
            "singlefile",
            "https://e.org/a",
        ),
    ],
)
def test_kind_and_address(source: str, kind: str, url: str | None) -> None:
    for found in (read_page(source), read_page(source.encode())):
        assert (found.kind, found.url, found.html, found.warnings) == (kind, url, source, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_with_and_without_mark(encoding: str) -> None:
    assert read_page(PAGE.encode(encoding)).html == PAGE


@pytest.mark.parametrize(
    ("encoding", "label", "text"),
    [
        ("iso2022_jp", "iso-2022-jp", "日本語の文章"),
        ("cp932", "Shift_JIS", "日本語の文章"),
        ("cp1251", "windows-1251", "русский текст"),
        ("cp1252", "iso-8859-1", "“naïve”"),
    ],
)
def test_declared_encodings(encoding: str, label: str, text: str) -> None:
    html = f"<html><head><meta charset={label}></head><body>{text}"
    data = html.encode(encoding)
    found = read_page(data)
    assert found.html == html
    assert found.warnings == ()
    assert encode(found.decoded.text, found.decoded.encoding, found.decoded.bom, found.decoded.errors) == data


@given(st.binary() | st.text().map(lambda text: f"<p>{text}".encode("utf-16-le", "surrogatepass")))
def test_the_bytes_come_back(data: bytes) -> None:
    try:
        found = read_page(data)
    except InputError:
        return
    decoded = found.decoded
    assert encode(decoded.text, decoded.encoding, decoded.bom, decoded.errors) == data


def test_what_is_decoded_already_is_used() -> None:
    data = PAGE.encode()
    decoded = decode(data)
    assert read_page(data, decoded).decoded is decoded
    assert read_page(PAGE, decoded).decoded is decoded


# --- clipboard ----------------------------------------------------------------------------------

BODY = "<html><body>\r\n<!--StartFragment--><p>naïve</p> <b>b</b><!--EndFragment-->\r\n</body></html>"


def clipboard(body: str, start: int = 0, end: int = 0) -> str:
    return (
        "Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000500\r\n"
        f"StartFragment:{start:010}\r\nEndFragment:{end:010}\r\nSourceURL:https://e.org/a\r\n{body}"
    )


def test_clipboard_by_marks() -> None:
    found = read_page(clipboard(BODY))
    assert (found.kind, found.url, found.html) == ("clipboard", "https://e.org/a", "<p>naïve</p> <b>b</b>")


def test_clipboard_by_offsets_in_bytes() -> None:
    body = "<html><body>ï<p>naïve</p>ï</body></html>"
    size = len(clipboard("").encode())
    start = size + len("<html><body>ï".encode())
    found = read_page(clipboard(body, start, start + len("<p>naïve</p>".encode())))
    assert found.html == "<p>naïve</p>"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 9_999_999_999), (300, 200)])
def test_clipboard_with_wrong_offsets_is_taken_whole(start: int, end: int) -> None:
    assert read_page(clipboard("<p>a</p>", start, end)).html == "<p>a</p>"


def test_a_selection_without_header() -> None:
    html = "<meta charset='utf-8'><!--StartFragment--><p>a</p><!--EndFragment-->"
    assert read_page(html) == PageSource("<p>a</p>", None, "fragment", (), read_page(html).decoded)


def test_an_empty_selection_is_taken_whole() -> None:
    html = "<p>a</p><!--StartFragment--> <!--EndFragment-->"
    assert read_page(html).html == html


# --- MHTML --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        part(quopri.encodestring(PAGE.encode()), "Content-Transfer-Encoding: quoted-printable"),
        part(base64.encodebytes(PAGE.encode()), "Content-Transfer-Encoding: base64"),
        part(PAGE.encode(), "Content-Transfer-Encoding: 8bit"),
        part(PAGE.encode(), "Content-Transfer-Encoding: binary"),
        part(PAGE.encode("utf-16-le")),
        part(PAGE.encode("gb18030", "replace"), kind='text/html; charset="gb2312"'),
        part(PAGE.encode(), kind='text/html; charset="iso-8859-1"'),
    ],
)
def test_mhtml_encodings(body: bytes) -> None:
    found = read_page(mhtml(body))
    assert found.html.rstrip() == PAGE
    assert (found.kind, found.warnings) == ("mhtml", ())


def test_mhtml_takes_the_part_it_names() -> None:
    frame = part(b"<p>frame", "Content-ID: <frame@x>")
    page = part(b"<p>page", "Content-ID: <page@x>", "Content-Location: https://e.org/part")
    image = part(b"AAAA", "Content-Transfer-Encoding: base64", kind="image/png")
    head = b'Content-Type: multipart/related; start="<page@x>"; boundary="BB"'
    found = read_page(mhtml(image, frame, page, head=head))
    assert (found.html.strip(), found.url) == ("<p>page", "https://e.org/part")
    named = mhtml(frame, page, snapshot=b"Snapshot-Content-Location: https://e.org/page")
    found = read_page(named)
    assert (found.html.strip(), found.url) == ("<p>frame", "https://e.org/page")


def test_mhtml_address_of_the_web_only() -> None:
    assert read_page(mhtml(part(b"<p>a", "Content-Location: cid:frame@mhtml.blink"))).url is None


def test_mhtml_of_one_part() -> None:
    data = b"MIME-Version: 1.0\nContent-Type: text/html; charset=windows-1251\n\n<p>" + "текст".encode("cp1251")
    assert read_page(data).html == "<p>текст"
    assert read_page("MIME-Version: 1.0\nContent-Type: text/html\n\n<p>naïve").html == "<p>naïve"


def test_mhtml_that_is_cut_off_says_so() -> None:
    found = read_page(mhtml(part(b"<p>a")).removesuffix(b"--BB--\r\n"))
    assert found.html.strip() == "<p>a"
    assert found.warnings == ("the MHTML file is broken or cut off: parts of the page may be missing",)


def test_mhtml_without_text_says_so() -> None:
    assert read_page(mhtml(part(b" "))).warnings == ("the page in the MHTML file is empty",)


def test_mhtml_without_a_page_is_an_error() -> None:
    with pytest.raises(InputError, match="holds no HTML page"):
        read_page(mhtml(part(b"a", kind="text/plain")))


def test_mhtml_nested_too_deep_is_an_error_or_no_page() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(2000))
    with pytest.raises(InputError, match="MHTML file"):
        read_page(b"MIME-Version: 1.0\n" + nested)


def test_a_page_that_shows_headers_is_no_mhtml() -> None:
    assert read_page("Note: see\n\nMIME-Version: 1.0\n<p>a").kind == "fragment"


# --- what is no page ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"bplist00", "a Safari web archive"),
        (bytes(range(256)) * 40, "binary data"),
        (b"\x00" * 100, "binary data"),
    ],
)
def test_binary_input_is_named(data: bytes, name: str) -> None:
    with pytest.raises(InputError, match=f"this is no HTML but {name}") as caught:
        read_page(data)
    assert "\n" not in str(caught.value)


def test_scattered_nuls_are_left_out_with_a_warning() -> None:
    found = read_page(b"<p>one\x00 two three four five six seven eight nine\x00 ten")
    assert found.html == "<p>one two three four five six seven eight nine ten"
    assert found.warnings == ("2 NUL characters are left out",)


def test_too_large() -> None:
    with pytest.raises(
        InputError, match=r"the page has 11 bytes, more than the 10 bytes that are read: save it without"
    ):
        read_page(b"<p>01234567", max_bytes=10)
    assert read_page(b"<p>0123456", max_bytes=10).html == "<p>0123456"
    with pytest.raises(InputError, match=r"100\.0 MB"):
        read_page(b" " * (MAX_BYTES + 1))
