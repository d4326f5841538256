"""Documents, each with random mutations: no error, restored exactly, cleaning twice is cleaning once, in time.

    python -m benchmarks.hostile --pages FOLDER --clips BENCH.jsonl.gz [--mutations 50] [--at-once] [--part 0/1]
                                 [--results FILE]
    python -m benchmarks.hostile --soups 20000 [--part 0/1] [--results FILE]
    python -m benchmarks.hostile --results FILE

Each document is cleaned as it is and once with each of its mutations; `--at-once`: once, with all of them in it.  With
`--soups` the documents are of so many characters each and made of rules' own examples (`tests/soups.py`).

Time is the processor's, beside that of plain text of the same length: the prose of `tests/clean`, measured in between
so that both have seen the same machine.  Faults are printed as they are met, at the end the tail of the times.
`--part 3/20` takes every twentieth document from the fourth on, so that a run can be spread over many sittings: with
`--results` what came of a part is a line that is added to a file, and without documents the sum of that file is shown.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import cleaner
from cleaner.errors import InputError
from cleaner.model import Format
from cleaner.read.decode import encode
from cleaner.rulebook.store import Store
from tests.fuzz.mutate import mutated
from tests.soups import soups

FLOOR = 0.02
"""Seconds that any document may take: what is short costs what it costs."""
TIMES = 3
TAIL = 10
Document = tuple[str, bytes, Format, str | None]
"""Name, content, format and address."""


def documents(pages: Path | None, benches: list[Path]) -> Iterator[Document]:
    """All pages and clips."""
    for path in sorted(pages.rglob("*.html*")) if pages else ():
        data = path.read_bytes()
        yield path.name, gzip.decompress(data) if path.suffix == ".gz" else data, "html", None
    for bench in benches:
        with gzip.open(bench, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if "clips" in record:
                    for renderer, text in record["clips"].items():
                        format: Format = "text" if renderer == "chrome" else "markdown"
                        yield f"{record['id']} {renderer}", text.encode(), format, None
                else:
                    format = "markdown" if record["format"] == "md" else "text"
                    yield record["name"], record["text"].encode(), format, None


def soup(size: int) -> Iterator[Document]:
    """Documents of rules' own examples."""
    for one in soups(Store().packs(), size):
        yield one.name, one.text.encode(), one.format, one.url


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


def fault(one: cleaner.Cleaner, data: bytes, format: Format, url: str | None) -> str | None:
    """What promise a document breaks; None if none."""
    try:
        result = one.clean(data, format=format, url=url)
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


@dataclass
class Outcome:
    """What came of some documents.

    Attributes:
        parts: which ones, as they were asked for.
        runs: documents, mutated or not.
        faults: those that broke a promise.
        slow: those that took more than `TIMES` times what plain text takes.
        tail: the slowest: times of plain text, seconds, bytes, name.
    """

    parts: list[str]
    documents: int = 0
    runs: int = 0
    faults: int = 0
    slow: int = 0
    tail: list[tuple[float, float, int, str]] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Sum up."""
        self.parts += other.parts
        self.documents += other.documents
        self.runs += other.runs
        self.faults += other.faults
        self.slow += other.slow
        self.tail = sorted([*self.tail, *other.tail])[-TAIL:]

    def show(self) -> None:
        """Print it."""
        print(f"{len(self.parts)} parts, {self.documents:,} documents, {self.runs:,} runs, {self.faults} with a fault,")
        print(f"{self.slow} above {TIMES} times plain text (floor {FLOOR} s)")
        for times, seconds, size, name in reversed(self.tail):
            print(f"{times:6.2f} times  {seconds:6.2f} s  {size:9,} bytes  {name}")


def versions(data: bytes, name: str, mutations: int, at_once: bool) -> Iterator[tuple[str, bytes]]:
    """What becomes of a document, named."""
    chance = random.Random(name)
    if at_once:
        for _ in range(mutations):
            data = mutated(data, chance)
        yield f"{name}, {mutations} mutations", data
        return
    yield name, data
    for mutation in range(1, mutations + 1):
        yield f"{name}, mutation {mutation}", mutated(data, chance)


def attacked(every: Iterator[Document], part: str, mutations: int, at_once: bool, keep: Path | None) -> Outcome:
    """Try a part of the documents, each as it is and mutated, or with all its mutations."""
    first, step = map(int, part.split("/"))
    one = cleaner.Cleaner()
    plain = Plain(one)
    plain.measure()
    outcome = Outcome([part])
    for number, (name, data, format, url) in enumerate(every):
        if number % step != first:
            continue
        outcome.documents += 1
        plain.measure()
        for version, content in versions(data, name, mutations, at_once):
            start = time.process_time()
            why = fault(one, content, format, url)
            seconds = (time.process_time() - start) / 2  # cleaned twice
            outcome.runs += 1
            if why:
                outcome.faults += 1
                print(f"{version}: {why}", flush=True)
                if keep:
                    (keep / f"{number}-{outcome.runs}").write_bytes(content)
            times = seconds / max(FLOOR, plain.seconds(len(content)))
            outcome.slow += times > TIMES
            row = times, seconds, len(content), version
            outcome.tail = sorted([*outcome.tail, row])[-TAIL:]
    return outcome


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--clips", type=Path, action="append", default=[])
    parser.add_argument("--soups", type=int, metavar="CHARACTERS", default=0)
    parser.add_argument("--mutations", type=int, default=50)
    parser.add_argument("--at-once", action="store_true", help="one run a document, with all its mutations in it")
    parser.add_argument("--part", default="0/1")
    parser.add_argument("--keep", type=Path, help="folder for the documents with faults")
    parser.add_argument("--results", type=Path, help="file to which what came of the part is added")
    args = parser.parse_args()
    if args.pages or args.clips or args.soups:
        every = soup(args.soups) if args.soups else documents(args.pages, args.clips)
        outcome = attacked(every, args.part, 0 if args.soups else args.mutations, args.at_once, args.keep)
        if args.results:
            with args.results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(outcome)) + "\n")
    else:
        outcome = Outcome([])
        for line in args.results.read_text(encoding="utf-8").splitlines():
            outcome.add(Outcome(**json.loads(line)))
    outcome.show()
    return int(outcome.faults > 0)


if __name__ == "__main__":
    sys.exit(main())
