"""The rules that are no pack's: what the engine takes for company, under ids of their own in the report."""

from __future__ import annotations

from cleaner.model import Confidence, Rule, Scope


def _rule(id: str, category: str, scope: Scope, message: str, confidence: Confidence = "high") -> Rule:
    return Rule(id, "engine", category, confidence, scope, message, matcher="phrases", matter=(), keywords=())


BETWEEN = _rule("company.between", "boilerplate", "line", "a short line between two removed lines of one box")
REPEATED = _rule(
    "company.repeated",
    "boilerplate",
    "block",
    "a box that stands more than once in the text, beside removed lines each time",
)
MENU = _rule(
    "company.menu",
    "navigation",
    "section",
    "a run of short lines around the article, with known leftovers among them",
)
CORPUS = _rule("corpus.repeated", "boilerplate", "line", "a line that stands in many documents of the site", "medium")
BOILERPLATE = _rule("page.boilerplate", "boilerplate", "html", "a block that is no part of the page's main text")
HEADLINE = _rule("page.headline", "boilerplate", "html", "the headline, which is in the title field")
ICON = _rule("page.icon", "icon-label", "html", "a label of an icon, or words for screen readers only")
SURROUNDED = _rule("page.surrounded", "boilerplate", "html", "a picture or a rule outside of the article")

ENGINE = (BETWEEN, REPEATED, MENU, CORPUS, BOILERPLATE, HEADLINE, ICON, SURROUNDED)
"""All of them."""
