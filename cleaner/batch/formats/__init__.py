"""Files that hold many documents: how each kind is read, and how it is written again."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from cleaner.batch.formats.container import Container

_MODULES: dict[str, str] = {
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    ".zip": "zip",
    ".enex": "enex",
    **dict.fromkeys((".warc", ".warc.gz", ".warc.zst"), "warc"),
    ".wacz": "wacz",
    ".parquet": "parquet",
}


def container_of(name: str) -> Container | None:
    """The kind of container that a file is, by its name; None if it holds one document, or none."""
    low = name.lower()
    return next((named(module) for suffix, module in _MODULES.items() if low.endswith(suffix)), None)


@cache
def named(name: str) -> Container:
    """The container called `name`; its module is imported only when there is such a file."""
    container: Container = import_module(f"cleaner.batch.formats.{name}").CONTAINER
    return container
