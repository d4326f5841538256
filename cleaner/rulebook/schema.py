"""What a rule file may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.categories import CATEGORIES
from cleaner.model import CONFIDENCES, SCOPES
from cleaner.rulebook import conditions
from cleaner.rulebook.conditions import table
from cleaner.rulebook.kinds import Choice, Either, Field, Flag, Json, Many, OneOf, Share, Table, Text, Whole
from cleaner.rulebook.matchers import MATCHERS, MatcherKind

FORMAT = "1"
SELECTORS = ("css", "xpath")

CONDITIONS = table("conditions", conditions.CONDITIONS)

SECTION = Table(
    "section",
    {
        "max_lines": Field(Whole(1, 500), "more lines than this below the marker, and nothing is taken", True),
        "max_fraction": Field(Share(), "a larger share of the text than this, and nothing is taken", True),
        "item_words": Field(Whole(), "the section ends before a line with more words"),
        "until": Field(Text(), "the section ends before a line in which this pattern is found"),
    },
)

REMOVES = Table(
    "example",
    {
        "text": Field(Text(), "a text in which the rule takes something", True),
        "leaves": Field(Text(), "what is left of it, white space repaired", True),
    },
)

TESTS = Table(
    "tests",
    {
        "removes": Field(
            Many(Either(REMOVES)), "texts of which the rule takes every word, or pairs of before and after"
        ),
        "keeps": Field(Many(Text()), "texts of which the rule takes nothing", True),
    },
)

_MESSAGE = Field(
    Text(), "what the rule is for, as a reason in the report: “counts the articles a reader has left”", True
)


def _looks_for(matchers: Mapping[str, MatcherKind]) -> dict[str, Field]:
    """The keys of a rule for text that say what it looks for, where, and on what conditions."""
    return {
        "message": _MESSAGE,
        "scope": Field(
            OneOf(SCOPES),
            "span: just what matches; line: whole lines, when matches cover all their words; "
            "block: the lines up to the blank lines around; section: from the marker line on; "
            "html: elements of a page, see below",
            True,
        ),
        "keywords": Field(Many(Text()), "literals of which one must stand in the text; needed with `regex`"),
        **{name: kind.field for name, kind in matchers.items()},
        "case_sensitive": Field(Flag(), "case counts in `regex`"),
        "when": Field(CONDITIONS, "conditions that must all hold"),
        "unless": Field(Many(CONDITIONS), "groups of conditions; one group that holds saves the text"),
        "tests": Field(TESTS, "the rule's own examples", True),
    }


_KEEPING = {name: kind for name, kind in MATCHERS.items() if kind.keeps}

RULE = Table(
    "rule",
    {
        "id": Field(Text(), "unique name in lower case: `family.what-it-takes`", True),
        "category": Field(OneOf(CATEGORIES), "kind of leftover", True),
        "confidence": Field(
            OneOf(CONFIDENCES),
            "certain: taken at every level; high: at normal; medium: at aggressive or in company; low: in company only",
            True,
        ),
        **_looks_for(MATCHERS),
        "section": Field(SECTION, "how far a section may run; needed with `scope: section`"),
    },
    one_of=tuple(MATCHERS),
)

KEEP = Table("keep rule", {"id": RULE.fields["id"], **_looks_for(_KEEPING)}, one_of=tuple(_KEEPING))

ELEMENT = table("conditions on an element", conditions.ELEMENT_CONDITIONS)

HTML_TESTS = Table(
    "tests of an HTML rule",
    {
        "removes": Field(
            Many(Either(REMOVES)), "pieces of HTML of which the rule takes every word, or pairs of HTML and words left"
        ),
        "keeps": Field(Many(Text()), "pieces of HTML of which the rule takes nothing", True),
    },
)

_SELECTED = {
    "message": _MESSAGE,
    "scope": Field(OneOf(("html",)), "html: elements of a page", True),
    "css": Field(Many(Text()), "selectors of which one must fit the element; case does not count"),
    "xpath": Field(Many(Text()), "expressions of which one must find the element"),
    "when": Field(ELEMENT, "conditions that must all hold"),
    "unless": Field(Many(ELEMENT), "groups of conditions; one group that holds saves the element"),
    "tests": Field(HTML_TESTS, "the rule's own examples", True),
}

HTML_RULE = Table(
    "HTML rule",
    {
        "id": RULE.fields["id"],
        "category": RULE.fields["category"],
        "confidence": Field(
            OneOf(("certain", "high", "medium")),
            "certain, high: the element goes unless its text says otherwise, of which a certain rule of a site's pack "
            "does not ask; medium: evidence among other evidence",
            True,
        ),
        **_SELECTED,
    },
    one_of=SELECTORS,
)

HTML_KEEP = Table("HTML keep rule", {"id": RULE.fields["id"], **_SELECTED}, one_of=SELECTORS)

SITE = Table(
    "site",
    {
        "hosts": Field(Many(Text()), "host names: `asia.nikkei.com`", True),
        "subdomains": Field(Flag(), "hosts below them count too (true)"),
        "article": Field(
            Table(
                "article",
                {
                    "css": Field(Many(Text()), "selectors of which one fits the element that holds the article", True),
                    "whole": Field(Flag(), "all of it stays but what a rule is about (false)"),
                },
            ),
            "where the article of a page is: no rule takes what holds it",
        ),
        "fingerprints": Field(
            Table(
                "fingerprints",
                {
                    "need": Field(Whole(1, 20), "how many different ones must occur (2)"),
                    "any": Field(Many(Text()), "phrases only this site has", True),
                },
            ),
            "what tells the site in a text without a URL",
        ),
    },
)

PACK = Table(
    "pack",
    {
        "format": Field(OneOf((FORMAT,)), "version of the format", True),
        "pack": Field(Text(), "name: `generic/…`, `platforms/…` or `sites/…`", True),
        "description": Field(Text(), "what the pack is for, what was seen, what is unverified", True),
        "languages": Field(Many(Text()), "codes of the languages it knows; `any` when language does not matter", True),
        "site": Field(SITE, "where a site pack applies"),
        "disable": Field(Many(Text()), "ids of generic or platform rules that do not apply on the site"),
        "rules": Field(Many(Choice("scope", "html", HTML_RULE, RULE)), "the rules"),
        "keep": Field(
            Many(Choice("scope", "html", HTML_KEEP, KEEP)), "rules that save what they match from every other rule"
        ),
    },
)


def json_schema() -> Json:
    """JSON Schema (2020-12) of a rule file, for editors."""
    schema: dict[str, Any] = PACK.json_schema()
    schema["properties"]["format"] = {"enum": [1, "1"], "description": PACK.fields["format"].about}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cleaner rule pack", **schema}
