"""A block as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.html.blocks import Block
from cleaner.html.measure import said
from cleaner.html.parts import BLOCK, BREAK, FOOTNOTE, HIT, ICON, ITEM, MATH, SCRIPT, Mark, Part, cells
from cleaner.html.render.marks import unbracketed
from cleaner.html.render.run import Aside, Run, collapsed, shifted

_NOTE = re.compile(r"\[\^([^\]]*)\]: ")


def plain(block: Block) -> tuple[str, list[Aside]]:
    """The lines of a block, and the asides in them."""
    prefix, rest = block.prefix.replace("> ", ""), block.rest.replace("> ", "")
    if "[^" in prefix:
        prefix = _NOTE.sub(r"[\1] ", prefix)
    if block.kind == "code":
        return prefix + block.text.replace("\n", "\n" + rest), []
    if block.kind == "break":
        return "", []
    if block.kind == "row":
        return _row(block, prefix)
    run = _inline(block.parts, " " if block.kind == "heading" else "\n" + rest)
    if not run.size:
        return "", []
    return prefix + run.text(), shifted(run.asides, len(prefix))


def _row(block: Block, prefix: str) -> tuple[str, list[Aside]]:
    text, asides = prefix, []
    for number, (_, parts) in enumerate(cells(block.parts)):
        run = _inline(parts, " ")
        text += " | " if number else ""
        asides += shifted(run.asides, len(text))
        text += run.text()
    return text, asides


def _inline(parts: Sequence[Part], line: str) -> Run:
    run = Run()
    for part in unbracketed(parts):
        if isinstance(part, str):
            run.words(part, collapsed(part))
        elif part[0] == BREAK:
            run.line(line)
        elif part[0] == FOOTNOTE:
            run.put(f"[{part[1]}]")
        elif part[0] in (ICON, HIT):
            run.begin_aside()
        elif part[0] in (-ICON, -HIT):
            run.end_aside(str(part[1]))
        elif part[0] == SCRIPT:
            run.open(said(part))
        elif part[0] == -SCRIPT:
            run.close(said(part))
        elif part[0] == MATH:
            run.put(said(part))
        elif part[0] in (BLOCK, -BLOCK, ITEM, -ITEM):
            _block(run, part, line)
    return run


def _block(run: Run, part: Mark, line: str) -> None:
    """A block inside a cell begins or ends."""
    run.line(line)
    if part[0] == ITEM:
        run.open(str(part[1]))
    elif part[0] == -ITEM:
        run.close("")
