"""The pages to learn from: WCXB's development split, and newspapers of the world."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

FOLDS = 5
_ADDRESS = re.compile(r"<link\b[^>]*\brel=.?canonical\b[^>]*>|<meta\b[^>]*\bproperty=.?og:url\b[^>]*>", re.IGNORECASE)
_HTTP = re.compile(r"https?://[^\s\"'<>]+")


@dataclass(frozen=True, slots=True)
class Source:
    """A page of a benchmark.

    Attributes:
        type: of page; of pages of the world ``world`` and the country.
        references: its main text, in one or more versions.
        present, absent: snippets that its main text has, or must not have.
        only_paragraphs: whether the references leave out lists, tables, captions and the like.
    """

    id: str
    url: str
    type: str
    html: Path
    references: tuple[str, ...]
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    only_paragraphs: bool = False


def wcxb(bench: Path) -> Iterator[Source]:
    """The pages of WCXB's development split below `bench`."""
    for path in sorted((bench / "dev" / "ground-truth").glob("*.json")):
        item = json.loads(path.read_text("utf-8"))
        truth = item.get("ground_truth")
        if not isinstance(truth, dict):
            continue
        kind = (item.get("_internal") or {}).get("page_type") or "article"
        kind = kind.get("primary", "article") if isinstance(kind, dict) else kind
        kind = "collection" if kind == "category" else kind
        yield Source(
            id=path.stem,
            url=item.get("url") or "",
            type=kind,
            html=bench / "dev" / "html" / f"{path.stem}.html.gz",
            references=(truth.get("main_content") or "",),
            present=tuple(truth.get("with") or ()),
            absent=tuple(truth.get("without") or ()),
        )


def world(bench: Path) -> Iterator[Source]:
    """The pages of newspapers below `bench`; their address is what they give as theirs."""
    with (bench / "gold.jsonl").open(encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            html = bench / "html" / f"{item['name']}.html.gz"
            found = _ADDRESS.search(gzip.decompress(html.read_bytes()).decode("utf-8", "replace"))
            address = _HTTP.search(found[0]) if found else None
            parsed = item["set"] == "fundus"
            yield Source(
                id=item["name"],
                url=address[0] if address else item["name"],
                type=f"world {item['country'] if parsed else item['set']}",
                html=html,
                references=tuple(item["golds"]),
                only_paragraphs=parsed,
            )


def domain(url: str) -> str:
    """The registered domain, near enough: two labels, three where the last two are short; of no address: itself."""
    names = (urlsplit(url).hostname or url).split(".")
    short = len(names) > 2 and len(names[-2]) <= 3 and len(names[-1]) == 2
    return ".".join(names[-3:] if short else names[-2:])


def fold(url: str) -> int:
    """Which fifth of the domains a page belongs to."""
    return zlib.crc32(domain(url).encode()) % FOLDS


def read(source: Source) -> str:
    """The page as text."""
    return gzip.decompress(source.html.read_bytes()).decode("utf-8", "replace")
