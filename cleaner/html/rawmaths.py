r"""Formulas that stand in the text of a page between delimiters, as ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.html.maths import Formula, bare
from cleaner.html.parts import BREAK, CODE, MATH, Part
from cleaner.read.maths import maths

_SIGNS = re.compile(r"[\\^_={}<>+*/−-]")
_DELIMITERS = ("$$", "\\[", "\\(", "$")


def with_formulas(parts: Sequence[Part]) -> list[Part]:
    """Parts of a block in which each formula of the text is a mark; code stays as it is."""
    out: list[Part] = []
    run: list[Part] = []
    in_code = 0
    for part in parts:
        if isinstance(part, str) or part[0] == BREAK:
            run.append(part)
            continue
        out += run if in_code else _found(run)
        run = []
        in_code += (part[0] == CODE) - (part[0] == -CODE)
        out.append(part)
    return out + (run if in_code else _found(run))


def _found(run: list[Part]) -> list[Part]:
    """A run of texts and line breaks with its formulas as marks."""
    text = "".join(part if isinstance(part, str) else "\n" for part in run)
    zones = (
        [zone for zone in maths(text) if _is_formula(text[zone.start : zone.end])]
        if "$" in text or "\\" in text
        else []
    )
    if not zones:
        return run
    out: list[Part] = []
    at = 0
    for zone in zones:
        out += _between(run, at, zone.start)
        out.append((MATH, _formula(text[zone.start : zone.end])))
        at = zone.end
    return out + _between(run, at, len(text))


def _between(run: list[Part], start: int, end: int) -> list[Part]:
    """The parts of a run from one offset of its text to another."""
    out: list[Part] = []
    at = 0
    for part in run:
        size = len(part) if isinstance(part, str) else 1
        first, last = max(start, at), min(end, at + size)
        if first < last:
            out.append(part[first - at : last - at] if isinstance(part, str) else part)
        at += size
    return out


def _is_formula(source: str) -> bool:
    r"""Whether ``$$…$$`` is one: ``$$`` and ``$$$`` also say what a restaurant costs."""
    inside = source[2:-2]
    return not source.startswith("$$") or _SIGNS.search(inside) is not None or len(inside.strip()) == 1


def _formula(source: str) -> Formula:
    size = next((len(each) for each in _DELIMITERS if source.startswith(each)), 0)
    tex = bare(source[size : len(source) - size])
    display = size == 0 or source.startswith(("$$", "\\["))
    return Formula(tex, " ".join(source.split()), display, source=source)
