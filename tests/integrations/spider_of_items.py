"""A spider that needs no network and yields items of all kinds; `test_scrapy.py` runs it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import attrs
import scrapy
from scrapy.exceptions import ScrapyDeprecationWarning
from scrapy.http import Response

warnings.simplefilter("error", ScrapyDeprecationWarning)

STORY = "The lamps along the wall are amber now, and the moths stay away."
DIRTY = f"{STORY}\n\nYou have {{{{numberArticlesLeft}}}} free articles left this month.\n"
PAGE = f"<!doctype html><html><body><nav><a href='/'>Home</a></nav><article><p>{STORY}</p></article></body></html>"


class Declared(scrapy.Item):
    kind = scrapy.Field()
    text = scrapy.Field()


@dataclass
class Data:
    kind: str
    html: str
    text: str | None = None


@attrs.define
class Attrs:
    kind: str
    text: str


@dataclass(frozen=True)
class Frozen:
    kind: str
    text: str


class Items(scrapy.Spider):
    name = "items"
    start_urls = ["data:,"]  # noqa: RUF012
    custom_settings = {  # noqa: RUF012
        "ITEM_PIPELINES": {"cleaner.integrations.scrapy.CleanerPipeline": 300},
        "LOG_LEVEL": "INFO",
    }

    def parse(self, response: Response) -> Iterator[Any]:
        yield {"kind": "dict", "text": DIRTY, "tags": ["a"]}
        yield Declared(kind="item", text=DIRTY)
        yield Data("dataclass", PAGE)
        yield Attrs("attrs", DIRTY)
        yield {"kind": "nothing", "name": "Ines"}
        yield Frozen("frozen", DIRTY)
        yield {"kind": "list", "text": [DIRTY], "url": "https://example.com/\nlist"}
