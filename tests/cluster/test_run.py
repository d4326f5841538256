"""Runs on a cluster of one node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.cluster.files import Files
from cleaner.cluster.job import ClusterOptions
from cleaner.cluster.memory import FOLDER
from cleaner.cluster.run import ClusterRun
from cleaner.formats.options import Cleaning
from tests.batch.support import PARAGRAPH, batch, contents
from tests.cluster.support import ClusterRecorder, lines, on_cluster, rows, same_as_batch

pytestmark = pytest.mark.usefixtures("ray_here", "inline")


def test_the_output_is_that_of_batch(tmp_path: Path) -> None:
    same_as_batch(tmp_path, Cleaning())


def test_a_run_goes_on_where_another_was_stopped(tmp_path: Path) -> None:
    source = tmp_path / "in"
    for name in "abcdef":
        lines(source / f"{name}.jsonl", rows(80, ord(name)))

    class Impatient(ClusterRecorder):
        def part(self, cleaned: Any) -> None:
            super().part(cleaned)
            run.stop()

    show = Impatient()
    run = ClusterRun(ClusterOptions(str(source), str(tmp_path / "out"), jobs=1), show)
    assert run.run().stopped
    done = sum(part.documents for part in show.parts)
    assert 0 < done < 480
    again = ClusterRecorder()
    summary = on_cluster(source, tmp_path / "out", show=again)
    assert 0 < summary.tally.documents <= 480 - done
    batch(source, dest=tmp_path / "one")
    assert contents(tmp_path / "out") == contents(tmp_path / "one")
    assert not [name for name, _, _ in Files(str(tmp_path / "out")).listed(FOLDER) if name.endswith(".part")]


def test_poison_is_named_and_the_rest_is_clean(tmp_path: Path) -> None:
    documents = rows(300)
    for number, kind in ((40, "segfault"), (100, "hang"), (200, "memory")):
        documents[number]["text"] += f"\n\nPOISON:{kind}"
    lines(tmp_path / "in/a.jsonl", documents)
    (tmp_path / "in/b.warc.gz").write_bytes(b"no archive")
    (tmp_path / "in/c.parquet").write_bytes(b"PAR1")
    show = ClusterRecorder()
    cleaning = Cleaning(max_seconds=1)
    summary = on_cluster(tmp_path / "in", tmp_path / "out", show=show, cleaning=cleaning, max_memory=1_500_000_000)
    named = {name.rpartition("/")[2]: code for name, code, _ in show.notes}
    assert named == {
        "a.jsonl: line 41": "crash",
        "a.jsonl: line 101": "timeout",
        "a.jsonl: line 201": "memory",
        "b.warc.gz": "broken",
        "c.parquet": "broken",
    }
    assert summary.failures == 5
    clean = [json.loads(line) for line in (tmp_path / "out/a.jsonl").read_text().splitlines()]
    assert [n for n, row in enumerate(clean) if row == documents[n]] == [40, 100, 200]


def test_a_file_that_kills_who_reads_it_is_given_up(tmp_path: Path) -> None:
    for name in ("a", "deadly", "z"):
        lines(tmp_path / f"in/{name}.jsonl", rows(5))
    show = ClusterRecorder()
    on_cluster(tmp_path / "in", tmp_path / "out", show=show)
    assert show.codes() == {"deadly.jsonl": "crash"}
    assert set(contents(tmp_path / "out")) == {"a.jsonl", "z.jsonl"}


def test_lines_that_repeat_across_a_site(tmp_path: Path) -> None:
    foot = "Printed on the quay since the great flood"
    documents = [
        {"url": f"https://example.org/{n}", "text": f"{PARAGRAPH.replace('ferry', f'ferry {n}')}\n\n{foot}\n"}
        for n in range(120)
    ]
    for part in range(3):
        lines(tmp_path / f"in/{part}.jsonl", documents[part * 40 : part * 40 + 40])
    (tmp_path / "in/broken.parquet").write_bytes(b"PAR1")
    lines(tmp_path / "in/other.jsonl", [{"url": "https://other.example/1", "text": documents[0]["text"]}])
    summary = on_cluster(tmp_path / "in", tmp_path / "out", count_lines=True)
    assert summary.tally.rules["corpus.repeated"][0] == 120
    assert foot.encode() in contents(tmp_path / "out")["other.jsonl"]
    (table,) = (tmp_path / "out" / FOLDER).glob("*.counts")
    batch(tmp_path / "in", dest=tmp_path / "one", cleaning=Cleaning(line_counts=str(table)))
    assert contents(tmp_path / "out") == contents(tmp_path / "one")
    again = on_cluster(tmp_path / "in", tmp_path / "out", count_lines=True)
    assert (again.tally.documents, again.planned.current, again.planned.failed) == (0, 4, 1)
    assert foot.encode() in contents(tmp_path / "in")["0.jsonl"]
