"""The block structure of Markdown: CommonMark's rules for fences, indented code, quotes, lists and headings.

One pass over the lines with a stack of open containers, as the specification describes it; it keeps only what the
rest needs: which lines are code, which characters are block markup, and where blocks begin.

Not done: link reference definitions do not end a paragraph's claim on the next line (that differs between
implementations), and the header row of a table counts as a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.model import Span
from cleaner.read.leaves import CODE_INDENT, Blocks, Leaves

_MARKER = re.compile(r"(?:[*+-]|(\d{1,9})[.)])(?=[ \t]|$)")
_TASK = re.compile(r"\[[ xX]\](?=[ \t])")
_CALLOUT = re.compile(r"\[![\w-]{1,40}\][+-]?")
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\"'(“‘„«")
_QUOTE = -1  # stands in the stack where a list item has its width
_MAX_DEPTH = 60  # containers; deeper nesting is read as text, or hostile input would cost depth x lines


def scan(text: str, spans: Sequence[Span], first: int = 0) -> Blocks:
    """The blocks of the lines `spans` of `text`, from line `first` (counted from 0) on."""
    scanner = _Scanner(text)
    for start, end in spans[first:]:
        stop = end
        while stop > start and text[stop - 1] in "\r\n":
            stop -= 1
        scanner.line(start, stop, end)
    scanner.close_code()
    return scanner.out


class _Scanner(Leaves):
    """What opens and closes containers."""

    def line(self, start: int, stop: int, end: int) -> None:
        """Read the line `start:stop`, whose terminator ends at `end`."""
        text, leaf = self.text, self.leaf
        if not self.stack and start < stop and leaf in ("", "paragraph") and text[start] in _PLAIN:
            if not leaf:
                self.leaf = "paragraph"
                self.out.starts.append(start)
            return
        self.start, self.stop, self.end = start, stop, end
        self.pos, self.col = start, 0
        marks = len(self.out.marks)
        matched = self._containers()
        whole = matched == len(self.stack)
        if whole and leaf in ("fence", "html", "indented") and self._continues():
            if leaf != "html":
                del self.out.marks[marks:]
            return
        if leaf in ("fence", "html", "indented"):
            self.close_code()
        self._begin(matched)
        if self.code and self.code[0] == start:
            del self.out.marks[marks:]

    def _containers(self) -> int:
        """Read the prefixes of the open containers; return how many go on in this line."""
        stop = self.stop
        for i, (width, empty) in enumerate(self.stack):
            pos, col = self._look()
            if width == _QUOTE:
                if pos >= stop or self.text[pos] != ">" or col - self.col >= CODE_INDENT:
                    return i
                self._quote(pos, col)
            elif pos >= stop:
                if empty:
                    return i
                self.pos, self.col = pos, col
            elif col - self.col >= width:
                self._advance(width)
            else:
                return i
        return len(self.stack)

    def _quote(self, pos: int, col: int) -> None:
        stop = self.stop
        self.pos, self.col = pos + 1, col + 1
        if self.pos < stop and self.text[self.pos] in " \t":
            self._advance(1)
        self.out.marks.append((pos, max(self.pos, pos + 1)))

    def _begin(self, matched: int) -> None:
        """Open the blocks that begin in this line, or give it to the paragraph."""
        start, stop, end = self.start, self.stop, self.end
        text = self.text
        lazy = matched < len(self.stack)
        while True:
            pos, col = self._look()
            indent = col - self.col
            if pos >= stop or indent >= CODE_INDENT:
                break
            paragraph = self.leaf == "paragraph" and matched == len(self.stack)
            char = text[pos]
            if char == ">" and matched < _MAX_DEPTH:
                self._cut(matched)
                self.stack.append([_QUOTE, 0])
                matched += 1
                self._quote(pos, col)
                callout = _CALLOUT.match(text, self.pos, stop)
                if callout:
                    self.out.marks.append(callout.span())
            elif char in "#`~<=-*_" and self._leaf(pos, matched, paragraph):
                return
            else:
                marker = _MARKER.match(text, pos, stop)
                if not marker or matched >= _MAX_DEPTH or (paragraph and self._weak(marker)):
                    break
                self._cut(matched)
                self._item(marker, indent)
                matched += 1
            lazy = False
        blank = pos >= stop
        if not blank and self.leaf == "paragraph" and (lazy or matched == len(self.stack)):
            return
        self._cut(matched)
        if blank:
            self.leaf = ""
            self.out.starts.append(start)
            return
        self._fill()
        self.out.starts.append(start)
        self.leaf = "paragraph"
        if indent >= CODE_INDENT:
            self.leaf = "indented"
            self.code = [start, end]

    def _weak(self, marker: re.Match[str]) -> bool:
        """Whether a list marker may not interrupt a paragraph: an empty item, or a number other than 1."""
        stop = self.stop
        number = marker[1]
        return (number is not None and int(number) != 1) or not self.text[marker.end() : stop].strip(" \t")

    def _item(self, marker: re.Match[str], indent: int) -> None:
        stop = self.stop
        self._advance(indent)
        begin = self.pos
        self.col += len(marker[0])
        self.pos = marker.end()
        pos, col = self._look()
        gap = col - self.col
        if pos >= stop or gap > CODE_INDENT:
            gap = 1
        self._fill()
        self.stack.append([indent + len(marker[0]) + gap, 1])
        self._advance(gap)
        task = _TASK.match(self.text, self.pos, stop)
        self.out.marks.append((begin, task.end() if task else self.pos))
