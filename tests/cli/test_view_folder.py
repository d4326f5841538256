"""`cleaner view FOLDER`, what `cleaner stats` links to, and pages that are for a browser."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

from tests.batch.inline import inline
from tests.batch.support import DIRTY, PAGE, PARAGRAPH, contents, fill
from tests.cli.conftest import Call

__all__ = ["inline"]
pytestmark = pytest.mark.usefixtures("inline")

MORE = DIRTY + "\nYou have {{numberArticlesLeft}} free articles left this month\n\nAnd so on it goes.\n"
NAMES = ["a.md", "b.html", "deep/c.txt", "naïve & more #1.md"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with four documents and other things."""
    monkeypatch.chdir(tmp_path)
    files = {"a.md": DIRTY, "b.html": PAGE, "deep/c.txt": PARAGRAPH, NAMES[3]: MORE, "x.jsonl": "{}", "y.png": "x"}
    return fill(tmp_path / "in", files)


def rows(page: Path) -> list[tuple[str, str]]:
    """The documents of an index with their links, which must lead somewhere."""
    tree = lxml.html.fromstring(page.read_text("utf-8"))
    links = tree.cssselect("#documents-table th a")
    for link in links:
        assert Path(page.parent, unquote(link.get("href"))).is_file()
    return [(link.text_content(), link.get("href")) for link in links]


def test_an_index_with_a_page_each(call: Call) -> None:
    ran = call("view", "in", "-o", "report/", "-j", "1")
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err == "cleaner: 4 pages, 1 without one; open report/index.html\n"
    assert rows(Path("report/index.html")) == [
        ("naïve & more #1.md", "documents/na%C3%AFve%20%26%20more%20%231.md.html"),
        ("a.md", "documents/a.md.html"),
        ("b.html", "documents/b.html.html"),
        ("deep/c.txt", "documents/deep/c.txt.html"),
    ]
    index = Path("report/index.html").read_text("utf-8")
    assert (
        '<span class="name">x.jsonl</span> <span class="why">holds many documents; cleaner batch cleans each' in index
    )
    page = Path("report/documents/deep/c.txt.html").read_text("utf-8")
    assert '<a href="../../index.html">All documents</a>' in page
    listed = json.loads(Path("report/documents.json").read_text())
    assert [one["name"] for one in listed["documents"]] == sorted(NAMES)
    assert not (Path("in") / ".cleaner").exists()


def test_once_more(call: Call, folder: Path) -> None:
    assert call("view", "in", "-o", "report", "-q", "-j", "1").err == ""
    (folder / "a.md").unlink()
    fill(folder, {"new.md": DIRTY})
    assert call("view", "in", "-o", "report", "-q", "-j", "1").code == 0
    assert [name for name, _ in rows(Path("report/index.html"))] == [NAMES[3], "new.md", "b.html", "deep/c.txt"]
    assert not Path("report/documents/a.md.html").exists()


def test_what_a_run_cleaned_is_shown_as_it_was(call: Call, folder: Path) -> None:
    fill(folder, {"mine.md": PARAGRAPH})
    assert call("batch", "--in-place", "--all-notes", "-q", "-j", "1", "in").code == 0
    assert "numberArticlesLeft" not in (folder / "a.md").read_text()
    assert call("view", "in", "-o", "report", "-q", "-j", "1").code == 0
    assert [name for name, _ in rows(Path("report/index.html"))][:2] == [NAMES[3], "a.md"]
    assert "numberArticlesLeft" in Path("report/documents/a.md.html").read_text()
    fill(folder, {"a.md": "Edited since.\n"})
    assert call("view", "in", "-o", "report", "-q", "-j", "1").code == 0
    assert "Edited since." in Path("report/documents/a.md.html").read_text()
    assert call("undo", "in").code == 1  # the journal is as it was


def test_what_a_run_filled_shows_its_sources(call: Call) -> None:
    assert call("batch", "-q", "-j", "1", "in", "out").code in (0, 1)
    assert call("view", "out", "-o", "report", "-q", "-j", "1").code == 0
    assert [name for name, _ in rows(Path("report/index.html"))] == [NAMES[3], "a.md", "b.md", "deep/c.txt"]


def test_stats_link_to_the_pages(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("batch", "-q", "-j", "1", "in", "out")
    call("view", "out", "-o", "report", "-q", "-j", "1")
    assert call("stats", "out", "-o", "report/stats.html").code == 0
    assert {name for name, _ in rows(Path("report/stats.html"))} == {
        f"in/{name}" for name in (NAMES[3], "a.md", "b.html")
    }
    assert '<a href="index.html">all documents</a>' in Path("report/stats.html").read_text()
    assert call("stats", "out", "-o", "stats.html", "--pages", "report").code == 0
    assert ("in/a.md", "report/documents/a.md.html") in rows(Path("stats.html"))
    monkeypatch.chdir("in")
    assert call("stats", "../out", "-o", "../report/stats.html").code == 0
    assert len(rows(Path("../report/stats.html"))) == 3
    assert "file://" in call("stats", "../out", "--pages", "../report").out.decode()
    assert call("stats", "../out", "--pages", ".").err == (
        "cleaner: .: no report of a folder; cleaner view FOLDER -o REPORT/ writes one\n"
    )
    assert "documents/a.md.html" not in call("stats", "../out").out.decode()


def test_stats_of_a_vault_link_to_the_pages(call: Call) -> None:
    call("batch", "--in-place", "--all-notes", "-q", "-j", "1", "in")
    call("view", "in", "-o", "report", "-q", "-j", "1")
    call("stats", "in", "-o", "report/stats.html")
    assert ("in/a.md", "documents/a.md.html") in rows(Path("report/stats.html"))


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["view", "in"], 2, "in: is a folder; -o REPORT/ names the folder for its pages, --open shows them"),
        (["view", "in", "-o", "in"], 2, "in: holds something else; name a new folder for the pages"),
        (["view", "in", "-o", "in/a.md"], 2, "in/a.md: is a file; -o names the folder for the pages"),
        (["view", "in", "-o", "r", "--url", "x.org"], 2, "in: is a folder; --url and --format are of one clipping"),
        (["view", "in", "-o", "r", "--rules", "no"], 4, "no: no such file or folder of rules"),
    ],
)
def test_errors(args: list[str], code: int, told: str, call: Call, tmp_path: Path) -> None:
    before = contents(tmp_path)
    ran = call(*args, "-j", "1")
    assert (ran.code, ran.out) == (code, b"")
    assert ran.err.startswith(f"cleaner: {told}")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("args", [["view", "in/a.md"], ["stats", "in"]])
def test_no_page_on_a_terminal(args: list[str], call: Call) -> None:
    call("batch", "--in-place", "-q", "-j", "1", "in")
    ran = call(*args, tty=True)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == "cleaner: a page is for a browser, not for a terminal; -o PAGE.html writes it, --open shows it\n"
    assert call(*args).out.startswith(b"<!doctype html>")
    assert call("stats", "in", "--json", tty=True).out.startswith(b"{")


@pytest.mark.parametrize(
    ("args", "page"),
    [
        (["view", "in/a.md"], "a.md.html"),
        (["view", "in/a.md", "-o", "why.html"], "why.html"),
        (["view", "in", "-j", "1"], "index.html"),
        (["view", "in", "-o", "report", "-j", "1"], "index.html"),
        (["stats", "in"], "stats.html"),
    ],
)
def test_open(args: list[str], page: str, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    call("batch", "--in-place", "-q", "-j", "1", "in")
    opened: list[str] = []

    def show(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", show)
    ran = call(*args, "--open", tty=True)
    assert (ran.code, ran.out) == (0, b"")
    (address,) = opened
    assert address.endswith(f"/{page}")
    path = Path(unquote(address.removeprefix("file://")))
    assert path.read_text("utf-8").startswith("<!doctype html>")
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    assert "cleaner: no browser was found; open file://" in call(*args, "--open").err


@pytest.mark.parametrize(
    ("name", "begin"), [("x.html", b"<!doctype html>"), ("x.txt", b"The ferry\n"), ("x.md", b"# ")]
)
def test_the_name_tells_what_a_page_becomes(name: str, begin: bytes, call: Call) -> None:
    assert call("in/b.html", "-o", name).code == 0
    assert Path(name).read_bytes().startswith(begin)
    assert call("in/b.html", "-o", name, "--to", "text").code == 0  # who says what it becomes is believed
    assert Path(name).read_bytes().startswith(b"The ferry\n")
