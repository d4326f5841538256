"""What a page states to machines as answers, ingredients or steps is no furniture, wherever it stands on the page."""

from __future__ import annotations

from itertools import groupby

from cleaner.decide.engine_rules import BOILERPLATE, HIDDEN
from cleaner.html.blocks import Page
from cleaner.html.facts.stated import Stated
from cleaner.html.score.characters import count_words
from cleaner.html.verdict import Judgement, wordless
from cleaner.html.words import normalized
from cleaner.model import Rule

_LONG = 8
"""Words of an answer that may be part of a longer one, and that stays without others beside it."""
_SEVERAL = 3
"""Short ones in a row that are a list."""
_CATEGORIES = ("navigation", "interface")


def keep(judgement: Judgement, page: Page, stated: Stated) -> None:
    """Bring back the answers that the page states, with their questions, and the parts of recipes.

    What stays elsewhere on the page does not come back, nor a question without its answer.
    """
    if not stated.answers:
        return
    answers = [normalized(answer) for answer in stated.answers]
    whole, text = set(answers), "".join(f" {answer} " for answer in answers)
    questions = {normalized(question) for question in stated.questions}
    said = [normalized(block.text) for block in page.blocks]
    standing = {words for number, words in enumerate(said) if number not in judgement.gone}
    worded = [number for number, block in enumerate(page.blocks) if not wordless(block)]
    answering = {n for n in worded if said[n] in whole or _is_part(said[n], page.blocks[n].text, text)}
    for is_stated, run in groupby(worded, lambda number: number in answering or said[number] in questions):
        numbers = list(run)
        found = [number for number in numbers if number in answering]
        several = len(found) >= _SEVERAL or any(count_words(page.blocks[one].text) >= _LONG for one in found)
        if is_stated and several:
            _bring_back(judgement, numbers, said, standing)


def _is_part(words: str, block: str, answers: str) -> bool:
    return f" {words} " in answers and count_words(block) >= _LONG


def _bring_back(judgement: Judgement, numbers: list[int], said: list[str], standing: set[str]) -> None:
    for number in numbers:
        verdict = judgement.gone.get(number)
        if verdict is not None and _may_err(verdict.rule) and said[number] not in standing:
            del judgement.gone[number]
            standing.add(said[number])


def _may_err(rule: Rule) -> bool:
    """Whether a rule goes by look and place alone, for all pages; what somebody knows of a site, or wants, holds."""
    return rule in (BOILERPLATE, HIDDEN) or (rule.pack.startswith("generic/") and rule.category in _CATEGORIES)
