"""A Scrapy item pipeline that cleans the text, or the page, of each item.

    ITEM_PIPELINES = {"cleaner.integrations.scrapy.CleanerPipeline": 300}

Settings (`docs/integrations.md`): `CLEANER_LEVEL`, `CLEANER_RULES` and so on are the fields of `CleanOptions`;
`CLEANER_TEXT_FIELD`, `CLEANER_HTML_FIELD` and so on name the fields, as in `Fields`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from dataclasses import asdict, fields
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from itemadapter import ItemAdapter
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import DeferredLock
from twisted.internet.threads import deferToThread

from cleaner.api import Cleaner
from cleaner.errors import InputError, OptionError
from cleaner.formats.options import Fields
from cleaner.integrations import told
from cleaner.options import CleanOptions, Kind, each_option
from cleaner.read.intake import Source
from cleaner.report import to_dict
from cleaner.report.paint import visible
from cleaner.result import Result

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

_READ: dict[Kind, str] = {
    "choice": "get",
    "names": "getlist",
    "paths": "getlist",
    "path": "get",
    "switch": "getbool",
    "whole": "getint",
    "number": "getfloat",
}
"""How settings give the values of an option."""


class CleanerPipeline:
    """Cleans items: dicts, `scrapy.Item`, dataclasses, attrs classes, whatever `itemadapter` knows.

    The clean text goes to the text field, all other fields stay as they are.  An item without text passes through; so
    does one that cannot be cleaned, which is logged in one line and counted.  No item fails the crawl.

    Counts in Scrapy's statistics, all below ``cleaner/``: `documents` cleaned, `removed_characters`, `category/NAME`
    (removals), `warned` (documents with warnings), `without_text`, `failed`.

    Args:
        crawler: whose statistics count.
    """

    def __init__(self, crawler: Crawler, cleaner: Cleaner, fields: Fields) -> None:
        self._crawler = crawler
        self._cleaner = cleaner
        self._fields = fields
        # One page at a time: with Python's lock two take as long as one after the other, and the threads are also
        # needed for looking up hosts.
        self._turn = DeferredLock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanerPipeline:
        """A pipeline as the settings say.

        Raises:
            OptionError, RuleError: a setting or a rule file is wrong; the crawl does not start.
        """
        settings = crawler.settings
        return cls(crawler, Cleaner(_options(settings)), _fields(settings))

    async def process_item(self, item: Any, spider: object = None) -> Any:
        """The item with its text clean.

        Args:
            spider: Scrapy before 2.14 gives it; not used.
        """
        name = type(item).__name__
        try:
            adapter = ItemAdapter(item)
            url = _string(adapter, self._fields.url)
            name = url or name
            source, format = self._source(adapter)
            if not source:
                self._count("without_text")
                return item
            result = await self._clean(source, url, format)
            _put(adapter, self._values(result))
        except Exception as error:  # whatever it is, the crawl goes on
            self._count("failed")
            self._log(logging.WARNING, name, f"passes on as it is: {told(error)}")
        else:
            self._tell(name, result)
        return item

    def _source(self, adapter: ItemAdapter) -> tuple[Source | None, Literal["auto", "html"]]:
        text = _string(adapter, self._fields.text)
        if text:
            return text, "auto"
        page = adapter.get(self._fields.html)
        return page if isinstance(page, bytes) else _string(adapter, self._fields.html), "html"

    async def _clean(self, source: Source, url: str | None, format: Literal["auto", "html"]) -> Result:
        """In a thread, since a large page takes seconds in which the crawl is to go on."""
        await maybe_deferred_to_future(self._turn.acquire())
        try:
            return await _in_thread(partial(self._cleaner.clean, source, url=url, format=format))
        finally:
            self._turn.release()

    def _values(self, result: Result) -> dict[str, object]:
        values: dict[str, object] = {self._fields.text: result.text}
        if self._fields.report:
            values[self._fields.report] = to_dict(result.report)
        if self._fields.metadata:
            values[self._fields.metadata] = asdict(result.metadata)
        return values

    def _tell(self, name: str, result: Result) -> None:
        report = result.report
        self._count("documents")
        self._count("removed_characters", report.removed_characters)
        for category, number in report.counts.items():
            self._count(f"category/{category}", number)
        if report.warnings:
            self._count("warned")
            self._log(logging.INFO, name, "; ".join(report.warnings))

    def _count(self, name: str, number: int = 1) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"cleaner/{name}", number)

    def _log(self, level: int, name: str, what: str) -> None:
        logger.log(level, "%s: %s", visible(name), visible(what), extra={"spider": self._crawler.spider})


def _options(settings: BaseSettings) -> CleanOptions:
    stated: dict[str, Any] = {}
    for option, about, _ in each_option():
        name = f"CLEANER_{option.upper()}"
        if settings.get(name) is not None:
            try:
                stated[option] = getattr(settings, _READ[about.kind])(name)
            except ValueError:
                raise OptionError(f"{name} is {settings.get(name)!r}, which makes no sense; see its type") from None
    return CleanOptions(**stated)


def _fields(settings: BaseSettings) -> Fields:
    named: dict[str, Any] = {f.name: settings.get(f"CLEANER_{f.name.upper()}_FIELD") for f in fields(Fields)}
    return Fields(**{name: field for name, field in named.items() if field})


def _in_thread(function: partial[Result]) -> Awaitable[Result]:
    """What comes of a call, as something that the caller can wait for under any reactor, and without one."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return deferToThread(function)
    return loop.run_in_executor(None, function)


_HINTS = {"list": "; let the ItemLoader make one of it with TakeFirst() or Join()", "bytes": "; give it response.text"}


def _string(adapter: ItemAdapter, field: str) -> str | None:
    value = adapter.get(field)
    if value is None or isinstance(value, str):
        return value
    kind = type(value).__name__
    raise InputError(f"its field {field!r} is no string but of type {kind}{_HINTS.get(kind, '')}")


def _put(adapter: ItemAdapter, values: Mapping[str, object]) -> None:
    """Write all values or none: an item may refuse a field."""
    before: dict[str, object] = {}
    for name, value in values.items():
        old = adapter.get(name, _ABSENT)
        try:
            adapter[name] = value
        except Exception as error:
            for written, was in before.items():
                if was is _ABSENT:
                    del adapter[written]
                else:
                    adapter[written] = was
            raise InputError(
                f"it does not take the field {name!r} ({error}): declare it, or name another one in CLEANER_*_FIELD"
            ) from None
        before[name] = old


_ABSENT = object()
