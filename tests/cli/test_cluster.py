"""`cleaner cluster` as a command."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.batch.inline import inline
from tests.batch.support import DIRTY, batch, contents
from tests.cli.conftest import Call, spawn
from tests.cluster.support import lines, rows

__all__ = ["inline"]


@pytest.mark.usefixtures("inline")
def test_a_crawl_on_this_machine(tmp_path: Path, call: Call) -> None:
    lines(tmp_path / "in/a.jsonl.gz", rows(60))
    (tmp_path / "in/b.jsonl").write_text(json.dumps({"text": DIRTY}) + "\n{broken\n")
    ran = spawn("cluster", str(tmp_path / "in"), str(tmp_path / "out"), "--jobs", "2")
    assert ran.code == 1, ran.err
    assert ran.out == b""
    assert "61 documents cleaned, 61 lost something, 1 set aside" in ran.err
    assert "b.jsonl: line 2: " in ran.err
    assert all(line.startswith(("cleaner: ", " ", "61 ")) for line in ran.err.splitlines())
    batch(tmp_path / "in", dest=tmp_path / "one")
    assert contents(tmp_path / "out") == contents(tmp_path / "one")
    again = call("cluster", str(tmp_path / "in"), str(tmp_path / "out"), "--json")
    assert again.code == 1  # something is set aside
    told = [json.loads(line) for line in again.out.splitlines()]
    assert [one["event"] for one in told] == ["planned", "done"]
    assert (told[0]["current"], told[0]["failed"]) == (1, 1)
    figures = json.loads(call("stats", "--json", str(tmp_path / "out")).out)
    assert (figures["documents"], figures["notes"]) == (61, {"broken": 1})
    assert figures["started"] <= figures["finished"]
    page = call("stats", str(tmp_path / "out")).out.decode()
    assert "b.jsonl: line 2" in page


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["in"], 2, "the following arguments are required: DEST"),
        (["in", "in/"], 2, "in/: is source and DEST"),
        (["gone", "out"], 3, "gone: no such file or folder; check the name"),
        (["nonsense://x", "out"], 3, "nonsense://x: Protocol not known"),
        (["in", "out", "--records", "files"], 2, "invalid choice: 'files'"),
        (["in", "out", "--level", "bold"], 2, "invalid choice: 'bold'"),
        (["in", "out", "--rules", "none"], 4, "none"),
        (["in", "out", "--line-counts", "none"], 2, "none: line counts cannot be read"),
        (["in", "out", "--address", "127.0.0.1:9"], 3, "no Ray cluster at 127.0.0.1:9"),
        (["in", "/proc/none"], 5, "/proc/none"),
    ],
)
def test_errors_name_the_way_out(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], code: int, told: str
) -> None:
    lines(tmp_path / "in/a.jsonl", rows(1))
    monkeypatch.chdir(tmp_path)
    ran = spawn("cluster", *args) if "--address" in args else call("cluster", *args)
    assert ran.code == code, ran.err
    assert told in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("missing", ["ray", "fsspec"])
def test_without_the_package(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    lines(tmp_path / "in/a.jsonl", rows(1))
    for name in [name for name in sys.modules if f"{name}.".startswith(("cleaner.cluster.", f"{missing}."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    ran = call("cluster", str(tmp_path / "in"), str(tmp_path / "out"))
    hint = "cleaner: a cluster needs one more package: pip install '.[ray]' in a clone of cleaner\n"
    assert (ran.code, ran.out, ran.err) == (3, b"", hint)
    assert not (tmp_path / "out").exists()


def test_help_is_enough_to_start(call: Call) -> None:
    ran = call("cluster", "--help")
    assert ran.code == 0
    assert b"exit codes:" in ran.out
    assert all(len(line) <= 112 for line in ran.out.decode().splitlines())
