"""Blocks as they are written so that what stays is right once what goes is cut out of the text."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from cleaner.html.blocks import Block


def fitted(blocks: Sequence[Block], gone: Container[int]) -> list[Block]:
    """The same blocks, but for markers and joints.

    An item stays an item: the first of its blocks that stays has its marker, too.  Two blocks are joined by the
    quotations that also hold whatever goes between them: what begins one has nothing to be joined to.

    Args:
        gone: the numbers of the blocks that go.
    """
    result = list(blocks)
    waiting: list[tuple[str, str]] = []  # prefixes of what goes, with the markers of all around, and what follows them
    joint: str | None = None  # of what goes
    for number, block in enumerate(blocks):
        prefix, rest = block.prefix, block.rest
        goes = number in gone
        if not prefix:  # neither in an item nor in a quotation
            waiting.clear()
            joint = "" if goes else None
            continue
        while waiting and not prefix.startswith(waiting[-1][1]):
            waiting.pop()
        if waiting:
            before, indent = waiting[-1]
            prefix = before + prefix[len(indent) :]
        if joint is None or len(block.joint) < len(joint):
            joint = block.joint
        if goes:
            if _passes_on(prefix, rest):
                waiting.append((prefix, rest))
            continue
        if prefix != block.prefix or joint != block.joint:
            result[number] = replace(block, prefix=prefix, joint=joint)
        waiting.clear()
        joint = None
    return result


def passed_on(before: Block, block: Block) -> Block:
    """A block with the markers of the items that began with a block that nobody sees, and the blank line above it."""
    block = replace(block, tight=block.tight and before.tight)
    if not _passes_on(before.prefix, before.rest) or not block.prefix.startswith(before.rest):
        return block
    return replace(block, prefix=before.prefix + block.prefix[len(before.rest) :])


def _passes_on(prefix: str, rest: str) -> bool:
    """Whether a prefix has a marker that may stand before the next block; not that of a definition in sections."""
    return rest != "" and prefix not in ("", rest, rest + ": ")
