"""`cleaner rules`."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.cli.conftest import CLIP, PACK, Call


def test_list(rules: str, call: Call) -> None:
    ran = call("rules", "list", "--rules", rules, "--pack", "generic/cli-test")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode().splitlines()[0] == (
        "clitest.line\tdonation\tcertain\tline\tgeneric/cli-test\tbegs in nonsense"
    )
    assert ran.out.count(b"\n") == 5


def test_list_filters(rules: str, call: Call) -> None:
    some = call("rules", "list", "--rules", rules, "--pack", "generic", "--category", "donation").out.decode()
    assert "clitest.line\t" in some
    assert "clitest.span" not in some
    ran = call("rules", "list", "--pack", "sites/no-such")
    assert ran.code == 2
    assert ran.err.startswith("cleaner: no pack 'sites/no-such'; known: ")


def test_list_for_machines_and_for_terminals(rules: str, call: Call) -> None:
    args = ("rules", "list", "--rules", rules, "--pack", "generic/cli-test")
    data = json.loads(call(*args, "--json").out)
    assert (data[1]["id"], data[1]["scope"], data[1]["line"]) == ("clitest.span", "span", 13)
    lines = call(*args, tty=True).out.decode().splitlines()
    assert lines[0] == "\x1b[1mgeneric/cli-test\x1b[0m"
    assert "clitest.line" in lines[1]


def test_show(rules: str, call: Call) -> None:
    ran = call("rules", "show", "clitest.doubt", "--rules", rules)
    assert ran.out.decode() == (
        f"clitest.doubt  {rules}/test.yaml:20\nmay be a heading\ngeneric/cli-test, comments, medium, scope line\n\n"
        "- id: clitest.doubt\n  category: comments\n  confidence: medium\n  scope: line\n  message: may be a heading\n"
        "  phrases: [grault garply waldo]\n"
        "  tests: {removes: [Grault garply waldo], keeps: [Grault garply waldo went.]}\n"
    )
    ran = call("rules", "show", "clitest.linee", "--rules", rules)
    assert ran.code == 2
    assert ran.err == "cleaner: no rule 'clitest.linee'; did you mean clitest.line?\n"


def test_lint(rules: str, tmp_path: Path, call: Call) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(PACK.replace("scope: line", "scope: page", 1).replace("cli-test", "bad"))
    ran = call("rules", "lint", str(bad))
    assert ran.code == 1
    assert ran.out.decode().startswith(f"{bad}:")
    assert "1 file checked: " in ran.err


def test_test(rules: str, tmp_path: Path, call: Call) -> None:
    ran = call("rules", "test", rules)
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err == "cleaner: 1 file and 0 clean texts tried: 0 failures\n"
    bad = tmp_path / "bad.yaml"
    bad.write_text(PACK.replace("keeps: [wibble]", "keeps: [Wibble wobble now]"))
    clean = tmp_path / "clean"
    clean.mkdir()
    (clean / "a.txt").write_text(CLIP)
    ran = call("rules", "test", str(bad), "--clean", str(clean))
    assert ran.code == 1
    assert "clitest.span takes" in ran.out.decode()
    assert "a.txt" in ran.out.decode()


def test_coverage(rules: str, tmp_path: Path, call: Call) -> None:
    record = {"id": "d1", "url": None, "gold": CLIP, "clips": {"w3m": CLIP}, "labels": {"w3m": "c?c?b?c?c?c"}}
    bench = tmp_path / "bench.jsonl.gz"
    bench.write_bytes(gzip.compress(json.dumps(record).encode()))
    ran = call("rules", "coverage", str(bench), "--rules", rules)
    assert ran.code == 0
    rows = ran.out.decode().splitlines()
    assert rows[0].split() == ["rule", "removals", "chars", "content", "wrong", "gold"]
    assert any(row.startswith("clitest.line") for row in rows)
    assert any("suspect d1 w3m:7" in row for row in rows)


def test_coverage_of_what_is_no_bench(clip: Path, tmp_path: Path, call: Call) -> None:
    for path in (clip, tmp_path, tmp_path / "none"):
        ran = call("rules", "coverage", str(path))
        assert ran.code == 3
        assert ran.err.startswith(f"cleaner: {path}: ")


def test_new(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "new.yaml"
    ran = call("rules", "new", "generic/fresh", "--example", "Glomp the frobnicators today", "-o", str(path))
    assert (ran.code, ran.out) == (0, b"")
    assert call("rules", "lint", str(path)).code == 0
    assert call("rules", "test", str(path)).code == 0
    assert (
        call("--rules", str(path), stdin=b"A text that stays.\n\nGlomp the frobnicators today\n").out
        == b"A text that stays.\n"
    )
    assert call("rules", "new", "nonsense").code == 2
