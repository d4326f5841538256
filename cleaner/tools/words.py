"""Rules in words, for people who read the docs."""

from __future__ import annotations

from cleaner.model import Confidence, Rule
from cleaner.rulebook.wording import code, pattern, percent

EVIDENCE = "as evidence among other evidence"
"""What a rule of scope html and medium confidence does."""
LEVELS: dict[Confidence, str] = {
    "certain": "at every level",
    "high": "at the levels `normal` and `aggressive`",
    "medium": "at the level `aggressive`; at `normal` only beside other removals",
    "low": "never alone; only between other removals, at the levels `normal` and `aggressive`",
}
SCOPES = {
    "span": "just the words that match",
    "line": "whole lines, and only if matches cover every word of them",
    "block": "the lines that match and those around them, up to the next blank lines",
    "section": "from the line that matches downwards",
    "html": "whole elements of a page",
}


def cell(text: str) -> str:
    """A text for the cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def section(rule: Rule) -> str:
    """How far a section runs, as a sentence; empty for other rules."""
    limits = rule.section
    if limits is None:
        return ""
    ends = []
    if limits.item_words is not None:
        ends.append(f"a line of more than {limits.item_words} words")
    if limits.until is not None:
        ends.append(f"a line with {code(pattern(limits.until))}")
    ends.append("the end of the text")
    most = f"{limits.max_lines} lines or {percent(limits.max_fraction)} of the text"
    return f"It ends before {' or '.join(ends)}. If that makes more than {most}, nothing is taken."
