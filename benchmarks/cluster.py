"""A Ray cluster of three node processes on this machine: how fast it is, and whether killing parts of it does any harm.

    python -m benchmarks.cluster make BENCH FOLDER --documents 100000   JSON lines, Parquet and WARC of clippings
    python -m benchmarks.cluster loop FOLDER --documents 3000           one process in a loop, documents per second
    python -m benchmarks.cluster equal FOLDER                           `cleaner batch` and the cluster, compared
    python -m benchmarks.cluster kill FOLDER                            kill -9 a node, then the driver; go on, compare

BENCH holds `text/dev.jsonl.gz`; its clippings are repeated, with the seeds among them.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psutil
import pyarrow
import pyarrow.parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import cleaner
from benchmarks.batch import contents

_SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_EVERY = 500  # documents, of which one is a seed
_MOST = 8_000  # characters of a clipping: the shorter they are, the more does all else count
_FILES = 40
_NODES = 3


# --- documents ------------------------------------------------------------------------------------


def make(bench: Path, folder: Path, documents: int) -> None:
    """Fill a folder with files of many documents."""
    folder.mkdir(parents=True, exist_ok=True)
    found = _documents(bench)
    for number in range(_FILES):
        rows = list(islice(found, documents // _FILES))
        kind = number % 4
        if kind == 0:
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / f"{number:03}.parquet")
        elif kind == 1:
            _warc(folder / f"{number:03}.warc.gz", rows)
        else:
            lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
            name = f"{number:03}.jsonl" + (".gz" if kind == 3 else "")
            (folder / name).write_bytes(gzip.compress(lines, 6, mtime=0) if kind == 3 else lines)


def _documents(bench: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(bench / "text" / "dev.jsonl.gz", "rt", encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    clips = [(record["url"], clip) for record in records for clip in record["clips"].values() if len(clip) <= _MOST]
    random.Random(7).shuffle(clips)
    seeds = cycle([path.read_text() for path in sorted(_SEEDS.glob("*.txt")) if "expected" not in path.name])
    for number, (url, clip) in enumerate(cycle(clips)):
        if number % _EVERY == 0:
            url, clip = "https://asia.nikkei.com/seed", next(seeds)
        yield {"id": number, "url": url, "text": clip, "score": number / 7}


def _warc(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for row in rows:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/plain; charset=utf-8")], protocol="HTTP/1.1")
            body = io.BytesIO(row["text"].encode())
            writer.write_record(writer.create_warc_record(row["url"], "response", payload=body, http_headers=head))


# --- running --------------------------------------------------------------------------------------


@contextmanager
def nodes(count: int = _NODES) -> Iterator[Any]:
    """A cluster of so many node processes with one core each."""
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        for _ in range(count - 1):
            cluster.add_node(num_cpus=1)
        yield cluster
    finally:
        cluster.shutdown()


def on_cluster(cluster: Any, folder: Path, dest: Path, **settings: Any) -> subprocess.Popen[str]:
    """`cleaner cluster`, with its events."""
    command = [sys.executable, "-m", "cleaner", "cluster", "--json", "--address", cluster.address, folder, dest]
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True, **settings)


def events(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """What a run tells, as it does."""
    assert process.stdout is not None
    yield from map(json.loads, process.stdout)


def in_one_process(folder: Path, documents: int) -> float:
    """Documents a second that one process cleans in a loop."""
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as stream:
            rows += [json.loads(line) for line in islice(stream, documents - len(rows))]
    worker = cleaner.Cleaner()
    worker.clean(rows[0]["text"], url=rows[0]["url"])
    begin = time.perf_counter()
    for row in rows:
        worker.clean(row["text"], url=row["url"])
    speed = len(rows) / (time.perf_counter() - begin)
    print(f"one process in a loop: {len(rows):,} documents, {speed:.1f} a second", flush=True)
    return speed


def equal(folder: Path) -> bool:
    """Whether the cluster's output is that of `cleaner batch`; and how fast both are."""
    with tempfile.TemporaryDirectory() as place:
        one, many = Path(place) / "batch", Path(place) / "cluster"
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "cleaner", "batch", "--quiet", folder, one], check=False)
        print(f"cleaner batch: {time.perf_counter() - begin:.0f} s", flush=True)
        with nodes() as cluster:
            begin = time.perf_counter()
            process = on_cluster(cluster, folder, many)
            first, done = 0.0, {}
            for event in events(process):
                if event["event"] == "part" and not first:
                    first = time.perf_counter() - begin
                done = event
            process.wait()
            print(f"cleaner cluster: {time.perf_counter() - begin:.0f} s, the first part after {first:.0f} s")
            print(f"{done['documents']:,} documents, {done['failures']} set aside; by node: {done['nodes']}")
        same = contents(one) == contents(many)
        print(f"{len(contents(one))} files, the same bytes: {same}")
        return same


def kill(folder: Path) -> bool:
    """Whether a run whose node was killed, and whose driver then was, ends with the same bytes."""
    with tempfile.TemporaryDirectory() as place, nodes() as cluster:
        whole, cut = Path(place) / "whole", Path(place) / "cut"
        subprocess.run([sys.executable, "-m", "cleaner", "batch", "--quiet", folder, whole], check=False)
        first = on_cluster(cluster, folder, cut, start_new_session=True)
        parts: Counter[str] = Counter()
        victim = cluster.list_all_nodes()[-1]
        at = 0
        for event in events(first):
            if event["event"] == "part":
                parts[event["node"]] += event["documents"]
            done = sum(parts.values())
            if not at and parts[victim.node_id]:
                at = done
                print(
                    f"documents by node: {dict(parts)}; now the node {victim.node_id} is killed, which runs", flush=True
                )
                kill_node(victim)
            elif at and done > 3 * at:
                break
        if first.poll() is None:
            print(f"documents by node: {dict(parts)}; now the driver is killed", flush=True)
            os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        second = on_cluster(cluster, folder, cut)
        last = list(events(second))[-1]
        second.wait()
        print(f"the second run cleaned {last['documents']:,} documents; set aside: {last['failures']}")
        same = contents(whole) == contents(cut)
        left = [path for path in cut.rglob("*") if path.name.endswith((".tmp", ".part"))]
        print(f"{len(contents(whole))} files, the same bytes: {same}; left behind: {len(left)}")
        return same and not left


def kill_node(node: Any) -> None:
    """kill -9 the node process, whose workers end with it; say what they were at."""
    raylet = psutil.Process(node.all_processes["raylet"][0].process.pid)
    for worker in raylet.children():
        for shelter in worker.children():
            if "CleanParts" in worker.name() or "CleanParts" in " ".join(worker.cmdline()):
                print(f"  {worker.cmdline()[0]} and its process {shelter.pid}, {shelter.status()}", flush=True)
    raylet.kill()


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(dest="action", required=True)
    making = actions.add_parser("make")
    making.add_argument("bench", type=Path)
    making.add_argument("folder", type=Path)
    making.add_argument("--documents", type=int, default=100_000)
    looping = actions.add_parser("loop")
    looping.add_argument("folder", type=Path)
    looping.add_argument("--documents", type=int, default=3_000)
    for name in ("equal", "kill"):
        actions.add_parser(name).add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.action == "make":
        make(options.bench, options.folder, options.documents)
    elif options.action == "loop":
        in_one_process(options.folder, options.documents)
    else:
        sys.exit(not {"equal": equal, "kill": kill}[options.action](options.folder))


if __name__ == "__main__":
    main()
