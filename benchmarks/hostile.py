"""Documents, each with random mutations: no error, restored exactly, cleaning twice is cleaning once, in time.

    python -m benchmarks.hostile --pages FOLDER --clips BENCH.jsonl.gz [--mutations 50] [--part 0/1]

Time is the processor's, beside that of plain text of the same length: the prose of `tests/clean`, measured in between
so that both have seen the same machine.  Faults are printed as they are met, at the end the tail of the times.
`--part 3/20` takes every twentieth document from the fourth on, so that a run can be spread.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import cleaner
from cleaner.errors import InputError
from cleaner.model import Format
from cleaner.read.decode import encode
from tests.fuzz.mutate import mutated

FLOOR = 0.25
"""Seconds that any document may take: what is short costs what it costs."""
TIMES = 3
Document = tuple[str, bytes, Format]


def documents(pages: Path | None, benches: list[Path]) -> Iterator[Document]:
    """Name, content and format of everything."""
    for path in sorted(pages.rglob("*.html*")) if pages else ():
        data = path.read_bytes()
        yield path.name, gzip.decompress(data) if path.suffix == ".gz" else data, "html"
    for bench in benches:
        with gzip.open(bench, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if "clips" in record:
                    for renderer, text in record["clips"].items():
                        format: Format = "text" if renderer == "chrome" else "markdown"
                        yield f"{record['id']} {renderer}", text.encode(), format
                else:
                    yield record["name"], record["text"].encode(), "markdown" if record["format"] == "md" else "text"


class Plain:
    """How long plain text takes, by its length."""

    def __init__(self, one: cleaner.Cleaner) -> None:
        self._cleaner = one
        folder = Path(__file__).parents[1] / "tests" / "clean"
        self._text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
        self._each = 0.0

    def seconds(self, size: int) -> float:
        """Processor seconds for so many bytes, as measured last."""
        return size * self._each

    def measure(self) -> None:
        """Measure it anew."""
        start = time.process_time()
        self._cleaner.clean(self._text, format="text")
        self._each = (time.process_time() - start) / len(self._text.encode())


def fault(one: cleaner.Cleaner, data: bytes, format: Format) -> str | None:
    """What promise a document breaks; None if none."""
    try:
        result = one.clean(data, format=format)
    except InputError:
        return None  # said aloud
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    report = result.report
    if broken := [warning for warning in report.warnings if "please report" in warning]:
        return broken[0]
    restored = cleaner.restore(result.text, report)
    if restored != (result.source.encode("utf-8", "surrogatepass") if format == "html" else data):
        return "not restored exactly"
    again: Format = "markdown" if format == "html" else format
    written = encode(result.text, report.encoding, bytes.fromhex(report.bom), report.errors)
    second = one.clean(written, format=again, url=report.url)
    rewritten = encode(second.text, second.report.encoding, bytes.fromhex(second.report.bom), second.report.errors)
    return None if format == "html" or rewritten == written else "cleaning twice is not cleaning once"


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--clips", type=Path, action="append", default=[])
    parser.add_argument("--mutations", type=int, default=50)
    parser.add_argument("--part", default="0/1")
    parser.add_argument("--keep", type=Path, help="folder for the documents with faults")
    args = parser.parse_args()
    first, step = map(int, args.part.split("/"))
    one = cleaner.Cleaner()
    plain = Plain(one)
    plain.measure()
    runs = faults = slow = 0
    tail: list[tuple[float, float, int, str]] = []
    for number, (name, data, format) in enumerate(documents(args.pages, args.clips)):
        if number % step != first:
            continue
        plain.measure()
        chance = random.Random(name)
        for mutation in range(args.mutations + 1):
            content = mutated(data, chance) if mutation else data
            start = time.process_time()
            why = fault(one, content, format)
            seconds = (time.process_time() - start) / 2  # cleaned twice
            runs += 1
            if why:
                faults += 1
                print(f"{name}, mutation {mutation}: {why}", flush=True)
                if args.keep:
                    (args.keep / f"{number}-{mutation}").write_bytes(content)
            times = seconds / max(FLOOR, plain.seconds(len(content)))
            slow += times > TIMES
            tail = sorted([*tail, (times, seconds, len(content), f"{name}, mutation {mutation}")])[-10:]
    print(f"{runs:,} documents, {faults} with a fault, {slow} above {TIMES} times plain text (floor {FLOOR} s)")
    for times, seconds, size, name in reversed(tail):
        print(f"{times:6.2f} times  {seconds:6.2f} s  {size:9,} bytes  {name}")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
