"""The rules that are no pack's: what the engine takes for company, under ids of their own in the report."""

from __future__ import annotations

from cleaner.model import Rule, Scope


def _rule(id: str, category: str, scope: Scope, message: str) -> Rule:
    return Rule(id, "engine", category, "high", scope, message, matcher="phrases", matter=(), keywords=())


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
