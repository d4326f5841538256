"""The documents of a folder, site by site, in memory that does not grow with their number.

One look at each document tells its site.  Files stay where they are; documents of containers are put aside in a file of
SQLite's, so that those of a site can be read together, as often as needed.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from cleaner.batch.documents import Read, Unread, documents
from cleaner.corpus.lines import site_of
from cleaner.errors import CleanerError
from cleaner.formats.container import Clipping
from cleaner.html.facts import facts
from cleaner.html.parse import parse
from cleaner.html.source import read_page
from cleaner.model import Format
from cleaner.read.document import read
from cleaner.read.intake import Input, take_in

_TABLE = """
create table document (site text, number integer primary key, name text, path text, url text, format text, data blob);
create index of_site on document (site, number);
"""
_FORMATS: dict[str, Format] = {"text": "text", "markdown": "markdown", "html": "html"}
_COMMIT = 1_000


@dataclass(frozen=True, slots=True)
class Document:
    """One clipping of a site.

    Attributes:
        number: its place among all documents, from 0.
        name: for people: its file, and its number in it.
    """

    number: int
    name: str
    source: str | bytes
    url: str | None
    format: Format


@dataclass(frozen=True, slots=True)
class Site:
    """The documents of a site; `host` is without `www.`."""

    host: str
    size: int
    _library: Library

    def documents(self, most: int | None = None) -> Iterator[Document]:
        """All documents in their order, or of more than `most` so many, as chance will have it."""
        return self._library.read(self.host, self.size, most)


class Library:
    """The documents of some files and folders.

    Args:
        host: the site of documents that do not say where they are from; documents of other sites are left out.

    Attributes:
        host: the site that was asked for, if one was.
        homeless: how many documents do not say where they are from.
        unread: what could not be read, as lines for people.

    Raises:
        DocumentError: a source is not there.
    """

    def __init__(
        self,
        sources: tuple[str, ...],
        *,
        host: str | None = None,
        seen: Callable[[int], None] = lambda number: None,
    ) -> None:
        self.host = site_of(host if "//" in host else f"//{host}") if host else None
        self._folder = tempfile.TemporaryDirectory(prefix="cleaner-learn-")
        self._base = sqlite3.connect(os.path.join(self._folder.name, "documents"))
        self._base.executescript("pragma journal_mode = off; pragma synchronous = off;" + _TABLE)
        self.homeless = 0
        self.unread: list[str] = []
        self.size = 0
        try:
            for one in documents(sources):
                self._add(one)
                seen(self.size)
            self._base.commit()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget the documents."""
        self._base.close()
        self._folder.cleanup()

    def sites(self, least: int = 1) -> list[Site]:
        """The sites with at least so many documents, the largest first."""
        rows = self._base.execute(
            "select site, count(*) from document group by site having count(*) >= ? order by 2 desc, 1",
            (least,),
        )
        return [Site(host, size, self) for host, size in rows]

    def read(self, host: str, size: int, most: int | None) -> Iterator[Document]:
        """The documents of a site; see `Site.documents`."""
        numbers = [number for (number,) in self._base.execute("select number from document where site = ?", (host,))]
        if most is not None and size > most:
            numbers = sorted(Random(host).sample(numbers, most))  # the same each time
        for number in numbers:
            name, path, url, format, data = self._base.execute(
                "select name, path, url, format, data from document where number = ?", (number,)
            ).fetchone()
            if data is not None:
                yield Document(
                    number, name, zlib.decompress(data).decode("utf-8", "surrogatepass"), url, _FORMATS[format]
                )
                continue
            try:
                with open(os.fsdecode(path), "rb") as stream:
                    yield Document(number, name, stream.read(), url, _FORMATS[format])
            except OSError:
                continue  # it went since it was found

    def _add(self, one: Read | Unread) -> None:
        if isinstance(one, Unread):
            self._cannot(one.name, one.problem.text)
            return
        try:
            self._put(one.name, one.clipping, one.path)
        except CleanerError as error:
            self._cannot(one.name, str(error))

    def _cannot(self, name: str, why: str) -> None:
        if len(self.unread) < _COMMIT:
            self.unread.append(f"{name}: {why}")

    def _put(self, name: str, clipping: Clipping, path: str | None) -> None:
        """Remember a document; `path` is where it can be read again, if there is such a file."""
        given = take_in(clipping.source, url=clipping.url, format=clipping.format, name=clipping.name)
        url = address_of(given)
        site = site_of(url)
        if not site:
            self.homeless += 1
            site = self.host or ""
        if not site or self.host not in (None, site):
            return
        data = None if path else zlib.compress(given.text.encode("utf-8", "surrogatepass"))
        row = (
            site,
            self.size,
            name,
            os.fsencode(path) if path else None,
            url or f"https://{site}/",
            given.format,
            data,
        )
        self._base.execute("insert into document values (?, ?, ?, ?, ?, ?, ?)", row)
        self.size += 1
        if self.size % _COMMIT == 0:
            self._base.commit()


def address_of(given: Input) -> str | None:
    """Where a clipping is from, as whoever took it or the page itself says.

    Raises:
        InputError: HTML that cannot be read.
    """
    if given.format != "html":
        return read(given.text, given.format, given.url).url
    page = read_page(given.source, given.decoded)
    return given.url or page.url or facts(parse(page.html).root, url=None).metadata.url
