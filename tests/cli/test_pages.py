"""The commands on web pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.test_html_pipeline import PAGE, PROSE


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_becomes_markdown(page: Path, call: Call) -> None:
    ran = call(str(page))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode().startswith(f"# The ferry that left\n\n{PROSE[0]}")
    assert call(str(page), "--no-title").out.decode().startswith(PROSE[0])
    assert b"![An empty quay](https://harbour.example/ferry.jpg)" in ran.out


def test_from_standard_input(call: Call) -> None:
    assert PROSE[1] in call(stdin=PAGE.encode()).out.decode()


def test_other_forms(page: Path, call: Call) -> None:
    assert b"](" not in call(str(page), "--to", "text").out
    assert call(str(page), "--to", "html").out.startswith(b'<!doctype html>\n<html lang="en-GB">')
    assert b"ferry.jpg" not in call(str(page), "--no-images").out
    assert call(str(page), "--front-matter").out.startswith(b'---\ntitle: "The ferry that left"\n')


def test_restore_gives_the_rendered_page(page: Path, tmp_path: Path, call: Call) -> None:
    clean, report = tmp_path / "clean.md", tmp_path / "report.json"
    assert call(str(page), "-o", str(clean), "--report", str(report)).code == 0
    ran = call("restore", str(clean), "--report", str(report))
    assert ran.code == 0
    assert "© 2024 Harbour Post. All rights reserved." in ran.out.decode()
    clean.write_text("edited", encoding="utf-8")
    assert call("restore", str(clean), "--report", str(report)).code == 1


def test_json_says_what_the_page_says_of_itself(page: Path, call: Call) -> None:
    answer = json.loads(call(str(page), "--json").out)
    assert list(answer) == ["text", "metadata", "report"]
    assert answer["metadata"]["author"] == "Ida Quill"
    assert answer["report"]["page"]["rendered"] == "markdown"


def test_json_lines(call: Call) -> None:
    answer = json.loads(call("--jsonl", "--to", "text", stdin=json.dumps({"id": 7, "text": PAGE}).encode()).out)
    assert answer["id"] == 7
    assert answer["text"].startswith(f"The ferry that left\n\n{PROSE[0]}")
    assert answer["metadata"]["title"] == "The ferry that left"


def test_diff_and_explain_and_summary(page: Path, call: Call) -> None:
    assert "share-block.bar" in call(str(page), "--diff").out.decode()
    assert "└ taken by share-block.bar" in call("explain", str(page)).out.decode()
    assert "removals" in call(str(page), "--summary").err


def test_view_shows_the_elements(page: Path, tmp_path: Path, call: Call) -> None:
    out = tmp_path / "why.html"
    assert call("view", str(page), "-o", str(out)).code == 0
    html = out.read_text(encoding="utf-8")
    assert "/html/body/main/article/div[1]" in html
    assert "Share on Facebook" in html


@pytest.mark.parametrize("option", ["--max-seconds", "--max-megabytes"])
def test_limits(option: str, page: Path, call: Call) -> None:
    ran = call(str(page), option, "0")
    assert ran.code == 2
    ran = call(str(page), "--max-megabytes", "0.001")
    assert (ran.code, ran.out) == (3, b"")
    assert "more than the" in ran.err


def test_an_extractor_can_vote(page: Path, call: Call) -> None:
    ran = call(str(page), "--extractor", "readability")
    assert (ran.code, ran.err) == (0, "")
    assert PROSE[2] in ran.out.decode()
