"""The page `docs/rule-format.md`: the reference is made from the schema itself."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.rulebook.css import MAX_STEPS
from cleaner.rulebook.kinds import Choice, Either, Kind, Many, Table
from cleaner.rulebook.pattern import MANY, MAX_BRANCHING, MAX_UNBOUNDED
from cleaner.rulebook.schema import PACK
from cleaner.tools.words import LEVELS, SCOPES, cell

EXAMPLE = r"""format: 1
pack: generic/library-meter
description: The meter of a made-up library site. Seen on three pages.
languages: [en]
rules:
  - id: library-meter.visits-left
    category: subscription
    confidence: high
    scope: line
    message: counts the visits a reader has left
    keywords: [visits left, visit left]
    regex: '^you have \d{1,3} (?:free )?visits? left(?: this (?:week|month))?\.?$'
    tests:
      removes:
        - "You have 3 free visits left this month."
        - "You have 1 visit left"
      keeps:
        - "You have 3 free visits left this month, the ranger told us, so choose well."
  - id: library-meter.become-a-friend
    category: subscription
    confidence: medium
    scope: line
    message: button of the membership box
    phrases: [Become a friend, Become a friend of the library]
    when:
      near: {rule: [library-meter.visits-left], within: 2, where: above}
    tests:
      removes:
        - text: "You have 1 visit left\nBecome a friend of the library"
          leaves: "You have 1 visit left"
      keeps:
        - "How to\n\nbecome a friend\n\nof the hedgehog"
"""

_INTRO = """\
# The format of rule files

A rule file is a *pack*: YAML with a name, a description and a list of rules. `cleaner rules new` writes one to start
from, `cleaner rules lint` says what is wrong with it, `cleaner rules test` tries its examples. Editors can check it
with `docs/rules.schema.json`.

## A worked example

```yaml
{example}```

The first rule looks for its pattern only in texts that hold one of its keywords. It takes a line only if the pattern
covers every word of it; so the sentence under `keeps` stays although it begins alike. The second rule is less sure:
the words could be the heading of an article, so it asks for the first rule to have matched up to two lines above, and
even then acts only at the level `aggressive`, or in company (see below). A line that only another rule takes is still
there when an example is tried: that is what `leaves` shows.

## How a rule gets its text

**Looking.** Rules see a normalised text: without the marks of Markdown and the targets of its links, without
invisible characters, with every run of white space as one space or line break, with straight quotes and plain hyphens.
Case does not count. In a pattern a space stands for any white space within a block, a line break too; `^` and `$` are
the ends of lines. A phrase is found as words of its own, glued ones too where the case changes
(`this monthSubscribe now`).

**Tiles.** A rule of scope `line` never takes a part of a line, and never a line of which it knows only a part. The
matches of all rules lie on a line like tiles: if they leave no letter and no digit uncovered, the line goes, else
it stays. So a rule for `Sign up` cannot harm a sentence with these words in it, and a line glued together from
three leftovers falls to three small rules. A match over several lines needs all of them covered.

| scope | what goes |
|---|---|
{scopes}

**Confidence and level.** What a rule may do depends on how sure it is and on the level the reader chose.

| confidence | acts |
|---|---|
{levels}

**Company.** Weak evidence falls with its neighbours, at `normal` and above. A match of low or medium confidence goes
if it stands between two removed lines, or between one and the edge of the text; a medium one also beside a removal of
its own category. A short line that no rule knows goes between two removed lines of one box (`company.between`), and a
box that stands in the text more than once goes if each copy is beside removed lines (`company.repeated`).

**What a corpus tells.** A table of line counts (`--line-counts`) tells in how many documents of a site a line stands.
Lines of half of them are headers and footers: they go at `normal` if they stand at the edge of the text or beside
removals, at `aggressive` anywhere (`corpus.repeated`). A rule can ask for less, and be surer of it, with
`repeated: {{documents: 50, share: 20%}}`. Without a table, or a URL, that condition does not hold.

**What saves a text.** Code, maths, front matter and web addresses are never touched, whatever a rule says. A link
goes whole or not at all. A group under `unless` that holds saves the text (what a line beside it says does not count
if the rule fits that line, too, and it has a few words: two buttons are no sentence); so does a keep rule that matches
in the line. At the end something must be left: if almost nothing would be, the weakest removals are given back. What a
rule wanted and did not get is in the report under `kept`, with the reason.

**Packs.** `generic/` and `platforms/` packs apply to every text; a pack under `sites/` only if its site was
recognised by the URL, the front matter or, in a text without a URL, by its fingerprints. All packs of a site apply
together: one that came with the tool, yours, imported ones. A keep rule goes before
everything, then a site's `disable`.

**Cleaning twice is cleaning once.** The text is looked at again after each round of removals until nothing more
goes. A rule whose position or neighbours change may therefore act in a later round.

## YAML

Only plain YAML is read: no tags, no anchors and aliases, one document a file, each key once. Every value is taken as
it is written, so the language code `no` is `no`. A value that begins with one of ``{{ [ & * ! | > % @ ` `` or holds
`: ` or ` #` needs quotes; in single quotes a backslash is a backslash, which is best for patterns.

## Patterns

The dialect is that of the Python package `regex`, without back-references, named groups, flags, verbs and fuzzy
matching. Groups are `(…)`, `(?:…)`, `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`, `(?>…)`, `(?i:…)` and `(?-i:…)`. A brace
that is no repeat is written `\\{{`. So that no text can make a pattern run away, lint refuses

- a repeat without a limit inside of a repeated group, and a group repeated without a limit,
- more than {max_unbounded} repeats without a limit (or with one above {many}) on one path,
- a group with alternatives repeated more than {max_branching} times,
- a repeated group in which nothing is fixed, and too many wide repeats one after the other.

A pattern must need at least one character, and rules with a pattern need `keywords`: literals of which one stands in
every match. Good keywords are rare words; lint refuses very short and very common ones.

## Examples

Every rule carries its tests. A text under `removes` must lose every letter and digit to the rule; where the rule
takes only a part, write the pair `text` and `leaves` (line breaks at the end do not count). Of a text under `keeps`
the rule must take nothing: write the sentence of an article that looks most like the leftover. Examples are tried
with all rules loaded, but the rule is judged by its own claims alone: at every level, without company. Examples of a
site pack are read as if they came from that site, and all as if a corpus spoke for the rule: `repeated` with documents
holds under `when`, and no group with it under `unless` does. For a keep rule, `keeps` are texts that it saves and
`removes` texts that it does not.

## Rules for HTML

A rule of scope `html` is about elements of a page. It names them by CSS selectors, or by XPath expressions where CSS
does not reach. It has conditions of its own, on the element, and plays no part in texts.

```yaml
{html_example}```

**Selectors** are tags, `.class`, `#id`, attributes (`[rel~=tag]`, `[role=dialog]`, `[id^="ad-"]`), `:not()`, and up to
{max_steps} steps joined by `>`, `+` or one space. Case does not count. A class is compared whole, so `.ad` is no
`header`. Besides there is `:words(share-bar)`: a class of the element holds these words next to each other, however
they are joined: `post-share-bar`, `ShareBar__list`, `share_bar`. The element itself must have a tag, a class, an id
or an attribute in the selector, by which it is looked up; so a page pays only for the rules whose words are on it.

**XPath** is `//`, steps and predicates on attributes, own text and children:
`//div[h3[normalize-space(text())='Related']]`. One of the literals in it must be on the page before it is tried. There
is no second `//`, and no axis that would cost the square of a page.

**What stays.** `html`, `body`, `main`, `article` and `h1` are never taken, nor is an element that holds more than half
of the page's words or the article (`main`, `[role=main]`, `[itemprop=articleBody]`, and what the pack of a site says
under `article`), whatever its class says. An
element inside of another one of the same rule is not told again. `medium` rules take nothing; they are evidence. A
keep rule saves its element and all that is in it.

**Examples** are pieces of HTML. Each is tried in a page with more words than it has, with its rule alone: under
`removes` no letter or digit may be left outside of the elements the rule is about, under `keeps` it is about none.

## Reference
"""
HTML_EXAMPLE = """format: 1
pack: generic/library-page
description: The page of a made-up library site.
languages: [any]
rules:
  - id: library-page.shelf-mates
    category: related
    confidence: high
    scope: html
    message: a box of books from the same shelf
    css: ['.shelf-mates', ':words(same-shelf)', '[aria-label="from the same shelf"]']
    unless: [{max_links: 5%, min_words: 100}]
    tests:
      removes: ['<aside class="c-sameShelf__box"><h3>From the same shelf</h3><a href="/7">Eels</a></aside>']
      keeps: ['<p class="shelf">The mates of the shelf are few.</p>']
"""


def page() -> str:
    """The page."""
    intro = _INTRO.format(
        example=EXAMPLE,
        scopes="\n".join(f"| `{scope}` | {what} |" for scope, what in SCOPES.items()),
        levels="\n".join(f"| `{confidence}` | {when} |" for confidence, when in LEVELS.items()),
        max_unbounded=MAX_UNBOUNDED,
        many=MANY,
        max_branching=MAX_BRANCHING,
        html_example=HTML_EXAMPLE,
        max_steps=MAX_STEPS,
    )
    return "\n".join([intro, *(line for table in tables(PACK) for line in _reference(table))]).rstrip() + "\n"


def tables(first: Table) -> list[Table]:
    """A table and all those below it, each once, in the order in which a reader meets them."""
    found = {first.name: first}
    for field in first.fields.values():
        for below in _tables_in(field.kind):
            for table in tables(below):
                found.setdefault(table.name, table)
    return list(found.values())


def _tables_in(kind: Kind) -> tuple[Table, ...]:
    if isinstance(kind, Table):
        return (kind,)
    if isinstance(kind, Either):
        return (kind.table,)
    if isinstance(kind, Choice):
        return kind.other, kind.table
    return _tables_in(kind.kind) if isinstance(kind, Many) else ()


def _reference(table: Table) -> Iterator[str]:
    yield f"### {table.name[0].upper()}{table.name[1:]}"
    yield ""
    if table.one_of:
        yield f"Exactly one of {', '.join(f'`{key}`' for key in table.one_of)}."
        yield ""
    yield "| key | value | what for |"
    yield "|---|---|---|"
    for key, field in table.fields.items():
        needed = " **(needed)**" if field.required else ""
        yield f"| `{key}`{needed} | {cell(str(field.kind))} | {cell(field.about)} |"
    yield ""
