from __future__ import annotations

import marshal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.errors import RuleError
from cleaner.model import Example, Pack
from cleaner.rulebook.compile import compile_rules
from cleaner.rulebook.plain import rule_of
from cleaner.rulebook.schema import json_schema
from cleaner.rulebook.store import Store
from cleaner.tools.docs_format import EXAMPLE
from cleaner.tools.lint import lint

jsonschema: Any = pytest.importorskip("jsonschema")

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar as text, as the loader of rules has it."""

ALL_KEYS = r"""format: 1
pack: sites/example
description: A made-up site, with every key there is.
languages: [en, no]
site:
  hosts: [Example.com, news.example.org.]
  subdomains: false
  fingerprints: {need: 1, any: ["The  Example’s Own Words"]}
disable: [generic.rule]
rules:
  - id: example.pattern
    category: subscription
    confidence: certain
    scope: block
    message: a pattern
    keywords: [Left This   Month]
    regex: '^you have (?:no|\d+) articles left this month'
    case_sensitive: true
    when: {max_words: 40, min_words: 2, alone: true, position: {tail: 40%}}
    unless:
      - {zone: code}
      - {followed_by: {paragraph_chars: 200}, repeated: 2}
      - near: {phrases: ["The  Editors"], within: 2, where: above}
      - preceded_by: {regex: 'to be'}
    tests:
      removes:
        - "You have no articles left this month"
        - text: |
            You have no articles left this month
          leaves: "x"
      keeps: ["no"]
  - id: example.labels
    category: icon-label
    confidence: medium
    scope: line
    message: labels
    line_of: {atoms: [Icon, Facebook, icon], need: [Mail], min_atoms: 3}
    tests: {removes: [Icon Facebook Mail], keeps: [Icon]}
  - id: example.section
    category: related
    confidence: low
    scope: section
    message: a list
    phrases: ["More stories:", read on]
    section: {max_lines: 9, max_fraction: 20%, item_words: 12, until: '^the end$'}
    tests: {removes: [More stories], keeps: [More stories about]}
keep:
  - id: example.keep
    scope: line
    message: the topic
    phrases: [our own words]
    tests:
      keeps:
        - Our own words
"""


def pack_of(text: str) -> Pack:
    (pack,) = Store.of([("x.yaml", text.encode())]).packs()
    return pack


def test_everything_is_read() -> None:
    pack = pack_of(ALL_KEYS)
    assert (pack.name, pack.kind, pack.languages) == ("sites/example", "site", ("en", "no"))
    assert pack.site
    assert pack.site.hosts == ("example.com", "news.example.org")
    assert (pack.site.subdomains, pack.site.need) == (False, 1)
    assert pack.site.fingerprints == ("the example's own words",)
    assert pack.disable == ("generic.rule",)
    pattern, labels, section, keep = pack.rules
    assert pattern.patterns == (r"^you[ \n]have[ \n](?:no|\d+)[ \n]articles[ \n]left[ \n]this[ \n]month",)
    assert pattern.keywords == ("left this month",)
    assert pattern.case_sensitive
    assert pattern.when == {"max_words": 40, "min_words": 2, "alone": True, "position": {"tail": 0.4}}
    assert pattern.unless[2] == {"near": {"phrases": ("the editors",), "within": 2, "where": "above"}}
    assert pattern.unless[3] == {"preceded_by": {"regex": r"to[ \n]be"}}
    assert labels.patterns == ("icon", "facebook", "mail")
    assert (labels.need, labels.keywords, labels.min_atoms) == (("mail",), ("mail",), 3)
    assert section.patterns == section.keywords == ("more stories", "read on")
    assert section.section
    assert (section.section.max_lines, section.section.max_fraction, section.section.item_words) == (9, 0.2, 12)
    assert keep.keep


def test_examples_have_their_lines() -> None:
    examples = pack_of(ALL_KEYS).examples
    assert examples["example.pattern"] == (
        Example("You have no articles left this month", "", 27),
        Example("You have no articles left this month\n", "x", 28),
        Example("no", None, 31),
    )
    assert examples["example.keep"] == (Example("Our own words", None, 54),)


def test_order_of_files_does_not_matter() -> None:
    files = [("a.yaml", ALL_KEYS.encode()), ("b.yaml", EXAMPLE.encode())]
    assert [pack.name for pack in Store.of(files).packs()] == [pack.name for pack in Store.of(files[::-1]).packs()]
    assert compile_rules(Store.of(files).packs())[0] == compile_rules(Store.of(files[::-1]).packs())[0]


def test_rules_survive_their_plain_form() -> None:
    payload, _ = compile_rules([pack_of(ALL_KEYS)])
    for rule, values in zip(pack_of(ALL_KEYS).rules, payload["rules"], strict=True):
        again = rule_of(marshal.loads(values), {rule.pack: rule.path})
        assert {name: getattr(again, name) for name in type(rule).__slots__} == {
            name: getattr(rule, name) for name in type(rule).__slots__
        }


@pytest.mark.parametrize("text", [ALL_KEYS, EXAMPLE])
def test_json_schema_accepts_what_the_loader_accepts(text: str) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(yaml.load(text.replace("no]", '"no"]'), yaml.SafeLoader))


def test_json_schema_knows_the_shipped_rules() -> None:
    validator: Any = jsonschema.Draft202012Validator(json_schema())
    for path in sorted((Path(__file__).parents[2] / "rules").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        Store.of([(str(path), text.encode())]).packs()
        data = yaml.load(text, LOADER)
        faults = list(validator.iter_errors(_typed(data)))
        assert not faults, (path, faults[0].message)


def _typed(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _typed_value(key, value) for key, value in data.items()}
    return [_typed(value) for value in data] if isinstance(data, list) else data


def _typed_value(key: str, value: Any) -> Any:
    if isinstance(value, str):
        if value in ("true", "false") and key in ("case_sensitive", "alone", "subdomains"):
            return value == "true"
        numbers = "format max_words min_words within need min_atoms max_lines item_words repeated paragraph_chars"
        return int(value) if key in numbers.split() and value.isdigit() else value
    return _typed(value)


def loads_or_complains(data: bytes) -> None:
    """The loader knows only packs and errors with a place, and lint sees just what the loader sees."""
    files = [("fuzz.yaml", data)]
    fault = fault_of(files)
    complaints = [finding for finding in lint(files) if finding.code == "format"]
    if fault is None:
        compile_rules(Store.of(files).packs())
        assert not complaints
    else:
        assert fault.path == "fuzz.yaml"
        assert "\n" not in str(fault)
        assert complaints


def fault_of(files: list[tuple[str, bytes]]) -> RuleError | None:
    try:
        Store.of(files).packs()
    except RuleError as error:
        return error
    return None


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b"\x00")
@example(b"'\\ud800'")
@example(b"? [a]\n: b\n")
@example(b"- " * 3000)
@example(b"[" * 3000)
@example(b"{" * 3000)
@example(b"%YAML 9.9\n---\n")
@example(b"<<: x\n")
@settings(max_examples=3 * settings().max_examples, deadline=None)
def test_any_bytes(data: bytes) -> None:
    loads_or_complains(data)


LINES = (ALL_KEYS + EXAMPLE).splitlines()
SNIPPETS = [
    "{{",
    "[",
    "]",
    "}",
    "'",
    '"',
    "&a",
    "*a",
    "!!int",
    "\t",
    "\u200b",
    "\u2028",
    "-",
    ": ",
    "#",
    "|",
    "null",
    "~",
]
SNIPPETS += ["no", "(", ")", "(?", "\\", "{2", "{e}", "[[", "+", "*", "9" * 5000, "١٢", "%", "\ud7ff", "\x85", "\x07"]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([ALL_KEYS, EXAMPLE]))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        how = draw(st.integers(0, 3))
        if how == 0:
            text = text[:at] + draw(st.sampled_from(SNIPPETS)) + text[at:]
        elif how == 1:
            text = text[:at] + text[at + draw(st.integers(1, 30)) :]
        elif how == 2:
            rows = text.splitlines(keepends=True)
            row = draw(st.integers(0, max(0, len(rows) - 1)))
            text = "".join([*rows[:row], draw(st.sampled_from(LINES)) + "\n", *rows[row:]])
        else:
            rows = text.splitlines(keepends=True)
            row = draw(st.integers(0, max(0, len(rows) - 1)))
            text = "".join([*rows[:row], *rows[row + 1 :]])
    return text


@given(mutated())
@settings(max_examples=3 * settings().max_examples, deadline=None)
def test_mutated_packs(text: str) -> None:
    loads_or_complains(text.encode())
