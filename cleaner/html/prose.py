"""Whether a stretch of a page's source is text for readers rather than a script, where no tag tells."""

from __future__ import annotations

import re

from cleaner.html.tags import BLOCKS

BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))}|head)(?=[\s/>])", re.IGNORECASE)
_ANY_TAG = re.compile("<[^<>]*>")
_LOOKED_AT = 1000
"""Characters of the stretch."""
_SIGNS = re.compile(r"[{}\[\]();=<>|&+\\$]")
_SIGN_EACH = 50  # characters; a script has more signs, prose has fewer
_QUOTED = re.compile(r"""["']\s?(?:>|[:,]\s?["'{\[])|=["']|\\[nu"]|\w=\w""")
"""What stands in attributes and in the data of scripts."""
_WORDS = 12


def is_prose(text: str) -> bool:
    """Whether text without tags reads like prose, as far as its beginning tells."""
    head = text[:_LOOKED_AT]
    if len(_SIGNS.findall(head)) * _SIGN_EACH >= len(head) or len(head.split()) < _WORDS:
        return False
    return not _QUOTED.search(head)


def holds_prose(html: str, start: int, stop: int) -> bool:
    """Whether a stretch of a page's source holds text of the page, from its first block on.

    Args:
        start, stop: where it stands, in code points.
    """
    block = BLOCK_TAG.search(html, start, stop)
    if block is None:
        return False
    return is_prose(_ANY_TAG.sub(" ", html[block.start() : min(stop, block.start() + _LOOKED_AT)]))
