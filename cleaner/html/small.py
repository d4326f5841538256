"""A page of a few words: what its main element holds is all there is, links to what comes next included."""

from __future__ import annotations

from cleaner.decide.engine_rules import BOILERPLATE
from cleaner.html.blocks import Container, Page
from cleaner.html.score.characters import count_words
from cleaner.html.verdict import Judgement, wordless
from cleaner.html.words import BITS

_MANY = 80
"""Words of a main element that says enough to be judged part by part."""
_SENTENCE = 8
"""Words of a block that shows that the element holds text."""
_FURNITURE = sum(
    BITS[name]
    for name in ("nav", "related", "share", "comment", "newsletter", "ad", "consent", "pager", "tags", "form")
)


def keep(judgement: Judgement, page: Page) -> None:
    """Bring back what the scorer alone took out of a main element with few words, of which a sentence stays."""
    mains = [one for one in page.containers if one.tag == "main" or one.element.get("role") == "main"]
    if len(mains) != 1:
        return
    sizes: dict[int, int] = {}
    words = 0
    for number in range(mains[0].first, mains[0].last):
        if not wordless(page.blocks[number]):
            sizes[number] = count_words(page.blocks[number].text)
            words += sizes[number]
            if words > _MANY:
                return  # as on most pages, after a few blocks
    if all(number in judgement.gone or size < _SENTENCE for number, size in sizes.items()):
        return
    for number in sizes:
        block, verdict = page.blocks[number], judgement.gone.get(number)
        taken = verdict is not None and verdict.rule is BOILERPLATE and not block.hidden and not block.icons
        if taken and block.kind != "control" and not _furniture(page, number, mains[0]):
            del judgement.gone[number]


def _furniture(page: Page, number: int, main: Container) -> bool:
    """Whether an element around a block, inside the main one, says that it serves the page and not its text."""
    at = page.containers[page.blocks[number].container]
    while at is not main and at.parent >= 0:
        if at.words & _FURNITURE or at.tag in ("nav", "aside", "footer", "form"):
            return True
        at = page.containers[at.parent]
    return False
