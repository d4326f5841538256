"""Inline content as HTML, for tables that Markdown cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cleaner.html.images import Image
from cleaner.html.maths import Formula
from cleaner.html.parts import (
    BLOCK,
    BREAK,
    CODE,
    EMPHASIS,
    FOOTNOTE,
    HIT,
    ICON,
    ITEM,
    LINK,
    Mark,
    Part,
)
from cleaner.html.render.emphasis import TAGS
from cleaner.html.render.markdown import address
from cleaner.html.render.run import Run, collapsed
from cleaner.html.scripts import Script

_KEPT = frozenset({"p", "ul", "ol", "pre", "blockquote", "dl", "dt", "dd", "table", "tr", "td", "th"})
"""Blocks that stay what they are; the others become paragraphs, if they have words."""


def inline(parts: Sequence[Part], *, images: bool, base: str) -> Run:
    """The content of a cell as one line of HTML, without attributes but for addresses."""
    writer = _Writer(images, base)
    for part in parts:
        writer.write(part)
    return writer.run


class _Writer:
    def __init__(self, images: bool, base: str) -> None:
        self.run = Run()
        self._images = images
        self._base = base
        self._links: list[str] = []
        self._listing = 0  # listings that are open

    def write(self, part: Part) -> None:
        if not isinstance(part, str):
            self._mark(part)
        elif self._listing:
            self.run.put(escape(part, quote=False))
        else:
            self.run.words(part, escape(collapsed(part), quote=False))

    def _mark(self, part: Mark) -> None:
        mark, value = part
        run = self.run
        tag = self._tag(mark, value)
        if tag and mark > 0:
            run.open(f"<{tag}>")
        elif tag:
            run.close(f"</{tag.split()[0]}>")
        elif mark in (ICON, HIT):
            run.begin_aside()
        elif mark in (-ICON, -HIT):
            run.end_aside(str(value))
        elif mark == BREAK:
            run.put("&#10;" if self._listing else "<br>")
        elif isinstance(value, Formula):
            run.put(escape(f"${value.tex}$" if value.tex else value.words, quote=False))
        elif mark == FOOTNOTE:
            run.put(f"[{escape(str(value), quote=False)}]")
        elif isinstance(value, Image):
            self._image(value)

    def _tag(self, mark: int, value: object) -> str:
        """The tag that a mark opens or closes, with its attributes; empty if it is none."""
        kind = abs(mark)
        if isinstance(value, Script):
            return value.tag
        if kind == LINK:
            if mark > 0:
                self._links.append("" if any(self._links) else address(str(value), self._base))
            target = self._links[-1] if mark > 0 else self._links.pop()
            return f'a href="{escape(target)}"' if target else ""
        if kind == EMPHASIS:
            return TAGS[str(value)]
        if kind == CODE:
            return "" if self._listing else "code"
        if kind == ITEM:
            return "li"
        if kind == BLOCK:
            if value == "pre":
                self._listing += 1 if mark > 0 else -1
            return str(value) if value in _KEPT else "p"
        return ""

    def _image(self, image: Image) -> None:
        source = address(image.source, self._base) if self._images else ""
        if source:
            self.run.put(f'<img src="{escape(source)}" alt="{escape(image.alt)}">')
