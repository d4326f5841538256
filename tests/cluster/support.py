"""What the tests of clusters share: crawls, and runs in one call."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cleaner.batch.run import Summary
from cleaner.cluster.job import Cleaned, ClusterOptions
from cleaner.cluster.run import ClusterRun
from cleaner.formats.options import Cleaning
from cleaner.formats.packed import pack, packing_of
from tests.batch.support import DIRTY, PAGE, PARAGRAPH, Recorder, batch, contents


class ClusterRecorder(Recorder):
    """Remembers the parts, too."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Cleaned] = []

    def part(self, cleaned: Cleaned) -> None:
        self.parts.append(cleaned)


def rows(count: int, first: int = 0) -> list[dict[str, Any]]:
    """Documents that differ, each with its leftovers."""
    return [
        {"id": n, "url": f"https://example.org/{n}", "text": f"Day {n}. {PARAGRAPH}\n\n{DIRTY}"}
        for n in range(first, first + count)
    ]


def lines(path: Path, documents: Sequence[dict[str, Any]]) -> None:
    """A file of JSON lines, packed as its name says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        pack(((json.dumps(row) + "\n").encode() for row in documents), stream, packing_of(path.name))


def crawl(folder: Path, documents: int = 12) -> Path:
    """A folder with a file of each kind that crawls are kept in, a nested one, and some that are none."""
    lines(folder / "a.jsonl", rows(documents))
    lines(folder / "deep" / "b.jsonl.gz", rows(documents, documents))
    lines(folder / "c.jsonl.zst", [*rows(documents, 2 * documents), {"text": "", "html": PAGE}])
    table = pyarrow.Table.from_pylist(rows(documents, 3 * documents))
    pyarrow.parquet.write_table(table, folder / "d.parquet", row_group_size=7)
    with (folder / "e.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for row in rows(documents, 4 * documents):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            page = PAGE.replace("The ferry", f"Ferry {row['id']}").encode()
            record = writer.create_warc_record(row["url"], "response", payload=io.BytesIO(page), http_headers=head)
            writer.write_record(record)
            record.raw_stream.close()
    (folder / "none.jsonl").write_bytes(b"")
    (folder / "note.md").write_text(DIRTY)
    (folder / ".hidden.jsonl").write_text('{"text": "x"}\n')
    return folder


def on_cluster(
    source: Path | str,
    dest: Path | str,
    *,
    show: ClusterRecorder | None = None,
    cleaning: Cleaning | None = None,
    **options: Any,
) -> Summary:
    """A run with one worker on the cluster that the tests have started."""
    asked = ClusterOptions(str(source), str(dest), cleaning or Cleaning(), **{"jobs": 1, **options})
    return ClusterRun(asked, show or ClusterRecorder()).run()


def same_as_batch(tmp_path: Path, cleaning: Cleaning) -> None:
    """Clean a crawl on the cluster, and with `cleaner batch`: the same comes out."""
    source = crawl(tmp_path / "in")
    show = ClusterRecorder()
    summary = on_cluster(source, tmp_path / "many", show=show, cleaning=cleaning)
    with_batch = batch(source, dest=tmp_path / "one", cleaning=cleaning, exclude=("*.md",))
    assert contents(tmp_path / "many") == contents(tmp_path / "one")
    assert set(contents(source)) - set(contents(tmp_path / "many")) >= {"note.md", ".hidden.jsonl"}
    assert (summary.tally.to_dict(), summary.failures) == (with_batch.tally.to_dict(), 0)
    assert summary.planned.others == 1
    assert sum(part.documents for part in show.parts) == summary.tally.documents == 61
