"""What came in as HTML, however it was saved, and the HTML text in it."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass, replace
from email.message import Message
from typing import Literal

from cleaner.errors import InputError
from cleaner.options import MAX_BYTES
from cleaner.read.decode import Decoded, decode_page

_HEAD = 65536  # characters in which a page says what it is

Kind = Literal["page", "fragment", "mhtml", "singlefile", "clipboard"]

_MAGIC = (
    (b"%PDF-", "a PDF: pass its text"),
    (b"{\\rtf", "RTF: pass its text"),
    (b"bplist00", "a Safari web archive: save the page as HTML"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"PK\x03\x04", "a ZIP archive (EPUB, Word and the like): unpack it"),
    (b"\x1f\x8b", "gzip: unpack it"),
    (b"\xfd7zXZ\x00", "xz: unpack it"),
    (b"\x28\xb5\x2f\xfd", "Zstandard: unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it"),
    (b"\x7fELF", "a program"),
)
_MANY_CONTROLS = 0.05  # of all characters in the head; random bytes have twice as many
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_HEADER = re.compile(r"\s*[A-Za-z][A-Za-z0-9-]*:[ \t]")
_MIME = re.compile(r"^(?:MIME-Version:|Content-Type:[ \t]*multipart/)", re.IGNORECASE | re.MULTILINE)
_CLIPBOARD = re.compile(r"\s*Version:[0-9.]+\s+StartHTML:", re.IGNORECASE)
_CLIPBOARD_FIELD = re.compile(r"^(\w+):(.*?)\r?$", re.MULTILINE)
_FRAGMENT_START = re.compile(r"<!--\s*StartFragment\s*-->", re.IGNORECASE)
_FRAGMENT_END = re.compile(r"<!--\s*EndFragment\s*-->", re.IGNORECASE)
_SINGLEFILE = re.compile(r"<!--\s{0,9}Page saved with SingleFile\s{1,9}(?:url:\s{0,9}(\S+))?")
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,9}\)(\S+)")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|frameset)(?=[\s>])", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageSource:
    """The HTML of one input.

    Attributes:
        html: the text to parse, without NUL characters.
        url: where the page is from, if the input says so; always http or https.
        kind: how it was saved.
        warnings: what is wrong with the input, beside the warnings of `decoded`.
        decoded: how the bytes of the whole input became text.
    """

    html: str
    url: str | None
    kind: Kind
    warnings: tuple[str, ...]
    decoded: Decoded

    @property
    def is_part(self) -> bool:
        """Whether this is a part of a page that somebody took from it."""
        return self.kind in ("fragment", "clipboard")


def read_page(source: str | bytes, decoded: Decoded | None = None, *, max_bytes: int = MAX_BYTES) -> PageSource:
    """The HTML in `source`: a page, a fragment, MHTML, a page saved with SingleFile, HTML from the clipboard.

    Args:
        source: the input; bytes are decoded as `cleaner.read.decode.decode_page` says.
        decoded: what `decode` made of it, if that is known already; it is used unless the bytes tell more.
        max_bytes: the largest input taken, in bytes (for a str: of its UTF-8 form, or as many characters).

    Raises:
        InputError: the input is too large, is no HTML, or is MHTML without a page.
    """
    if len(source) > max_bytes:
        raise InputError(
            f"the page has {_megabytes(len(source))}, more than the {_megabytes(max_bytes)} that are read: "
            "save it without images and media"
        )
    if isinstance(source, bytes):
        _refuse_binary(source)
        decoded = decode_page(source, decoded=decoded)
    elif decoded is None:
        decoded = Decoded(source, "utf-8", errors="surrogatepass")
    text = decoded.text.removeprefix("\ufeff")
    head = text[:_HEAD]
    if _is_mhtml(head):
        data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
        return _mhtml(data, decoded)
    text, warnings = _without_nuls(text)
    head = text[:_HEAD]
    if _CLIPBOARD.match(head):
        html, url = _clipboard(text)
        return PageSource(html, url, "clipboard", warnings, decoded)
    single = _SINGLEFILE.search(head)
    saved = _SAVED_FROM.search(head)
    url = _web(single[1]) if single else _web(saved[1]) if saved else None
    kind: Kind = "singlefile" if single else "page" if _PAGE.search(head) else "fragment"
    return PageSource(text if kind != "fragment" else _selection(text), url, kind, warnings, decoded)


def _without_nuls(text: str) -> tuple[str, tuple[str, ...]]:
    head = text[:_HEAD].encode("utf-8", "surrogatepass")
    if len(head) - len(head.translate(None, _CONTROLS)) > _MANY_CONTROLS * len(text[:_HEAD]):
        raise InputError("this is no HTML but binary data: save the page as HTML")
    nuls = text.count("\0")
    return (text.replace("\0", ""), (f"{nuls} NUL characters are left out",)) if nuls else (text, ())


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"


def _web(url: str | None) -> str | None:
    match = _WEB.match(url.strip()) if url else None
    return match[0] if match else None


def _refuse_binary(data: bytes) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"this is no HTML but {name}")


# --- clipboard ----------------------------------------------------------------------------------


def _clipboard(text: str) -> tuple[str, str | None]:
    """The selection and its address, from the form in which Windows programs hand on HTML."""
    start = text.find("<")
    header = text if start < 0 else text[:start]
    fields = {key.lower(): value.strip() for key, value in _CLIPBOARD_FIELD.findall(header)}
    url = _web(fields.get("sourceurl"))
    html = _selection(text[len(header) :])
    if len(html) == len(text) - len(header):  # no marks: by the offsets, which count bytes of UTF-8
        begin, end = (_number(fields.get(key)) for key in ("startfragment", "endfragment"))
        data = text.encode("utf-8", "surrogatepass")
        if len(header) <= begin < end <= len(data):
            html = data[begin:end].decode("utf-8", "replace")
    return html, url


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) < 12 else -1


def _selection(text: str) -> str:
    """What stands between the marks of a selection, or all of `text` when there are none."""
    start = _FRAGMENT_START.search(text)
    if not start:
        return text
    ends = list(_FRAGMENT_END.finditer(text, start.end()))
    selected = text[start.end() : ends[-1].start() if ends else len(text)]
    return selected if selected.strip() else text


# --- MHTML --------------------------------------------------------------------------------------


def _is_mhtml(head: str) -> bool:
    if not _HEADER.match(head):
        return False
    blank = re.search(r"\r?\n\r?\n|\r\r", head.lstrip())
    return bool(_MIME.search(head.lstrip()[: blank.start()] if blank else head))


def _mhtml(data: bytes, decoded: Decoded) -> PageSource:
    try:
        message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip())
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError:
        raise InputError("the MHTML file nests too many parts: save the page as HTML") from None
    root = _root(message, parts)
    if root is None:
        raise InputError("the MHTML file holds no HTML page: save the page as HTML")
    payload = root.get_payload(decode=True)
    inner = decode_page(payload if isinstance(payload, bytes) else b"", charset=root.get_content_charset())
    html, about = _without_nuls(inner.text.removeprefix("\ufeff"))
    warnings = [*inner.warnings, *about]
    if message.defects or root.defects:
        warnings.append("the MHTML file is broken or cut off: parts of the page may be missing")
    if not html.strip():
        warnings.append("the page in the MHTML file is empty")
    addresses = (message.get("Snapshot-Content-Location"), root.get("Content-Location"))
    url = next((found for address in addresses if (found := _web(str(address) if address else None))), None)
    # What was guessed of a file whose parts have encodings of their own means nothing.
    return PageSource(html, url, "mhtml", tuple(warnings), replace(decoded, warnings=()))


def _root(message: Message, parts: list[Message]) -> Message | None:
    """The part that is the page: the one the message names, or the first of HTML."""
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    if isinstance(start, str):
        for part in pages:
            if str(part.get("Content-ID", "")).strip(" <>") == start.strip(" <>"):
                return part
    return pages[0] if pages else None
