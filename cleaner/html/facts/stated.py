"""Parts of its text that a page states to machines: questions with their answers, and what a recipe is made of."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleaner.html.facts.jsonld import Node, types

_MAX_TEXT = 400_000  # characters of all parts
_MAX_PARTS = 2_000
_TAG = re.compile(r"</?[a-z][^<>]{0,1000}>", re.IGNORECASE)
_ANSWERS = ("acceptedAnswer", "suggestedAnswer")
_OF_RECIPES = ("recipeIngredient", "ingredients", "recipeInstructions")
_OF_STEPS = ("text", "itemListElement", "step")


@dataclass(frozen=True, slots=True)
class Stated:
    """Parts of a page's text, as it states them; without markup, in no order.

    Attributes:
        answers: what questions are answered with; ingredients and steps.
        questions: that are answered.
    """

    answers: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def stated(graph: Iterable[Node]) -> Stated:
    """What the nodes of a page's JSON-LD state of its text."""
    answers: list[object] = []
    questions: list[object] = []
    for node in graph:
        kinds = {kind.lower() for kind in types(node)}
        if "question" in kinds:
            questions.append(node.get("name"))
            answers += (node.get(name) for name in _ANSWERS)
        if "recipe" in kinds:
            answers += (node.get(name) for name in _OF_RECIPES)
        if "howto" in kinds:
            answers.append(node.get("step"))
    return Stated(tuple(_texts(answers)), tuple(_texts(questions)))


def _texts(values: list[object]) -> Iterator[str]:
    """The strings in some values, and in those that they hold."""
    waiting, left = values[::-1], _MAX_TEXT
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value[:_MAX_PARTS][::-1]
        elif isinstance(value, dict):
            waiting += (value.get(name) for name in reversed(_OF_STEPS))
        elif isinstance(value, str):
            left -= len(value)
            if left < 0:
                return
            yield _TAG.sub(" ", html.unescape(html.unescape(value)))  # many systems escape what is escaped already
