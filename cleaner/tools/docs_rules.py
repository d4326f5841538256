"""The pages under `docs/rules/`: one for each pack, made from the rules, and an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.decide.steps import STEPS
from cleaner.model import Example, Pack, Rule
from cleaner.rulebook.conditions import CONDITIONS, ELEMENT_CONDITIONS, in_words
from cleaner.rulebook.matchers import MATCHERS
from cleaner.rulebook.nodes import Node
from cleaner.rulebook.wording import codes
from cleaner.tools.places import entries
from cleaner.tools.words import EVIDENCE, LEVELS, SCOPES, cell, section

_INDEX = """\
# Rules

{rules} rules in {packs} packs, and what each of them takes. These pages are made from the rule files.

## Why did this line vanish?

The report says it: every removal has its place, its text and the id of its rule. Look the id up [below](#all-rules);
its page shows what the rule looks for, under which conditions, with examples. The evidence of a removal names the
other rules that wanted the same text. A removal by `company.…` has no rule of its own: it
fell because of [its neighbours](#company); one by `corpus.repeated` because the line stands all over its site.

## Why did this line stay?

It may be in the report under `kept`, with the reason: the level, a condition, a keep rule, code, a quotation, a heading
of what stays. If it is not there,
no rule knows it. [The format of rules](../rule-format.md) shows how to write one.

## How do I stop a rule?

From the widest to the narrowest:

- a lower level: `--level safe` acts on what is certain only;
- without a category: `--skip CATEGORY`, several times if need be;
- on one site: a pack of your own under `sites/` with `disable: [the.rule]`;
- for one wording: a keep rule in a pack of your own, which saves what it matches from every rule:

```yaml
format: 1
pack: generic/mine
description: What I want to keep.
languages: [any]
keep:
  - id: mine.our-newsletter
    scope: line
    message: our own newsletter is the topic
    phrases: [Sign up for our newsletter]
    tests: {{keeps: ["Sign up for our newsletter"]}}
```

If the rule is wrong for everybody, please report it with the line and its surroundings.

## Levels

| confidence | acts |
|---|---|
{levels}

## Company

These are part of the engine. They act at `normal` and `aggressive`; the first two belong to the category of their
neighbours, menus to `navigation`, and what a corpus tells (`--line-counts`) to `boilerplate`.

{company}

## Packs

| pack | rules | what for |
|---|---|---|
{pack_table}

## All rules

| rule | category | confidence | what it takes |
|---|---|---|---|
{rule_table}
"""


OWN = tuple(rule for step in STEPS for rule in step.rules)
"""The engine's own rules for text."""


def index(packs: Sequence[Pack]) -> str:
    """The page that leads to all others."""
    rules = sorted(((rule, pack) for pack in packs for rule in pack.rules), key=lambda pair: pair[0].id)
    return _INDEX.format(
        rules=len(rules),
        packs=len(packs),
        levels="\n".join(f"| `{confidence}` | {when} |" for confidence, when in LEVELS.items()),
        company="\n".join(f'- <a id="{rule.id}"></a>`{rule.id}`: {rule.message}' for rule in OWN),
        pack_table="\n".join(
            f"| [{pack.name}]({page_name(pack)}) | {len(pack.rules)} | {cell(_first_sentence(pack.description))} |"
            for pack in packs
        ),
        rule_table="\n".join(
            f"| [{rule.id}]({page_name(pack)}#{rule.id}) | {rule.category} | {'–' if rule.keep else rule.confidence} "
            f"| {cell(rule.message)} |"
            for rule, pack in rules
        ),
    )


def page_name(pack: Pack) -> str:
    """The file name of a pack's page."""
    return f"{pack.name.replace('/', '-')}.md"


def page(pack: Pack, root: Node) -> str:
    """The page of one pack; `root` is its parsed file."""
    lines = [f"# {pack.name}", "", cell(pack.description), ""]
    lines += [f"Languages: {', '.join(pack.languages)}. File: `rules/{pack.path}`. [All rules](index.md)", ""]
    lines += _site(pack)
    for rule, node in zip(pack.rules, entries(root), strict=True):
        lines += _rule(rule, node, pack.examples[rule.id])
    return "\n".join(lines).rstrip() + "\n"


def _site(pack: Pack) -> Iterator[str]:
    if pack.site:
        below = " and hosts below them" if pack.site.subdomains else ""
        yield f"Applies to {codes(pack.site.hosts)}{below}."
        if pack.site.fingerprints:
            prints = codes(pack.site.fingerprints)
            yield f"A text without a URL is taken for this site if {pack.site.need} of these stand in it: {prints}."
        yield ""
    if pack.disable:
        yield f"Does without {codes(pack.disable)}."
        yield ""


def _rule(rule: Rule, node: Node, examples: Sequence[Example]) -> Iterator[str]:
    yield f'<a id="{rule.id}"></a>'
    yield f"## {rule.id}"
    yield ""
    if rule.keep:
        yield f"Saves {cell(rule.message)}. A keep rule: no other rule takes what it matches."
    else:
        yield f"{_sentence(cell(rule.message))}"
        yield ""
        yield f"- Category: `{rule.category}`; `--skip {rule.category}` leaves it alone."
        evidence = rule.scope == "html" and rule.confidence == "medium"
        yield f"- Confidence: `{rule.confidence}`; acts {EVIDENCE if evidence else LEVELS[rule.confidence]}."
        yield f"- Takes: {SCOPES[rule.scope]} (scope `{rule.scope}`). {section(rule)}".rstrip()
    known = ELEMENT_CONDITIONS if rule.scope == "html" else CONDITIONS
    if rule.when:
        yield f"- Only if {in_words(rule.when, known)}."
    for group in rule.unless:
        yield f"- Not if {in_words(group, known)}."
    yield from _patterns(rule, node)
    yield ""
    yield from _examples(rule, examples)


def _patterns(rule: Rule, node: Node) -> Iterator[str]:
    if rule.scope == "html":
        what = "selectors" if rule.matcher == "css" else "XPath expressions"
        yield f"- Looks for elements by the {what} {codes(rule.patterns)}"
    else:
        yield from (f"- {item}" for item in MATCHERS[rule.matcher].words(rule, node))


def _examples(rule: Rule, examples: Sequence[Example]) -> Iterator[str]:
    language = "html" if rule.scope == "html" else "text"
    takes = [example for example in examples if example.output is not None]
    stays = [example for example in examples if example.output is None]
    if takes:
        yield "Does not save:" if rule.keep else "Takes:"
        yield ""
        for example in takes:
            yield from _quote(example.text, language)
            if example.output:
                yield "of which this is left:"
                yield ""
                yield from _quote(example.output, "text")
    if stays:
        yield "Saves:" if rule.keep else "Keeps:"
        yield ""
        for example in stays:
            yield from _quote(example.text, language)


def _quote(text: str, language: str) -> Iterator[str]:
    fence = "```"
    while fence in text:
        fence += "`"
    yield f"{fence}{language}"
    yield from text.splitlines()
    yield fence
    yield ""


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0].rstrip(".")
