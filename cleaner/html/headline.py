"""The headline: the result begins with it, once, or leaves it to the field of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from cleaner.decide.engine_rules import BOILERPLATE, HEADLINE
from cleaner.html.blocks import Block, Page
from cleaner.html.facts.page import leads_home
from cleaner.html.facts.titles import key
from cleaner.html.parts import LINK
from cleaner.html.render.markdown import address, escaped, markdown
from cleaner.html.render.plain import plain
from cleaner.html.score.characters import count_words
from cleaner.html.verdict import Judgement, Verdict, wordless
from cleaner.html.words import similarity
from cleaner.model import Metadata, Rendering

SAME = 0.75
"""Two texts with this share of their words in common say the same."""
_HIGH = 2  # level of headings
_LONG = 20  # words; with a longer block the text has begun
_ANSWER = re.compile(
    r"(?:re|aw|antw|sv|vs|odp|ynt|rv|ответ|отв|回复|回覆|답장|رد|απ)(?:\s?[\[(^]?\d+[\])]?)?\s?[:：]\s*", re.IGNORECASE
)
"""Before the title of what is answered, in the languages of mailers and forums."""


def take(judgement: Judgement, page: Page, title: str) -> None:
    """Let go what says the title above the text, and note which of it is the page's own headline."""
    best = (False, False, 0.0)
    for number, block in enumerate(page.blocks):
        alike = _likeness(block, title)
        before = judgement.gone.get(number)
        if alike >= SAME:
            judgement.gone[number] = Verdict(HEADLINE, evidence=before.evidence if before else tuple)
            rank = (before is None, block.level == 1, alike)
            if block.kind == "heading" and (judgement.headline is None or rank > best):
                judgement.headline, best = number, rank
        elif before is None and _is_long(block):
            break
    _take_name(judgement, page)
    for number, block in enumerate(page.blocks):
        if number not in judgement.gone and _answers(block, title):
            judgement.gone[number] = Verdict(HEADLINE)


def _answers(block: Block, title: str) -> bool:
    """Whether a heading says no more than that an answer to the page's own question follows."""
    found = _ANSWER.match(block.text) if block.kind == "heading" else None
    return found is not None and similarity(block.text[found.end() :], title) >= SAME


def _take_name(judgement: Judgement, page: Page) -> None:
    """Let the site's name above the page's own headline go: a heading that only leads home."""
    for number in range(judgement.headline or 0):
        block = page.blocks[number]
        is_top = block.kind == "heading" and block.level == 1 and number not in judgement.gone
        if is_top and block.linked >= len(block.text) and leads_home(block.element):
            judgement.gone[number] = Verdict(BOILERPLATE)


def place(judgement: Judgement, page: Page, metadata: Metadata, *, selected: bool, to: Rendering, base: str) -> str:
    """Let the result begin with the headline; what has to be written above the page for that, a blank line after it.

    The page's own headline stays where it is if nothing that is shown stays above it, and if it is no more than the
    title.  Else, or if only the metadata have one, it is written first, and goes from where it was.

    Args:
        selected: whether this is a part that somebody took from a page: a title further down is a heading of it.
        base: address that links are relative to.
    """
    if all(map(wordless, page.blocks)):
        return ""
    title = metadata.title or ""
    number = judgement.headline
    if number is None:
        number = _unlike(judgement, page)
    if number is None and title:
        number = next((n for n, b in enumerate(page.blocks) if b.level == 1 and _likeness(b, title) >= SAME), None)
        if number is not None and selected:
            return ""
    if number is None:
        return _written(escaped(title) if to == "markdown" else title, to)
    block = page.blocks[number]
    is_more = _is_more(block, metadata, base)
    shown = (n for n in range(number) if n not in judgement.gone and _is_shown(page.blocks[n], to))
    if not is_more and not block.prefix and next(shown, None) is None:
        judgement.gone.pop(number, None)
        block.level = 1
        return ""
    judgement.gone[number] = Verdict(HEADLINE)
    return _written(
        escaped(title) if is_more and to == "markdown" else title if is_more else _bare(block, to, base), to
    )


def _is_more(block: Block, metadata: Metadata, base: str) -> bool:
    """Whether a heading has a kicker or the site's name beside the title, or is a link to its own page."""
    own, title = key(block.text), key(metadata.title or "")
    if title and own != title:
        return own.startswith(title) or own.endswith(title)
    first = block.parts[0]
    target = address(str(first[1]), base) if first[0] == LINK and block.linked >= len(block.text) else ""
    return bool(title) and target.partition("#")[0] == metadata.url


def _bare(block: Block, to: Rendering, base: str) -> str:
    """The words of a heading with their markup, without what stands beside them."""
    alone = replace(block, prefix="", level=1)
    words, asides = markdown(alone, images=False, base=base) if to == "markdown" else plain(alone)
    for (start, end), _ in sorted(asides, reverse=True):
        words = words[:start].rstrip() + words[end:]
    return words.removeprefix("# ")


def _written(words: str, to: Rendering) -> str:
    return f"{'# ' if to == 'markdown' else ''}{words}\n\n" if words else ""


def _unlike(judgement: Judgement, page: Page) -> int | None:
    """The heading of level one that stays above the text, though what the page states is another title, which no
    paragraph above it says."""
    for number, block in enumerate(page.blocks):
        verdict = judgement.gone.get(number)
        if verdict is not None:
            if verdict.rule is HEADLINE:
                break
            continue
        if block.kind == "heading" and block.level == 1:
            return number
        if _is_long(block):
            break
    return None


def _likeness(block: Block, title: str) -> float:
    """How much a block says what the title says: a heading more or less, a paragraph only word for word."""
    if block.kind == "heading":
        least = 0.0 if block.level <= _HIGH else 1.0
    elif block.kind == "paragraph":
        least = 1.0
    else:
        return 0.0
    alike = similarity(block.text, title)
    return alike if alike >= least else 0.0


def _is_long(block: Block) -> bool:
    return count_words(block.text) > _LONG


def _is_shown(block: Block, to: Rendering) -> bool:
    return not wordless(block) or (to == "markdown" and block.kind != "break")
