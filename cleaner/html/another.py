"""Another article on the same page, as pages leave it that go on with the next one when a reader comes to the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.decide.engine_rules import ANOTHER
from cleaner.html.blocks import Container, Page
from cleaner.html.headline import SAME
from cleaner.html.score.characters import count_words
from cleaner.html.verdict import Judgement, Verdict
from cleaner.html.words import similarity

_LEAST = 100
"""Words of running text that make an article, rather than the teaser of one."""
_RUNNING = 15
"""Words of a paragraph that is running text."""


def take(judgement: Judgement, page: Page, title: str) -> None:
    """Let go every other article of a page that says it is one, if its own headline stands in an article.

    Another one has running text, a date and a headline as high as that; parts of one article have no date each.
    """
    number = judgement.headline
    if number is None:
        return
    articles = [one for one in page.containers if one.tag == "article" and one.last > one.first]
    own = next((one for one in reversed(articles) if one.first <= number < one.last and _is_one(page, one)), None)
    if own is None:
        return
    level = page.blocks[number].level
    for other in _beside(articles, own):
        if _is_one(page, other) and _has_headline(page, other, level, title):
            gone = (block for block in range(other.first, other.last) if block not in judgement.gone)
            judgement.gone |= dict.fromkeys(gone, Verdict(ANOTHER))


def _beside(articles: Sequence[Container], own: Container) -> Iterator[Container]:
    """The outermost articles that have no block in common with one."""
    end = 0
    for one in articles:
        if one.first >= end and (one.last <= own.first or one.first >= own.last):
            yield one
            end = one.last


def _is_one(page: Page, article: Container) -> bool:
    """Whether an element called an article is one: it has running text and a date."""
    sizes = (count_words(block.text) for block in page.blocks[article.first : article.last])
    told = sum(size for size in sizes if size >= _RUNNING)
    return told >= _LEAST and next(article.element.iter("time"), None) is not None


def _has_headline(page: Page, article: Container, level: int, title: str) -> bool:
    headings = (block for block in page.blocks[article.first : article.last] if block.kind == "heading")
    first = next(headings, None)
    return first is not None and first.level == level and similarity(first.text, title) < SAME
