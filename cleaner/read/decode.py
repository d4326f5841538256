"""Bytes to text and back, without losing a byte."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaner.late import late

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta\s[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})"""
    rb"""|<\?xml\s[^<>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_PYTHON = {
    "windows-1252": "cp1252",
    "windows-1254": "cp1254",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}
"""What Python calls the encodings of the WHATWG that have another name there, or are a part of another one."""
_NEVER = frozenset({"utf-8", "utf-16be", "utf-16le", "replacement", "x-user-defined", "iso-2022-jp"})
"""What has been tried, or cannot be where a label can be read; of ISO-2022-JP see `decode_page`."""
_OWN_NAME = late(r"(?:windows-|cp)125[0-8]|big5-hkscs|cp9\d\d")
# The encodings that web text is found in.  Nothing else is guessed: EBCDIC and DOS code pages fit anything.
_GUESSES = (
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_2"),
    *("koi8_r", "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp874"),
)
_LATIN_GUESSES = frozenset({"cp1250", "cp1254", "cp1257", "cp1258", "iso8859_2"})
_LATIN = _LATIN_GUESSES | {"cp1252"}
_LONG_RUN = 3  # bytes above 127 in a row, on average
_WESTERN = frozenset("äöüÄÖÜßéèêëàâáåãçñíìîïóòôõúùûøæœÉÈÀÁÂÇÑÓÅØÆ“”„‘’‚–—…•·€£©®™°§«»¡¿ªº½¼´ \xa0")
_SIGN_IN_WORD = late("[a-z][¹²³¿¡¼½¾¶±»«¬¦¤¥£¢µ°×÷]+[a-z]", re.IGNORECASE)
"""What the letters of Central European encodings are in the Western one, where no word has it."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_ESCAPED = late("[\udc80-\udcff]")
_NON_ASCII = late("[^\x00-\x7f]")
_MARKUP = 256  # bytes at the start of a page, which are markup and so ASCII
_FEW = 8  # bytes
_SAMPLE = 65536  # bytes that a guess looks at
_SHORT = 64  # with fewer bytes above 127 than this, statistics of letters mean nothing


@dataclass(frozen=True, slots=True)
class Decoded:
    """How bytes became text; enough to turn the text back into the same bytes."""

    text: str
    encoding: str
    bom: bytes = b""
    errors: str = "strict"
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode `data`; ``encode`` with the fields of the result gives the same bytes for every input.

    Tried in order: byte order mark, strict UTF-8, the encoding a page declares in its first 2048 bytes, UTF-8 with
    a few broken bytes, a guess.  What does not survive the way back is not taken; the last resort is UTF-8 with
    ``surrogateescape``.  Never raises.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            found = _with_bom(data, bom, encoding)
            if found:
                return found
    text = _exact(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    declared = _declared(data)
    for encoding in declared:
        text = _exact(data, encoding)
        if text is not None:
            return Decoded(text, encoding)
    text = data.decode("utf-8", "surrogateescape")
    broken = len(_ESCAPED.findall(text))
    if len(_NON_ASCII.findall(text)) - broken < 2 * broken:
        for encoding in _guesses(data):
            guessed = _exact(data, encoding)
            if guessed is not None:
                name = re.sub(r"^cp(?=125)", "windows-", encoding)
                return Decoded(guessed, encoding, warnings=(f"encoding guessed as {name}",))
    return Decoded(text, "utf-8", errors="surrogateescape", warnings=(f"{broken} bytes are not valid UTF-8",))


def decode_page(data: bytes, *, charset: str | None = None, decoded: Decoded | None = None) -> Decoded:
    """Decode the bytes of a web page: like `decode`, which may be wrong about two encodings that only pages have.

    UTF-16 without a byte order mark shows in its NUL bytes, and ISO-2022-JP, which is ASCII to the eye, in what the
    page declares.

    Args:
        charset: what was declared outside the page, such as in a header; only UTF-8, if it fits, goes before it.
        decoded: the result of `decode`, if there is one already.  Never raises.
    """
    if not data.startswith(tuple(bom for bom, _ in _BOMS)):
        declared = ("utf-8", *_encodings(charset.lower())) if charset else ()
        for encoding in (*_wide(data), *_escaped(data), *declared):
            text = _exact(data, encoding)
            if text is not None:
                return Decoded(text, encoding)
    return decoded or decode(data)


def encode(text: str, encoding: str, bom: bytes = b"", errors: str = "strict") -> bytes:
    """The bytes of `text`, the inverse of `decode`.

    Raises:
        UnicodeEncodeError: `text` has a character that `encoding` lacks (never for text that `decode` gave).
        LookupError: no such encoding or error handler.
    """
    return bom + text.encode(encoding, errors)


def _exact(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    """`data` decoded, or None when it cannot be or would not come back as it was."""
    try:
        text = data.decode(encoding, errors)
        return text if encoding == "utf-8" or text.encode(encoding, errors) == data else None
    except (UnicodeError, LookupError):
        return None


def _with_bom(data: bytes, bom: bytes, encoding: str) -> Decoded | None:
    rest = data[len(bom) :]
    for errors in ("strict", "surrogatepass"):
        text = _exact(rest, encoding, errors)
        # UTF-8 takes the second way only through the fallback below: its lone surrogates are just broken bytes.
        if text is not None and (encoding != "utf-8" or errors == "strict"):
            return Decoded(text, encoding, bom, errors)
    if encoding == "utf-8":
        warning = "not all bytes are valid UTF-8, though the file is marked as UTF-8"
        return Decoded(rest.decode("utf-8", "surrogateescape"), "utf-8", bom, "surrogateescape", (warning,))
    return None


def _declared(data: bytes) -> tuple[str, ...]:
    match = _DECLARED.search(data[:2048])
    if not match:
        return ()
    return _encodings((match[1] or match[2]).decode("ascii", "replace").lower())


def _encodings(label: str) -> tuple[str, ...]:
    """Python's names for what a page or a header calls `label`, as browsers take it, best first."""
    if _OWN_NAME.fullmatch(label):
        return (label,)
    from webencodings import lookup

    known = lookup(label)
    if known is None or known.name in _NEVER:
        return ()
    name = _PYTHON.get(known.name, known.name)
    return (name, "latin-1") if name == "cp1252" else (name,)  # it has five holes that real Latin-1 pages step into


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16, if the markup at the start of `data` has a NUL in every other byte."""
    sample = data[:_MARKUP]
    even, odd = sample[0::2], sample[1::2]
    if len(sample) < _FEW or b"<" not in sample:
        return ()
    if odd.count(0) * 4 > len(odd) * 3 and even.count(0) * 4 < len(even):
        return ("utf-16-le",)
    if even.count(0) * 4 > len(even) * 3 and odd.count(0) * 4 < len(odd):
        return ("utf-16-be",)
    return ()


def _escaped(data: bytes) -> tuple[str, ...]:
    match = _DECLARED.search(data[:2048])
    label = (match[1] or match[2]).lower() if match else b""
    return ("iso2022_jp",) if label == b"iso-2022-jp" and b"\x1b" in data else ()


def _guesses(data: bytes) -> tuple[str, ...]:
    """Encodings worth trying, best first."""
    sample = data[:_SAMPLE]
    runs = _HIGH_RUN.findall(sample)
    high = sum(map(len, runs))
    western = _is_western(sample, runs, high)
    if western:
        return ("cp1252",)
    # A cut through a multi-byte character would count against the right guess.
    sample = sample[: sample.rfind(b"\n") + 1] or sample if len(data) > _SAMPLE else sample
    from charset_normalizer import from_bytes

    # Three accents in a row are no Latin script, whatever the statistics say.
    foreign = high >= _LONG_RUN * len(runs)
    likely = [name for name in _GUESSES if not (foreign and name in _LATIN)]
    best = from_bytes(sample, cp_isolation=likely).best()
    if best is None:
        return ("cp1252",)
    if (
        high < _SHORT
        and best.encoding in _LATIN_GUESSES
        and not _SIGN_IN_WORD.search(sample.decode("cp1252", "replace"))
    ):
        return ("cp1252", best.encoding)
    return (best.encoding, "cp1252")


def _is_western(sample: bytes, runs: list[bytes], high: int) -> bool:
    """Whether cp1252 gives what Western languages look like: few accents, standing alone, and the usual ones."""
    alone = sum(1 for run in runs if len(run) == 1)
    if high * 4 > len(sample) or alone * 4 < high * 3:
        return False
    accents = b"".join(runs).decode("cp1252", "replace")
    return sum(map(_WESTERN.__contains__, accents)) >= 0.95 * len(accents)
