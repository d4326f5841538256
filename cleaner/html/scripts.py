"""What stands above or below the line (``sup``, ``sub``), and how plain text and code say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

TAGS = frozenset({"sup", "sub"})

_ORDINAL = re.compile(r"[eoaªº]|[^\W\d_]{2,4}\.?|[®©™℠]|TM|SM")
_NUMBER = re.compile(r"[+\-−–]?\d+(?:[.,]\d+)*[+\-−–]?|\w+|[+\-−–′″*†‡§¶]+")
_MARK = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*|[a-z]")
_SIGNS = re.compile(r"[*†‡§¶#]+|\[.*\]|\(.*\)|[⁰-₟ªº°]+", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]+$")
_CLOSING = frozenset(")]")
_CHARGE = re.compile("[+\\-−–]+")
_ENDS_SENTENCE = frozenset([*".,;:!?…”’\"'»。、，；：！？」』）", ""])
_LATIN = "\u2e80"  # below it letters make words and units; above, a number is no exponent
_UNIT = 3  # letters of the longest unit that has an exponent (`min`, `mol`); after a longer word a number is a mark


@dataclass(frozen=True, slots=True)
class Script:
    """An element above or below the line.

    Attributes:
        tag: `sup` or `sub`, which Markdown keeps.
        opening, closing: what stands around its words in plain text and in code.
    """

    tag: str
    opening: str = ""
    closing: str = ""


def script(tag: str, words: str, before: str, *, linked: bool) -> Script:
    """How an element reads.

    ``10^6``, ``x^(n+1)``, ``1st``, ``H2O``, ``x_i``; the mark of a footnote stands in brackets.

    Args:
        words: its text.
        before: the text of the block up to it.
        linked: whether it is a link, as marks of footnotes are.
    """
    words = words.strip()
    if not words or _SIGNS.fullmatch(words) or not (any(map(str.isalnum, words)) or _CHARGE.fullmatch(words)):
        return Script(tag)
    last = before[-1:]
    if tag == "sub":
        return _below(words, last)
    if (linked and _MARK.fullmatch(words)) or _is_mark(words, before):
        return Script(tag, "[", "]")
    if last.isspace() and words[0].isdigit() and before.rstrip()[-1:].isdigit():
        return _around(tag, "^", words)
    if not last.strip() or (_ORDINAL.fullmatch(words) and _takes_ordinal(words, before)):
        return Script(tag)
    return _around(tag, "^", words)


def _is_mark(words: str, before: str) -> bool:
    """Whether a number above the line refers to a note: behind a sentence, a quotation, or a word that is no unit."""
    if not words[0].isdigit() or not _MARK.fullmatch(words):
        return False
    text = before.rstrip()
    if text[-1:] in _CLOSING:
        text = text[:-1]
    elif text[-1:] in _ENDS_SENTENCE:  # or nothing stands before
        return True
    letters = _LETTERS.search(text)
    return letters is not None and (len(letters[0]) > _UNIT or letters[0] > _LATIN)


def _takes_ordinal(words: str, before: str) -> bool:
    """Whether letters above the line belong to the word before them: ``21st``, ``2e``, ``Mme``, ``Brand™``."""
    last = before[-1]
    if last.isdigit():
        return True
    return last.isalpha() and (len(words) > 1 or words in "oaªº®©™") and (last.isupper() or before[-2:-1].isalpha())


def _below(words: str, last: str) -> Script:
    if not last.strip() or (words.isdecimal() and (last.isalpha() or last in ")]")):
        return Script("sub")
    return _around("sub", "_", words)


def _around(tag: str, sign: str, words: str) -> Script:
    return Script(tag, sign) if _NUMBER.fullmatch(words) else Script(tag, f"{sign}(", ")")
