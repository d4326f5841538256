"""What characters are, in all scripts, looked up in tables by their code points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import regex

from cleaner.core import compiled

if TYPE_CHECKING:
    from cleaner.lines.letters import Buffer

Codes = npt.NDArray[np.uint32]
Kinds = npt.NDArray[np.uint8]

OTHER, LETTER, LOWER, UPPER, DIGIT, SPACE, STOP, COMMA, SEPARATOR, AT, MONEY, QUOTE, OPENING, CLOSING, COPYRIGHT = (
    range(15)
)
"""Kinds of characters; `LETTER` has no case, `OPENING` and `CLOSING` are guillemets, which also point somewhere."""
CLASSES = 15
_SIGNS = {
    STOP: ".!?…。！？｡．؟۔।॥።፧።។៕။།༎։՞՜᙮᠃",
    COMMA: ",、，､;；،؛፣၊՝᠂",
    SEPARATOR: "|·•/→←▶►›‹>",
    AT: "@",
    QUOTE: "\"“”„‟'‘’‚‛「」『』《》〈〉〝〞＂",
    OPENING: "«",
    CLOSING: "»",
    COPYRIGHT: "©®™",
    SPACE: " \t\n\r\f\v\xa0\u3000",
}
_PLANE = 1 << 16
_EVERY = "".join(map(chr, range(0xD800))) + "\ue000" * 0x800 + "".join(map(chr, range(0xE000, _PLANE)))
_WITH_CASES = (range(0x41, 0x590), range(0x10A0, 0x1100), range(0x1C80, 0x2000), range(0x2C00, 0x2D30),
               range(0xA640, 0xA800), range(0xFF21, 0xFF5B))  # fmt: skip

UNIT = 20
"""A word has so many units."""
_CHINESE = 12
_FAR_CHINESE = range(0x20000, 0x40000)
_NO_WORD = 255
_READING = (
    (6, ((0x3040, 0x3100), (0x31F0, 0x3200), (0xFF66, 0xFFA0))),  # kana
    (_CHINESE, ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))),  # Chinese characters
    (4, ((0x0E00, 0x0F00), (0x0F40, 0x0FBD))),  # Thai, Lao, Tibetan
    (4, ((0x1000, 0x10A0), (0x1780, 0x1800), (0xA9E0, 0xAA00), (0xAA60, 0xAA80))),  # Burmese, Khmer
)
"""How many units of a word a character has where words are not set apart, as translators count them."""


def _positions(pattern: str) -> npt.NDArray[np.int64]:
    spans = [np.arange(*found.span()) for found in regex.finditer(f"(?:{pattern})+", _EVERY)]
    return np.concatenate(spans)


def _classes() -> Kinds:
    table = np.zeros(_PLANE, np.uint8)
    table[_positions(r"[\p{L}\p{M}]")] = LETTER
    table[_positions(r"\p{Nd}")] = DIGIT
    table[_positions(r"\p{Sc}")] = MONEY
    for codes in _WITH_CASES:
        for code in codes:
            character = chr(code)
            if character.isupper():
                table[code] = UPPER
            elif character.islower():
                table[code] = LOWER
    for number, signs in _SIGNS.items():
        for sign in signs:
            table[ord(sign)] = number
    return table


def _units() -> Kinds:
    """For characters of words: 0 where words are set apart, else how many units of a word each has."""
    table = np.full(_PLANE, _NO_WORD, np.uint8)
    table[_positions(r"[\w\p{M}]")] = 0
    for units, ranges in _READING:
        for start, stop in ranges:
            table[start:stop][table[start:stop] == 0] = units
    return table


def _values() -> Kinds:
    table = np.full(_PLANE, 255, np.uint8)
    for code in np.flatnonzero(_KIND == DIGIT).tolist():
        table[code] = unicodedata.digit(chr(code))
    return table


_KIND = _classes()
_UNITS, _DIGIT = _units(), _values()
_NOT_APART = "".join(f"{chr(start)}-{chr(stop - 1)}" for _, ranges in _READING for start, stop in ranges)
_SPACELESS = re.compile(f"[{_NOT_APART}]")
WORD = re.compile(f"[{_NOT_APART}]|[^\\W{_NOT_APART}]+")
"""A word, or a character of a script that does not set words apart."""


def codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def kinds(points: Codes) -> Kinds:
    """The kinds of characters."""
    return _KIND[np.minimum(points, _PLANE - 1)]


def digits(points: Codes) -> Kinds:
    """The values of digits of all scripts; 255 for what is none."""
    return _DIGIT[np.minimum(points, _PLANE - 1)]


def units(points: Codes) -> npt.NDArray[np.int64]:
    """What each character adds to the count of words, in `UNIT` parts of a word.

    A word that is set apart counts at its first character; where words are not set apart each character has its share.
    """
    kind = _UNITS[np.minimum(points, _PLANE - 1)]
    far = points >= _PLANE
    if far.any():
        kind[far] = [_far(code) for code in points[far].tolist()]
    apart = kind == 0
    begins = apart.copy()
    begins[1:] &= ~apart[:-1]
    return np.where(begins, UNIT, np.where(kind < _NO_WORD, kind, 0)).astype(np.int64)


def _far(code: int) -> int:
    """The same as `_UNITS` for characters of the planes beyond, which are rare."""
    if not chr(code).isalnum():
        return _NO_WORD
    return _CHINESE if code in _FAR_CHINESE else 0


@compiled
def numbered(texts: Sequence[str]) -> tuple[dict[str, int], Buffer, Buffer]:
    """The words of some texts, each with a number, in the order in which they come; of all words of all texts the
    numbers, and of each text how many words it has: int64, as memory."""
    numbers: dict[str, int] = {}
    flat: list[int] = []
    sizes = []
    for text in texts:
        found = WORD.findall(text)
        sizes.append(len(found))
        flat += [numbers.setdefault(word, len(numbers)) for word in found]
    return numbers, np.array(flat, np.int64), np.array(sizes, np.int64)


@compiled
def count_words(text: str) -> int:
    """How many words a text has for a reader, whether its script sets words apart or not."""
    if text.isascii() or not _SPACELESS.search(text):
        return len(text.split())
    return -(-int(units(codes(text)).sum()) // UNIT)


_CLOSING = "\"'”’»)]」』》〉“）］】›"
_QUESTION = "?？؟⸮፧՞\u037e"
_FINAL = ".!…。！｡．۔।॥።។៕။།༎։՜᙮᠃‽"
SENTENCE, COLON, ASKS = 1, 2, 3


def ending(text: str) -> int:
    """How a text ends: `SENTENCE`, `COLON`, `ASKS`, or 0."""
    last = text[-1:]
    if last in _CLOSING:  # also of the empty text
        last = text.rstrip(_CLOSING)[-1:]
    if not last:
        return 0
    if last in _FINAL:
        return SENTENCE
    if last in _QUESTION or (last == ";" and _GREEK.match(text[-2:-1])):
        return ASKS
    return COLON if last in ":：" else 0


_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
