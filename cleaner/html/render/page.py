"""Blocks as Markdown or plain text, with the way back from the text to the blocks."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from cleaner.html.blocks import Block
from cleaner.html.render.fitting import fitted, passed_on
from cleaner.html.render.markdown import markdown
from cleaner.html.render.plain import plain
from cleaner.html.render.rows import markdown_row
from cleaner.html.render.run import Aside, shifted
from cleaner.model import Rendering, Span


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as text.

    Attributes:
        text: all blocks, whatever will become of them; ends with a line break if there are any.
        spans: for each block the span of its lines, without the last line break; empty for a block that shows nothing
            in this form (an image in plain text).
        asides: spans inside blocks that are no part of their text, with the number of the block and their name (see
            `cleaner.html.render.run.Aside`).
    """

    text: str
    spans: tuple[Span, ...]
    asides: tuple[tuple[int, Span, str], ...]


def render(
    blocks: Sequence[Block],
    to: Rendering,
    *,
    gone: Container[int] = (),
    head: str = "",
    images: bool = True,
    base: str = "",
) -> Rendered:
    """All blocks in order.

    Args:
        gone: the numbers of the blocks that will be cut out.
        head: text to stand before the first block (front matter).
        images: whether Markdown shows images.
        base: address that links and images are relative to; empty: they stay as they are.
    """
    pieces = [head]
    at = len(head)
    spans: list[Span] = []
    asides: list[tuple[int, Span, str]] = []

    def as_markdown(block: Block) -> tuple[str, list[Aside]]:
        write = markdown_row if block.kind == "row" else markdown
        return write(block, images=images, base=base)

    write: Callable[[Block], tuple[str, list[Aside]]] = as_markdown if to == "markdown" else plain
    begun = False
    hidden: Block | None = None  # the last block, if it shows nothing in this form
    for number, one in enumerate(fitted(blocks, gone) if gone else blocks):
        block = passed_on(hidden, one) if hidden else one
        text, marks = write(block)
        hidden = None if text else block
        if not text:
            spans.append((at, at))
            continue
        lead = len(block.prefix)
        if begun:
            joint = block.joint if to == "markdown" and not block.tight else ""
            gap = "\n" if block.tight or joint else "\n\n"
            pieces.append(gap)
            at += len(gap)
            if joint:  # goes with the block, if that goes
                text = f"{joint}\n{text}"
                marks = shifted(marks, len(joint) + 1)
                lead += len(joint) + 1
        begun = True
        marks = [(_all_of_it(span, lead, len(text)), name) for span, name in marks]
        pieces.append(text)
        spans.append((at, at + len(text)))
        asides += ((number, span, name) for span, name in shifted(marks, at))
        at += len(text)
    pieces.append("\n" if begun else "")
    return Rendered("".join(pieces), tuple(spans), tuple(asides))


def _all_of_it(span: Span, lead: int, size: int) -> Span:
    """An aside, with what leads to it if there is nothing else in its block."""
    return (0, size) if span == (lead, size) else span
