"""The rules that are no pack's: what the engine takes on its own account, under ids of their own in the report.

Those of the steps for text stand beside their steps; here are those for pages.
"""

from __future__ import annotations

from cleaner.model import Confidence, Rule, Scope


def engine_rule(id: str, category: str, scope: Scope, message: str, confidence: Confidence = "high") -> Rule:
    """A rule for which no pattern speaks but a step of the engine."""
    return Rule(id, "engine", category, confidence, scope, message, matcher="phrases", patterns=(), keywords=())


BOILERPLATE = engine_rule("page.boilerplate", "boilerplate", "html", "a block that is no part of the page's main text")
HEADLINE = engine_rule("page.headline", "boilerplate", "html", "a copy of the headline")
ICON = engine_rule("page.icon", "icon-label", "html", "a label of an icon")
HIDDEN = engine_rule("page.hidden", "interface", "html", "what the page hides from sight")
ANOTHER = engine_rule("page.another", "related", "html", "another article on the same page")
REPEATED = engine_rule("page.repeated", "boilerplate", "html", "words of the text, once more in large letters")
SURROUNDED = engine_rule("page.surrounded", "boilerplate", "html", "a picture or a rule outside of the article")

ARTICLE = engine_rule("page.article", "boilerplate", "html", "what a pack of the site says is the article", "low")
"""Takes nothing: it marks what only other rules take something of."""

PAGE = (ANOTHER, BOILERPLATE, HEADLINE, HIDDEN, ICON, REPEATED, SURROUNDED)
