"""The conditions a rule may set: how each is written, and how it reads in the pages about rules.

Whether one holds is decided by the function of its name in `cleaner.match.conditions`, or, of elements, in
`cleaner.html.rules.selectors`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.categories import CATEGORIES
from cleaner.read.topics import TOPICS
from cleaner.rulebook.kinds import Either, Field, Flag, Many, OneOf, Share, Table, Text, Whole
from cleaner.rulebook.wording import code, codes, pattern, percent


@dataclass(frozen=True)
class Condition:
    """One condition.

    Attributes:
        field: what a rule file may say of it.
        words: its parameters as the end of a sentence that begins with “if”.
    """

    field: Field
    words: Callable[[Any], str]


def _near(params: Any) -> str:
    side = {"above": "above", "below": "below", "around": "above or below"}[params.get("where", "around")]
    within = params.get("within", 3)
    lines = "the next line" if within == 1 else f"the {within} lines"
    if "category" in params:
        return f"a rule of {codes(params['category'])} matched in {lines} {side}"
    if "rule" in params:
        return f"one of the rules {codes(params['rule'])} matched in {lines} {side}"
    if "phrases" in params:
        return f"one of {codes(params['phrases'])} stands in the line or {lines} {side}"
    return f"{code(pattern(params['regex']))} is found in the line or {lines} {side}"


def _position(params: Any) -> str:
    part, share = next(iter(params.items()))
    return f"it starts in the {'first' if part == 'head' else 'last'} {percent(share)} of the text"


def _repeated(params: Any) -> str:
    if not isinstance(params, Mapping):
        return f"its lines stand at least {params} times in the text"
    share = f", {percent(params['share'])} of them all" if "share" in params else ""
    return f"its lines stand in at least {params['documents']} documents of the site{share}, as a corpus was counted"


def _line(which: str) -> Callable[[Any], str]:
    def words(params: Any) -> str:
        if "paragraph_chars" in params:
            return f"the line {which} has at least {params['paragraph_chars']} characters"
        if "max_words" in params:
            return f"the line {which} has at most {params['max_words']} words"
        return f"{code(pattern(params['regex']))} is found in the line {which}"

    return words


NEAR = Table(
    "near",
    {
        "category": Field(Many(OneOf(CATEGORIES)), "another rule of such a category matched there"),
        "rule": Field(Many(Text()), "one of these rules matched there"),
        "phrases": Field(Many(Text()), "one of these phrases stands there"),
        "regex": Field(Text(), "the pattern is found there"),
        "within": Field(Whole(1, 50), "how many non-blank lines away at most (3)"),
        "where": Field(OneOf(("above", "below", "around")), "on which side to look (around)"),
    },
    one_of=("category", "rule", "phrases", "regex"),
)

POSITION = Table(
    "position",
    {
        "head": Field(Share(), "the match starts in the first part of the text"),
        "tail": Field(Share(), "the match starts in the last part of the text"),
    },
    one_of=("head", "tail"),
)

NEXT_LINE = Table(
    "next line",
    {
        "paragraph_chars": Field(Whole(), "the line has at least so many characters"),
        "max_words": Field(Whole(), "the line has at most so many words"),
        "regex": Field(Text(), "the pattern is found in the line"),
    },
    one_of=("paragraph_chars", "max_words", "regex"),
)

CORPUS = Table(
    "documents",
    {
        "documents": Field(
            Whole(10), "in at least so many of the counted documents of the site (10: no rarer ones are known)", True
        ),
        "share": Field(Share(), "and in at least such a share of them (10%: no rarer ones are known)"),
    },
)

CONDITIONS = {
    "near": Condition(Field(NEAR, "something stands in the lines around"), _near),
    "position": Condition(Field(POSITION, "where in the text the match starts"), _position),
    "max_words": Condition(
        Field(Whole(), "the lines of the match hold at most so many words"),
        lambda most: f"its lines have at most {most} words",
    ),
    "min_words": Condition(
        Field(Whole(), "the lines of the match hold at least so many words"),
        lambda least: f"its lines have at least {least} words",
    ),
    "alone": Condition(
        Field(Flag(), "the match fills its block: a blank line or the text's edge on both sides"),
        lambda flag: "it is a block of its own" if flag else "it is part of a larger block",
    ),
    "followed_by": Condition(Field(NEXT_LINE, "what the next non-blank line is like"), _line("after it")),
    "preceded_by": Condition(Field(NEXT_LINE, "what the non-blank line before is like"), _line("before it")),
    "repeated": Condition(
        Field(
            Either(CORPUS, Whole(2, 100)),
            "the lines of the match stand so many times in the text, white space aside; or, with line counts "
            "(`--line-counts`), each of them in so many documents of the text's site",
        ),
        _repeated,
    ),
    "zone": Condition(
        Field(OneOf(("code", "math", "front-matter", "url")), "the match touches such a zone"),
        lambda kind: f"it touches {'a web address' if kind == 'url' else kind}",
    ),
    "linked": Condition(
        Field(Share(), "at least such a share of the match's lines stands in links; in plain text none does"),
        lambda least: f"at least {percent(least)} of its lines stands in links",
    ),
    "about": Condition(
        Field(Many(OneOf(TOPICS)), "the whole text is about one of these; `templates`: about templates or code"),
        lambda topics: f"the text is about {' or '.join(topics)}",
    ),
}
"""What may be asked of a match in a text, by name."""

ELEMENT_CONDITIONS = {
    "min_words": Condition(
        Field(Whole(), "the element holds at least so many words"), lambda least: f"it holds at least {least} words"
    ),
    "max_words": Condition(
        Field(Whole(), "the element holds at most so many words"), lambda most: f"it holds at most {most} words"
    ),
    "min_links": Condition(
        Field(Share(), "at least such a share of its words stands in links"),
        lambda least: f"at least {percent(least)} of its words stand in links",
    ),
    "max_links": Condition(
        Field(Share(), "at most such a share of its words stands in links"),
        lambda most: f"at most {percent(most)} of its words stand in links",
    ),
    "has": Condition(
        Field(Many(Text()), "one of these selectors fits an element inside of it"),
        lambda selectors: f"one of {codes(selectors)} is inside of it",
    ),
    "inside": Condition(
        Field(Many(Text()), "one of these selectors fits an element around it"),
        lambda selectors: f"it is inside of one of {codes(selectors)}",
    ),
    "kind": Condition(
        Field(Many(Text()), "the page says that it is one of these: `article`, `product`, `recipe`, `discussion` …"),
        lambda kinds: f"the page says that it is one of {codes(kinds)}",
    ),
}
"""What may be asked of an element of a page, by name."""


def in_words(group: Mapping[str, object], known: Mapping[str, Condition]) -> str:
    """A group of conditions as the end of a sentence that begins with “if”."""
    return " and ".join(known[name].words(params) for name, params in group.items())


def table(name: str, known: Mapping[str, Condition]) -> Table:
    """Conditions as a mapping of a rule file."""
    return Table(name, {key: condition.field for key, condition in known.items()})
