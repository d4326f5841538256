"""What a page hides from sight goes, unless it is the article, or the reader could unfold it; so does what it says to
its scripts alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cached_property

from lxml.etree import _Element as Element

from cleaner.decide.engine_rules import BOILERPLATE, HIDDEN
from cleaner.html.attributes import hides
from cleaner.html.blocks import Block, Page
from cleaner.html.hidden import ARIA, NEVER, READERS, SCRIPTLESS
from cleaner.html.parts import CODE
from cleaner.html.score.characters import count_words
from cleaner.html.tags import HEADINGS
from cleaner.html.verdict import Judgement, Verdict, wordless
from cleaner.html.words import normalized

_MUCH = 0.2
"""Of the words that stay: what holds more of them is the article, hidden until a script shows it."""
_FEW = 60
"""Words: an article hides more, or nothing."""
_EVEN = 0.5
_SETTINGS = 100
"""Characters of a record for scripts; a shorter one may be an example."""
_LEAVES = frozenset({"p", "li", "span", "small", "label", "strong", "em", "time", *HEADINGS})
"""What holds a line of text; what is folded up is more than that."""
_FOLDED = re.compile(
    r"(?:^|[\s_-])(?:tabs?|answers?|faqs?|panels?|slides?|swiper|carousel|toggles?|fold(?:ed)?|more|drawer|spoilers?)(?=$|[\s_-])"
    r"|accordion|collaps|expand|disclos|tab-?pan",
    re.IGNORECASE,
)
_ROLES = frozenset({"tabpanel", "region"})
_CONTROLS = ("aria-controls", "data-target", "data-bs-target", "aria-owns")


def take(judgement: Judgement, page: Page, probability: Sequence[float]) -> None:
    """Let go what is hidden, and name it.

    Args:
        probability: how likely each block belongs to the article; empty if nobody knows.
    """
    groups: dict[Element, list[int]] = {}
    folds = _Folds(page)
    for number, block in enumerate(page.blocks):
        verdict = judgement.gone.get(number)
        if verdict is None and _for_scripts(block):
            judgement.gone[number] = Verdict(HIDDEN)
            continue
        if not block.hidden or block.hidden == SCRIPTLESS or wordless(block):
            continue
        if verdict is None:
            groups.setdefault(_hider(block.element), []).append(number)
        elif verdict.rule is BOILERPLATE and not _is_folded_listing(block, folds):
            judgement.gone[number] = Verdict(HIDDEN, evidence=verdict.evidence)
    if not groups:
        return
    left = sum(count_words(block.text) for n, block in enumerate(page.blocks) if n not in judgement.gone)
    shown = _Shown(page)
    for hider, numbers in groups.items():
        words = [count_words(page.blocks[number].text) for number in numbers]
        likely = sum(probability[n] * w for n, w in zip(numbers, words, strict=True)) / sum(words) if probability else 1
        bits = page.blocks[numbers[0]].hidden
        if sum(words) > _MUCH * left and bits != READERS:
            continue
        if bits & (NEVER | READERS) or (not folds.holds(hider) and _goes(page, hider, numbers, shown, likely)):
            judgement.gone |= dict.fromkeys(numbers, Verdict(HIDDEN))


def _for_scripts(block: Block) -> bool:
    """Whether a block is a record of settings or data (JSON), as widgets leave it where their scripts do not run.

    What people show to each other is code, or has spaces.
    """
    text = block.text
    if not text.startswith('{"') or '": ' in text or len(text) < _SETTINGS or block.kind == "code":
        return False
    if any(part[0] == CODE for part in block.parts):
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _is_folded_listing(block: Block, folds: _Folds) -> bool:
    """Whether a block is a listing that can be unfolded: then it is as good as those beside it."""
    return block.kind == "code" and not block.hidden & (NEVER | READERS) and folds.holds(_hider(block.element))


def _goes(page: Page, hider: Element, numbers: Sequence[int], shown: _Shown, likely: float) -> bool:
    if not page.blocks[numbers[0]].hidden & ~ARIA:  # a reader sees it
        return likely < _EVEN or shown.repeats(numbers)
    if all(page.blocks[number].kind == "code" for number in numbers):
        return shown.repeats(numbers)
    if likely < _EVEN:
        return True
    few = sum(count_words(page.blocks[number].text) for number in numbers) <= _FEW
    return (few or hider.tag in _LEAVES) and not _is_one_of_many(hider)


class _Shown:
    """The words that a page shows."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @cached_property
    def _texts(self) -> dict[int, str]:
        return {n: normalized(block.text) for n, block in enumerate(self._page.blocks) if not block.hidden}

    def repeats(self, numbers: Sequence[int]) -> bool:
        """Whether the words of some hidden blocks are also shown: a quotation in large letters beside the text, the
        source of what a script has laid out."""
        hidden = (normalized(self._page.blocks[number].text) for number in numbers)
        return all(any(words in text for text in self._texts.values()) for words in hidden)


def _hider(element: Element) -> Element:
    """The outermost element around a block that hides it."""
    found, at = element, element
    while at is not None:
        if hides(at):
            found = at
        at = at.getparent()
    return found


class _Folds:
    """What a reader can unfold: tabs, accordions, answers, and what some control names."""

    def __init__(self, page: Page) -> None:
        self._root = page.containers[0].element
        self._named: set[str] | None = None

    def holds(self, element: Element) -> bool:
        """Whether an element, or one of the two around it, is folded up."""
        before = element.getprevious()
        if before is not None and (before.tag == "button" or before.get("aria-expanded") or _holds_button(before)):
            return True
        at: Element | None = element
        for _ in range(3):
            if at is None or at.tag in ("body", "main"):
                return False
            names = f"{at.get('class') or ''} {at.get('id') or ''}"
            if at.tag == "details" or at.get("role") in _ROLES or _FOLDED.search(names):
                return True
            if at.get("aria-labelledby") or (at.get("id") or "") in self._controlled():
                return True
            at = at.getparent()
        return False

    def _controlled(self) -> set[str]:
        if self._named is None:
            self._named = {
                value.lstrip("#")
                for element in self._root.iter("button", "a", "summary", "div", "li", "h2", "h3", "h4", "span", "label")
                for value in map(element.get, _CONTROLS)
                if value
            }
        return self._named


def _is_one_of_many(element: Element) -> bool:
    """Whether what is hidden stands below a title in one of several like elements that hide something below theirs, as
    questions with their answers do."""
    title, around = element.getprevious(), element.getparent()
    if title is None or around is None or hides(title) or not "".join(title.itertext()).strip():
        return False
    look = around.tag, around.get("class")
    others = (other for way in (True, False) for other in around.itersiblings(around.tag, preceding=way))
    like = (other for other in others if (other.tag, other.get("class")) == look and len(other) > 1)
    return any(hides(other[-1]) for other in like)


def _holds_button(element: Element) -> bool:
    return next(element.iterdescendants("button"), None) is not None
