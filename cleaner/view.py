"""The normalised view: what rules look at, with a way back to every code point of the input.

Matching must not care about a non-breaking space, a curly quote, a full-width letter, a zero-width joiner, the
markup of a Markdown link or where a line was broken.  So the view leaves invisible characters and markup out, turns
every run of white space into one space, one line break or one blank line, and folds look-alikes one to one.  It has
two texts of equal length, `text` with case and `folded` without, and `origin` maps their offsets to the input's.

Next to nothing is imported here: the view is on the path of every call.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from cleaner.core import compiled
from cleaner.late import late
from cleaner.remember import of_short_texts

Span = tuple[int, int]

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
SPACES = "\t\x0b\x0c\x1c-\x1f \x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_RUN = late(rf"[{SPACES}{INVISIBLE}\r\n](?:[{SPACES}{INVISIBLE}\r\n]+|(?<=[{INVISIBLE}\r])|\Z|(?<!..))", re.DOTALL)
"""White space and invisible characters, as far as they go; not a single space or line feed inside of a text, which are
as they should be.  Of all texts nearly every character is looked at in vain, so the pattern begins with one class."""
_LINE_BREAK = late("\r\n?|\n")
_NO_BREAK = late(r"[^\r\n]")
_VISIBLE_SPACE = late(f"[{SPACES}]")
# Kana and Han write no spaces: two characters count as a word.  The vowel signs of Indic scripts belong to theirs.
_WORDS = late(r"[\u3040-\u30ff\u3400-\u9fff]{1,2}|(?:[^\W\u3040-\u30ff\u3400-\u9fff]|[\u0900-\u0dff])+")
_ASCII_WORDS = late(r"\w+", re.ASCII)
_HIDDEN = "\u200b"

_FOLD = {chr(c): " " for c in (*b"\t\x0b\x0c\x1c\x1d\x1e\x1f", 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B))}
_FOLD |= dict.fromkeys("\u2028\u2029\u202f\u205f\u3000", " ")
_FOLD |= dict.fromkeys("‘’‚‛′ʼ`´", "'")
_FOLD |= dict.fromkeys("“”„‟″«»", '"')
_FOLD |= dict.fromkeys("‐‑‒–—―−", "-")
_FOLD |= {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
# Turkish dotted and dotless i: the only letters whose lower case would change the length or depend on the language.
_FOLD |= {"İ": "I", "ı": "i"}
# Glyphs of icon fonts live in the private use area; as one character they can be a keyword.
GLYPH = "\ue000"
_FOLDABLE = late("[\ue000-\uf8ff" + "".join(map(re.escape, _FOLD)) + "]")


def fold(text: str) -> str:
    """Fold look-alike characters one to one; the length stays the same."""
    return _FOLDABLE.sub(lambda m: _FOLD.get(m[0], GLYPH), text)


def literal(text: str) -> str:
    """A phrase as it must look to be found in `View.haystack()`: folded, lower case, single spaces."""
    return " ".join(re.sub(f"[{INVISIBLE}]", "", fold(text)).lower().split())


class View:
    """A normalised text over an input.

    Attributes:
        text: the view with its case.
        lines: spans of the non-blank lines in the view, line breaks left out.
        blocks: for each run of lines between blank lines, its first and last line.
        block_of: for each line the index of its block.
        longest: characters of the longest line.
        marks: what stands before lines in the input, as far as it was asked for; see `decide.quotations.marker`.
    """

    __slots__ = (*("_from", "_starts", "_to", "_words", "block_of", "blocks", "lines", "longest", "marks", "text"),)

    def __init__(self, source: str, hidden: Iterable[Span] = ()) -> None:
        """Build the view of `source`, leaving out the sorted, disjoint spans of `hidden`."""
        shown = _blank_out(source, hidden)
        self.text, self._from, self._to = viewed(shown)
        self.lines, self.blocks, self.block_of, self._starts, self.longest = lined(self.text)
        self.marks: dict[int, str] = {}
        self._words = [-1] * len(self.lines)  # counted when asked for

    def folded(self, start: int, end: int) -> str:
        """A stretch between line breaks in lower case, of the same length."""
        return self.text[start:end].lower()

    def haystack(self) -> str:
        """All of it in lower case, with line breaks as spaces, in which phrases are looked up."""
        return self.text.lower().replace("\n", " ")

    def origin(self, offset: int) -> int:
        """The offset in the input of the character at `offset` in the view."""
        i = bisect_right(self._from, offset) - 1
        return self._to[i] + offset - self._from[i]

    def origin_span(self, start: int, end: int) -> Span:
        """The span in the input from the first to the last character of a non-empty span of the view."""
        return self.origin(start), self.origin(end - 1) + 1

    def line_at_origin(self, offset: int) -> int:
        """The index of the line that begins at or after `offset` of the input; the number of lines if none does."""
        return bisect_left(self._starts, offset, key=self.origin)

    def line_at(self, offset: int) -> int:
        """The index of the line that holds `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def line_text(self, first: int, last: int | None = None) -> str:
        """The text of the lines `first` to `last`, both included."""
        return self.text[self.lines[first][0] : self.lines[first if last is None else last][1]]

    def words(self, first: int, last: int) -> int:
        """How many words the lines `first` to `last` hold."""
        counts = self._words
        for line in range(first, last + 1):
            if counts[line] < 0:
                counts[line] = words_in(self.line_text(line))
        return sum(counts[first : last + 1])


@compiled
@of_short_texts(8192)
def words_in(text: str) -> int:
    """How many words a text has, as rules count them."""
    return len((_ASCII_WORDS if text.isascii() else _WORDS).findall(text))


@compiled
def viewed(shown: str) -> tuple[str, list[int], list[int]]:
    """A text as rules see it, with its case, and the way back: where stretches begin there, and where in the text."""
    pieces: list[str] = []
    begins, origins = [0], [0]

    def note(view: int, origin: int) -> None:
        if begins[-1] == view:
            origins[-1] = origin
        else:
            begins.append(view)
            origins.append(origin)

    size = done = 0
    for m in _RUN.finditer(shown):
        run = m[0]
        if run == "\n\n" and m.start() > 0 and m.end() < len(shown):
            continue
        stand_in = "" if m.start() == 0 or m.end() == len(shown) else _stand_in(run)
        pieces += shown[done : m.start()], stand_in
        size += m.start() - done
        if stand_in:
            note(size, m.start())
            size += len(stand_in)
        done = m.end()
        note(size, done)
    pieces.append(shown[done:])
    return fold("".join(pieces)), begins, origins


@compiled
def lined(text: str) -> tuple[list[Span], list[Span], list[int], list[int], int]:
    """The lines of a view, where two line feeds are a blank line and none stands at an end: `View.lines`, `blocks`,
    `block_of`, where lines begin, and `longest`."""
    lines: list[Span] = []
    blocks: list[Span] = []
    block_of: list[int] = []
    at = 0
    for block in text.split("\n\n") if text else ():
        first = len(lines)
        for line in block.split("\n"):
            end = at + len(line)
            lines.append((at, end))
            at = end + 1
        at += 1
        block_of += [len(blocks)] * (len(lines) - first)
        blocks.append((first, len(lines) - 1))
    longest = max((end - start for start, end in lines), default=0)
    return lines, blocks, block_of, [start for start, _ in lines], longest


def _blank_out(source: str, hidden: Iterable[Span]) -> str:
    """Overwrite the hidden spans with invisible characters, so that one walk leaves out both; line breaks stay."""
    pieces: list[str] = []
    done = 0
    for start, end in hidden:
        piece = source[start:end]
        one_line = "\n" not in piece and "\r" not in piece
        pieces += source[done:start], _HIDDEN * (end - start) if one_line else _NO_BREAK.sub(_HIDDEN, piece)
        done = end
    if not done:
        return source
    return "".join((*pieces, source[done:]))


def _stand_in(run: str) -> str:
    if "\n" in run or "\r" in run:
        return "\n\n" if len(_LINE_BREAK.findall(run)) > 1 else "\n"
    return " " if run.strip(_HIDDEN) and _VISIBLE_SPACE.search(run) else ""
