"""Inline Markdown other than links: code spans, escapes, tags and comments, emphasis, tables.

Every function takes text in which what it must not see is masked (see `spans.mask`), so that none of them knows of the
others.  `starts` are the offsets at which blocks begin: nothing inline reaches over one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from cleaner.model import Span
from cleaner.read.spans import union

_TICKS = re.compile(r"`+")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_ELEMENT = re.compile(r"<(pre|code|script|style)(?=[\s>])[^<>]*>", re.IGNORECASE)
_ELEMENT_END = {name: re.compile(rf"</{name}[ \t]*>", re.IGNORECASE) for name in ("pre", "code", "script", "style")}
_TAG = re.compile(r"""</?[A-Za-z][A-Za-z0-9:-]*(?=[\s/>])(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""")
_EMPHASIS = re.compile(r"\*+|_+|~~+|==+")
_DELIMITER_ROW = re.compile(r"[|:\- \t]+")
_LONGEST_MARK = 3
_PAIR = 2


def code_spans(text: str, starts: Sequence[int]) -> list[Span]:
    """Inline code with its backticks: a run of them up to the next run of the same length in the same block.

    A run that a backslash stands before loses its first backtick, as in CommonMark.  Takes precedence over tags.
    """
    if "`" not in text:
        return []
    runs = [m.span() for m in _TICKS.finditer(text)]
    of_length: dict[int, list[int]] = {}
    for start, end in runs:
        of_length.setdefault(end - start, []).append(start)
    out: list[Span] = []
    last = 0
    for start, end in runs:
        if start < last:
            continue
        begin = start + _is_escaped(text, start)
        same = of_length.get(end - begin, [])
        k = bisect_left(same, end)
        if begin == end or k == len(same) or _separated(starts, begin, same[k]):
            continue
        last = same[k] + end - begin
        out.append((begin, last))
    return out


def _is_escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    n = 0
    while at - n > 0 and text[at - n - 1] == "\\":
        n += 1
    return n % 2 == 1


def _separated(starts: Sequence[int], first: int, second: int) -> bool:
    return bisect_right(starts, first) != bisect_right(starts, second)


def code_elements(text: str) -> list[Span]:
    """``<pre>``, ``<code>``, ``<script>`` and ``<style>`` elements with their tags; unclosed ones are none."""
    out: list[Span] = []
    unclosed: set[str] = set()
    at = 0
    while match := _ELEMENT.search(text, at):
        name = match[1].lower()
        closing = None if name in unclosed else _ELEMENT_END[name].search(text, match.end())
        if closing is None:
            unclosed.add(name)
            at = match.end()
        else:
            at = closing.end()
            out.append((match.start(), at))
    return out


def escapes(text: str) -> list[Span]:
    """Backslash escapes, both characters; the backslash is the markup."""
    return [m.span() for m in _ESCAPE.finditer(text)] if "\\" in text else []


def comments(text: str) -> list[Span]:
    """HTML comments; an unclosed one is none."""
    out: list[Span] = []
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4)
        if end < 0:
            break
        out.append((at, end + 3))
        at = text.find("<!--", end + 3)
    return out


def tags(text: str) -> list[Span]:
    """HTML tags, opening and closing."""
    return [m.span() for m in _TAG.finditer(text)] if "<" in text else []


def emphasis(text: str, starts: Sequence[int]) -> list[Span]:
    """The marks of emphasis: ``*``, ``_``, ``~~`` and ``==`` that pair up within a block.

    More careful than CommonMark: a single ``*`` inside a word and any mark between two digits are text.
    """
    out: list[Span] = []
    open_marks: dict[str, list[list[int]]] = {}
    block = -1
    for match in _EMPHASIS.finditer(text):
        start, end = match.span()
        char = text[start]
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        merge_tag = "|" in (before, after) and char == "*"  # *|FNAME|* of a mailing
        if merge_tag or end - start > (_LONGEST_MARK if char in "*_" else _PAIR):
            continue
        opens, closes = not after.isspace(), not before.isspace()
        if before.isalnum() and after.isalnum():
            if char == "_" or end - start != _PAIR or (before.isdigit() and after.isdigit()):
                continue
        elif opens and closes:
            opens = not before.isalnum()
            closes = not after.isalnum()
        if not (opens or closes):
            continue
        here = bisect_right(starts, start)
        if here != block:
            block = here
            open_marks.clear()
        stack = open_marks.setdefault(char, [])
        at = start
        while closes and stack and at < end:
            first = stack[-1]
            n = min(end - at, first[1] - first[0])
            if char in "~=" and n != _PAIR:
                break
            out += ((first[1] - n, first[1]), (at, at + n))
            first[1] -= n
            at += n
            if first[0] == first[1]:
                stack.pop()
        if opens and at < end:
            stack.append([at, end])
    return union(out)


def tables(text: str, lines: Sequence[Span]) -> list[Span]:
    """The delimiter rows and the pipes of tables: a header row, the delimiter row, rows up to a line without pipe."""
    out: list[Span] = []
    if "|" not in text:
        return out
    inside = False
    previous: Span | None = None
    for start, end in lines:
        if text.find("|", start, end) < 0:
            inside, previous = False, None
            continue
        row = text[start:end].rstrip("\r\n")
        if inside:
            out += _pipes(text, (start, end))
        elif previous and "-" in row and _DELIMITER_ROW.fullmatch(row):
            inside = True
            out += _pipes(text, previous)
            out.append((start, start + len(row)))
        previous = (start, end)
    return out


def _pipes(text: str, span: Span) -> Iterable[Span]:
    at = text.find("|", *span)
    while at >= 0:
        yield at, at + 1
        at = text.find("|", at + 1, span[1])
