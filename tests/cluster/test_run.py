"""Runs on a cluster of one node."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from cleaner.cluster.files import Files
from cleaner.cluster.job import ClusterOptions
from cleaner.cluster.memory import FOLDER, Memory
from cleaner.cluster.run import ClusterRun
from cleaner.draft import PREFIX, SUFFIX
from cleaner.errors import OutputError
from cleaner.formats.options import Cleaning, Fields
from cleaner.isolation.problem import DocumentError
from tests.batch.support import PARAGRAPH, batch, contents, fill
from tests.cluster.support import ClusterRecorder, crawl, lines, on_cluster, rows

pytestmark = pytest.mark.usefixtures("ray_here")


@pytest.mark.parametrize(
    "cleaning",
    [Cleaning(), Cleaning(records="jsonl", level="safe"), Cleaning(fields=Fields(report="why", metadata="about"))],
)
def test_the_output_is_that_of_batch(tmp_path: Path, cleaning: Cleaning) -> None:
    source = crawl(tmp_path / "in")
    show = ClusterRecorder()
    summary = on_cluster(source, tmp_path / "many", show=show, cleaning=cleaning)
    with_batch = batch(source, dest=tmp_path / "one", cleaning=cleaning, exclude=("*.md",))
    assert contents(tmp_path / "many") == contents(tmp_path / "one")
    assert set(contents(source)) - set(contents(tmp_path / "many")) >= {"note.md", ".hidden.jsonl"}
    assert (summary.tally.to_dict(), summary.failures) == (with_batch.tally.to_dict(), 0)
    assert summary.planned.others == 1
    assert sum(part.documents for part in show.parts) == summary.tally.documents == 201


def test_a_second_run_does_only_what_is_missing(tmp_path: Path) -> None:
    source = crawl(tmp_path / "in", 10)
    dest = tmp_path / "out"
    on_cluster(source, dest)
    before = contents(dest)
    summary = on_cluster(source, dest)
    assert (summary.tally.documents, summary.planned.current) == (0, 6)
    (dest / "d.parquet").unlink()
    lines(source / "a.jsonl", rows(3, 1000))
    lines(source / "new.jsonl", rows(2, 2000))
    show = ClusterRecorder()
    summary = on_cluster(source, dest, show=show)
    assert (summary.tally.documents, summary.planned.current) == (10 + 3 + 2, 4)
    assert contents(dest)["d.parquet"] == before["d.parquet"]
    assert contents(dest)["a.jsonl"].count(b"\n") == 3
    markers = [name for name, _, _ in Files(str(dest)).listed(FOLDER)]
    assert len(markers) == 7 + 1  # one a file, and the run; nothing is left of the old a.jsonl
    assert on_cluster(source, dest, cleaning=Cleaning(level="safe")).tally.documents == 46


def test_a_run_goes_on_where_another_was_stopped(tmp_path: Path) -> None:
    source = tmp_path / "in"
    for name in "abc":
        lines(source / f"{name}.jsonl", rows(600, ord(name)))

    class Impatient(ClusterRecorder):
        def part(self, cleaned: Any) -> None:
            super().part(cleaned)
            run.stop()

    show = Impatient()
    run = ClusterRun(ClusterOptions(str(source), str(tmp_path / "out")), show)
    assert run.run().stopped
    done = sum(part.documents for part in show.parts)
    assert 0 < done < 1800
    again = ClusterRecorder()
    summary = on_cluster(source, tmp_path / "out", show=again)
    assert 0 < summary.tally.documents <= 1800 - done
    batch(source, dest=tmp_path / "one")
    assert contents(tmp_path / "out") == contents(tmp_path / "one")
    assert not [name for name, _, _ in Files(str(tmp_path / "out")).listed(FOLDER) if name.endswith(".part")]


def test_drafts_that_killed_processes_left_are_removed(tmp_path: Path) -> None:
    source, dest = tmp_path / "in", tmp_path / "out"
    lines(source / "a.jsonl", rows(3))
    lines(source / "deep/b.jsonl", rows(3))
    on_cluster(source, dest)
    key = next(iter(Memory(Files(str(dest))).known().settled()))
    kept = contents(dest)
    foreign = f"{PREFIX}{'0' * len(key)}{bytes(8).hex()}{SUFFIX}"
    fill(dest, {f"deep/{PREFIX}{key}{bytes(8).hex()}{SUFFIX}": "half", foreign: "another run's"})
    on_cluster(source, dest)
    assert contents(dest) == {**kept, foreign: b"another run's"}


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
    again = on_cluster(tmp_path / "in", tmp_path / "out", cleaning=cleaning)
    assert (again.planned.failed, again.tally.documents) == (3, 0)
    lines(tmp_path / "in/a.jsonl", rows(3))
    retried = on_cluster(tmp_path / "in", tmp_path / "out", cleaning=cleaning, retry_failed=True)
    assert (retried.tally.documents, retried.failures) == (3, 2)


def test_a_file_that_ends_early(tmp_path: Path) -> None:
    lines(tmp_path / "in/a.jsonl.gz", rows(50))
    whole = (tmp_path / "in/a.jsonl.gz").read_bytes()
    (tmp_path / "in/a.jsonl.gz").write_bytes(whole[: len(whole) * 2 // 3])
    show = ClusterRecorder()
    summary = on_cluster(tmp_path / "in", tmp_path / "out", show=show)
    assert show.codes()["a.jsonl.gz"] == "broken"
    assert 10 < summary.tally.documents < 50
    batch(tmp_path / "in", dest=tmp_path / "one")
    assert contents(tmp_path / "out") == contents(tmp_path / "one")


def test_one_file_as_the_source(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", rows(5))
    summary = on_cluster(tmp_path / "a.jsonl", tmp_path / "out")
    assert summary.tally.documents == 5
    batch(tmp_path / "a.jsonl", dest=tmp_path / "one")
    assert contents(tmp_path / "out") == contents(tmp_path / "one")


def test_what_others_wrote_is_not_overwritten(tmp_path: Path) -> None:
    lines(tmp_path / "in/a.jsonl", rows(5))
    fill(tmp_path / "out", {"a.jsonl": "mine"})
    show = ClusterRecorder()
    on_cluster(tmp_path / "in", tmp_path / "out", show=show)
    assert show.codes() == {"a.jsonl": "unwritable"}
    assert contents(tmp_path / "out")["a.jsonl"] == b"mine"
    assert on_cluster(tmp_path / "in", tmp_path / "out", overwrite=True).failures == 0
    assert contents(tmp_path / "out")["a.jsonl"].count(b"\n") == 5


def test_a_destination_that_cannot_be_written(tmp_path: Path) -> None:
    lines(tmp_path / "in/a.jsonl", rows(5))
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.jsonl").mkdir()
    with pytest.raises(OutputError, match="run again to go on"):
        on_cluster(tmp_path / "in", tmp_path / "out")
    os.rmdir(tmp_path / "out/a.jsonl")
    assert on_cluster(tmp_path / "in", tmp_path / "out").failures == 0


def test_no_source(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="gone: no such file or folder"):
        on_cluster(tmp_path / "gone", tmp_path / "out")


def test_a_file_that_kills_who_reads_it_is_given_up(tmp_path: Path) -> None:
    for name in ("a", "deadly", "z"):
        lines(tmp_path / f"in/{name}.jsonl", rows(5))
    show = ClusterRecorder()
    on_cluster(tmp_path / "in", tmp_path / "out", show=show)
    assert show.codes() == {"deadly.jsonl": "crash"}
    assert set(contents(tmp_path / "out")) == {"a.jsonl", "z.jsonl"}
    (tmp_path / "in/deadly.jsonl").rename(tmp_path / "in/harmless.jsonl")
    assert on_cluster(tmp_path / "in", tmp_path / "out").failures == 0


def test_tries_are_counted_for_each_run(tmp_path: Path) -> None:
    memory = Memory(Files(str(tmp_path)))
    assert [memory.may_try("k-1", "read", "run") for _ in range(5)] == [True, True, True, False, False]
    assert memory.may_try("k-1", "read", "another run")


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
