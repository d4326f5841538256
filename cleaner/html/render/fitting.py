"""Blocks as they are written so that what stays is right once what goes is cut out of the text."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from cleaner.html.blocks import Block


def fitted(blocks: Sequence[Block], gone: Container[int]) -> list[Block]:
    """The same blocks, but for markers and joints.

    An item stays an item: its marker stands before the first of its blocks that stays.  Two blocks are joined by the
    quotations that hold whatever goes between them, too: what begins one has nothing to be joined to.

    Args:
        gone: the numbers of the blocks that go.
    """
    result = list(blocks)
    holders: list[tuple[int, Block]] = []  # blocks that go and have markers, with those of all around them
    joint: str | None = None  # of what goes
    for number, block in enumerate(blocks):
        goes = number in gone
        if not block.prefix:  # neither in an item nor in a quotation
            holders.clear()
            joint = "" if goes else None
            continue
        while holders and not _is_same_item(holders[-1][1], block):
            holders.pop()
        one = passed_on(holders[-1][1], block) if holders else block
        joint = one.joint if joint is None else min(joint, one.joint, key=len)
        if goes:
            if one.prefix != one.rest:
                holders.append((number, one))
            continue
        for holder, other in holders:
            result[holder] = replace(blocks[holder], prefix=other.rest)
        holders.clear()
        if one is not block or joint != one.joint:
            result[number] = replace(one, joint=joint)
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
