"""Rules in words, for people who read the docs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.model import Confidence, Rule

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


def code(text: str) -> str:
    """A text as Markdown code that shows it as it is, on one line."""
    flat = " ".join(text.split())
    ticks = "`"
    while ticks in flat:
        ticks += "`"
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def cell(text: str) -> str:
    """A text for the cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def pattern(source: str) -> str:
    """A pattern as it was written, before its spaces were made explicit."""
    return source.replace("[ \\n]", " ")


def conditions(group: Mapping[str, object]) -> str:
    """A group of conditions as the end of a sentence that begins with “if”."""
    return " and ".join(_WORDS[name](params) for name, params in group.items())


def element_conditions(group: Mapping[str, object]) -> str:
    """A group of conditions on an element, likewise."""
    return " and ".join(_ELEMENT_WORDS[name](params) for name, params in group.items())


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
    most = f"{limits.max_lines} lines or {_share(limits.max_fraction)} of the text"
    return f"It ends before {' or '.join(ends)}. If that makes more than {most}, nothing is taken."


def _share(value: Any) -> str:
    return f"{round(value * 100)} %"


def _quoted(values: Any) -> str:
    return ", ".join(code(value) for value in values)


def _near(params: Any) -> str:
    side = {"above": "above", "below": "below", "around": "above or below"}[params.get("where", "around")]
    within = params.get("within", 3)
    lines = "the next line" if within == 1 else f"the {within} lines"
    if "category" in params:
        return f"a rule of {_quoted(params['category'])} matched in {lines} {side}"
    if "rule" in params:
        return f"one of the rules {_quoted(params['rule'])} matched in {lines} {side}"
    if "phrases" in params:
        return f"one of {_quoted(params['phrases'])} stands in the line or {lines} {side}"
    return f"{code(pattern(params['regex']))} is found in the line or {lines} {side}"


def _position(params: Any) -> str:
    part, share = next(iter(params.items()))
    return f"it starts in the {'first' if part == 'head' else 'last'} {_share(share)} of the text"


def _repeated(params: Any) -> str:
    if not isinstance(params, Mapping):
        return f"its lines stand at least {params} times in the text"
    share = f", {_share(params['share'])} of them all" if "share" in params else ""
    return f"its lines stand in at least {params['documents']} documents of the site{share}, as a corpus was counted"


def _line_is(which: str) -> Any:
    def words(params: Any) -> str:
        if "paragraph_chars" in params:
            return f"the line {which} has at least {params['paragraph_chars']} characters"
        if "max_words" in params:
            return f"the line {which} has at most {params['max_words']} words"
        return f"{code(pattern(params['regex']))} is found in the line {which}"

    return words


_WORDS: dict[str, Any] = {
    "near": _near,
    "position": _position,
    "max_words": lambda most: f"its lines have at most {most} words",
    "min_words": lambda least: f"its lines have at least {least} words",
    "alone": lambda flag: "it is a block of its own" if flag else "it is part of a larger block",
    "followed_by": _line_is("after it"),
    "preceded_by": _line_is("before it"),
    "repeated": _repeated,
    "linked": lambda least: f"at least {_share(least)} of its lines stands in links",
    "about": lambda topics: f"the text is about {' or '.join(topics)}",
    "zone": lambda kind: f"it touches {'a web address' if kind == 'url' else kind}",
}
_ELEMENT_WORDS: dict[str, Any] = {
    "min_words": lambda least: f"it holds at least {least} words",
    "max_words": lambda most: f"it holds at most {most} words",
    "min_links": lambda least: f"at least {_share(least)} of its words stand in links",
    "max_links": lambda most: f"at most {_share(most)} of its words stand in links",
    "has": lambda selectors: f"one of {_quoted(selectors)} is inside of it",
    "inside": lambda selectors: f"it is inside of one of {_quoted(selectors)}",
}
