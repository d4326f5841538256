"""Several files on one command line, files replaced in place, and what is no clipping."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH, contents, fill
from tests.cli.conftest import Call


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where one is: a folder with three clippings."""
    found = fill(tmp_path / "here", {"a.md": DIRTY, "b.md": PARAGRAPH, "deep/c.txt": DIRTY})
    monkeypatch.chdir(found)
    return found


def test_several_files_one_after_the_other(call: Call) -> None:
    ran = call("a.md", "b.md", "deep/c.txt")
    assert (ran.code, ran.out.decode(), ran.err) == (0, CLEAN + PARAGRAPH + CLEAN, "")
    assert call("a.md", "--level", "safe", "b.md").out.decode() == CLEAN + PARAGRAPH  # options in between
    assert call("a.md", "-", stdin=DIRTY.encode()).out.decode() == CLEAN + CLEAN


def test_globs(call: Call) -> None:
    assert call("*.md").out.decode() == CLEAN + PARAGRAPH
    assert call("**/*.txt", "?.md", "a.md").out.decode() == CLEAN + CLEAN + PARAGRAPH
    ran = call("*.html")
    assert (ran.code, ran.err) == (3, "cleaner: *.html: no file has such a name; check the folder and the glob\n")
    fill(Path(), {"a[1].md": DIRTY})
    assert call("a[1].md").out.decode() == CLEAN  # a file of that name goes first


def test_one_that_cannot_be_read_does_not_stop_the_others(call: Call) -> None:
    ran = call("a.md", "none.md", "b.md")
    assert (ran.code, ran.out.decode()) == (3, CLEAN + PARAGRAPH)
    assert ran.err == "cleaner: none.md: no such file; check the name, or pipe the text in\n"


def test_into_a_folder(call: Call) -> None:
    fill(Path(), {"page.html": PAGE})
    Path("out").mkdir()
    ran = call("a.md", "deep/c.txt", "page.html", "-o", "out", "--report", "out")
    assert (ran.code, ran.out, ran.err) == (0, b"", "")
    assert sorted(os.listdir("out")) == [
        *("a.md", "a.md.report.json", "c.txt", "c.txt.report.json", "page.html.report.json", "page.md")
    ]
    assert Path("out/a.md").read_text() == CLEAN
    assert call("restore", "out/a.md", "--report", "out/a.md.report.json").out.decode() == DIRTY


def test_what_several_files_are_shown_as(call: Call) -> None:
    ran = call("a.md", "b.md", "--json", "--summary")
    assert [json.loads(line)["file"] for line in ran.out.splitlines()] == ["a.md", "b.md"]
    assert [line for line in ran.err.splitlines() if not line.startswith(" ")] == [
        "a.md: 1 removal, 63 of 183 characters (34 %; markdown, level normal)",
        "b.md: nothing removed from 1 line (markdown, level normal)",
    ]
    assert "  rules: subscription.articles-left\n" in ran.err
    assert call("b.md", "b.md", "deep/c.txt", "--diff").out.decode().splitlines()[:2] == [
        "b.md",
        "      │  ⋮ 1 line stayed",
    ]


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["a.md", "b.md", "-o", "out"], 2, "out: is no folder, and 2 files need one; make it first, or name one FILE"),
        (["a.md", "b.md", "-o", "."], 2, "a.md: would be written over itself; cleaner -i replaces files"),
        (["a.md", "a2/a.md", "-o", "a2"], 2, "a2/a.md: a.md and a2/a.md would both be written there"),
        (["-i", "a.md", "a2/a.md", "--report", "a2"], 2, "a2/a.md.report.json: a.md and a2/a.md would both be written"),
        (["a.md", "b.md", "--jsonl"], 2, "--jsonl takes one FILE; cleaner batch FILE... OUT/ takes several"),
        (["a.md", "b.md", "--url", "x.org"], 2, "--url is the address of one clipping; leave it out, or name one FILE"),
        (["-", "b.md", "-o", "deep"], 2, "standard input has no name for a file in a folder; name FILEs, or leave out"),
        (["-i"], 2, "-i replaces files; name some"),
        (["-i", "a.md", "-o", "x"], 2, "-i writes into the files themselves; leave out -o"),
        (["-i", "a.md", "--diff"], 2, "-i writes into the files themselves; leave out --diff"),
        (["-i", "none.md"], 3, "none.md: no such file; check the name, or pipe the text in"),
        (["-i", "page.html"], 3, "page.html: a web page is not replaced by its article; cleaner page.html -o page.md"),
        (["stat", "deep", "-o", "x.html"], 2, "stat: no such command, and no such file; did you mean stats?"),
        (["undoo"], 2, "undoo: no such command, and no such file; did you mean undo?"),
        (["a.md", "--summmary"], 2, "unrecognized arguments: --summmary; did you mean --summary?; see cleaner --help"),
        (["a.md", "--level", "sfae"], 2, "argument --level: invalid choice: 'sfae' (choose from "),
        (
            ["a.md", "--skip", "shares"],
            2,
            "skip: unknown category 'shares'; did you mean share?; known: template-token",
        ),
        (["rules", "lits"], 2, "argument COMMAND: invalid choice: 'lits' (choose from "),
    ],
)
def test_errors(args: list[str], code: int, told: str, call: Call) -> None:
    fill(Path(), {"page.html": PAGE, "a2/x.md": DIRTY})
    before = contents(Path())
    ran = call(*args)
    assert (ran.code, ran.out) == (code, b"")
    assert ran.err.startswith(f"cleaner: {told}")
    assert ran.err.count("\n") == 1
    assert contents(Path()) == before


def test_what_may_be_meant_by_a_choice(call: Call) -> None:
    assert "; did you mean safe?; see cleaner --help\n" in call("a.md", "--level", "sfae").err
    assert "; did you mean list?; see cleaner rules --help\n" in call("rules", "lits").err


# --- what is no clipping --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("crawl.warc.gz", b"\x1f\x8b", "holds many documents; cleaner batch crawl.warc.gz OUT/ cleans each of them"),
        ("t.parquet", b"PAR1", "holds many documents; cleaner batch t.parquet OUT/ cleans each of them"),
        (
            "x.jsonl",
            b"{}",
            "holds many documents; cleaner batch x.jsonl OUT/ cleans each of them, "
            'cleaner --jsonl x.jsonl the field "text" of each line',
        ),
        ("my notes.zip", b"PK", "holds many documents; cleaner batch 'my notes.zip' OUT/ cleans each of them"),
        ("n.enex", b"<x", "holds many documents; cleaner batch n.enex OUT/ cleans each of them"),
        ("a.pdf", b"%PDF-1.7", "is a PDF and no text; to clean it: pdftotext a.pdf - | cleaner"),
        (
            "a.docx",
            b"PK\x03\x04",
            "is a document and no text; to clean it: pandoc -t gfm a.docx | cleaner --format markdown",
        ),
        ("a.png", b"\x89PNG\r\n", "is a picture and no text; save it as text, Markdown or HTML first"),
        ("a.txt", b"%PDF-1.7", "is a PDF and no text; to clean it: pdftotext a.txt - | cleaner"),
        ("log", gzip.compress(b"x", mtime=0), "is packed by gzip and no text; to clean it: gunzip -c log | cleaner"),
    ],
)
@pytest.mark.parametrize("command", [[], ["explain"], ["view"], ["-i"], ["--json"]])
def test_with_the_command_that_does_it(command: list[str], name: str, data: bytes, told: str, call: Call) -> None:
    Path(name).write_bytes(data)
    ran = call(*command, name)
    assert (ran.code, ran.out, ran.err) == (3, b"", f"cleaner: {name}: {told}\n")


def test_nothing_is_fetched(call: Call) -> None:
    ran = call("https://example.com/a?b=1")
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err == (
        "cleaner: https://example.com/a?b=1: nothing is fetched; save the page first, then: "
        "cleaner PAGE.html --url 'https://example.com/a?b=1'\n"
    )


def test_what_comes_by_standard_input(call: Call) -> None:
    ran = call(stdin=b"%PDF-1.7 stuff\n")
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err.startswith("cleaner: standard input: is a PDF and no text; ")
    assert call("--format", "text", stdin=b"%PDF-1.7 stuff\n").out == b"%PDF-1.7 stuff\n"  # who says so is believed


# --- in place -------------------------------------------------------------------------------------------


def test_in_place_with_undo(call: Call, folder: Path) -> None:
    before = contents(folder)
    ran = call("-i", "a.md", "b.md", "deep/c.txt")
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err == "cleaner: 2 files replaced; cleaner undo . brings them back\n"
    assert contents(folder) == {"a.md": CLEAN.encode(), "b.md": PARAGRAPH.encode(), "deep/c.txt": CLEAN.encode()}
    assert call("-i", "a.md", "b.md").err == ""  # there is nothing more to be done
    assert call("undo", "a.md").out == b"run 1: 1 file brought back\n"
    assert call("undo", "deep").err == (
        "cleaner: deep: . remembers what was cleaned here; name that folder, or one file\n"
    )
    assert call("undo", ".").out == b"run 1: 1 file brought back\n"
    assert contents(folder) == before
    assert call("undo", "a.md").out == b"nothing can be undone\n"
    assert call("undo", "deep/c.txt", "--list").out == b"nothing can be undone\n"


def test_a_vault_remembers_all_in_one_place(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are settings, or a run has been, there is the memory of all that lies below."""
    monkeypatch.delenv("CLEANER_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "none"))
    monkeypatch.setenv("APPDATA", str(folder / "none"))
    fill(folder, {"cleaner.toml": 'level = "safe"\n', "deep/d.md": DIRTY})
    before = contents(folder)
    ran = call("-i", "deep/d.md", "--level", "normal")
    assert (ran.code, ran.err) == (0, "cleaner: 1 file replaced; cleaner undo deep/d.md brings it back\n")
    assert call("-i", "-q", "a.md", "deep/c.txt").err == ""
    assert sorted(path.parent for path in folder.rglob("state.sqlite")) == [folder / ".cleaner"]
    assert call("undo", "deep/d.md").out == b"run 1: 1 file brought back\n"
    assert contents(folder)["deep/c.txt"] == CLEAN.encode()
    assert call("undo", ".").out == b"run 2: 2 files brought back\n"
    assert contents(folder) == before


def test_in_place_with_reports_and_warnings(call: Call) -> None:
    ran = call("-i", "a.md", "--report", "r.json", "--summary")
    assert ran.err.startswith("a.md: 1 removal, 63 of 183 characters")
    assert call("restore", "a.md", "--report", "r.json").out.decode() == DIRTY
    assert call("-i", "a.md", "b.md", "--report", "r").err == (
        "cleaner: r: is no folder, and 2 reports need one; make it first\n"
    )


def test_a_run_takes_what_is_in_place_already_for_what_it_is(call: Call, folder: Path) -> None:
    call("-i", "a.md")
    assert call("batch", "--in-place", "--all-notes", "-q", "-j", "1", ".").code == 0
    assert call("undo", "--all", ".").code == 0
    assert contents(folder)["a.md"] == DIRTY.encode()
