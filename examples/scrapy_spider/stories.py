"""Crawl a site and keep its stories as clean Markdown, one JSON object a line.

    pip install scrapy
    python -m http.server 8000 -d site &
    scrapy runspider stories.py -O stories.jsonl

That crawls the little site beside this file; -a start=https://example.com/ begins elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import scrapy
from scrapy.http import Response


class Stories(scrapy.Spider):
    name = "stories"
    custom_settings = {  # noqa: RUF012
        "ITEM_PIPELINES": {"cleaner.integrations.scrapy.CleanerPipeline": 300},
        "CLEANER_LEVEL": "normal",
        "CLEANER_REPORT_FIELD": "report",
        "FEED_EXPORT_FIELDS": ["url", "title", "text", "report"],  # the page itself need not be kept
    }

    def __init__(self, start: str = "http://localhost:8000/", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = [start]

    def parse(self, response: Response) -> Iterator[Any]:
        yield from response.follow_all(response.css("a.story::attr(href)").getall(), self.parse_story)

    def parse_story(self, response: Response) -> Iterator[Any]:
        # The pipeline makes `text` of `html`.
        yield {"url": response.url, "title": response.css("h1::text").get(), "html": response.text}
