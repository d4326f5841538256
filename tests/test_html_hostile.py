"""Pages that no one writes and somebody sends: the whole pipeline neither fails nor loses anything silently."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import cleaner
from tests import hostile
from tests.sample import by_turns, some

pytestmark = pytest.mark.slow

PAGES = sorted((Path(__file__).parent / "fixtures").glob("html--*/input.html"))
HOSTILE = {
    "deep": hostile.deep(5_000),
    "deep with an article": hostile.deep_article(2_000),
    "formatting": hostile.formatting(4_000),
    "tables": hostile.tables(2_000),
    "wide": hostile.wide(8_000),
    "attributes": hostile.attributes(10_000),
    "long attribute": hostile.long_attribute(3_000_000),
    "long text": hostile.long_text(1_500_000),
    "comments": hostile.unclosed("<!--", 2_000),
    "scripts": hostile.unclosed("<script>", 2_000),
    "titles": hostile.unclosed("<title>", 2_000),
    "angles": hostile.angles(60_000),
    "entities": hostile.entities(30_000),
    "pages": hostile.pages(800),
    "NUL": "<p>one\0 two</p>\n<p>" + "three and four, five and six " * 20 + "</p>",
    "lone surrogates": "<p>one \udcff two</p>",
    "front matter": "<p>---</p><p>title: x</p><p>---</p><p>url: https://example.com</p>",
    "Markdown": "<p>[a](javascript:b) ![c](d) `e` ~~~</p><p>```</p><p>    f</p>",
    "quotations": "<blockquote>" * 100 + "one" + "</blockquote>" * 100,
    "lists": "<ul><li>" * 100 + "one" + "</ul>" * 100,
    "numbers": "<ol start=99999999999999999999><li>one<li>two</ol>",
    "links": "<a href='http://[broken'>one</a><a href='//'>two</a><base href='http://[x'>",
    "frames": "<html><frameset><frame src=a><noframes>one</noframes></frameset></html>",
}


def check(result: cleaner.Result) -> None:
    assert result.text.strip() or result.report.warnings
    assert cleaner.restore(result.text, result.report).decode("utf-8", "surrogatepass") == result.source


@pytest.mark.parametrize(("name", "to"), by_turns(list(HOSTILE), ["markdown", "text"]))
def test_hostile_pages(name: str, to: str) -> None:
    """The larger ones, of which only the tree is made, are in `tests/unit/test_html_parse.py`."""
    result = cleaner.clean(HOSTILE[name], format="html", to=to)  # type: ignore[arg-type]
    check(result)
    assert cleaner.clean(result.text, format="markdown" if to == "markdown" else "text").text == result.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-8-sig"])
def test_any_encoding(shipped: cleaner.Cleaner, encoding: str) -> None:
    """Also where the page says something else."""
    page = "<html><head><meta charset=shift_jis></head><body><p>Words that are here to stay, café and all.</p></body>"
    check(shipped.clean(page.encode(encoding), format="html"))


@pytest.mark.parametrize("path", some(PAGES, 2), ids=lambda p: p.parent.name)
def test_pages_cut_off_and_damaged(shipped: cleaner.Cleaner, path: Path) -> None:
    data = path.read_bytes()
    chance = random.Random(path.parent.name)
    for _ in range(2):
        check(shipped.clean(data[: chance.randrange(1, len(data))], format="html"))
        damaged = bytearray(data)
        for _ in range(20):
            damaged[chance.randrange(len(data))] = chance.randrange(32, 256)
        check(shipped.clean(bytes(damaged), format="html"))


def test_too_many_pieces(shipped: cleaner.Cleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.html.composer.MAX_BLOCKS", 10_000)
    with pytest.raises(cleaner.InputError, match="more than 10,000 pieces of text"):
        shipped.clean(hostile.wide(20_000), format="html")


def test_too_large() -> None:
    with pytest.raises(cleaner.InputError, match=r"0\.\d+ MB, more than the 0\.\d+ MB"):
        cleaner.Cleaner(max_bytes=100_000).clean(hostile.wide(100_000), format="html")


def test_too_slow() -> None:
    with pytest.raises(cleaner.InputError, match=r"takes longer than 1e-09 s to read"):
        cleaner.Cleaner(max_seconds=1e-9).clean(hostile.wide(20_000), format="html")


def test_no_time_for_rules() -> None:
    result = cleaner.Cleaner(max_seconds=1e-9).clean("<p>Advertisement</p><p>Words that stay.</p>", format="html")
    assert result.text == "Advertisement\n\nWords that stay.\n"
    assert result.report.warnings == ("the rules for text would take longer than 1e-09 s: left out",)
