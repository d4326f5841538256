"""The documents of a folder, site by site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.isolation.problem import DocumentError
from cleaner.learn.library import Library

NOTE = "---\nsource: https://www.{host}/a\n---\nThe lamp was lit at six in the evening, {n} times.\n"
PAGE = (
    '<!doctype html><html><head><link rel="canonical" href="https://{host}/p"></head><body><p>A page.</p></body></html>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        (tmp_path / f"note-{number}.md").write_text(NOTE.format(host="mill.example", n=number))
    (tmp_path / "page.html").write_text(PAGE.format(host="mill.example"))
    (tmp_path / "other.md").write_text(NOTE.format(host="quay.example", n=0))
    (tmp_path / "own.md").write_text("Nobody knows where this is from.\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    rows = [{"url": f"https://quay.example/{n}", "text": f"Row {n}."} for n in range(4)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "broken\n")
    return tmp_path


def test_sites_the_largest_first(folder: Path) -> None:
    with Library((str(folder),)) as library:
        assert [(site.host, site.size) for site in library.sites()] == [("quay.example", 5), ("mill.example", 4)]
        assert [site.host for site in library.sites(5)] == ["quay.example"]
        assert library.homeless == 1
        assert len(library.unread) == 1
        assert library.unread[0].startswith(f"{folder}/rows.jsonl")


def test_documents_can_be_read_again_all_or_some(folder: Path) -> None:
    with Library((str(folder),)) as library:
        quay = library.sites()[0]
        all_of = [document.name.removeprefix(f"{folder}/") for document in quay.documents()]
        assert all_of == ["other.md", "rows.jsonl:1", "rows.jsonl:2", "rows.jsonl:3", "rows.jsonl:4"]
        assert [document.name for document in quay.documents()] == [f"{folder}/{name}" for name in all_of]
        some = [document.name for document in quay.documents(2)]
        assert len(some) == 2
        assert some == [document.name for document in quay.documents(2)]
        assert [document.source for document in quay.documents()][1] == "Row 0."


def test_a_site_that_is_asked_for_gets_what_has_no_address(folder: Path) -> None:
    with Library((str(folder),), host="www.mill.example") as library:
        assert [(site.host, site.size) for site in library.sites()] == [("mill.example", 5)]
        (own,) = (document for document in library.sites()[0].documents() if document.name.endswith("own.md"))
        assert own.url == "https://mill.example/"


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file or folder"):
        Library((str(tmp_path / "none"),))
