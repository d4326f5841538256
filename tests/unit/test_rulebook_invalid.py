"""Each file in `tests/invalid_rules` has one fault; its first line says where it is and what lint calls it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.rulebook.nodes import MAX_BYTES
from cleaner.rulebook.store import Store
from cleaner.tools.lint import lint

FOLDER = Path(__file__).parents[1] / "invalid_rules"
FILES = sorted(FOLDER.glob("*.yaml"))
EXPECTED = re.compile(r"# expect: (\d+) ([a-z-]+): (.+)")

VALID = """format: 1
pack: generic/norway
description: The language must not turn into a truth value.
languages: [no, nb]
rules:
  - id: norway.no-more
    category: subscription
    confidence: high
    scope: line
    message: says no
    phrases: [no more free articles]
    tests: {removes: [No more free articles], keeps: [no]}
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_invalid_rules(path: Path) -> None:
    data = path.read_bytes()
    expected = EXPECTED.match(data.split(b"\n")[0].decode())
    assert expected, "the first line must be like `# expect: 3 format: part of the message`"
    errors = [finding for finding in lint([(path.name, data)]) if finding.severity == "error"]
    assert [(e.path, e.line, e.code) for e in errors] == [(path.name, int(expected[1]), expected[2])], errors
    assert expected[3] in errors[0].message
    assert "\n" not in errors[0].message


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_loader_and_lint_agree(path: Path) -> None:
    findings = lint([(path.name, path.read_bytes())])
    if any(finding.code == "format" for finding in findings):
        with pytest.raises(RuleError) as caught:
            Store.of([(path.name, path.read_bytes())]).packs()
        assert f"{path.name}:{findings[0].line}: {findings[0].message}" == str(caught.value)
    else:
        assert Store.of([(path.name, path.read_bytes())]).packs()


def test_all_faults_are_told_at_once() -> None:
    files = [(path.name, path.read_bytes()) for path in FILES]
    broken = {finding.path for finding in lint(files) if finding.severity == "error"}
    assert broken == {path.name for path in FILES}


def test_all_broken_rules_of_a_file_are_told() -> None:
    second = VALID.partition("rules:\n")[2].replace("norway.no-more", "Bad_Id")
    third = VALID.partition("rules:\n")[2].replace("    scope: line\n", "").replace("norway.no-more", "norway.third")
    findings = lint([("x.yaml", (VALID + second + third).encode())])
    assert [(f.line, f.message) for f in findings] == [
        (13, "id 'Bad_Id' must look like family.what-it-takes"),
        (20, "rules[3] lacks 'scope'"),
    ]


def test_empty_and_huge_files() -> None:
    (empty,) = lint([("empty.yaml", b"")])
    assert "empty file" in empty.message
    (comment,) = lint([("comment.yaml", b"# nothing\n")])
    assert "empty file" in comment.message
    (huge,) = lint([("huge.yaml", VALID.encode() + b"#" * MAX_BYTES)])
    assert "larger than 4 MB" in huge.message


def test_norway_is_a_language() -> None:
    (pack,) = Store.of([("norway.yaml", VALID.encode())]).packs()
    assert pack.languages == ("no", "nb")
    assert pack.examples["norway.no-more"][1].text == "no"
    assert not lint([("norway.yaml", VALID.encode())])


def test_duplicates_across_files() -> None:
    other = VALID.replace("generic/norway", "generic/other").replace("no more free", "no other free")
    other = other.replace("No more free", "No other free")
    findings = lint([("b.yaml", other.encode()), ("a.yaml", VALID.encode())])
    assert [(f.path, f.line, f.message) for f in findings if f.code == "format"] == [
        ("b.yaml", 6, "duplicate id 'norway.no-more'; the first is a.yaml:6")
    ]
    (same,) = (f for f in lint([("a.yaml", VALID.encode()), ("c.yaml", VALID.encode())]) if f.code == "format")
    assert "pack 'generic/norway' is also in a.yaml" in same.message
