r"""Formulas: ``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]`` and the mathematical environments of LaTeX."""

from __future__ import annotations

import re

from cleaner.late import late
from cleaner.model import Zone

_TOKEN = late(r"\\[\\$()\[\]]|\$\$?")
_BEGIN = late(r"\\begin\{((?:equation|align|alignat|gather|multline|eqnarray|displaymath|math|cases|[bpvV]?matrix"
                    r"|array|split)\*?)\}")  # fmt: skip
_BLANK_LINE = late(r"(?:\r\n|\r(?!\n)|\n)[ \t]*(?=[\r\n])")
_TEX = late(r"\\[A-Za-z,;!]|\^|(?<![A-Za-z]{2})[A-Za-z)\]}]_[\w{\\]")
_EQUATION = late(r"[^=]{0,60}=")
_PRICE = late(r"\d[\d.,]*(?:\s|[-–—/])")
_SYMBOL = late(r"[A-Za-z]{1,2}'?|\d{0,3}[A-Za-z](?:\([A-Za-z0-9, ]{1,9}\))?")
_OPERATION = late(r"(?:[A-Za-z]|\d+|[+\-*/<>()|,.! ]){3,40}")
_WORD = late(r"[A-Za-z]{3,}")
_TOKEN_NAME = late(r"\{[\w.:\- ]*\}")
_LINK = late(r"\[[^\[\]\n]*\]\(\w+://")
_MAX_INLINE = 500
_MAX_DISPLAY = 5000
_MAX_LINES = 2  # line ends within one inline formula
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$", "$": "$"}


def maths(text: str) -> list[Zone]:
    """The formulas of `text` (code already masked), sorted and disjoint.

    A formula never reaches over a blank line.  ``$…$`` follows pandoc (no space inside the marks, no digit after) and
    must also look like TeX, for prices and ``${name}`` are more common than formulas; escaped brackets of Markdown
    (``\\[1\\]``) must look like TeX too.
    """
    if "$" not in text and "\\" not in text:
        return []
    out = _environments(text)
    taken = iter([*out, Zone(len(text) + 1, len(text) + 1, "math")])
    zone = next(taken)
    opening: re.Match[str] | None = None
    found: list[Zone] = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        while zone.end <= start:
            zone = next(taken)
        if zone.start <= start or token[0] in ("\\\\", "\\$"):
            if zone.start <= start:
                opening = None
            continue
        if opening and _CLOSING.get(opening[0]) == token[0] and _is_formula(text, opening, token):
            found.append(Zone(opening.start(), end, "math"))
            opening = None
        elif token[0] in _CLOSING:
            opening = token
    return sorted(out + found, key=lambda z: z.start)


def _is_formula(text: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    start, end = opening.end(), closing.start()
    inline = opening[0] in ("$", "\\(")
    if not 0 < end - start <= (_MAX_INLINE if inline else _MAX_DISPLAY):
        return False
    inside = text[start:end]
    if _BLANK_LINE.search(inside) or not inside.strip():
        return False
    if opening[0] == "$$":
        return True
    if opening[0] == "$":
        after = text[closing.end() : closing.end() + 1]
        if inside[0].isspace() or inside[-1].isspace() or after.isdigit() or _TOKEN_NAME.match(inside):
            return False
        if inside.count("\n") + inside.count("\r") > _MAX_LINES:
            return False
    # `\\[x\\]` is what converters make of `[x]`, of a link in brackets too, whose address may hold `=` and `_`
    if opening[0] in ("\\[", "\\(") and _LINK.search(inside):
        return False
    return _is_tex(inside.strip(), symbols=opening[0] != "\\[")


def _is_tex(inside: str, symbols: bool) -> bool:
    if _TEX.search(inside):
        return True
    if _PRICE.match(inside):
        return False
    if _EQUATION.match(inside) or (symbols and _SYMBOL.fullmatch(inside)):
        return True
    operation = _OPERATION.fullmatch(inside) and not _WORD.search(inside)
    return bool(operation) and any(c.isalpha() for c in inside) and any(c in "+-*/<>" for c in inside)


def _environments(text: str) -> list[Zone]:
    out: list[Zone] = []
    unclosed: set[str] = set()
    at = 0
    while match := _BEGIN.search(text, at):
        at = match.end()
        if match[1] in unclosed:
            continue
        closing = "\\end{" + match[1] + "}"
        end = text.find(closing, at)
        if end < 0:
            unclosed.add(match[1])
        elif end - at <= _MAX_DISPLAY and not _BLANK_LINE.search(text, at, end):
            at = end + len(closing)
            out.append(Zone(match.start(), at, "math"))
    return out
