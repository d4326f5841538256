"""Records one below the other: the years of a timeline, the numbers of steps, the letters of questions and answers."""

from __future__ import annotations

import re
from collections import defaultdict

from cleaner.decide.engine_rules import BOILERPLATE
from cleaner.html.blocks import Block, Container, Page
from cleaner.html.verdict import Judgement, wordless
from cleaner.html.words import BITS

_LABEL = re.compile(r"(?!\d+ ?/ ?\d+$)(?:[^\W\d_]{3,12}\.? ){0,2}\d[\d\s.,:/–-]{0,12}(?: ?[^\W\d_]{2,4}\.?)?|[QA][.:]?")
"""A year, a date, a time, a number, but none of a picture among others ("1/6"); who asks and who answers."""
_RECORDS = 2
_LONGEST = 30  # characters
_FURNITURE = sum(
    BITS[name] for name in ("nav", "related", "share", "comment", "ad", "pager", "tags", "product", "forum", "bio")
)


def keep_labels(judgement: Judgement, page: Page) -> None:
    """Bring back what elements side by side begin with, if it is a label of each and their text stays."""
    beside: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number in judgement.gone:
        block = page.blocks[number]
        if judgement.gone[number].rule is BOILERPLATE and len(block.text) <= _LONGEST and _LABEL.fullmatch(block.text):
            record = _record(page, block)
            if record is not None and record.first == number and _goes_on(judgement, page, number, record):
                beside[record.parent, record.tag].append(number)
    for numbers in beside.values():
        if len(numbers) >= _RECORDS:
            for number in numbers:
                del judgement.gone[number]


def _record(page: Page, block: Block) -> Container | None:
    """The element that begins with a block and holds more; None if it serves the page."""
    if block.hidden or block.icons or block.links:
        return None
    container = page.containers[block.container]
    while container.last - container.first == 1 and container.parent >= 0:
        container = page.containers[container.parent]
    return None if container.words & _FURNITURE else container


def _goes_on(judgement: Judgement, page: Page, number: int, record: Container) -> bool:
    """Whether the next block with words in a record stays."""
    said = (n for n in range(number + 1, record.last) if not wordless(page.blocks[n]))
    following = next(said, None)
    return following is not None and following not in judgement.gone
