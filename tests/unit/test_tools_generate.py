from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.categories import CATEGORIES
from cleaner.model import LEVELS
from cleaner.report import to_dict
from cleaner.report.schema import json_schema as report_schema
from cleaner.rulebook import store
from cleaner.rulebook.conditions import CONDITIONS, ELEMENT_CONDITIONS, in_words
from cleaner.rulebook.schema import PACK
from cleaner.rulebook.store import Store
from cleaner.rulebook.wording import code
from cleaner.tools import generate
from cleaner.tools.check import check
from cleaner.tools.docs_format import EXAMPLE, HTML_EXAMPLE, tables
from cleaner.tools.lint import lint
from cleaner.tools.words import cell

jsonschema: Any = pytest.importorskip("jsonschema")

RULES = Path(__file__).parents[2] / "rules"
FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small set of rules in the place of the shipped ones, and a folder to write to."""
    from tests.unit.test_rulebook_load import ALL_KEYS

    for name, text in (("generic", EXAMPLE), ("sites", ALL_KEYS)):
        (tmp_path / "rules" / name).mkdir(parents=True)
        (tmp_path / "rules" / name / "x.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(store, "shipped_rules", lambda: str(tmp_path / "rules"))
    monkeypatch.setattr(generate, "shipped_rules", lambda: str(tmp_path / "rules"))
    return tmp_path / "root"


@pytest.fixture(scope="module")
def shipped_pages() -> dict[str, str]:
    """What is generated of the shipped rules."""
    return generate.generate()


def test_write_and_stale(shelf: Path) -> None:
    pages = generate.generate()
    assert generate.stale(str(shelf)) == sorted(pages)
    assert generate.write(str(shelf)) == sorted(pages)
    assert generate.stale(str(shelf)) == generate.write(str(shelf)) == []
    (shelf / "docs/rules/index.md").write_text("old")
    (shelf / "docs/rules/generic-gone.md").write_text("old")
    (shelf / "docs/rules/notes.txt").write_text("not ours")
    assert generate.main(["--check", str(shelf)]) == 1
    assert generate.write(str(shelf)) == ["docs/rules/generic-gone.md", "docs/rules/index.md"]
    assert generate.main(["--check", str(shelf)]) == 0
    assert (shelf / "docs/rules/notes.txt").exists()


def test_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["a", "b"]) == generate.main(["--help"]) == 2
    assert "usage" in capsys.readouterr().err


def test_the_root_is_the_current_folder(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.mkdir(exist_ok=True)
    monkeypatch.chdir(shelf)
    assert generate.main([]) == generate.main(["--check"]) == 0
    assert (shelf / "docs/options.md").exists()


def test_broken_rules(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shelf.parent / "rules" / "bad.yaml").write_text("nonsense")
    assert generate.main([str(shelf)]) == 2
    assert "bad.yaml:1: " in capsys.readouterr().err


def test_pages_say_it_all(shelf: Path) -> None:
    pages = generate.generate()
    page = pages["docs/rules/sites-example.md"]
    for text in (
        '<a id="example.pattern"></a>\n## example.pattern',
        "`--skip subscription`",
        "acts at every level",
        "Only if its lines have at most 40 words and its lines have at least 2 words and it is a block of its own",
        "Not if it touches code.",
        "Not if one of `the editors` stands in the line or the 2 lines above.",
        "`^you have (?:no|\\d+) articles left this month` Case counts.",
        "at least 3 of these labels and nothing else: `Icon`, `Facebook`",
        "One of them must be `mail`",
        "before a line of more than 12 words or a line with `^the end$` or the end of the text.",
        "If that makes more than 9 lines or 20 % of the text, nothing is taken.",
        "Saves the topic. A keep rule",
        "Applies to `example.com`, `news.example.org`.",
        "if 1 of these stand in it: `the example's own words`",
        "Does without `generic.rule`.",
    ):
        assert text in page
    index = pages["docs/rules/index.md"]
    assert "| [example.pattern](sites-example.md#example.pattern) | subscription | certain | a pattern |" in index
    assert str(shelf.parent) not in "".join(pages.values())


def test_links_lead_somewhere(shelf: Path) -> None:
    pages = generate.generate()
    for target, anchor in re.findall(r"\]\(([\w.-]+\.md)#([\w.-]+)\)", pages["docs/rules/index.md"]):
        assert f'<a id="{anchor}"></a>' in pages[f"docs/rules/{target}"]


def test_conditions_in_words() -> None:
    assert in_words({"max_links": 0.2, "has": ("h1", ".a")}, ELEMENT_CONDITIONS) == (
        "at most 20 % of its words stand in links and one of `h1`, `.a` is inside of it"
    )
    assert in_words({"position": {"tail": 0.4}, "repeated": 2}, CONDITIONS) == (
        "it starts in the last 40 % of the text and its lines stand at least 2 times in the text"
    )


def test_every_key_is_in_the_reference(shipped_pages: dict[str, str]) -> None:
    page = shipped_pages["docs/rule-format.md"]
    for table in tables(PACK):
        assert f"### {table.name[0].upper()}{table.name[1:]}\n" in page
        for key in table.fields:
            assert f"| `{key}`" in page


@pytest.mark.parametrize("example", [EXAMPLE, HTML_EXAMPLE])
def test_the_worked_examples_are_good_and_do_what_they_say(shipped_pages: dict[str, str], example: str) -> None:
    assert example in shipped_pages["docs/rule-format.md"]
    assert not lint([("example.yaml", example.encode())])
    assert not check([("example.yaml", example.encode())])


def test_a_rule_for_html_in_words(shelf: Path) -> None:
    (shelf.parent / "rules" / "html.yaml").write_text(HTML_EXAMPLE, encoding="utf-8")
    page = generate.generate()["docs/rules/generic-library-page.md"]
    for text in (
        "- Takes: whole elements of a page (scope `html`).",
        "- Not if at most 5 % of its words stand in links and it holds at least 100 words.",
        "- Looks for elements by the selectors `.shelf-mates`, `:words(same-shelf)`",
        "```html\n<aside",
    ):
        assert text in page


def test_the_keep_rule_of_the_index_is_good(shelf: Path) -> None:
    block = re.search("```yaml\n(.*?)```", generate.generate()["docs/rules/index.md"], re.DOTALL)
    assert block
    assert not lint([("keep.yaml", block[1].encode())])
    assert not check([("keep.yaml", block[1].encode())])


def test_code_and_cells() -> None:
    assert code("a") == "`a`"
    assert code("a`b") == "``a`b``"
    assert code("`a") == "`` `a ``"
    assert cell("a | b\n<c>") == "a \\| b &lt;c>"


def test_shipped_docs_are_made_of_all_rules(shipped_pages: dict[str, str]) -> None:
    packs = Store.of([(str(path), path.read_bytes()) for path in sorted(RULES.rglob("*.yaml"))]).packs()
    for pack in packs:
        page = shipped_pages[f"docs/rules/{pack.name.replace('/', '-')}.md"]
        assert all(f'<a id="{rule.id}"></a>' in page for rule in pack.rules)
    assert shipped_pages == generate.generate()


def test_report_schema() -> None:
    validator: Any = jsonschema.Draft202012Validator(report_schema())
    validator.check_schema(report_schema())
    from cleaner.report import loads
    from cleaner.report.json import dumps

    odd: list[str | bytes] = ["", "\n", "One line.", b"\xef\xbb\xbfcaf\xc3\xa9\r\n", b"caf\xe9", "\ud800"]
    texts = [path.read_bytes() for path in sorted(FIXTURES.glob("*/input.*"))]
    kinds = set()
    for number, level in enumerate(LEVELS):
        one = cleaner.Cleaner(level=level)
        for text in (*odd, *texts[number::12]):
            report = one.clean(text, url="https://asia.nikkei.com/x").report
            data = json.loads(dumps(to_dict(report)))
            validator.validate(data)
            assert to_dict(loads(dumps(data))) == data
            kinds |= {key for key in ("removals", "repairs", "kept", "warnings", "site") if data[key]}
    assert {"removals", "repairs", "kept"} <= kinds
    assert not validator.is_valid({**data, "more": 1})
    assert not validator.is_valid({**data, "removals": [{}]})
    assert set(CATEGORIES) == set(
        report_schema()["properties"]["counts"]["properties"]["categories"]["propertyNames"]["enum"]
    )
