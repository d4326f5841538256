"""Whether inline elements that touch are words of their own, and whether a button is a word of a sentence."""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import _Element as Element

from cleaner.html.attributes import groups, traits_of
from cleaner.html.signs import sets_apart
from cleaner.html.tags import BLOCKS, CELLS, HEADINGS, ROLES

_RUNNING = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt", "blockquote", "figcaption", "caption", "em", "strong"}
    | {"b", "i", "a", "code", "sup", "sub", "ruby", "kbd", "var", "u", "font", "mark", "ins", "del", "q"}
)
"""Elements of running text, of which a word may be in two pieces (a spelling checker's, a word processor's)."""
_ITEMS = frozenset({"a", "time", "label", "button", "address"})
"""Inline elements that begin and end with a word."""
_CELLS = frozenset(role for role, tag in ROLES.items() if tag in CELLS)
"""Roles of the cells of a table."""
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_RECORDS = frozenset({"li", "div", "td", "th", "header", "section", "summary", "caption", "h2", "h3", "h4"})
"""What may be made of fields alone."""
_STRUCK = frozenset({"del", "s", "strike"})
_LABEL = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6})[.)\]:]|\d{1,2}[.:]\d\d:", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.]\d\d")
_NAME = re.compile(r"[^\W\d_]{3}\s*$")
_ADDRESS = frozenset("/{<-$")
_DEEP = 20  # elements in each other
_LEAST = 2  # characters; single ones are the letters of a word that is animated or drawn
_SENTENCE_END = frozenset(".!?…:;。！？：；”»")


def is_apart(before: Element, after: Element, written: str) -> bool:
    """Whether two inline siblings with nothing between them are set apart where the page is shown.

    Args:
        written: what was written last, the end of `before`.
    """
    if not written[-1:].isalnum():
        return bool(written) and _ends_label(written[-1]) and _is_label(before, first_words(after))
    follows = first_words(after)
    if not touches(written, follows):
        return _is_token(before, after) and follows[:1] in _ADDRESS
    if before.get("role") in _CELLS and after.get("role") in _CELLS:
        return True
    if before.tag in _STRUCK or after.tag in _STRUCK or (before.tag in _ITEMS and after.tag in _ITEMS):
        return True
    if after.tag == "time" or (before.tag == "time" and follows[:1].isupper()):
        return True
    if _is_token(before, after) or _is_field(before, after, written, follows):
        return True
    if len(follows.strip()) < _LEAST or len(written.strip()) < _LEAST:
        return False
    around = before.getparent()
    if any(sets_apart(each.get("style") or "") for each in (before, after)) or _is_bar(around):
        return True
    if "-" in before.tag or "-" in after.tag:
        return True
    if around is None or around.tag in _RUNNING:
        return bool(groups(traits_of(before)) and groups(traits_of(after)))
    if not (before.get("class") and after.get("class")):
        return False
    earlier = before.getprevious()
    beside = (earlier.tail if earlier is not None else around.text, after.tail)
    return not any(text and not text.isspace() for text in beside)


def _ends_label(sign: str) -> bool:
    return sign in ".)]:"


def _is_label(before: Element, follows: str) -> bool:
    """Whether an element holds the number of what follows: ``(a)``, ``2.``, ``[3]``."""
    label = "".join(before.itertext()).strip()
    if not follows[:1].isalnum() or _SPACELESS.match(follows):
        return False
    return _LABEL.fullmatch(label) is not None and not (label[-2:-1].isdigit() and follows[0].isdigit())


def _is_token(before: Element, after: Element) -> bool:
    """Whether code stands beside an element with a look of its own: a name and its type, a method and its address."""
    around = before.getparent()
    if (before.tag == "code") == (after.tag == "code") or (around is not None and around.tag in _RUNNING):
        return False
    return bool((after if before.tag == "code" else before).get("class"))


def _is_field(before: Element, after: Element, written: str, follows: str) -> bool:
    """Whether two elements with classes hold a number and its title, a name and a number, a name and a value: the case
    changes between them, or letters and digits do.  A time needs no class."""
    if _TIME.fullmatch(written.strip()) and follows[:1].isalpha():
        return True
    if not (before.get("class") and after.get("class")):
        return False
    last, first = written.rstrip()[-1:], follows.lstrip()[:2]
    if last.isdigit():
        return first[:1].isupper() and first[1:].islower()
    around = before.getparent()
    if around is None or around.tag not in _RECORDS or _says(around):
        return False
    if first.strip().isdigit():
        return bool(_NAME.search(written))
    return last.islower() and first[:1].isupper()


def _says(element: Element) -> bool:
    """Whether text stands between the elements in one."""
    return any(text and not text.isspace() for text in (element.text, *(one.tail for one in element)))


def first_words(element: Element) -> str:
    """The text that an element begins with."""
    node = element
    for _ in range(_DEEP):
        if node.text:
            return str(node.text)
        if not len(node):
            return str(node.tail or "") if node is not element else ""
        node = node[0]
    return ""


def touches(written: str, follows: str) -> bool:
    """Whether two texts would be read as one word, in a script that has spaces between its words."""
    return (
        written[-1:].isalnum()
        and follows[:1].isalnum()
        and not (_SPACELESS.match(written[-1]) or _SPACELESS.match(follows))
    )


def _is_bar(around: Element | None) -> bool:
    style = around.get("style") if around is not None else None
    return style is not None and ("flex" in style or "grid" in style)


def is_whole(button: Element) -> bool:
    """Whether a button holds all the words of the heading that it stands in, and not only the number of a page."""
    heading, words = next(button.iterancestors(*HEADINGS), None), _said(button)
    return heading is not None and any(map(str.isalpha, words)) and _said(heading) == words


def _said(element: Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def in_sentence(button: Element) -> bool:
    """Whether an element that usually stands alone is a word of the sentence around it."""
    (before, direct), (after, beside) = _text_before(button), _text_after(button)
    if not (direct or beside):
        return False
    if before and after:
        return True
    if not _in_paragraph(button):
        return False
    if before:
        return before[-1] not in _SENTENCE_END and len(before.split()) > 1 and button.getnext() is None
    return bool(after) and not after[0].isupper() and not after[0].isdigit()


def _text_before(element: Element) -> tuple[str, bool]:
    """The words of the same line directly before an element, and whether they are text beside it, no link or label."""
    node: Element | None = element
    while node is not None and (node is element or node.tag not in BLOCKS):
        previous, around = node.getprevious(), node.getparent()
        text = previous.tail if previous is not None else around.text if around is not None else None
        if text and text.strip():
            return text.strip(), True
        if previous is not None:
            return _words_of(previous), False
        node = around
    return "", False


def _text_after(element: Element) -> tuple[str, bool]:
    """The words directly after an element; see `_text_before`."""
    node: Element | None = element
    while node is not None and (node is element or node.tag not in BLOCKS):
        if node.tail and node.tail.strip():
            return node.tail.strip(), True
        following = node.getnext()
        if following is not None:
            return _words_of(following), False
        node = node.getparent()
    return "", False


def _words_of(element: Element) -> str:
    is_inline = type(element.tag) is str and element.tag not in BLOCKS and element.tag != "br"
    return (first_words(element) or "".join(islice(element.itertext(), _DEEP))).strip() if is_inline else ""


def _in_paragraph(element: Element) -> bool:
    around = element.getparent()
    while around is not None and around.tag not in BLOCKS:
        around = around.getparent()
    return around is not None and around.tag in ("p", "li", "dd", "td", "blockquote")
