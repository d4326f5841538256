"""`cleaner learn`: exact output, files, answers, and what is wrong with what it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call, Ran
from tests.learn.synthetic import Recipe, filled, same, write

RECIPE = Recipe(
    "mill.example",
    "text",
    tail={
        "count": (1.0, filled("Ground {n} times between two stones of granite.")),
        "foot": (1.0, same("The Mill is printed on bags that were flour once.", "Ask the miller")),
    },
)
FACTS = "boilerplate high in 6 of 6 documents"
TABLE = (
    "mill.example: 6 documents, 3 rules -> learned-rules/mill.example.learned.yaml",
    f"mill-example.the-mill-is-printed-on-bags {FACTS} The Mill is printed on bags that were flour once.",
    f"mill-example.ground-times-between-two-stones-of {FACTS} "
    r"^Ground \d{1,12} times between two stones of granite\.$",
    f"mill-example.ask-the-miller {FACTS} Ask the miller",
)
PACK = """\
# Written by cleaner learn; change it as you like.
# cleaner rules lint FILE; cleaner rules test FILE
format: 1
pack: sites/mill.example.learned
description: What repeats in clippings of mill.example, as cleaner learn found it in 6.
"""


@pytest.fixture
def clips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(Path("clips"), RECIPE, 6)
    return tmp_path


def rows(ran: Ran) -> list[list[str]]:
    """The words of each line, whatever the columns are."""
    return [line.split() for line in ran.out.decode().splitlines()]


def test_packs_and_a_table(clips: Path, call: Call) -> None:
    ran = call("learn", "clips")
    assert ran.code == 0
    assert rows(ran) == [line.split() for line in TABLE]
    assert ran.err == (
        "cleaner: 6 documents read, 1 site with enough of them\n"
        "cleaner: 3 rules written; nothing uses them yet: --rules learned-rules does\n"
    )
    written = (clips / "learned-rules" / "mill.example.learned.yaml").read_text()
    assert written.startswith(PACK.replace("description: What", 'description: "What').replace("in 6.\n", 'in 6."\n'))
    assert call("rules", "lint", "learned-rules").err == "cleaner: 1 file checked: 0 errors, 0 warnings\n"
    assert call("rules", "test", "learned-rules").err == "cleaner: 1 file and 0 clean texts tried: 0 failures\n"


def test_nothing_is_applied_and_nothing_overwritten(clips: Path, call: Call) -> None:
    before = (clips / "clips" / "clip-00.txt").read_bytes()
    call("learn", "clips")
    assert (clips / "clips" / "clip-00.txt").read_bytes() == before
    assert b"Ask the miller" in call("clips/clip-00.txt").out
    assert b"Ask the miller" not in call("clips/clip-00.txt", "--rules", "learned-rules").out
    again = call("learn", "clips")
    assert (again.code, again.out) == (5, b"")
    assert again.err.splitlines()[-1] == (
        "cleaner: learned-rules/mill.example.learned.yaml: is there already; "
        "--overwrite replaces it, -o DIR writes elsewhere"
    )
    assert call("learn", "clips", "--overwrite").code == 0


def test_rule_by_rule_with_a_preview(clips: Path, call: Call) -> None:
    ran = call("learn", "clips", "-i", "-o", "mine", stdin=b"what\ny\nn\ny\n")
    assert ran.code == 0
    shown = ran.out.decode()
    question = "write this rule? [y]es, [n]o, [a]ll of this site, [s]kip the rest of it, [q]uit, [?] "
    assert shown.count(question) == 4
    assert shown.count("y: write it; n: do not; a: it and all after it of this site;") == 1
    preview = shown[shown.index("1/3") : shown.index(question)].splitlines()
    assert preview[0] == "1/3 mill-example.the-mill-is-printed-on-bags  boilerplate, high, in 6 of 6 documents"
    assert preview[1] == "  clips/clip-00.txt"
    assert preview[2].startswith("    Ground ")
    assert preview[3:5] == ["  - The Mill is printed on bags that were flour once.", "    Ask the miller"]
    assert preview[5].startswith("  keeps ")
    written = (clips / "mine" / "mill.example.learned.yaml").read_text()
    assert ("bags that were flour once" in written, "Ground" in written, "Ask the miller" in written) == (
        True,
        False,
        True,
    )


def test_what_needs_a_rule_that_is_not_wanted_is_left_out(clips: Path, call: Call) -> None:
    ran = call("learn", "clips", "-i", stdin=b"n\ny\ny\n")
    assert "cleaner: 1 more left out, which need a rule that was not wanted\n" in ran.err
    assert "1 rule written" in ran.err


@pytest.mark.parametrize("answers", [b"", b"q\n", b"s\n"])
def test_the_end_of_the_answers_writes_nothing(clips: Path, call: Call, answers: bytes) -> None:
    ran = call("learn", "clips", "-i", stdin=answers)
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "cleaner: nothing was written")
    assert not (clips / "learned-rules").exists()


def test_all_of_a_site(clips: Path, call: Call) -> None:
    assert "3 rules written" in call("learn", "clips", "-i", stdin=b"a\n").err


def test_documents_without_an_address(clips: Path, call: Call) -> None:
    for path in (clips / "clips").iterdir():
        path.write_text(path.read_text().partition("---\n")[2].partition("---\n")[2])
    ran = call("learn", "clips")
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err == (
        "cleaner: none of 6 documents says where it is from (front matter with source or url, or a saved page's "
        "address); --site HOST takes them for a site's\n"
    )
    assert "3 rules written" in call("learn", "clips", "--site", "mill.example").err


def test_what_is_wrong(clips: Path, call: Call) -> None:
    ran = call("learn", "none")
    assert (ran.code, ran.err) == (3, "cleaner: none: no such file or folder; check the name\n")
    ran = call("learn", "clips", "--site", "quay.example")
    assert (ran.code, ran.err) == (3, "cleaner: no clippings of quay.example in clips; see cleaner learn --help\n")
    ran = call("learn", "clips", "--least", "0")
    assert (ran.code, ran.err.startswith("cleaner: argument --least: ")) == (2, True)
    ran = call("learn", "clips", "--least", "7")
    assert (ran.code, ran.err) == (
        0,
        "cleaner: 6 documents read, 0 sites with enough of them\n"
        "cleaner: nothing repeats that would not go anyway; more clippings of a site tell more\n",
    )
    (clips / "file").write_text("x")
    ran = call("learn", "clips", "-o", "file/x")
    assert (ran.code, ran.err.splitlines()[-1]) == (5, "cleaner: file/x: cannot be made: Not a directory")


def test_what_cannot_be_read_is_named(clips: Path, call: Call) -> None:
    (clips / "clips" / "broken.warc.gz").write_bytes(b"no archive")
    ran = call("learn", "clips")
    assert ran.code == 0
    assert any(line.startswith("cleaner: clips/broken.warc.gz: ") for line in ran.err.splitlines())


def test_rules_of_the_vault_count_as_known(clips: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANER_CONFIG", raising=False)
    first = call("learn", "clips", "-o", "clips/.cleaner/rules")
    assert first.err.splitlines()[-1] == "cleaner: 3 rules written; used from now on"
    again = call("learn", "clips", "-o", "more")
    assert again.err.splitlines()[-1] == (
        "cleaner: nothing repeats that would not go anyway; more clippings of a site tell more"
    )
