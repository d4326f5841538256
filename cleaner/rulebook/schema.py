"""What a rule file may hold."""

from __future__ import annotations

from typing import Any

from cleaner.categories import CATEGORIES
from cleaner.model import CONFIDENCES, SCOPES
from cleaner.read.topics import TOPICS
from cleaner.rulebook.kinds import Choice, Either, Field, Flag, Json, Many, OneOf, Share, Table, Text, TextOrMany, Whole

FORMAT = "1"
MATCHERS = ("regex", "phrases", "line_of")
SELECTORS = ("css", "xpath")

LINE_OF = Table(
    "line_of",
    {
        "atoms": Field(Many(Text()), "labels of which, and of nothing else, the line consists, glued or not", True),
        "need": Field(Many(Text()), "atoms of which at least one must be there (they need not stand in `atoms` again)"),
        "min_atoms": Field(Whole(1, 100), "how many atoms there must be at least (2)"),
    },
)

_AROUND = Field(OneOf(("above", "below", "around")), "on which side to look (around)")
_WITHIN = Field(Whole(1, 50), "how many non-blank lines away at most (3)")

NEAR = Table(
    "near",
    {
        "category": Field(Many(OneOf(CATEGORIES)), "another rule of such a category matched there"),
        "rule": Field(Many(Text()), "one of these rules matched there"),
        "phrases": Field(Many(Text()), "one of these phrases stands there"),
        "regex": Field(Text(), "the pattern is found there"),
        "within": _WITHIN,
        "where": _AROUND,
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

CONDITIONS = Table(
    "conditions",
    {
        "near": Field(NEAR, "something stands in the lines around"),
        "position": Field(POSITION, "where in the text the match starts"),
        "max_words": Field(Whole(), "the lines of the match hold at most so many words"),
        "min_words": Field(Whole(), "the lines of the match hold at least so many words"),
        "alone": Field(Flag(), "the match fills its block: a blank line or the text's edge on both sides"),
        "followed_by": Field(NEXT_LINE, "what the next non-blank line is like"),
        "preceded_by": Field(NEXT_LINE, "what the non-blank line before is like"),
        "repeated": Field(
            Either(CORPUS, Whole(2, 100)),
            "the lines of the match stand so many times in the text, white space aside; or, with line counts "
            "(`--line-counts`), each of them in so many documents of the text's site",
        ),
        "zone": Field(OneOf(("code", "math", "front-matter", "url")), "the match touches such a zone"),
        "linked": Field(Share(), "at least such a share of the match's lines stands in links; in plain text none does"),
        "about": Field(
            Many(OneOf(TOPICS)), "the whole text is about one of these; `templates`: about templates or code"
        ),
    },
)

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

_MATTER = {
    "message": Field(
        Text(), "what the rule is for, as a reason in the report: “counts the articles a reader has left”", True
    ),
    "scope": Field(
        OneOf(SCOPES),
        "span: just what matches; line: whole lines, when matches cover all their words; "
        "block: the lines up to the blank lines around; section: from the marker line on; "
        "html: elements of a page, see below",
        True,
    ),
    "keywords": Field(Many(Text()), "literals of which one must stand in the text; needed with `regex`"),
    "regex": Field(
        TextOrMany(), "a pattern, or a list of which one must match; a space is any white space, case does not count"
    ),
    "phrases": Field(Many(Text()), "fixed wordings; case, white space and line breaks do not count"),
    "line_of": Field(LINE_OF, "labels of which a line consists"),
    "case_sensitive": Field(Flag(), "case counts in `regex`"),
    "when": Field(CONDITIONS, "conditions that must all hold"),
    "unless": Field(Many(CONDITIONS), "groups of conditions; one group that holds saves the text"),
    "tests": Field(TESTS, "the rule's own examples", True),
}

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
        **_MATTER,
        "section": Field(SECTION, "how far a section may run; needed with `scope: section`"),
    },
    one_of=MATCHERS,
)

KEEP = Table(
    "keep rule",
    {"id": RULE.fields["id"], **{k: v for k, v in _MATTER.items() if k != "line_of"}},
    one_of=("regex", "phrases"),
)

ELEMENT = Table(
    "conditions on an element",
    {
        "min_words": Field(Whole(), "the element holds at least so many words"),
        "max_words": Field(Whole(), "the element holds at most so many words"),
        "min_links": Field(Share(), "at least such a share of its words stands in links"),
        "max_links": Field(Share(), "at most such a share of its words stands in links"),
        "has": Field(Many(Text()), "one of these selectors fits an element inside of it"),
        "inside": Field(Many(Text()), "one of these selectors fits an element around it"),
    },
)

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
    "message": _MATTER["message"],
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
