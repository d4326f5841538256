"""Runs whose workers, and what reads for them, are processes of their own, as they are for everybody."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH, Recorder, batch, contents, fill


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_output_does_not_depend_on_the_workers(tmp_path: Path, jobs: int) -> None:
    lines = "".join(json.dumps({"n": n, "text": DIRTY if n % 3 else PARAGRAPH}) + "\n" for n in range(300))
    source = fill(tmp_path / "in", {"a.txt": DIRTY, "deep/b.html": PAGE, "many.jsonl": lines})
    batch(source, dest=tmp_path / "out", jobs=jobs)
    assert set(contents(tmp_path / "out")) == {"a.txt", "deep/b.md", "many.jsonl"}
    rows = [json.loads(line) for line in (tmp_path / "out/many.jsonl").read_text().splitlines()]
    assert rows == [{"n": n, "text": CLEAN if n % 3 else PARAGRAPH} for n in range(300)]


def test_a_container_that_is_cut_off_gives_what_can_be_read(tmp_path: Path) -> None:
    line = json.dumps({"text": DIRTY}).encode() + b"\n"
    packed = gzip.compress(line) * 5 + gzip.compress(line)[:40]
    source = fill(tmp_path / "in", {"cut.jsonl.gz": packed, "none.jsonl.gz": b"no gzip at all"})
    show = Recorder()
    summary = batch(source, dest=tmp_path / "out", show=show)
    assert show.codes() == {"cut.jsonl.gz": "broken", "none.jsonl.gz": "broken"}
    assert summary.failures == 2
    out = contents(tmp_path / "out")
    assert set(out) == {"cut.jsonl.gz"}
    assert [json.loads(line)["text"] for line in gzip.decompress(out["cut.jsonl.gz"]).splitlines()][:5] == [CLEAN] * 5
