"""Digests of all outputs and reports, to show that a change of the code changes nothing else.

    python -m benchmarks.outputs --fixtures tests/fixtures --clips BENCH.jsonl.gz --pages FOLDER [--save FILE]

Every set is cleaned at level normal, pages as Markdown and as text.  Printed are, per set, the number of documents and
two SHA-256: of the clean texts, and of the reports as JSON.  `--save` writes a line per document, so that two runs can
be compared with `diff`.  Reasons and vetoes are wording, not outcome: `--no-wording` leaves them out of the reports.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import cleaner
from cleaner.report.json import to_dict

Input = tuple[str, str, bytes, str, str]
"""Set, name, content, file name, form for pages."""
_WORDING = frozenset({"reason", "saw", "veto", "evidence", "codes"})


@cache
def _cleaner(to: str) -> cleaner.Cleaner:
    return cleaner.Cleaner(to="text" if to == "text" else "markdown")


def _without_wording(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_wording(value) for key, value in node.items() if key not in _WORDING}
    return [_without_wording(one) for one in node] if isinstance(node, list) else node


def digests(job: tuple[Input, bool]) -> tuple[str, str, str, str]:
    """Set, name, and the digests of the clean text and of the report."""
    (group, name, content, file_name, to), wording = job
    result = _cleaner(to).clean(content, name=file_name)
    facts = to_dict(result.report)
    report = json.dumps(facts if wording else _without_wording(facts), sort_keys=True)
    text = result.text.encode("utf-8", "surrogatepass")
    return group, name, hashlib.sha256(text).hexdigest(), hashlib.sha256(report.encode()).hexdigest()


def _inputs(args: argparse.Namespace) -> Iterator[Input]:
    for path in (args.fixtures and sorted(args.fixtures.glob("*/input.*"))) or ():
        for to in ("markdown", "text") if path.suffix == ".html" else ("markdown",):
            yield f"fixtures {to}", path.parent.name, path.read_bytes(), path.name, to
    for bench in args.clips:
        with gzip.open(bench, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if "clips" in record:
                    for renderer, text in record["clips"].items():
                        yield f"{bench.parent.name} {renderer}", record["id"], text.encode(), "x.txt", "markdown"
                else:
                    file_name = f"x.{record['format']}"
                    yield bench.parent.name, record["name"], record["text"].encode(), file_name, "markdown"
    for folder in args.pages:
        for path in sorted(folder.rglob("*.html*")):
            content = path.read_bytes()
            for to in ("markdown", "text"):
                page = gzip.decompress(content) if path.suffix == ".gz" else content
                yield f"{folder.name} {to}", path.name, page, "x.html", to


def main() -> None:
    """Print the digests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fixtures", type=Path)
    parser.add_argument("--clips", type=Path, action="append", default=[])
    parser.add_argument("--pages", type=Path, action="append", default=[])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--no-wording", action="store_true")
    args = parser.parse_args()
    rows: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    with ProcessPoolExecutor(args.jobs) as pool:
        jobs = ((one, not args.no_wording) for one in _inputs(args))
        for group, *row in pool.map(digests, jobs, chunksize=16):
            rows[group].append((row[0], row[1], row[2]))
    for group, found in rows.items():
        texts, reports = (hashlib.sha256("".join(row[i] for row in found).encode()).hexdigest()[:16] for i in (1, 2))
        print(f"{group:24} {len(found):6}  texts {texts}  reports {reports}")
    if args.save:
        lines = (
            f"{group}\t{name}\t{text}\t{report}\n" for group, found in rows.items() for name, text, report in found
        )
        args.save.write_text("".join(lines))


if __name__ == "__main__":
    main()
