"""What stands above or below the line (``sup``, ``sub``), and how plain text and code say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from cleaner.html.signs import LOWERED, RAISED

TAGS = frozenset({"sup", "sub"})
SHIFTED = RAISED | LOWERED
_STYLED = frozenset({"span", "font", "small", "big"})
"""Elements that may stand above or below the line by their style alone."""
_SHORT = 12  # characters; what is longer is a label that is moved

_ORDINAL = re.compile(r"[eoaªº]|[^\W\d_]{2,4}\.?|[®©™℠]|TM|SM")
_NUMBER = re.compile(r"[+\-−–]?\d+(?:[.,]\d+)*[+\-−–]?|\w+|[+\-−–′″*†‡§¶]+")
_MARK = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*|[a-z]")
_SIGNS = re.compile(r"[*†‡§¶#]+|\[.*\]|\(.*\)|[⁰-₟ªº°]+", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]+$")
_CLOSING = frozenset(")]")
_CHARGE = re.compile("[+\\-−–]+")
_ENDS_SENTENCE = frozenset([*".,;:!?…”’\"'»。、，；：！？」』）", ""])
_FRACTION = re.compile(r"[/⁄]\s?\d?")
_BARS = frozenset("/⁄")
_MONEY = r"[$£€¥₹₽₩]|(?:EUR|USD|GBP|CHF|PLN|zł|kr|Kč|Ft|lei|TL|руб)(?!\w)"
_PRICE = re.compile(rf"(?:{_MONEY})\s?\d[\d.,\s]*$")
_SUM, _SUM_AFTER = re.compile(r"\d[.,]?$"), re.compile(rf"\s?(?:{_MONEY})")
_CENTS = re.compile(r"\d\d")
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


def styled(element: Element, tag: str, signs: int) -> str:
    """The tag that an element stands for: `sup` or `sub` if a style moves an exponent, an index or a mark.

    Args:
        tag: its own.
        signs: what its style says (see `cleaner.html.signs`).
    """
    words = "".join(element.itertext()).strip()
    around = element.getparent()
    if (
        tag not in _STYLED
        or len(words) > _SHORT
        or not any(map(str.isalnum, words))
        or (around is not None and around.tag in TAGS)
        or next(element.iterdescendants("img", *TAGS), None) is not None
    ):
        return tag
    return "sup" if signs & RAISED else "sub"


def of_element(element: Element, tag: str, before: str) -> Script:
    """How an element reads that is `sup` or `sub`, or stands for one.

    Args:
        before: the text of the block up to it.
    """
    around = element.getparent()
    first = element.getprevious() is None and not (around is None or (around.text or "").strip())
    linked = element.find(".//a") is not None or (first and around.tag == "a")
    return script(tag, "".join(element.itertext()), before, element.tail or "", linked=linked)


def script(tag: str, words: str, before: str, after: str = "", *, linked: bool) -> Script:
    """How an element reads.

    ``10^6``, ``x^(n+1)``, ``1st``, ``H2O``, ``x_i``, ``1 3⁄4``, ``$3.99``; the mark of a footnote stands in brackets.

    Args:
        words: its text.
        before: the text of the block up to it.
        after: the text right behind it.
        linked: whether it is a link, as marks of footnotes are.
    """
    words = words.strip()
    if not words or _SIGNS.fullmatch(words) or not (any(map(str.isalnum, words)) or _CHARGE.fullmatch(words)):
        return Script(tag)
    last = before[-1:]
    if tag == "sub":
        return _below(words, last)
    if words.isdecimal() and _FRACTION.match(after):
        return Script(tag, " " if last.isdigit() else "")
    if _is_cents(words, before, after) and not linked:
        return Script(tag, "." if last.isdigit() else "")
    if (linked and _MARK.fullmatch(words)) or _is_mark(words, before):
        return Script(tag, "[", "]")
    if last.isspace() and words[0].isdigit() and before.rstrip()[-1:].isdigit():
        return _around(tag, "^", words)
    if not last and after[:1].isalnum():
        return Script(tag, "", " ")  # the mark of a note that begins
    if not last.strip() or (_ORDINAL.fullmatch(words) and _takes_ordinal(words, before)):
        return Script(tag)
    return _around(tag, "^", words)


def _is_cents(words: str, before: str, after: str) -> bool:
    if not _CENTS.fullmatch(words) or not _SUM.search(before):
        return False
    return _PRICE.search(before) is not None or _SUM_AFTER.match(after) is not None


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
    if not last.strip() or (words.isdecimal() and (last.isalpha() or last in ")]" or last in _BARS)):
        return Script("sub")
    return _around("sub", "_", words)


def _around(tag: str, sign: str, words: str) -> Script:
    return Script(tag, sign) if _NUMBER.fullmatch(words) else Script(tag, f"{sign}(", ")")
