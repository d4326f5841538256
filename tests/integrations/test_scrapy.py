"""The item pipeline: in crawls under each reactor, and by itself."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import threading
from os import PathLike
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import scrapy
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.statscollectors import StatsCollector

import cleaner
from cleaner.formats.options import Fields
from cleaner.integrations.scrapy import CleanerPipeline
from cleaner.report import loads, restore
from tests.integrations.spider_of_items import DIRTY, PAGE, STORY, Declared, Frozen

CLEAN = f"{STORY}\n"
NIKKEI = "https://asia.nikkei.com/story"


# --- in a crawl ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reactor",
    [
        "TWISTED_REACTOR=twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "TWISTED_REACTOR=twisted.internet.selectreactor.SelectReactor",
        "TWISTED_REACTOR_ENABLED=0",
    ],
)
def test_a_crawl_cleans_items_of_all_kinds(reactor: str, tmp_path: Path) -> None:
    spider = Path(__file__).with_name("spider_of_items.py")
    command = [sys.executable, "-m", "scrapy", "runspider", str(spider), "-s", reactor, "-O", "items.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    items = {item["kind"]: item for item in map(json.loads, (tmp_path / "items.jsonl").read_text().splitlines())}
    assert items == {
        "dict": {"kind": "dict", "text": CLEAN, "tags": ["a"]},
        "item": {"kind": "item", "text": CLEAN},
        "dataclass": {"kind": "dataclass", "text": CLEAN, "html": PAGE},
        "attrs": {"kind": "attrs", "text": CLEAN},
        "nothing": {"kind": "nothing", "name": "Ines"},
        "frozen": {"kind": "frozen", "text": DIRTY},
        "list": {"kind": "list", "text": [DIRTY], "url": "https://example.com/\nlist"},
    }
    for line in ("documents': 4", "failed': 2", "without_text': 1", "item_scraped_count': 7"):
        assert f"{line}," in done.stderr
    mark = "[cleaner.integrations.scrapy] WARNING: "
    frozen, several = sorted(line.split(mark)[1] for line in done.stderr.splitlines() if mark in line)
    assert frozen.startswith("Frozen: passes on as it is: it does not take the field 'text'")
    assert several.startswith(r"https://example.com/\nlist: passes on as it is: its field 'text' is no string")
    assert "Traceback" not in done.stderr


# --- by itself ----------------------------------------------------------------------------------


def crawler(**settings: object) -> Crawler:
    """What the pipeline needs of a crawler."""
    some = SimpleNamespace(settings=Settings(settings), spider=None)
    some.stats = StatsCollector(cast(Crawler, SimpleNamespace(settings=Settings({"STATS_DUMP": False}))))
    return cast(Crawler, some)


def processed(item: Any, **settings: object) -> tuple[Any, dict[str, Any]]:
    """The item after the pipeline, and the statistics."""
    some = crawler(**settings)
    pipeline = CleanerPipeline.from_crawler(some)
    assert some.stats is not None
    return asyncio.run(pipeline.process_item(item)), some.stats.get_stats()


def test_it_counts() -> None:
    item, stats = processed({"text": DIRTY})
    assert item == {"text": CLEAN}
    assert stats == {
        "cleaner/documents": 1,
        "cleaner/removed_characters": len(DIRTY) - len(CLEAN),
        "cleaner/category/subscription": 1,
    }


def test_an_item_without_leftovers_is_a_document_too() -> None:
    assert processed({"text": STORY}) == ({"text": STORY}, {"cleaner/documents": 1, "cleaner/removed_characters": 0})


def test_the_fields_have_the_names_of_the_settings() -> None:
    settings = {
        "CLEANER_TEXT_FIELD": "body",
        "CLEANER_HTML_FIELD": "source",
        "CLEANER_URL_FIELD": "link",
        "CLEANER_REPORT_FIELD": "why",
        "CLEANER_METADATA_FIELD": "about",
    }
    item, _ = processed({"text": DIRTY, "html": PAGE, "source": PAGE, "link": NIKKEI, "url": 7}, **settings)
    assert list(item) == ["text", "html", "source", "link", "url", "body", "why", "about"]
    assert (item["text"], item["html"], item["body"]) == (DIRTY, PAGE, CLEAN)
    assert item["why"]["input"]["url"] == NIKKEI
    assert item["why"]["site"]["pack"] == "sites/nikkei-asia"
    assert set(item["about"]) == set(cleaner.Metadata.__slots__)


def test_the_report_restores_the_text() -> None:
    item, _ = processed({"text": DIRTY}, CLEANER_REPORT_FIELD="report")
    assert restore(item["text"], loads(json.dumps(item["report"]))) == DIRTY.encode()


def test_text_goes_before_html_if_there_is_any() -> None:
    assert processed({"text": DIRTY, "html": PAGE})[0]["text"] == CLEAN
    for empty in ("", None):
        assert processed({"text": empty, "html": PAGE})[0]["text"] == CLEAN
    assert processed({"text": "", "html": None}) == ({"text": "", "html": None}, {"cleaner/without_text": 1})


def test_pages_may_be_bytes_in_any_encoding() -> None:
    page = PAGE.replace(STORY, f"{STORY} Déjà vu.")
    for data in (page.encode("utf-16"), page.replace("<html>", "<html><meta charset=latin1>").encode("latin1")):
        assert processed({"html": data})[0] == {"html": data, "text": f"{STORY} Déjà vu.\n"}


def test_the_options_are_those_of_cleaner(tmp_path: Path) -> None:
    assert processed({"text": DIRTY}, CLEANER_SKIP="subscription,template-token")[0]["text"] == DIRTY
    assert processed({"text": DIRTY}, CLEANER_ONLY=["share"])[0]["text"] == DIRTY
    page = "<!doctype html><html><body><article><p>" + STORY + "</p><p><img src=/a.png alt=Lamp></p></article></body>"
    assert "![Lamp]" in processed({"html": page})[0]["text"]
    assert "![Lamp]" not in processed({"html": page}, CLEANER_IMAGES="False")[0]["text"]
    assert f"<p>{STORY}</p>" in processed({"html": PAGE}, CLEANER_TO="html")[0]["text"]
    with pytest.raises(cleaner.OptionError, match="level must be one of safe, normal, aggressive, not 'brutal'"):
        CleanerPipeline.from_crawler(crawler(CLEANER_LEVEL="brutal"))
    with pytest.raises(cleaner.OptionError, match="CLEANER_MAX_SECONDS is 'soon'"):
        CleanerPipeline.from_crawler(crawler(CLEANER_MAX_SECONDS="soon"))
    (tmp_path / "bad.yaml").write_text("rules: [")
    with pytest.raises(cleaner.RuleError, match=r"bad\.yaml"):
        CleanerPipeline.from_crawler(crawler(CLEANER_RULES=[tmp_path]))


@pytest.mark.parametrize(
    ("item", "settings", "told"),
    [
        (
            {"text": ["a", "b"]},
            {},
            "dict: passes on as it is: its field 'text' is no string but of type list; let the ItemLoader make one of "
            "it with TakeFirst() or Join()",
        ),
        (
            {"text": b"a", "url": NIKKEI},
            {},
            f"{NIKKEI}: passes on as it is: its field 'text' is no string but of type bytes; give it response.text",
        ),
        ({"text": DIRTY, "url": 7}, {}, "dict: passes on as it is: its field 'url' is no string but of type int"),
        ({"html": PAGE}, {"CLEANER_MAX_BYTES": "10"}, "dict: passes on as it is: "),
        ({"html": b"%PDF-1.7\n\0\xff\xfe" * 9}, {}, ""),
        (Frozen("a", DIRTY), {}, "Frozen: passes on as it is: it does not take the field 'text' (cannot assign to "),
        (
            Declared(text=DIRTY),
            {"CLEANER_METADATA_FIELD": "kind", "CLEANER_REPORT_FIELD": "why"},
            "Declared: passes on as it is: it does not take the field 'why' ('Declared does not support field: why'): "
            "declare it, or name another one in CLEANER_*_FIELD",
        ),
        (7, {}, "int: passes on as it is: internal error: TypeError: "),
    ],
)
def test_what_cannot_be_cleaned_passes_on_as_it_is(
    item: Any, settings: dict[str, object], told: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = repr(item)
    with caplog.at_level(logging.WARNING):
        done, stats = processed(item, **settings)
    assert done is item
    assert repr(item) == before
    assert stats == {"cleaner/failed": 1}
    (line,) = (record.getMessage() for record in caplog.records)
    assert line.startswith(told)
    assert "\n" not in line


def test_warnings_of_a_page_are_counted_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        _, stats = processed({"html": PAGE[:60] + "\0" + PAGE[60:]})
    assert stats["cleaner/warned"] == 1
    assert [record.levelname for record in caplog.records] == ["INFO"]


class Slow(cleaner.Cleaner):
    """Goes on only when the loop of the crawl has run meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on, self.at_once, self.most = threading.Event(), threading.Event(), 0, 0

    def clean(self, source: str | bytes | PathLike[str], **options: Any) -> cleaner.Result:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.begun.set()
        assert self.go_on.wait(10), "the loop stands still"
        self.at_once -= 1
        return super().clean(source, **options)


def test_the_crawl_goes_on_while_a_page_is_cleaned() -> None:
    slow = Slow()
    pipeline = CleanerPipeline(crawler(), slow, Fields())

    async def crawl() -> list[Any]:
        items = asyncio.gather(*(pipeline.process_item({"text": DIRTY}) for _ in range(5)))
        while not slow.begun.is_set():
            await asyncio.sleep(0.001)
        slow.go_on.set()
        return list(await items)

    assert asyncio.run(crawl()) == [{"text": CLEAN}] * 5
    assert slow.most == 1


def test_older_versions_of_scrapy_give_the_spider() -> None:
    pipeline = CleanerPipeline.from_crawler(crawler())
    assert asyncio.run(pipeline.process_item({"text": DIRTY}, scrapy.Spider("any"))) == {"text": CLEAN}
