"""What lint must not complain about, and what it says beyond the files in `tests/invalid_rules`."""

from __future__ import annotations

import pytest

from cleaner.tools.docs_format import EXAMPLE
from cleaner.tools.lint import Finding, lint
from cleaner.tools.lint_literals import common, too_short, weight

HEAD = "format: 1\npack: {pack}\ndescription: Made up.\nlanguages: [en]\n"


def rule(
    rule_id: str, looks_for: str, removes: str, *more: str, confidence: str = "high", category: str = "share"
) -> str:
    lines = [
        f"id: {rule_id}",
        f"category: {category}",
        f"confidence: {confidence}",
        "scope: line",
        "message: made up",
        looks_for,
        *more,
        f"tests: {{removes: [{removes}], keeps: [Something else.]}}",
    ]
    return "  - " + "\n    ".join(lines) + "\n"


def pack(*rules: str, name: str = "generic/made-up", head: str = "") -> tuple[str, bytes]:
    return f"{name}.yaml", (HEAD.format(pack=name) + head + "rules:\n" + "".join(rules)).encode()


def codes(*files: tuple[str, bytes], beside: tuple[tuple[str, bytes], ...] = ()) -> list[tuple[str, str, str]]:
    return [(finding.path, finding.severity, finding.code) for finding in lint(files, beside)]


TWICE = rule("a.one", "phrases: [share this story]", "Share this story")


def test_the_worked_example_of_the_docs() -> None:
    assert not lint([("example.yaml", EXAMPLE.encode())])


@pytest.mark.parametrize(
    "keyword", ["{{", "%%", "©", "$", "\ue000", "広告", "구독", "left", "articles left", "see also", "ads by"]
)
def test_good_keywords(keyword: str) -> None:
    assert not too_short(keyword)
    assert not common(keyword)


@pytest.mark.parametrize("keyword", ["!", "-", "ad", "the", "広", "with", "in the", "for you"])
def test_bad_keywords(keyword: str) -> None:
    assert too_short(keyword) or common(keyword)


def test_weight() -> None:
    assert weight("広告") == weight("a b-c, def!") == 6


def test_short_phrases() -> None:
    name = "generic/made-up.yaml"
    assert codes(pack(rule("a.one", "phrases: [Anzeige]", "Anzeige"))) == []
    assert codes(pack(rule("a.one", "phrases: [広告]", "広告"))) == []
    assert codes(pack(rule("a.one", "phrases: [Share]", "Share"))) == [(name, "warning", "phrase-short")]
    assert codes(pack(rule("a.one", "phrases: [Share]", "Share", confidence="medium"))) == []


def test_labels_without_need() -> None:
    found = lint([pack(rule("a.one", "line_of: {atoms: [Icon, X]}", "Icon X"))])
    assert [(f.severity, f.code, f.line) for f in found] == [("warning", "keyword-short", 11)]
    assert not lint([pack(rule("a.one", "line_of: {atoms: [Icon, X], need: [Icon]}", "Icon X"))])


def test_a_keyword_across_markup() -> None:
    looks_for = "keywords: [share this]\n    regex: '^share this$'"
    assert codes(pack(rule("a.one", looks_for, '"[Share](https://example.com/)  **this**"'))) == []


def test_a_phrase_may_stand_twice_where_the_rules_do_different_things() -> None:
    sure = rule("a.two", "phrases: [share this story]", "Share this story", "when: {alone: true}", confidence="certain")
    assert "phrase-twice" not in [code for *_, code in codes(pack(TWICE, sure))]
    newsletter = TWICE.replace("a.one", "a.two").replace("category: share", "category: newsletter")
    weak = [text.replace("high", "medium") for text in (TWICE, newsletter)]
    assert codes(pack(*weak)) == [(path, "warning", "shadowed") for path in ["generic/made-up.yaml"] * 2]
    sites = [
        pack(TWICE.replace("a.one", f"{name}.one"), name=f"sites/{name}", head=f"site: {{hosts: [{name}.com]}}\n")
        for name in ("a", "b")
    ]
    assert codes(*sites) == []


def test_a_phrase_that_stands_twice_with_other_conditions_is_a_warning() -> None:
    other = rule("a.two", "phrases: [share this story]", "Share this story", "when: {alone: true}")
    assert ("generic/made-up.yaml", "warning", "phrase-twice") in codes(pack(TWICE, other))


def test_shadowed() -> None:
    wide = rule("a.wide", "keywords: [share this]\n    regex: '^share this (?:story|page)$'", "Share this page")
    assert lint([pack(TWICE, wide)]) == [
        Finding(
            "generic/made-up.yaml",
            6,
            "warning",
            "shadowed",
            "a.one: a.wide (generic/made-up.yaml:13) takes all its examples; "
            "take the rule out, or add an example that needs it",
        )
    ]
    assert not lint([pack(TWICE, wide.replace("high", "medium"))])
    more = TWICE.replace("[share this story]", "[share this story, share it]").replace("y], k", "y, Share it], k")
    assert not lint([pack(more, wide)])


def test_files_beside() -> None:
    other = TWICE.replace("a.one", "b.one")
    site = pack(other, name="sites/b", head="site: {hosts: [b.com]}\ndisable: [a.one]\n")
    assert ("sites/b.yaml", "error", "unknown-rule") in codes(site)
    assert codes(site, beside=(pack(TWICE),)) == [("sites/b.yaml", "error", "phrase-twice")]
    broken = ("beside.yaml", b"nonsense")
    assert codes(pack(TWICE), beside=(broken,)) == []


def test_a_site_cannot_disable_rules_of_another_site() -> None:
    a = pack(TWICE, name="sites/a", head="site: {hosts: [a.com]}\n")
    b = pack(TWICE.replace("a.one", "b.one"), name="sites/b", head="site: {hosts: [b.com]}\ndisable: [a.one]\n")
    assert codes(a, b) == [("sites/b.yaml", "error", "unknown-rule")]


def test_a_slow_pattern_that_looks_harmless() -> None:
    looks_for = (
        "keywords: [share this]\n    regex: '^share this(?:[^x]{0,199}y[^z]{0,199}y[^q]{0,199}y[^v]{0,199}y){1}!$'"
    )
    found = lint([pack(rule("a.one", looks_for, "Share thisyyyy!"))])
    assert {f.code for f in found} <= {"pattern-slow"}


def test_a_pattern_that_goes_to_the_end_of_the_line_from_each_of_its_characters() -> None:
    """Such a condition took a second on a line of 6,000 characters."""
    near = "phrases: [share]\n    unless: [{near: {regex: '\\w[^\\n]{12,%s}:$'}}]"
    assert "pattern-slow" in {f.code for f in lint([pack(rule("a.one", near % "", "Share"))])}
    assert "pattern-slow" not in {f.code for f in lint([pack(rule("a.one", near % "80", "Share"))])}


def test_findings_are_sorted() -> None:
    files = [pack(rule("a.one", "phrases: [Share]", "Share"), name=f"generic/{name}") for name in "cab"]
    found = lint(files)
    assert found == sorted(found)
    assert [f.path for f in found if f.code == "phrase-short"] == [
        "generic/a.yaml",
        "generic/b.yaml",
        "generic/c.yaml",
    ] or ({f.code for f in found} >= {"format"})


def test_conditions_may_look_for_what_is_not_there() -> None:
    text = rule(
        "a.one", "phrases: [share this story]", "Share this story", "unless: [{followed_by: {regex: '^(?!•)'}}]"
    )
    assert "pattern-empty" not in [code for *_, code in codes(pack(text))]
