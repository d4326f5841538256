"""Headings and their sections, and how much of the article's own part of the page goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from math import isnan

from lxml.etree import _Element as Element

from cleaner.decide.engine_rules import BOILERPLATE, HEADLINE
from cleaner.html.blocks import Block, Page
from cleaner.html.score.characters import count_words
from cleaner.html.tags import HEADINGS
from cleaner.html.verdict import Judgement, Verdict, wordless
from cleaner.html.words import BITS

_FURNITURE = sum(
    BITS[name] for name in ("meta", "bio", "share", "related", "newsletter", "ad", "comment", "nav", "cta")
)
_OF_BUTTONS = ("interface", "boilerplate")
"""Categories of what takes a button."""
_TITLE_WORDS = 2
_WRAPPERS = 2  # elements around a heading that hold nothing else
_MOST = 0.75
"""Of the words that stay: the innermost container with more of them holds the article."""
_TENTH = 0.1
_LIKELY = 0.15
_MANY_WORDS = 300


def keep_headings(judgement: Judgement, page: Page) -> None:
    """A heading comes back if its section stays and the scorer took it, or a rule for a name that says its words."""
    following: int | None = None  # the next block with words
    for number in reversed(range(len(page.blocks))):
        block = page.blocks[number]
        if wordless(block):
            continue
        verdict = judgement.gone.get(number)
        if (
            block.kind == "heading"
            and not block.hidden
            and verdict is not None
            and (verdict.rule is BOILERPLATE or (verdict.place >= 0 and _is_named_by_its_words(block)))
            and following is not None
            and following not in judgement.gone
            and _is_section(page, number, following)
        ):
            del judgement.gone[number]
        following = number


def _is_named_by_its_words(block: Block) -> bool:
    """Whether the name of a heading is what programs make of its words, for links to it."""
    name = block.element.get("id") or ""
    return bool(name) and re.findall(r"[^\W_]+", name.casefold()) == re.findall(r"[^\W_]+", block.text.casefold())


def keep_titles(judgement: Judgement, page: Page) -> None:
    """The title of a note, a warning or something unfolded comes back if the text below it stays."""
    following = -1  # the next block with words
    for number in reversed(range(len(page.blocks))):
        block, verdict = page.blocks[number], judgement.gone.get(number)
        if wordless(block):
            continue
        stays = following >= 0 and following not in judgement.gone
        if verdict and stays and not (block.hidden or block.icons) and _names(page, number, following, verdict):
            del judgement.gone[number]
        following = number


def _names(page: Page, number: int, following: int, verdict: Verdict) -> bool:
    """Whether a block that goes is the title of the text below it."""
    if verdict.rule.category not in _OF_BUTTONS:
        return False
    return (verdict.rule is BOILERPLATE and _is_title(page, number, following)) or _unfolds(page, number, following)


def _is_title(page: Page, number: int, following: int) -> bool:
    """Whether a block is the title of a box in which the next one stands."""
    own = page.containers[page.blocks[number].container]
    words = own.words
    while own.parent >= 0 and page.containers[own.parent].last - page.containers[own.parent].first == 1:
        own = page.containers[own.parent]
        words |= own.words
    if own.parent < 0:
        return False
    box = page.containers[own.parent]
    if box.first != number or not following < box.last:
        return False
    if own.tag == "summary":
        return box.tag == "details"
    return bool(words & BITS["title"] and box.words & BITS["quote"]) and not box.words & _FURNITURE


def _unfolds(page: Page, number: int, following: int) -> bool:
    """Whether a block is a button that unfolds the text in which the next block stands."""
    block = page.blocks[number]
    element = block.element
    button = element if _is_button(element) else next(filter(_is_button, element.iter()), None)
    if button is None or len(block.text.split()) < _TITLE_WORDS:
        return False
    named = button.get("aria-controls") or button.get("data-bs-target", "").lstrip("#")
    beside = None if named or button.get("aria-expanded") is None else _after(button)
    at = page.containers[page.blocks[following].container]
    while at.parent >= 0 and not (at.attributes.get("id") == named if named else at.element is beside):
        at = page.containers[at.parent]
    return at.parent >= 0 and at.first == following


def _is_button(element: Element) -> bool:
    return bool(element.tag == "button" or element.get("role") == "button")


def _after(button: Element) -> Element | None:
    """The element below a button, or below what holds nothing else."""
    at: Element | None = button
    for _ in range(_WRAPPERS + 1):
        if at is None or at.getnext() is not None:
            break
        at = at.getparent()
    return None if at is None else at.getnext()


def keep_subtitle(judgement: Judgement, page: Page) -> None:
    """A heading right below the headline that is marked as its subtitle stays."""
    if judgement.headline is None:
        return
    for number in range(judgement.headline + 1, len(page.blocks)):
        block, verdict = page.blocks[number], judgement.gone.get(number)
        if wordless(block):
            continue
        marked = block.kind == "heading" and page.containers[block.container].words & BITS["title"]
        if marked and verdict is not None and verdict.rule is BOILERPLATE and not block.hidden:
            del judgement.gone[number]
        return


def _is_section(page: Page, heading: int, following: int) -> bool:
    """Whether a block belongs to the section of the heading above it."""
    above, below = page.blocks[heading], page.blocks[following]
    if below.kind == "heading" and below.level <= above.level:
        return False
    container = page.containers[above.container]
    if container.tag in HEADINGS and container.parent >= 0 and _is_named_by_its_words(above):
        container = page.containers[container.parent]
    if container.words & _FURNITURE:
        return False
    for _ in range(_WRAPPERS + 1):
        if container.last > heading + 1 or container.parent < 0:
            break
        container = page.containers[container.parent]
    return following < container.last


def warn_of_gaps(judgement: Judgement, page: Page, probability: Sequence[float]) -> None:
    """Say so if the scorer takes more than a tenth of the part of the page that holds the article, or if whatever went
    is likely to be more than `_LIKELY` of it.

    Args:
        probability: how likely each block belongs to the article; empty if nobody knows.
    """
    words = [count_words(block.text) for block in page.blocks]
    if not _warn_of_gap(judgement, page, words) and probability:
        _warn_of_losses(judgement, words, probability)


def _warn_of_gap(judgement: Judgement, page: Page, words: Sequence[int]) -> bool:
    stays = [0, *accumulate(0 if n in judgement.gone else count for n, count in enumerate(words))]
    goes = [0, *accumulate(count if _is_loss(judgement, n) else 0 for n, count in enumerate(words))]
    if stays[-1] < _MANY_WORDS:
        return False
    holder = max(
        (one for one in page.containers if stays[one.last] - stays[one.first] >= _MOST * stays[-1]),
        key=lambda one: one.depth,
    )
    lost = goes[holder.last] - goes[holder.first]
    everything = lost + stays[holder.last] - stays[holder.first]
    if lost <= _TENTH * everything:
        return False
    judgement.warnings.append(
        f"{lost:,} of the {everything:,} words around the article were removed; see what was removed"
    )
    return True


def _warn_of_losses(judgement: Judgement, words: Sequence[int], probability: Sequence[float]) -> None:
    """Rules and neighbours take what the scorer would keep, and of much that is unlikely a part is the article's."""
    likely = [0.0 if isnan(each) else each * count for each, count in zip(probability, words, strict=True)]
    gone = (number for number, verdict in judgement.gone.items() if verdict.rule is not HEADLINE)
    lost, everything = sum(likely[number] for number in gone), sum(likely)
    if lost > _LIKELY * everything:
        judgement.warnings.append(
            f"perhaps {lost:,.0f} of the article's {everything:,.0f} words were removed; see what was removed"
        )


def _is_loss(judgement: Judgement, number: int) -> bool:
    """Whether the scorer took a block; what a rule took, that names."""
    verdict = judgement.gone.get(number)
    return verdict is not None and verdict.rule is BOILERPLATE
