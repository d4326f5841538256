"""A block as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import ClassVar
from urllib.parse import urljoin

from cleaner.html.blocks import Block
from cleaner.html.embeds import Embed
from cleaner.html.images import Image
from cleaner.html.maths import Formula
from cleaner.html.measure import said
from cleaner.html.parts import BLOCK, BREAK, CODE, EMPHASIS, FOOTNOTE, HIT, ICON, ITEM, LINK, SCRIPT, Mark, Part
from cleaner.html.render.marks import unbracketed
from cleaner.html.render.run import HARD, Aside, Run, collapsed, shifted
from cleaner.html.scripts import Script
from cleaner.html.tags import BLOCKS, HEADINGS

_MAY_MEAN = re.compile(r"[*_`\[<\\~&$]")
_FORMULA = r"(?<![\d$])\$(?=[^\s$])(?=[^\n]{0,499}?[^\s$]\$(?![\d$]))"
"""What begins what readers take for a formula."""
_ESCAPES = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash that would escape
    r"|(?<=\S)\*|\*(?=\S)|`"  # emphasis and code
    r"|(?<!\w)_+(?=[^\s_])|(?<=[^\W_])_+(?!\w)|(?<![\w\s])_+|(?<!\w)__+\Z"  # a run of them, but for one inside a word
    r"|\[(?=\[|[^\[\]]*\](?:\(|\[|:)|\^)"  # links, wikilinks, footnotes
    r"|<(?=[A-Za-z/!?])|~(?=~)|&(?=#?\w{1,31};)"  # tags, strikethrough, characters by their names
    rf"|{_FORMULA}|\$(?=\$)|(?<=\$)\$"  # what would be a formula and is none; one of several lines: a class of prices
)
_SPREAD = re.compile(_FORMULA)
_DOLLAR = re.compile(r"(?<!\\)\$")
_AT_EDGE = re.compile(r"(?:\A|(?<=\s))(?<!\\)[*_](?=\Z)|\A[*_](?=\s)")  # beside other markup it may be emphasis
_AT_START = re.compile(r"(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|={3,}$|-{3,}$|~{3,}|\d{1,9}(?=[.)](?:\s|$)))")
_UNSAFE = re.compile(r"[\s()<>\[\]\\]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SCHEMES = frozenset({"http:", "https:", "mailto:", "tel:", "ftp:", "magnet:", "obsidian:", "sms:", "geo:"})
_INDEX = re.compile(r"(?<=\w)\\_")
_EMPHASIS_MARKS = ("*", "_")
_BRACKETS = re.compile(r"(?<!\\)[\[\]]")
_TICKS = re.compile(r"`+")
CELL_BREAK = "<br>"
_AFTER_NOTE = ("(", "[", ":")
"""What would make a link or a definition of the mark of a footnote."""


def markdown(block: Block, *, images: bool, base: str) -> tuple[str, list[Aside]]:
    """The lines of a block, and the asides in them.

    Args:
        images: whether to show images.
        base: address that links and images are relative to; empty: they stay as they are.
    """
    kind = block.kind
    if kind == "code":
        return _code(block), []
    if kind == "break":
        return block.prefix + "---", []
    if kind == "math":
        return _formula(block), []
    asides: list[Aside] = []
    text = _simple(block.parts, base)
    if text is None:
        run = _written(block, images, base)
        if not run.size:
            return "", []
        text, asides = run.text(), run.asides
    lead, tail = block.prefix, ""
    if kind == "heading":
        lead += "#" * max(1, block.level) + " "
    elif kind in _BOLD:
        lead, tail = lead + "**", "**"
    elif (at := _start_of_meaning(text)) is not None:
        text = text[:at] + "\\" + text[at:]
        asides = [((first + (first > at), last + (last > at)), name) for (first, last), name in asides]
    return lead + text + tail, shifted(asides, len(lead))


def _start_of_meaning(line: str) -> int | None:
    """Where a line needs a backslash, lest its beginning make it a heading, an item or the like."""
    start = _AT_START.match(line)
    if start is None:
        return None
    return start.end() if start[0].isdigit() else 0


def _simple(parts: Sequence[Part], base: str) -> str | None:
    """The inline Markdown of what most blocks are: words, or one link of words; None for anything else."""
    if len(parts) == 1:
        words = parts[0]
        return escaped(collapsed(words).strip(HARD)) if isinstance(words, str) else None
    if len(parts) != _LINK_ALONE or parts[0][0] != LINK or parts[2][0] != -LINK or not isinstance(parts[1], str):
        return None
    words = escaped(collapsed(parts[1]).strip(HARD))
    target = address(str(parts[0][1]), base)
    return f"[{_inside_link(words, alone=True)}]({target})" if target else words


_LINK_ALONE = 3  # parts of a link with nothing but words


def _written(block: Block, images: bool, base: str) -> Run:
    kind = block.kind
    line = " " if kind == "heading" else "  \n" + block.rest
    writer = Writer(images, base, line, strong=kind not in _BOLD and kind != "heading")
    parts = block.parts
    writer.write(parts if kind != "image" else [part for part in parts if part[0] not in (EMPHASIS, -EMPHASIS)])
    return writer.run


_BOLD = frozenset({"term", "summary"})
"""Kinds of blocks that Markdown writes in bold."""


def _code(block: Block) -> str:
    longest = max((len(run) for run in _TICKS.findall(block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = [fence + block.language, *block.text.split("\n"), fence]
    return block.prefix + ("\n" + block.rest).join(lines)


def _formula(block: Block) -> str:
    """A formula on lines of its own, between ``$$`` if it is TeX."""
    (formula,) = (part[1] for part in block.parts if isinstance(part[1], Formula))
    if not formula.tex:
        return block.prefix + _readable(formula.words)
    return block.prefix + ("\n" + block.rest).join(("$$", formula.tex, "$$"))


def _inline_formula(formula: Formula) -> str:
    if not formula.tex:
        return _readable(formula.words)
    mark = "$$" if formula.display and formula.source else "$"
    return f"{mark}{formula.tex}{mark}"


def _readable(words: str) -> str:
    """A formula without TeX as text: an index begins no emphasis."""
    return _INDEX.sub("_", escaped(words))


class Writer:
    """Writes the parts of one block, or of a cell.

    Args:
        line: what stands for a line break.
        strong: whether anything may be bold.
    """

    def __init__(self, images: bool, base: str, line: str, *, strong: bool, run: Run | None = None) -> None:
        self.run = run or Run()
        self._images = images
        self._base = base
        self._line = line
        self._strong = strong
        self._active: list[str] = []  # emphasis that is open; a mark inside the same mark is left out
        self._links: list[str] = []
        self._code: list[str] | None = None
        self._after_note = False
        self._after_break = False

    def write(self, parts: Sequence[Part]) -> None:
        run, parts = self.run, unbracketed(parts)
        spread = _is_spread(parts)
        for number, part in enumerate(parts):
            if self._code is not None:
                self._verbatim(part)
            elif isinstance(part, str):
                words = escaped(collapsed(part))
                if spread:
                    words = _DOLLAR.sub(r"\\$", words)
                if words[:1] in _EMPHASIS_MARKS or words[-1:] in _EMPHASIS_MARKS:
                    words = _AT_EDGE.sub(r"\\\g<0>", words)
                if any(self._links):
                    around = (*parts[number - 1 : number], *parts[number + 1 : number + 2])
                    words = _inside_link(
                        words, alone=all(not isinstance(one, str) and abs(one[0]) == LINK for one in around)
                    )
                if part.endswith("!") and self._opens_bracket(parts[number + 1 :]):  # or it would be a picture
                    words = words[:-1] + "\\!"
                if self._after_note and words[:1] in _AFTER_NOTE:
                    words = "\\" + words
                if self._after_break and (at := _start_of_meaning(words)) is not None:
                    words = words[:at] + "\\" + words[at:]
                run.words(part, words)
                self._after_note = False
                self._after_break = self._after_break and not words
            else:
                self._mark(part)
        if self._code is not None:
            self._end_code()

    def _opens_bracket(self, parts: Sequence[Part]) -> bool:
        """Whether the next of these that is written is a link."""
        part = next((one for one in parts if isinstance(one, str) or abs(one[0]) not in (HIT, ICON)), "")
        if isinstance(part, str):
            return False
        if part[0] == LINK:
            return not self._links and bool(address(str(part[1]), self._base))
        return isinstance(part[1], Embed)

    def _mark(self, part: Mark) -> None:
        run = self.run
        mark, value = part
        if isinstance(value, Script):
            if mark == SCRIPT:
                run.open(f"<{value.tag}>")
            else:
                run.close(f"</{value.tag}>")
        elif isinstance(value, Formula):
            run.put(_inline_formula(value))
        elif isinstance(value, Image):
            self._image(value)
        elif isinstance(value, Embed):
            self._embed(value)
        elif mark in self._PAIRS:
            self._PAIRS[mark](self, str(value))
        elif mark == CODE:
            self._code = []
        elif mark == BREAK:
            run.line(self._line)
            self._after_break = "\n" in self._line
        elif mark == FOOTNOTE:
            run.note(f"[^{value}]")
            self._after_note = True
        elif mark in (BLOCK, ITEM):
            self._begin_block(mark, str(value))
        elif mark in (-BLOCK, -ITEM):
            self._end_block(str(value))

    def _begin_block(self, mark: int, value: str) -> None:
        """A block inside a cell; `value` is its tag, or an item's marker."""
        self.run.line(self._line)
        if mark == ITEM:
            self.run.open(value)
        elif value in HEADINGS:
            self._begin_emphasis("**")

    def _end_block(self, value: str) -> None:
        if value in HEADINGS:
            self._end_emphasis("**")
        elif value not in BLOCKS:
            self.run.close("")
        self.run.line(self._line)

    def _begin_aside(self, _: str) -> None:
        self.run.begin_aside()

    def _end_aside(self, name: str) -> None:
        self.run.end_aside(name)

    def _begin_link(self, target: str) -> None:
        target = "" if self._links else address(target, self._base)  # no link inside a link
        self._links.append(target)
        if target:
            self.run.open("[")

    def _end_link(self, _: str) -> None:
        target = self._links.pop() if self._links else ""
        if target:
            self.run.close(f"]({target})")

    def _begin_emphasis(self, mark: str) -> None:
        self._active.append(mark)
        if self._counts(mark):
            self.run.open(mark)

    def _end_emphasis(self, mark: str) -> None:
        if self._active:
            if self._counts(mark):
                self.run.close(mark)
            self._active.pop()

    _PAIRS: ClassVar[dict[int, Callable[[Writer, str], None]]] = {
        LINK: _begin_link,
        -LINK: _end_link,
        EMPHASIS: _begin_emphasis,
        -EMPHASIS: _end_emphasis,
        **dict.fromkeys((ICON, HIT), _begin_aside),
        **dict.fromkeys((-ICON, -HIT), _end_aside),
    }

    def _counts(self, mark: str) -> bool:
        return self._active.count(mark) == 1 and (self._strong or mark != "**")

    def _image(self, image: Image) -> None:
        if not self._images:
            return
        inside = image.source.startswith("data:")
        source = image.source if inside else address(image.source, self._base)
        if source:
            self.run.put(f"![{escaped(image.alt)}]({source})")
        elif image.alt and not image.source:
            self.run.put(f"[{escaped(image.alt)}]")

    def _embed(self, embed: Embed) -> None:
        target = address(embed.source, self._base)
        if any(self._links):  # no link inside a link
            self.run.put(escaped(embed.title))
        elif target:
            self.run.put(f"[{escaped(embed.title)}]({target})")
        elif embed.title:
            self.run.put(f"[{escaped(embed.title)}]")

    def _verbatim(self, part: Part) -> None:
        assert self._code is not None
        if isinstance(part, str):
            self._code.append(part)
        elif part[0] == -CODE:
            self._end_code()
        elif part[0] == BREAK and self._line == CELL_BREAK:
            self._end_code()
            self.run.line(self._line)
            self._code = []
        elif part[0] == BREAK:
            self._code.append(" ")
        else:
            self._code.append(said(part))

    def _end_code(self) -> None:
        raw = "".join(self._code or ())
        self._code = None
        text = " ".join(raw.split())
        if not text:
            if raw:
                self.run.space()
            return
        fence = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
        if text[0] == "`" or text[-1] == "`":
            text = f" {text} "
        if raw[0].isspace() or self.run.ends_with("`"):  # two fences would be one
            self.run.space()
        self.run.put(fence + text + fence)
        if raw[-1].isspace():
            self.run.space()


def escaped(text: str) -> str:
    """`text` with a backslash before every character that Markdown would read as markup in the middle of a line."""
    return _ESCAPES.sub(lambda found: "\\" + "\\".join(found[0]), text) if _MAY_MEAN.search(text) else text


def _is_spread(parts: Sequence[Part]) -> bool:
    """Whether what readers would take for a formula begins in one of the texts and ends in another."""
    if sum(isinstance(part, str) and "$" in part for part in parts) < 2:
        return False
    return _SPREAD.search("".join(part if isinstance(part, str) else "\0" for part in parts)) is not None


def _inside_link(words: str, *, alone: bool) -> str:
    """Escaped words as they may stand in a link, or are all of it: no bracket in them ends it, or makes a wikilink with
    its own."""
    if "\\[" in words or (alone and words[:1] == "[" and words[-1:] == "]") or words.count("[") != words.count("]"):
        return _BRACKETS.sub(r"\\\g<0>", words)
    return words


@lru_cache(maxsize=4096)
def address(target: str, base: str) -> str:
    """A link's target as Markdown has it, absolute if `base` is known; empty if a reader could not follow it."""
    target = target.strip()
    if not target or target.startswith("#"):
        return ""
    scheme = _SCHEME.match(target)
    if scheme and scheme[0].lower() not in _SCHEMES:
        return ""
    if base and not scheme:
        try:
            target = urljoin(base, target)
        except ValueError:
            return ""
    return _UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}", target)
