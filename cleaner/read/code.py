"""Code that nobody fenced: pasted snippets, templates, configuration, logs, merge conflicts.

Lines with fair or better signs of code are seeds.  A seed grows over its neighbours while they have weak signs; blank
lines and a few neutral ones are bridged.  The run is code when its signs add up; weak signs alone never do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from cleaner.model import Span, Zone
from cleaner.read.codesigns import FAIR, LOOKED_AT, NONE, PROOF, WEAK, is_prose, sign, weak_sign
from cleaner.read.spans import FILL, line_of
from cleaner.remember import of_short_texts

_CANDIDATE = re.compile(r"""[{}<>;=$\\(@:/"#-]""")
_SEED_CHARS = re.compile(
    r"""[{}<>;=$\\(@]|": |:[ \t]*[\r\n]|/|(?:Error|Exception): |"""
    r"""\b(?:SELECT|FROM|ERROR|INFO|kind|return|import|apiVersion)\b"""
)
_HEREDOC = re.compile(r"""<<[-~]?[ ]?(['"]?)([A-Za-z_]\w{0,40})\1(?!>|\w)(?=\s|$|[;|)&>])""")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_ENOUGH = 4  # the sum of signs that makes code
_BRIDGE = 2  # lines without sign (blank ones not counted) that code may go on after
_BLANKS = 2  # blank lines in a row within code
_SHORT = 60  # characters of a neutral line that may be bridged
_HEREDOC_LINES = 500


def code_zones(text: str, lines: Sequence[Span], *, markdown: bool = False) -> list[Zone]:
    """The zones of unfenced code in `text`, as runs of whole lines, sorted and disjoint.

    Args:
        text: code, front matter and the like that are known already may be masked.
        lines: the spans of its lines.
        markdown: HTML tags, ``#``, ``-`` and ``>`` at the start of a line are ordinary markup and no weak sign.
    """
    if not _CANDIDATE.search(text):
        return []
    runs = _conflicts(text, lines) + _heredocs(text, lines) + _latex(text, lines)
    runs += _Runs(text, lines, markdown).find()
    out: list[Zone] = []
    for first, last in sorted(runs):
        start, end = lines[first][0], lines[last][1]
        if out and start <= out[-1].end:
            out[-1] = Zone(out[-1].start, max(end, out[-1].end), "code")
        else:
            out.append(Zone(start, end, "code"))
    return out


def _conflicts(text: str, lines: Sequence[Span]) -> list[Span]:
    """Merge conflicts as (first, last) line."""
    out: list[Span] = []
    if "<<<<<<<" not in text or ">>>>>>>" not in text:
        return out
    first, middle = -1, False
    for match in _CONFLICT.finditer(text):
        at = line_of(lines, match.start())
        if match[0][0] == "<":
            first, middle = at, False
        elif match[0][0] == "=":
            middle = True
        elif first >= 0 and middle:
            out.append((first, at))
            first = -1
    return out


def _heredocs(text: str, lines: Sequence[Span]) -> list[Span]:
    """Shell here-documents as (first, last) line."""
    out: list[Span] = []
    closing: dict[str, list[int]] | None = None
    if "<<" not in text:
        return out
    done = 0
    for match in _HEREDOC.finditer(text):
        if match.start() < done:
            continue
        if closing is None:
            closing = {}
            for i, (start, end) in enumerate(lines):
                if end - start < LOOKED_AT:
                    word = text[start:end].strip()
                    if word.isidentifier():
                        closing.setdefault(word, []).append(i)
        at = line_of(lines, match.start())
        ends = closing.get(match[2], [])
        k = bisect_right(ends, at)
        if k < len(ends) and ends[k] - at <= _HEREDOC_LINES:
            out.append((at, ends[k]))
            done = lines[ends[k]][1]
    return out


def _latex(text: str, lines: Sequence[Span]) -> list[Span]:
    """The bodies of LaTeX documents as (first, last) line: mostly prose, so that no line would say code."""
    out: list[Span] = []
    at = text.find("\\begin{document}")
    while at >= 0:
        end = text.find("\\end{document}", at)
        if end < 0:
            break
        out.append((line_of(lines, at), line_of(lines, end)))
        at = text.find("\\begin{document}", end)
    return out


@of_short_texts(4096)
def _seed(line: str) -> int:
    """How much a line, its end included, says for code: nothing without one of the characters that all code has."""
    match = _SEED_CHARS.search(line)
    return sign(line[:LOOKED_AT].strip()) if match and match.start() < LOOKED_AT else NONE


class _Runs:
    """Runs of lines grown from seeds."""

    def __init__(self, text: str, lines: Sequence[Span], markdown: bool) -> None:
        self.text = text
        self.lines = lines
        self.markup = re.compile(r"[#>*+-]|<[a-zA-Z/!]|\d+\.|\||!?\[") if markdown else None
        self.seeds: dict[int, int] = {}

    def find(self) -> list[Span]:
        """The runs as (first, last) line."""
        self._sow()
        out: list[Span] = []
        floor = 0
        for seed in sorted(self.seeds):
            if seed < floor:
                continue
            first, above, _ = self._grow(seed, -1, floor - 1)
            last, below, lone = self._grow(seed, 1, len(self.lines))
            score = self.seeds[seed]
            if score + above + below >= _ENOUGH and (lone or first < seed or score >= PROOF):
                out.append((first, last))
            floor = last + 1
        return out

    def _line(self, i: int) -> str:
        start, end = self.lines[i]
        return self.text[start : min(end, start + LOOKED_AT)].strip()

    def _sow(self) -> None:
        """Score the lines."""
        for i, (start, end) in enumerate(self.lines):
            score = _seed(self.text[start:end])
            if score >= FAIR:
                self.seeds[i] = score

    def _grow(self, seed: int, step: int, limit: int) -> tuple[int, int, bool]:
        """Go up or down from `seed`; return the last line reached, the sum of signs, whether any was met."""
        reached, total = seed, 0
        blanks = neutral = 0
        i = seed + step
        while i != limit and 0 <= i < len(self.lines):
            line = self._line(i)
            if not line:
                blanks += 1
                if blanks > _BLANKS:
                    break
            else:
                score = self.seeds.get(i, NONE) or self._weak(line)
                # A weak line after a blank one may as well be the text around the code.
                if score > WEAK or (score and not blanks):
                    reached, blanks, neutral = i, 0, 0
                    total += score
                else:
                    neutral += 1
                    if neutral > _BRIDGE or len(line) > _SHORT or FILL in line or is_prose(line):
                        break
            i += step
        return reached, total, reached != seed

    def _weak(self, line: str) -> int:
        if self.markup and self.markup.match(line):
            return NONE
        return WEAK if weak_sign(line) else NONE
