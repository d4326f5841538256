"""What a run on a cluster writes, and what it remembers for the next one; Ray has no part in that."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.cluster.files import Files
from cleaner.cluster.memory import FOLDER, Memory
from cleaner.draft import PREFIX, SUFFIX
from cleaner.errors import OutputError
from cleaner.formats.options import Cleaning, Fields
from cleaner.isolation.problem import DocumentError
from tests.batch.support import batch, contents, fill
from tests.cluster.support import ClusterRecorder, crawl, lines, on_cluster, rows, same_as_batch

pytestmark = pytest.mark.usefixtures("nodes_inline")


@pytest.mark.parametrize(
    "cleaning", [Cleaning(records="jsonl", level="safe"), Cleaning(fields=Fields(report="why", metadata="about"))]
)
def test_the_output_is_that_of_batch_whatever_is_asked(tmp_path: Path, cleaning: Cleaning) -> None:
    same_as_batch(tmp_path, cleaning)


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


def test_what_was_set_aside_is_tried_again_only_if_asked(tmp_path: Path) -> None:
    lines(tmp_path / "in/a.jsonl", rows(3))
    with (tmp_path / "in/a.jsonl").open("a") as stream:
        stream.write("{broken\n")
    (tmp_path / "in/b.warc.gz").write_bytes(b"no archive")
    (tmp_path / "in/c.parquet").write_bytes(b"PAR1")
    assert on_cluster(tmp_path / "in", tmp_path / "out").failures == 3
    again = on_cluster(tmp_path / "in", tmp_path / "out")
    assert (again.planned.failed, again.tally.documents) == (3, 0)
    lines(tmp_path / "in/a.jsonl", rows(3))
    retried = on_cluster(tmp_path / "in", tmp_path / "out", retry_failed=True)
    assert (retried.tally.documents, retried.failures) == (3, 2)


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


def test_tries_are_counted_for_each_run(tmp_path: Path) -> None:
    memory = Memory(Files(str(tmp_path)))
    assert [memory.may_try("k-1", "read", "run") for _ in range(5)] == [True, True, True, False, False]
    assert memory.may_try("k-1", "read", "another run")
