"""The programs in `examples/` run as a stranger would run them, and the page about them says what they say."""

from __future__ import annotations

import csv
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import cleaner
from cleaner.formats.options import Fields
from cleaner.report import loads, restore

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SITE = EXAMPLES / "scrapy_spider" / "site"
PAGE = (ROOT / "docs" / "integrations.md").read_text()


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program; its standard error."""
    env = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the example's site, served here."""
    handler = functools.partial(_Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_spider_writes_clean_stories(site: str, tmp_path: Path) -> None:
    spider = EXAMPLES / "scrapy_spider" / "stories.py"
    log = run("-m", "scrapy", "runspider", spider, "-a", f"start={site}", "-O", "stories.jsonl", cwd=tmp_path)
    stories = [json.loads(line) for line in (tmp_path / "stories.jsonl").read_text().splitlines()]
    assert sorted(story["url"] for story in stories) == [f"{site}{name}.html" for name in ("ferry", "lamps", "map")]
    for story in stories:
        assert list(story) == ["url", "title", "text", "report"]
        page = (SITE / story["url"].removeprefix(site)).read_text()
        article = page[page.index("<h1>") : page.index("<p>You have")]
        paragraphs = re.findall("<p>(.*)</p>", article)
        assert len(paragraphs) == 4
        assert story["text"] == "\n\n".join((f"# {story['title']}", *paragraphs)) + "\n"
        assert story["report"]["input"]["url"] == story["url"]
        assert b"numberArticlesLeft" in restore(story["text"], loads(json.dumps(story["report"])))
    assert "'cleaner/documents': 3" in log
    assert "'cleaner/category/newsletter': 3" in log
    removed = sum(story["report"]["counts"]["characters"] for story in stories)
    assert f"'cleaner/removed_characters': {removed}" in log


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_the_column_is_clean(library: str, tmp_path: Path) -> None:
    source = EXAMPLES / "clippings.csv"
    run("-W", "error", EXAMPLES / f"{library}_column.py", source, "clean.csv", cwd=tmp_path)
    with source.open(newline="") as before, (tmp_path / "clean.csv").open(newline="") as after:
        pairs = list(zip(csv.DictReader(before), csv.DictReader(after), strict=True))
    assert len(pairs) == 4
    for dirty, clean in pairs:
        assert list(clean) == ["id", "url", "text", "text_report"]
        assert (clean["id"], clean["url"]) == (dirty["id"], dirty["url"])
        if dirty["text"]:
            assert restore(clean["text"], loads(clean["text_report"])) == dirty["text"].encode()
    ferry, lamps, note, empty = (clean for _, clean in pairs)
    first_words = [[block.split()[0] for block in row["text"].split("\n\n")] for row in (ferry, lamps)]
    assert first_words == [["The", "After", "Its"], ["#", "The", "Under", "By"]]
    assert note["text"] == pairs[2][0]["text"]
    assert empty["text"] == empty["text_report"] == ""


def blocks(language: str) -> list[str]:
    """The code on the page."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("block", blocks("python"))
def test_code_on_the_page_stands_in_an_example(block: str) -> None:
    programs = [path.read_text() for path in EXAMPLES.rglob("*.py")]
    assert any(textwrap.indent(block, indent) in program for program in programs for indent in ("", " " * 4, " " * 8))


def test_hooks_on_the_page_are_those_there_are() -> None:
    (config,) = blocks("yaml")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in yaml.safe_load(config)["repos"][0]["hooks"]] == [hook["id"] for hook in hooks]


def test_settings_on_the_page_are_those_there_are() -> None:
    fields = {f"CLEANER_{name.upper()}_FIELD" for name in Fields.__slots__}
    table = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))
    assert set(re.findall(r"`(CLEANER_\w+)`", table)) == fields


def test_the_asynchronous_scraper(tmp_path: Path) -> None:
    pages = sorted(SITE.glob("*.html"))
    program = [sys.executable, str(EXAMPLES / "async_scraper.py"), *map(str, pages)]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    expected = [cleaner.clean(page) for page in pages]
    assert done.stdout.splitlines() == [
        f"{page}: {result.title}, {result.report.removed_characters:,} characters removed"
        for page, result in zip(pages, expected, strict=True)
    ]
    source = (EXAMPLES / "async_scraper.py").read_text()
    assert all(line.strip() in source for line in ("worker = cleaner.Cleaner()", "page = await fetch(path)"))
