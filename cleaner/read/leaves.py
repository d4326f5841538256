"""The leaves of Markdown's block structure (headings, code, HTML, breaks) and the line being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cleaner.model import Span
from cleaner.read.htmlblocks import html_start

CODE_INDENT = 4
_SPACE = re.compile(r"[ \t]*")
_ATX = re.compile(r"#{1,6}(?=[ \t]|$)")
_FENCE = re.compile(r"(?:(`{3,})[^`]*|(~{3,}).*)$")
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
_BREAK = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_TAB = 4


@dataclass(slots=True)
class Blocks:
    """What `scan` finds.

    Attributes:
        code: spans of whole lines that are fenced or indented code, sorted.
        marks: block markup (heading, quote, list, break marks), sorted and disjoint.
        starts: offsets at which a new leaf block begins; no inline markup reaches over one.
    """

    code: list[Span] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


class Leaves:
    """The state between lines, and what opens and closes leaves.

    `stack` holds [width, is still empty] for each open container; a block quote has a negative width.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.out = Blocks()
        self.stack: list[list[int]] = []
        self.leaf = ""  # "" | "paragraph" | "fence" | "indented" | "html"
        self.fence = ""
        self.html_end: re.Pattern[str] | None = None
        self.code: list[int] = []  # start, end of the code block that is open
        self.start = self.stop = self.end = 0  # the line: its text, and where its terminator ends
        self.pos = self.col = 0  # where the line is read; the column differs after tabs

    def close_code(self) -> None:
        """End the code or HTML block that is open."""
        if self.code:
            self.out.code.append((self.code[0], self.code[1]))
            self.code = []
        self.leaf = ""

    def _look(self) -> tuple[int, int]:
        """Offset and column of the next character that is not blank."""
        stop = self.stop
        pos, col, text = self.pos, self.col, self.text
        while pos < stop and text[pos] in " \t":
            col += _TAB - col % _TAB if text[pos] == "\t" else 1
            pos += 1
        return pos, col

    def _advance(self, columns: int) -> None:
        """Go on by so many columns of blanks; a tab may be used up in part."""
        stop = self.stop
        target = self.col + columns
        while self.pos < stop and self.col < target:
            width = _TAB - self.col % _TAB if self.text[self.pos] == "\t" else 1
            if self.col + width > target:
                self.col = target
                return
            self.col += width
            self.pos += 1

    def _continues(self) -> bool:
        """Whether the open code or HTML block takes this line."""
        stop, end = self.stop, self.end
        pos, col = self._look()
        if self.leaf == "fence":
            self.code[1] = end
            if (
                col - self.col < CODE_INDENT
                and self.text.startswith(self.fence, pos)
                and not self.text[pos:stop].strip(self.fence[0] + " \t")
                and self.text[pos:stop].rstrip(" \t").count(self.fence[0]) == len(self.text[pos:stop].rstrip(" \t"))
            ):
                self.close_code()
            return True
        if self.leaf == "html":
            if self.html_end is None:
                return pos < stop
            if self.html_end.search(self.text, self.pos, stop):
                self.leaf = ""
            return True
        if pos >= stop:
            return True
        if col - self.col >= CODE_INDENT:
            self.code[1] = end
            return True
        return False

    def _leaf(self, pos: int, matched: int, paragraph: bool) -> bool:
        """Open a heading, fence, HTML block or thematic break at `pos`; False when none begins there."""
        start, stop, end = self.start, self.stop, self.end
        text = self.text
        heading = _ATX.match(text, pos, stop)
        if heading:
            self._one_line(matched)
            body = _SPACE.match(text, heading.end(), stop)
            self.out.marks.append((pos, body.end() if body else heading.end()))
            tail = len(text[pos:stop].rstrip(" \t").rstrip("#")) + pos
            if tail < stop and tail > self.out.marks[-1][1] and text[tail - 1] in " \t":
                self.out.marks.append((tail, stop))
            return True
        fence = _FENCE.match(text, pos, stop)
        if fence:
            self._one_line(matched)
            self.leaf, self.fence, self.code = "fence", fence[1] or fence[2], [start, end]
            return True
        if text[pos] == "<":
            lazy = self.leaf == "paragraph"
            begins, self.html_end = html_start(text[pos:stop], lazy)
            if begins:
                self._one_line(matched)
                done = self.html_end is not None and self.html_end.search(text, pos, stop)
                self.leaf = "" if done else "html"
            return begins
        if (paragraph and _SETEXT.match(text, pos, stop)) or _BREAK.match(text, pos, stop):
            self._one_line(matched)
            self.out.marks.append((pos, stop))
            return True
        return False

    def _one_line(self, matched: int) -> None:
        """Begin a leaf that is no paragraph."""
        start = self.start
        self._cut(matched)
        self._fill()
        self.out.starts.append(start)
        self.leaf = ""

    def _cut(self, matched: int) -> None:
        """Close the containers that do not go on, and the paragraph in them."""
        if matched < len(self.stack):
            del self.stack[matched:]
        if self.leaf == "paragraph":
            self.leaf = ""

    def _fill(self) -> None:
        if self.stack:
            self.stack[-1][1] = 0
