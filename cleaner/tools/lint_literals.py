"""Lint of keywords and phrases: are they selective, and do they fit the examples?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from cleaner.errors import InputError
from cleaner.model import Example, Rule
from cleaner.read.document import read
from cleaner.read.sniff import sniff
from cleaner.rulebook.nodes import Node, items
from cleaner.tools.trial import shortened
from cleaner.view import View, literal

Found = Iterator[tuple[int, Literal["error", "warning"], str, str]]

LEAST = 4
"""A keyword of an alphabetic script has so many characters."""
LEAST_CJK = 2
LEAST_PHRASE = 6
"""A phrase of one word with fewer letters is as likely a word of the article."""
CJK_LETTERS = 3
"""For how many letters a character of a script without spaces counts."""

_COMMON = """
about after again all also and any are back been before being best but can come could day does down each even every
first for from get good had has have her here him his how into its just know last like long look made make many may
more most much must new not now off one only other our out over people said same see she should some such take than
that the their them then there these they this those time two under until use very want was way well were what when
where which while who will with work world would year you your yours aber alle auch auf aus bei das dass dem den der
des die doch durch ein eine einem einen einer es für hat ich ihre im ist kann mehr mit nach nicht noch nur oder sich
sie sind und uns unter vom von vor war was wenn wie wir wird zum zur aux avec ces cette comme dans des elle est être
fait ils les leur mais même nous ont par pas plus pour que qui sans ses son sont sur tout tous une vous como con
cuando del desde donde ella ellos entre esta este esto hay las los más muy para pero por porque ser sin sobre son
también todo todos una uno com das dos ele ela foi mais mas nas nos não ou para pela pelo por que se sua uma che con
dei del della delle gli nel nella non per più sono una aan dat deze die dit een het maar met naar niet ook van voor
wordt zijn
"""
COMMON = frozenset(_COMMON.split())


def look(rule: Rule, node: Node, examples: Sequence[Example]) -> Found:
    """Findings in the literals of one rule."""
    if rule.matcher == "regex":
        yield from _keywords(rule, node)
        yield from _without_keyword(rule, examples)
    elif rule.matcher == "phrases":
        yield from _phrases(rule, node)
    elif not rule.need:
        yield from _atoms(rule, node)


def _keywords(rule: Rule, node: Node) -> Found:
    for item in items(node, "keywords"):
        keyword = literal(str(item.value))
        if too_short(keyword):
            message = (
                f"{rule.id}: keyword {keyword!r} is too short to be selective; take a longer literal of the pattern"
            )
            yield item.line, "error", "keyword-short", message
        elif common(keyword):
            message = f"{rule.id}: keyword {keyword!r} is in every other text; take a rarer literal of the pattern"
            yield item.line, "error", "keyword-common", message


def _without_keyword(rule: Rule, examples: Sequence[Example]) -> Found:
    for example in examples:
        if example.output is None or rule.keep:
            continue
        haystack = _haystack(example.text)
        if not any(keyword in haystack for keyword in rule.keywords):
            message = f"{rule.id}: no keyword stands in the example {shortened(example.text)}; add one that does"
            yield example.line, "error", "keyword-missing", message


def _haystack(text: str) -> str:
    try:
        return View(text, read(text, sniff(text)).hidden).haystack()
    except InputError:
        return View(text).haystack()


def _phrases(rule: Rule, node: Node) -> Found:
    if rule.keep or rule.confidence not in ("certain", "high"):
        return
    for item in items(node, "phrases"):
        phrase = literal(str(item.value))
        if len(phrase.split()) < 2 and weight(phrase) < LEAST_PHRASE:
            message = (
                f"{rule.id}: phrase {phrase!r} is short for confidence {rule.confidence}; "
                "lower the confidence, or ask for company with `when`"
            )
            yield item.line, "warning", "phrase-short", message


def _atoms(rule: Rule, node: Node) -> Found:
    for item in items(node, "line_of", "atoms"):
        atom = literal(str(item.value))
        if too_short(atom):
            message = f"{rule.id}: the rule is tried wherever {atom!r} stands; list the telling atoms under `need`"
            yield item.line, "warning", "keyword-short", message


def too_short(keyword: str) -> bool:
    """Whether a keyword would be found everywhere."""
    if any(map(str.isalnum, keyword)):
        return len(keyword) < (LEAST_CJK if any(map(_cjk, keyword)) else LEAST)
    return len(keyword) < 2 and keyword.isascii() and keyword not in "${"


def common(keyword: str) -> bool:
    """Whether a keyword has nothing but a few very common words."""
    words = keyword.split()
    few = len(words) == 1 or (len(words) == 2 and len(keyword) < 2 * LEAST)
    return few and all(word in COMMON or (len(word) < 3 and word.isalpha() and not _cjk(word[0])) for word in words)


def weight(phrase: str) -> int:
    """How many letters a phrase has, a character of a script without spaces counted as several."""
    return sum(CJK_LETTERS if _cjk(c) else 1 for c in phrase if c.isalnum())


def _cjk(c: str) -> bool:
    return "\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or c >= "\U00020000"
