"""Blocks as they are written so that what stays is right once what goes is cut out of the text."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from cleaner.html.blocks import Block


def fitted(blocks: Sequence[Block], gone: Container[int]) -> list[Block]:
    """The same blocks, but for markers and joints.

    An item stays an item: the first of its blocks that stays has its marker, too.  Two blocks are joined by the quotations
    that also hold whatever goes between them: what begins one has nothing to be joined to.

    Args:
        gone: the numbers of the blocks that go.
    """
    result = list(blocks)
    waiting: list[Block] = []  # those that go and have markers, with the markers of all around them
    joint: str | None = None  # of what goes
    for number, block in enumerate(blocks):
        goes = number in gone
        if not block.prefix:  # neither in an item nor in a quotation
            waiting.clear()
            joint = "" if goes else None
            continue
        while waiting and not _is_same_item(waiting[-1], block):
            waiting.pop()
        one = passed_on(waiting[-1], block) if waiting else block
        joint = one.joint if joint is None else min(joint, one.joint, key=len)
        if goes:
            if one.prefix != one.rest:
                waiting.append(one)
            continue
        if one is not block or joint != one.joint:
            result[number] = replace(one, joint=joint)
        waiting.clear()
        joint = None
    return result


def passed_on(before: Block, block: Block) -> Block:
    """A block with the markers of the items that began with a block that nobody sees."""
    if before.prefix == before.rest or not _is_same_item(before, block):
        return block
    return replace(block, prefix=before.prefix + block.prefix[len(before.rest) :])


def _is_same_item(before: Block, block: Block) -> bool:
    begins_section = before.prefix == before.rest + ": "  # a definition whose text is not indented
    return before.rest != "" and not begins_section and block.prefix.startswith(before.rest)
