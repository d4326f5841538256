"""Links of Markdown and of wikis: where their words are and which characters are syntax."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from cleaner.late import late
from cleaner.model import Link, Span

_TOKEN = late(r"!?\[|\]")
_WIKI = late(r"!?\[\[([^\[\]|\r\n]{1,400})(?:\|([^\[\]\r\n]{0,400}))?\]\]")
_AUTO = late(r"<((?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)|[\w.+-]{1,64}@[\w.-]{1,255})>")
_GAP = r"[ \t]*(?:(?:\r\n?|\n)[ \t]*)?"
_PART = r"[^\s()\\<>]|\\."
_TARGET = rf"<[^<>\r\n]*>|(?:{_PART}|\((?:{_PART}|\((?:{_PART})*\))*\))*"
_TITLE = r"""\"(?:[^"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)"""
_INLINE = late(rf"\({_GAP}(?:{_TARGET})(?:(?=\s){_GAP}(?:{_TITLE}))?{_GAP}\)", re.DOTALL)
# Clippers leave spaces in addresses, which CommonMark does not allow.
_LOOSE = late(r"\([ \t]*(?:https?:|[/.#])[^()<>\r\n]*\)")
_LABEL = late(r"\[([^\[\]]{0,999})\]")
_FOOTNOTE = late(r"\[\^[^\s\[\]]{1,100}\](?::(?=[ \t]))?")
_DEFINITION = late(
    r"^ {0,3}\[([^\[\]\r\n]{1,999})\]:[ \t]*"
    rf"(?=\S*[/#.:<])(?:<[^<>\r\n]*>|[^\s<>]+)(?:[ \t]+(?:{_TITLE}))?[ \t]*\r?$",
    re.MULTILINE,
)
_BLANKS = late(r"\s+")


@dataclass(slots=True)
class Links:
    """Links by start, and the characters of theirs (and of definitions and footnote marks) that are syntax."""

    links: list[Link] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    autolinks: list[Span] = field(default_factory=list)


def find(text: str, starts: Sequence[int]) -> Links:
    """The links of `text`, in which code, maths, escapes and block marks are masked.

    No link reaches over a start of a block in `starts`.  A reference (``[words][label]``, ``[words]``) is one only if
    the document defines its label.
    """
    out = Links()
    if "<" in text:
        for match in _AUTO.finditer(text):
            start, end = match.span()
            out.links.append(Link(start, end, start + 1, end - 1))
            out.hidden += ((start, start + 1), (end - 1, end))
            out.autolinks.append((start + 1, end - 1))
    if "[" not in text:
        return out
    labels: set[str] = set()
    skip: list[Span] = []
    if "]:" in text:
        for match in _DEFINITION.finditer(text):
            if not match[1].startswith("^"):
                labels.add(_normal(match[1]))
                out.hidden.append(match.span())
                skip.append(match.span())
    if "[[" in text:
        for match in _WIKI.finditer(text):
            words = match.span(2) if match[2] else match.span(1)
            out.links.append(Link(*match.span(), *words))
            out.hidden += ((match.start(), words[0]), (words[1], match.end()))
            skip.append(match.span())
    if "[^" in text:
        for match in _FOOTNOTE.finditer(text):
            out.hidden.append(match.span())
            skip.append(match.span())
    skip.sort()
    _brackets(text, starts, skip, labels, out)
    out.links.sort(key=lambda link: (link.start, -link.end))
    return out


def _brackets(text: str, starts: Sequence[int], skip: Sequence[Span], labels: set[str], out: Links) -> None:
    """Pair brackets and look at what follows each pair; a link holds no other link, but may hold images."""
    stack: list[re.Match[str]] = []
    dead = 0  # openers below this height lie around a link, so that only images can begin there
    block = -1
    last = 0
    i = 0
    for token in _TOKEN.finditer(text):
        at = token.start()
        if at < last:
            continue
        while i < len(skip) and skip[i][1] <= at:
            i += 1
        if i < len(skip) and skip[i][0] <= at:
            continue
        if token[0] != "]":
            stack.append(token)
            continue
        if not stack:
            continue
        here = bisect_right(starts, at)
        if here != block:
            block, first = here, starts[here - 1] if here else 0
            if stack[-1].start() < first:
                stack.clear()
            else:
                stack = [opener for opener in stack if opener.start() >= first]
            dead = 0
            if not stack:
                continue
        opener = stack.pop()
        alive = len(stack) >= dead
        dead = min(dead, len(stack))
        image = opener[0] == "!["
        end = _end(text, opener.end(), at, labels) if image or alive else -1
        if end < 0:
            continue
        last = end
        out.links.append(Link(opener.start(), end, opener.end(), at))
        out.hidden += (opener.span(), (at, end))
        if not image:
            dead = len(stack)


def _end(text: str, words: int, at: int, labels: set[str]) -> int:
    """Where the link whose words are `words:at` ends, or -1 when it is none."""
    match = _INLINE.match(text, at + 1) or _LOOSE.match(text, at + 1)
    if match:
        return match.end()
    if not labels:
        return -1
    label = _LABEL.match(text, at + 1)
    if label and label[1]:
        return label.end() if _normal(label[1]) in labels else -1
    if at - words < 1000 and _normal(text[words:at]) in labels:
        return label.end() if label else at + 1
    return -1


def _normal(label: str) -> str:
    return _BLANKS.sub(" ", label.strip()).casefold()
