"""Altered copies of pages, for which the same is to be decided: other letters, other lengths, other markup.

Each alteration gives a new tree and, for each of its blocks, the number of the block of the page that it comes from; so
what is known of the page's blocks is known of the copy's.
"""

from __future__ import annotations

import copy
import hashlib
import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import lxml.html
import numpy as np
from lxml.etree import _Element as Element

from cleaner.html.blocks import Block, Page
from cleaner.html.score.names import Floats

Origins = list[int]
_NAMES = ("class", "id", "role", "itemprop", "data-testid", "data-component")
_SILENT = ("script", "style", "template", "textarea")
_MOST = 0.8
"""The share of the main text that the container has of which an article is made longer or shorter."""
_RUN = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Copy:
    """An altered copy of a page.

    Attributes:
        root: its tree.
        origins: for each of its blocks the number of the block it comes from.
        title: the headline, as altered.
    """

    root: Element
    origins: Origins
    title: str


# --- letters ------------------------------------------------------------------------------------

_LETTERS = {
    "greek": "αβγδεζηθικλμνξοπρστυφχψωήό",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшы",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنه",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשתםןףץ",
    "devanagari": "कखगघचछजझटठडढणतथदधनपफबभमयरल",
    "hangul": "가나다라마바사아자차카타파하거너더러머버서어저처커터",
}
SCRIPTS = (*_LETTERS, "chinese")
_MARKS = str.maketrans({",": "，", ".": "。", "!": "！", "?": "？", ":": "：", ";": "；"})


def letters(script: str) -> Callable[[str], str]:
    """A function that writes a text of Latin letters in another script; Chinese has no spaces, a word is one or two
    characters."""
    if script == "chinese":
        return lambda text: _SPACES.sub("", _RUN.sub(_characters, text)).translate(_MARKS)
    small = dict(zip("abcdefghijklmnopqrstuvwxyz", _LETTERS[script], strict=True))
    table = {ord(latin): other for latin, other in small.items()}
    table |= {ord(latin.upper()): other.upper() for latin, other in small.items()}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if ord(base) in table:
            table[code] = table[ord(base)]
    return lambda text: text.translate(table)


def _characters(found: re.Match[str]) -> str:
    digest = hashlib.md5(found[0].lower().encode()).digest()
    count = 1 if len(found[0]) < 4 else 2
    return "".join(chr(0x4E00 + (digest[2 * n] << 8 | digest[2 * n + 1]) % 0x3000) for n in range(count))


def rewritten(root: Element, page: Page, title: str, script: str) -> Copy:
    """The page with its letters in another script."""
    write = letters(script)
    other = copy.deepcopy(root)
    for element in other.iter():
        if isinstance(element.tag, str) and element.tag not in _SILENT and element.text:
            element.text = write(element.text)
        if element.tail:
            element.tail = write(element.tail)
    return Copy(other, list(range(len(page.blocks))), write(title))


# --- markup -------------------------------------------------------------------------------------


def bare(root: Element, page: Page, title: str, *, hashed: bool) -> Copy:
    """The page without the meaning of class words, as style tools leave it, or without them, as sanitisers do."""
    other = copy.deepcopy(root)
    for element in other.iter():
        for name in _NAMES:
            value = element.get(name) if isinstance(element.tag, str) else None
            if value is None:
                continue
            if hashed and name == "class":
                element.set(name, " ".join("x" + hashlib.md5(word.encode()).hexdigest()[:6] for word in value.split()))
            else:
                del element.attrib[name]
    return Copy(other, list(range(len(page.blocks))), title)


def flat(page: Page, title: str, *, breaks: bool) -> Copy:
    """All blocks as one list of paragraphs, or as one text with line breaks."""
    numbers = _said(page)
    if breaks:
        body = "<br><br>".join(_inline(page.blocks[number]) for number in numbers)
        return Copy(_tree(f"<div>{body}</div>"), numbers, title)
    return Copy(_tree("".join(_paragraph(page.blocks[number]) for number in numbers)), numbers, title)


def tables(page: Page, title: str, share: Floats) -> Copy:
    """The page in a layout of tables, as in 2005: head, a column beside the text, the text, foot."""
    numbers = _said(page)
    main = [place for place, number in enumerate(numbers) if share[number] >= 0.5]
    first, last = (main[0], main[-1] + 1) if main else (0, len(numbers))
    head, text, foot = numbers[:first], numbers[first:last], numbers[last:]
    side = head[len(head) // 2 :]
    head = head[: len(head) // 2]
    rows = (
        f"<tr><td colspan=2>{''.join(_small(page.blocks[n]) for n in head)}</td></tr>"
        f"<tr><td width=150 valign=top>{''.join(_small(page.blocks[n]) for n in side)}</td>"
        f"<td valign=top>{''.join(_paragraph(page.blocks[n]) for n in text)}</td></tr>"
        f"<tr><td colspan=2 align=center>{''.join(_small(page.blocks[n]) for n in foot)}</td></tr>"
    )
    return Copy(_tree(f"<table width=780 border=0>{rows}</table>"), numbers, title)


def _said(page: Page) -> Origins:
    return [number for number, block in enumerate(page.blocks) if any(map(str.isalnum, block.text))]


def _tree(body: str) -> Element:
    return lxml.html.document_fromstring(f"<html><body>{body}</body></html>")


def _inline(block: Block) -> str:
    text = block.text
    linked = min(block.linked, len(text)) if block.links else 0
    return f'<a href="/x">{html.escape(text[:linked])}</a>{html.escape(text[linked:])}' if linked else html.escape(text)


def _paragraph(block: Block) -> str:
    tag = f"h{block.level}" if block.kind == "heading" and block.level else "p"
    return f"<{tag}>{_inline(block)}</{tag}>"


def _small(block: Block) -> str:
    return f"<p><font size=1>{_inline(block)}</font></p>"


# --- length -------------------------------------------------------------------------------------


def longer(root: Element, page: Page, title: str, share: Floats, times: int, *, exact: bool) -> Copy | None:
    """The page with its article so many times as long; None if it has no container of its own.

    Args:
        share: of each block that belongs to the main text.
        exact: whether the additions are the same text, or its words in another order.
    """
    stretch = _stretch(page, share)
    if stretch is None:
        return None
    children, (first, last) = stretch
    other, twins = _copied(root, children)
    parent, place = twins[-1].getparent(), twins[-1].getparent().index(twins[-1]) + 1
    added = []
    for turn in range(1, times):
        for child in twins:
            twin = copy.deepcopy(child)
            if not exact:
                _shuffle(twin, turn)
            added.append(twin)
    for number, twin in enumerate(added):
        parent.insert(place + number, twin)
    numbers = list(range(len(page.blocks)))
    return Copy(other, numbers[:last] + (times - 1) * numbers[first:last] + numbers[last:], title)


def shorter(root: Element, page: Page, title: str, share: Floats, times: int) -> Copy | None:
    """The page with the first part of its article only; None if it has no container of its own."""
    stretch = _stretch(page, share)
    if stretch is None:
        return None
    children, (first, last) = stretch
    owners = _owners(page, children[0].getparent())
    words = [len(page.blocks[number].text) for number in range(first, last)]
    left = sum(words) / times
    kept = first
    while kept < last and left > 0:
        left -= words[kept - first]
        kept += 1
    gone = [child for child in children if min(owners.get(child, [first])) >= kept]
    lost = {number for child in gone for number in owners.get(child, ())}
    if not lost:
        return None
    other, twins = _copied(root, gone)
    for child in twins:
        child.getparent().remove(child)
    return Copy(other, [number for number in range(len(page.blocks)) if number not in lost], title)


def _stretch(page: Page, share: Floats) -> tuple[list[Element], tuple[int, int]] | None:
    """The children of the article's container that hold the article, and the blocks in them."""
    mass = share * np.array([len(block.text) for block in page.blocks])
    sums = np.concatenate([[0.0], np.cumsum(mass)])
    most = [c for c in page.containers if sums[c.last] - sums[c.first] >= _MOST * max(sums[-1], 1.0)]
    if not most:
        return None
    holder = max(most, key=lambda container: container.depth).element
    owners = _owners(page, holder)
    having = [
        place for place, child in enumerate(holder) if any(share[number] >= 0.5 for number in owners.get(child, ()))
    ]
    if not having:
        return None
    children = list(holder)[having[0] : having[-1] + 1]
    numbers = sorted(number for child in children for number in owners.get(child, ()))
    if numbers != list(range(numbers[0], numbers[-1] + 1)) or sum(mass[numbers]) < _MOST * sums[-1]:
        return None
    return children, (numbers[0], numbers[-1] + 1)


def _owners(page: Page, holder: Element) -> dict[Element, list[int]]:
    """The blocks in each child of an element."""
    found: dict[Element, list[int]] = {}
    for number, block in enumerate(page.blocks):
        element = block.element
        while element is not None and element.getparent() is not holder:
            element = element.getparent()
        if element is not None:
            found.setdefault(element, []).append(number)
    return found


def _copied(root: Element, some: Sequence[Element]) -> tuple[Element, list[Element]]:
    """A copy of a tree, and the twins of some of its elements."""
    places = {element: place for place, element in enumerate(root.iter())}
    other = copy.deepcopy(root)
    twins = list(other.iter())
    return other, [twins[places[element]] for element in some]


def _shuffle(element: Element, turn: int) -> None:
    """Words in another order, another one each turn: what follows another text is none of its copies."""
    for one in element.iter():
        if isinstance(one.tag, str) and one.text:
            one.text = _shuffled(one.text, turn)
        if one is not element and one.tail:
            one.tail = _shuffled(one.tail, turn)


def _shuffled(text: str, turn: int) -> str:
    """All words but the first and the last in another order; a text of less than four stays."""
    words = text.split(" ")
    inner = words[1:-1]
    Random(turn).shuffle(inner)
    words[1:-1] = inner
    return " ".join(words)
