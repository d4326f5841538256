"""Characters as numbers: their classes and their lower case, whatever the script, for a whole text at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Buffer = Numbers | bytearray
"""Numbers, or the memory of some."""

LOWER, UPPER, LETTER, SIGN, DIGIT, SPACE, STOP, COMMA, COLON, BRACKET, SEPARATOR, DASH, SYMBOL, GLYPH, REST = range(
    1, 16
)
"""Classes of characters.  `LETTER` has no case (Arabic, Devanagari, Hangul); a `SIGN` is a word or half a word by
itself (Han, kana); `GLYPH` is of the private use area, where icon fonts are."""
CLASSES = 16
WORD = (LOWER, UPPER, LETTER, SIGN, DIGIT)
IS_WORD = np.isin(np.arange(CLASSES), WORD)
"""Of each class whether words are made of it."""
_SIGN_SIZE = 5  # half letters: what a sign says takes two or three letters elsewhere
SIZE = np.zeros(CLASSES, np.int64)
"""How much a character of each class has to read, in half letters."""
SIZE[[LOWER, UPPER, LETTER, DIGIT]] = 2
SIZE[SIGN] = _SIGN_SIZE

_STOPS = ".!?…。！？｡؟۔।॥։።‽᠃။។"
_COMMAS = ",;،؛、，；፣"
_COLONS = ":："
_SEPARATORS = "|•·»›→▸▶►/\\∙・‣⟩>＞｜"
_KINDS = {
    "Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Lo": LETTER, "Lm": LETTER, "Mn": LETTER, "Mc": LETTER, "Me": LETTER,
    "Nd": DIGIT, "Nl": DIGIT, "No": DIGIT, "Zs": SPACE, "Zl": SPACE, "Zp": SPACE, "Cc": SPACE,
    "Ps": BRACKET, "Pe": BRACKET, "Pi": BRACKET, "Pf": BRACKET, "Pd": DASH, "Sc": SYMBOL, "So": SYMBOL, "Sm": SYMBOL,
    "Sk": SYMBOL, "Co": GLYPH, "Cf": 0,
}  # fmt: skip
_PLANES = 0x110000
CLASS_OF = np.zeros(_PLANES, np.uint8)
"""Of each code point that is known its class, 0 for what is invisible."""
LOWER_OF = np.arange(_PLANES, dtype=np.uint32)
"""Of each code point that is known its lower case, all digits as one."""
_known = np.zeros(_PLANES, bool)


def told(text: str) -> tuple[Numbers, Numbers]:
    """Of each code point its class and its lower case, as in `CLASS_OF` and `LOWER_OF`."""
    points = code_points(text)
    return CLASS_OF[points], LOWER_OF[points]


def code_points(text: str) -> Numbers:
    """The code points of a text, uint32, all of which the tables know from now on."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    new = points[~_known[points]]
    if len(new):
        _learn(sorted(set(new.tolist())))
    return points


def _learn(points: Iterable[int]) -> None:
    """Fill the tables for characters that were not met before: nobody needs the other million."""
    for point in points:
        character = chr(point)
        CLASS_OF[point] = _class(character)
        low = character.lower()
        _known[point] = True
        LOWER_OF[point] = ord("0") if CLASS_OF[point] == DIGIT else ord(low) if len(low) == 1 else point


def _class(character: str) -> int:
    if character in _STOPS:
        return STOP
    if character in _COMMAS:
        return COMMA
    if character in _COLONS:
        return COLON
    if character in _SEPARATORS:
        return SEPARATOR
    if character in "\"'":
        return BRACKET
    found = _KINDS.get(unicodedata.category(character), REST)
    if found == LETTER and _is_sign(ord(character)):
        return SIGN
    return found


def _is_sign(point: int) -> bool:
    return 0x3040 <= point <= 0x30FF or 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or point >= 0x20000
