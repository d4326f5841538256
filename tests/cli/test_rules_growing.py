"""`cleaner rules new --from`, `why`, `diff` and `import`: exact output, and what is wrong with what they are given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

SAMPLES = Path(__file__).parents[1] / "imports" / "samples"
CLIP = """\
---
title: The fog
source: https://www.lantern-post.example/fog
---

The fog lay on the harbour all day, and the keeper counted 12 ships by their bells alone.

The Lantern needs you: become a keeper

You have 3 wicks left this month

Wick shop

Nobody saw the last ship come in, but in the morning it was there.
"""
FROM = """\
format: 1
pack: sites/lantern-post.example
description: Lines of lantern-post.example that are no article.
languages: [any]
site:
  hosts: [lantern-post.example]
rules:
  - id: lantern-post-example.the-lantern-needs-you-become-a
    category: boilerplate
    confidence: high
    scope: line
    message: a line of lantern-post.example that is no article
    phrases:
      - "The Lantern needs you: become a keeper"
      - Wick shop
    tests:
      removes:
        - "The Lantern needs you: become a keeper"
        - Wick shop
      keeps:
        - "Nobody saw the last ship come in, but in the morning it was there."
        - "He read “The Lantern needs you: become a keeper” aloud, laughed, and went on with the story."
  - id: lantern-post-example.you-have-wicks-left-this-month
    category: boilerplate
    confidence: high
    scope: line
    message: a line of lantern-post.example that is no article
    keywords: [wicks left this month]
    regex: '^You have \\d{1,12} wicks left this month$'
    tests:
      removes: [You have 3 wicks left this month]
      keeps:
        - "Nobody saw the last ship come in, but in the morning it was there."
        - "He read “You have 3 wicks left this month” aloud, laughed, and went on with the story."
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("clip.md").write_text(CLIP)
    return tmp_path


# --- new --from -----------------------------------------------------------------------------------


def test_lines_become_a_rule_with_tests(here: Path, call: Call) -> None:
    ran = call("rules", "new", "--from", "clip.md:8-12")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == FROM


def test_from_this_line_annoys_me_to_a_tested_rule_in_four_commands(here: Path, call: Call) -> None:
    assert "  8   The Lantern needs you" in call("explain", "clip.md").out.decode()
    ran = call("rules", "new", "--from", "clip.md:8", "-o", "mine.yaml")
    assert (ran.code, ran.err) == (0, "cleaner: 1 rule written to mine.yaml; --rules mine.yaml uses it\n")
    assert call("rules", "test", "mine.yaml").err == "cleaner: 1 file and 0 clean texts tried: 0 failures\n"
    assert b"The Lantern needs you" not in call("clip.md", "--rules", "mine.yaml").out


def test_the_next_rule_is_added_and_the_first_one_kept(here: Path, call: Call) -> None:
    call("rules", "new", "--from", "clip.md:8", "-o", "mine.yaml")
    with (here / "mine.yaml").open("a") as file:
        file.write("keep:\n  - id: x.y\n    scope: line\n    message: stays\n    phrases: [a line]\n")
        file.write("    tests: {keeps: [a line]}\n")
    ran = call("rules", "new", "--from", "clip.md:10", "-o", "mine.yaml")
    assert (ran.code, ran.err) == (0, "cleaner: 1 rule added to mine.yaml; --rules mine.yaml uses it\n")
    call("rules", "new", "--from", "clip.md:8", "-o", "mine.yaml")
    listed = call("rules", "list", "--rules", "mine.yaml", "--pack", "sites/lantern-post.example").out.decode()
    assert [row.split("\t")[0] for row in listed.splitlines()] == [
        "lantern-post-example.the-lantern-needs-you-become-a",
        "lantern-post-example.you-have-wicks-left-this-month",
        "lantern-post-example.the-lantern-needs-you-become-a-2",
        "x.y",
    ]
    assert call("rules", "test", "mine.yaml").code == 0


def test_a_label_goes_only_near_the_lines_that_say_more(here: Path, call: Call) -> None:
    Path("clip.md").write_text(CLIP.replace("Wick shop", "Wickshop"))
    out = call("rules", "new", "--from", "clip.md:8-12", "-o", "mine.yaml")
    assert out.code == 0
    assert b"Wickshop" not in call("clip.md", "--rules", "mine.yaml").out
    assert (
        b"Wickshop"
        in call("--rules", "mine.yaml", "--url", "https://lantern-post.example/", stdin=b"A.\n\nWickshop\n").out
    )


def test_from_a_clipping_without_an_address(here: Path, call: Call) -> None:
    Path("bare.txt").write_text(
        "Glomp the frobnicators\n\nIt was a day like any other in the little town by the sea.\n"
    )
    ran = call("rules", "new", "--from", "bare.txt:1")
    assert (ran.code, ran.err) == (
        2,
        "cleaner: bare.txt: the clipping does not say where it is from; "
        "name the pack (sites/example.com) or pass --url\n",
    )
    assert b"pack: generic/greetings\n" in call("rules", "new", "generic/greetings", "--from", "bare.txt:1").out
    assert b"hosts: [a.example]\n" in call("rules", "new", "--url", "https://a.example/x", "--from", "bare.txt:1").out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--from", "clip.md"], 2, "clip.md: name a line, as in clip.md:12 or clip.md:10-14"),
        (["--from", "clip.md:99"], 2, "clip.md: there are no lines 99 to 99; it has 14"),
        (["--from", "clip.md:7"], 2, "clip.md: there must be 1 to 40 lines with words in them, and here are 0"),
        (["--from", "none.md:1"], 3, "none.md: no such file; check the name, or pipe the text in"),
        ([], 2, "name the pack, such as sites/example.com, or the lines with --from; see --help"),
        (
            ["--from", "clip.md:8", "-o", "other.yaml"],
            4,
            "other.yaml: is a pack of quay.example, not of lantern-post.example",
        ),
        (
            ["--from", "clip.md:8", "-o", "flow.yaml"],
            4,
            "flow.yaml: is not laid out so that a rule can be added; choose another -o FILE",
        ),
        (
            ["--from", "clip.md:8", "-o", "generic.yaml"],
            4,
            "generic.yaml: is a pack for other texts; name it, or choose another -o FILE",
        ),
    ],
)
def test_what_is_wrong_with_lines(here: Path, call: Call, arguments: list[str], code: int, says: str) -> None:
    rule = "{id: a.b, category: share, confidence: high, scope: line, message: m, phrases: [x y], "
    rule += "tests: {removes: [x y], keeps: [z]}}"
    head = "format: 1\npack: sites/q\ndescription: d\nlanguages: [any]\n"
    Path("other.yaml").write_text(f"{head}site: {{hosts: [quay.example]}}\nrules:\n  - {rule}\n")
    Path("flow.yaml").write_text(f"{head}site: {{hosts: [lantern-post.example]}}\nrules: [{rule}]\n")
    Path("generic.yaml").write_text(f"{head.replace('sites/q', 'generic/q')}rules:\n  - {rule}\n")
    before = Path("other.yaml").read_text()
    ran = call("rules", "new", *arguments)
    assert (ran.code, ran.out, ran.err) == (code, b"", f"cleaner: {says}\n")
    assert Path("other.yaml").read_text() == before


# --- why ------------------------------------------------------------------------------------------

MINE = """\
format: 1
pack: sites/quay
description: Made up.
languages: [any]
site: {hosts: [quay.example]}
disable: [generic.disabled]
rules:
  - id: quay.needs
    category: donation
    confidence: high
    scope: line
    message: begs
    phrases: ["the lantern needs you: become a keeper"]
    tests: {removes: ["The lantern needs you: become a keeper"], keeps: [None]}
  - id: quay.wicks
    category: subscription
    confidence: high
    scope: line
    message: counts
    keywords: [wicks left]
    regex: '^you have \\d wicks left$'
    tests: {removes: [You have 1 wicks left], keeps: [None]}
"""
GENERIC = """\
format: 1
pack: generic/wicks
description: Made up.
languages: [any]
rules:
  - id: wicks.left
    category: subscription
    confidence: high
    scope: line
    message: counts
    keywords: [wicks left]
    regex: '^you have \\d wicks left$'
    tests: {removes: [You have 1 wicks left], keeps: [None]}
  - id: wicks.shop
    category: advertising
    confidence: high
    scope: line
    message: sells
    phrases: [wick shop]
    when: {near: {phrases: [sale], within: 1}}
    tests: {removes: [{text: "sale now\\nwick shop", leaves: sale now}], keeps: [wick shop]}
  - id: wicks.keeper
    category: donation
    confidence: medium
    scope: line
    message: begs
    phrases: ["the harbour needs you: become a keeper"]
    tests: {removes: ["The harbour needs you: become a keeper"], keeps: [None]}
"""


@pytest.fixture
def mine(here: Path) -> Path:
    (here / "mine").mkdir()
    (here / "mine" / "quay.yaml").write_text(MINE)
    (here / "mine" / "wicks.yaml").write_text(GENERIC)
    return here


def test_why_names_rules_that_came_near_and_what_they_lack(mine: Path, call: Call) -> None:
    ran = call("rules", "why", "clip.md:8", "--rules", "mine")
    assert (ran.code, ran.out.decode(), ran.err) == (
        0,
        "clip.md:8  The Lantern needs you: become a keeper\n"
        "  quay.needs (donation, high): its site is quay.example, this clipping's is www.lantern-post.example\n"
        "    mine/quay.yaml:8\n"
        "  wicks.keeper (donation, medium): its phrase is “the harbour needs you: become a keeper”; "
        "the line lacks “harbour”; the line also has “lantern”\n"
        "    mine/wicks.yaml:22\n",
        "cleaner: a rule for it: cleaner rules new --from clip.md:8\n",
    )


def test_why_tells_of_patterns_and_conditions(mine: Path, call: Call) -> None:
    near = call("rules", "why", "clip.md:10", "--rules", "mine").out.decode()
    assert near.partition("\n")[0] == "clip.md:10  You have 3 wicks left this month"
    assert near[near.index("  wicks.left") :] == (
        "  wicks.left (subscription, high): it takes the line only if there is nothing else in it: "
        "^you have \\d wicks left$\n"
        "    mine/wicks.yaml:6\n"
        "  quay.wicks (subscription, high): its site is quay.example, this clipping's is www.lantern-post.example\n"
        "    mine/quay.yaml:15\n"
    )
    near = call("rules", "why", "clip.md:12", "--rules", "mine").out.decode()
    assert near[near.index("  wicks.shop") :] == (
        "  wicks.shop (advertising, high): "
        "it asks that one of `sale` stands in the line or the next line above or below\n"
        "    mine/wicks.yaml:14\n"
    )


def test_why_of_a_line_that_goes_and_of_one_that_nobody_knows(mine: Path, call: Call) -> None:
    Path("known.txt").write_text("Subscribe to our newsletter\n\nIt rained all day in the little town by the sea.\n")
    ran = call("rules", "why", "known.txt:1")
    assert ran.out.decode().splitlines()[1].startswith("  taken by newsletter.")
    assert ran.err == ""
    assert (
        call("rules", "why", "clip.md:6", "--rules", "mine").out.decode().splitlines()[1] == "  no rule comes near it"
    )


@pytest.mark.parametrize(
    ("place", "code", "says"),
    [
        ("clip.md:8-9", 2, "clip.md:8-9: one line, please"),
        ("clip.md:15", 2, "clip.md: no line 15; it has 14"),
        ("clip.md", 2, "clip.md: name a line, as in clip.md:12 or clip.md:10-14"),
        ("none:1", 3, "none: no such file; check the name, or pipe the text in"),
    ],
)
def test_why_of_what_is_not_there(here: Path, call: Call, place: str, code: int, says: str) -> None:
    ran = call("rules", "why", place)
    assert (ran.code, ran.out, ran.err) == (code, b"", f"cleaner: {says}\n")


# --- diff -----------------------------------------------------------------------------------------


@pytest.fixture
def corpus(here: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("cleaner.lines.found.BARS", {})  # what the model takes of such short texts is another matter
    (here / "vault").mkdir()
    (here / "vault" / "a.md").write_text(CLIP)
    (here / "vault" / "b.txt").write_text("Nothing of that here, only one sentence about the sea.\n")
    call("rules", "new", "--from", "clip.md:8", "-o", "old.yaml")
    call("rules", "new", "--from", "clip.md:10-12", "-o", "new.yaml")
    return here


def test_diff(corpus: Path, call: Call) -> None:
    ran = call("rules", "diff", "old.yaml", "new.yaml", "vault")
    assert (ran.code, ran.out.decode(), ran.err) == (
        1,
        "vault/a.md\n"
        "  -    8  The Lantern needs you: become a keeper  lantern-post-example.the-lantern-needs-you-become-a\n"
        "  +   10  You have 3 wicks left this month  lantern-post-example.you-have-wicks-left-this-month\n"
        "  +   12  Wick shop  lantern-post-example.wick-shop\n",
        "cleaner: 1 of 2 documents come out differently: "
        "41 characters only the new rules take (+), 38 only the old ones (-)\n",
    )


def test_diff_with_what_comes_with_cleaner_and_for_programs(corpus: Path, call: Call) -> None:
    ran = call("rules", "diff", "-", "old.yaml", "vault", "--json")
    assert ran.code == 1
    assert json.loads(ran.out) == {
        "document": "vault/a.md",
        "changes": [
            {
                "line": 8,
                "new": True,
                "text": "The Lantern needs you: become a keeper",
                "rule": "lantern-post-example.the-lantern-needs-you-become-a",
            }
        ],
    }
    same = call("rules", "diff", "old.yaml", "old.yaml", "vault")
    assert (same.code, same.out, same.err) == (
        0,
        b"",
        "cleaner: 0 of 2 documents come out differently: "
        "0 characters only the new rules take (+), 0 only the old ones (-)\n",
    )


def test_diff_of_what_is_not_there(corpus: Path, call: Call) -> None:
    ran = call("rules", "diff", "none", "-", "vault")
    assert (ran.code, ran.err) == (4, "cleaner: none: no such file or folder of rules\n")
    ran = call("rules", "diff", "-", "-", "none")
    assert (ran.code, ran.err) == (3, "cleaner: none: no such file or folder; check the name\n")


# --- import ---------------------------------------------------------------------------------------


def test_import(here: Path, call: Call) -> None:
    ran = call("rules", "import", "miniflux", str(SAMPLES / "miniflux"), "--list", "lines.tsv")
    assert (ran.code, ran.out.decode(), ran.err) == (
        0,
        "       6  where the article is\n"
        "       3  a rule for elements\n"
        "       2  left out: it rewrites the page; here is only deletion\n"
        "       1  left out: a rule that comes with cleaner has it\n"
        "       1  left out: no host name\n"
        "       1  left out: of the pseudo-classes there are :words() and, once deep, :not()\n",
        "cleaner: 14 lines of 2 files: 9 mapped, 5 left out; 2 rules in 4 packs in imported-rules/miniflux\n",
    )
    rows = (here / "lines.tsv").read_text().splitlines()
    assert rows[0] == "feeds.opml:3\tmapped\twhere the article is\tquarry.example: div.stone-text"
    assert len(rows) == 14
    assert sorted(path.name for path in (here / "imported-rules" / "miniflux").iterdir()) == [
        "harbour-gazette.example.yaml",
        "lantern.example.yaml",
        "quarry.example.yaml",
        "weekly-mill.example.yaml",
    ]


@pytest.mark.parametrize("kind", ["ftr", "easylist", "miniflux", "postlight"])
def test_imported_packs_pass_lint_and_tests_and_are_used(here: Path, call: Call, kind: str) -> None:
    ran = call("rules", "import", kind, str(SAMPLES / kind), "-o", "packs")
    assert ran.code == 0
    assert ran.err.endswith("cleaner: --list FILE says of each line what became of it\n")
    count = len(list((here / "packs").iterdir()))
    assert call("rules", "lint", "packs").err == f"cleaner: {count} files checked: 0 errors, 0 warnings\n"
    assert call("rules", "test", "packs").err == f"cleaner: {count} files and 0 clean texts tried: 0 failures\n"


def test_import_overwrites_nothing(here: Path, call: Call) -> None:
    arguments = ("rules", "import", "postlight", str(SAMPLES / "postlight"), "-o", "packs")
    assert call(*arguments).code == 0
    (here / "packs" / "harbour-gazette.example.yaml").write_text("mine")
    ran = call(*arguments)
    assert (ran.code, ran.out) == (5, b"")
    assert ran.err == (
        "cleaner: packs/harbour-gazette.example.yaml: is there already; "
        "--overwrite replaces it, -o DIR writes elsewhere\n"
    )
    assert (here / "packs" / "harbour-gazette.example.yaml").read_text() == "mine"
    assert call(*arguments, "--overwrite").code == 0


def test_import_of_what_is_not_there(here: Path, call: Call) -> None:
    ran = call("rules", "import", "ftr", "none")
    assert (ran.code, ran.err) == (
        3,
        "cleaner: none: no such file or folder; name your copy of ftr-site-config\n",
    )
    (here / "empty").mkdir()
    ran = call("rules", "import", "easylist", "empty")
    assert (ran.code, ran.err) == (3, "cleaner: empty: no files of EasyList in it (*.txt)\n")
    assert call("rules", "import", "opera", "empty").code == 2
