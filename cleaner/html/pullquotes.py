"""Pull quotes: what a page sets beside its text once more, in large letters."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.decide.engine_rules import REPEATED
from cleaner.html.attributes import Attributes
from cleaner.html.blocks import Page
from cleaner.html.score.characters import count_words
from cleaner.html.verdict import Judgement, Verdict, wordless
from cleaner.html.words import normalized

_NAMES = re.compile(r"(?:^|[\s_-])(?:pull[_-]?quotes?|pull[_-]?out|quote-+pull)(?=$|[\s_-])|pullquote", re.IGNORECASE)
_LEAST = 3
"""Words: what is shorter stands in many texts."""
_SOURCE = 8
"""Words, at most, of who is quoted, or of a button to pass the quotation on."""


def take(judgement: Judgement, page: Page) -> None:
    """Let go the pull quotes whose words stand in a block that stays."""
    taken = 0  # blocks of outer ones
    texts: list[str] = []
    for container in page.containers:
        if container.first < taken or not _is_pull_quote(container.attributes):
            continue
        numbers = [n for n in range(container.first, container.last) if not wordless(page.blocks[n])]
        if not numbers:
            continue
        texts = texts or [normalized(block.text) for block in page.blocks]
        longest = max(numbers, key=lambda number: len(texts[number]))
        if count_words(page.blocks[longest].text) < _LEAST:
            continue
        others = (text for n, text in enumerate(texts) if n not in judgement.gone and n not in numbers)
        beside = all(number == longest or count_words(page.blocks[number].text) <= _SOURCE for number in numbers)
        if beside and any(texts[longest] in text for text in others):
            judgement.gone |= {number: Verdict(REPEATED) for number in numbers if number not in judgement.gone}
            taken = container.last


def _is_pull_quote(attributes: Attributes) -> bool:
    return attributes.get("role") == "doc-pullquote" or _is_named(attributes.get("class", ""))


@lru_cache(maxsize=50_000)
def _is_named(names: str) -> bool:
    return _NAMES.search(names) is not None
