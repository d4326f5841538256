"""`--line-counts`: the table of a corpus on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.corpus.counter import LineCounter
from cleaner.corpus.lines import key_of
from cleaner.corpus.table import write_table
from tests.cli.conftest import Call

TEXT = "The Mill Lane Crier, every week.\n\nThe ferry to the island runs again, its owner said.\n"
LEFT = "The ferry to the island runs again, its owner said.\n"
URL = "https://crier.example/a"


@pytest.fixture
def table(tmp_path: Path) -> str:
    counter = LineCounter()
    for _ in range(20):
        counter.add("crier.example", [key_of("themilllanecriereveryweek")])
    write_table(tmp_path / "counts", [counter])
    return str(tmp_path / "counts")


def test_clean_and_explain(table: str, tmp_path: Path, call: Call) -> None:
    assert call("--url", URL, "--line-counts", table, stdin=TEXT.encode()).out.decode() == LEFT
    assert call("--url", URL, stdin=TEXT.encode()).out.decode() == TEXT
    assert call("--line-counts", table, stdin=TEXT.encode()).out.decode() == TEXT
    told = call("explain", "-", "--url", URL, "--line-counts", table, stdin=TEXT.encode()).out.decode()
    assert "taken by corpus.repeated (boilerplate, medium): a line that stands in many documents of the site" in told
    assert "in 20 of 20 documents of crier.example" in told


def test_batch(table: str, tmp_path: Path, call: Call) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": TEXT, "url": URL}) + "\n")
    dest = tmp_path / "out"
    for options, left in ((["--line-counts", table], LEFT), ([], TEXT)):
        ran = call("batch", "--jobs", "1", "-q", str(tmp_path / "in.jsonl"), str(dest), *options)
        assert ran.code == 0, ran.err
        (line,) = (dest / "in.jsonl").read_text().splitlines()
        assert json.loads(line)["text"] == left


@pytest.mark.parametrize("command", [[], ["explain"], ["batch"]])
def test_no_table(command: list[str], tmp_path: Path, call: Call) -> None:
    (tmp_path / "a.md").write_text(TEXT)
    places = [str(tmp_path / "a.md"), *([str(tmp_path / "out")] if command == ["batch"] else [])]
    ran = call(*command, *places, "--line-counts", str(tmp_path / "missing"))
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert "line counts cannot be read" in line
