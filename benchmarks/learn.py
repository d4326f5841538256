"""What learned packs add to removal and damage: leave one out, on all sites of a bench with three or more documents.

    python -m benchmarks.learn real BENCH/real      # clippings with labelled lines: dev.jsonl.gz, score_real.py
    python -m benchmarks.learn html BENCH/html      # pages with their main text: wcxb/dev, score by the bag of words

For each document a pack is learned from the other documents of its site, and the document is cleaned with it and
without.  Real: `recall` is the share of the leftovers' characters that went, `damage` that of the rest.  Pages:
precision, recall and F1 of the words of the main text, in the mean.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner import Cleaner
from cleaner.api import Work
from cleaner.corpus.lines import site_of
from cleaner.learn.elements import Elements
from cleaner.learn.library import Document, address_of
from cleaner.learn.observe import Observed, observe
from cleaner.learn.proposal import proposal_of
from cleaner.model import Format
from cleaner.read.intake import take_in

LEAST_DOCUMENTS = 3
Score = Counter[str]


@dataclass
class Sums:
    """What all documents come to, by ways of cleaning and by sites."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Counter))
    rules: int = 0
    folds: int = 0
    harmed: list[str] = field(default_factory=list)


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("real", "html"))
    parser.add_argument("bench", type=Path)
    parser.add_argument("--least", type=int, default=2, help="documents in which a leftover must stand (2)")
    parser.add_argument("--show", action="store_true", help="each document that comes out differently")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLEANER_CACHE"] = folder  # a book is made for each fold
        documents, score = (_real if options.kind == "real" else _pages)(options.bench)
        sums = _measured(documents, score, options.least, Path(folder), show=options.show)
    print(f"{options.kind}: {sums.folds} documents, {sums.rules / max(1, sums.folds):.1f} rules learned for each")
    for name, total in sums.scores.items():
        print(f"  {name:8}", "  ".join(f"{key} {value}" for key, value in _figures(options.kind, total).items()))
    print(f"  documents that lost more with the packs: {len(sums.harmed)} {' '.join(sums.harmed)}")


def _measured(
    documents: list[Document], score: Callable[[Document, str], Score], least: int, folder: Path, *, show: bool
) -> Sums:
    sums = Sums()
    plain = Cleaner()
    sites: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        sites[site_of(document.url)].append(document)
    for host, own in sorted(sites.items()):
        seen = [one for document in own if (one := observe(document, plain))]
        if host and len(seen) >= LEAST_DOCUMENTS:
            for left_out in range(len(seen)):
                _fold(sums, host, seen, left_out, score, least, folder, show=show)
    return sums


def _fold(
    sums: Sums,
    host: str,
    seen: list[tuple[Observed, Work]],
    left_out: int,
    score: Callable[[Document, str], Score],
    least: int,
    folder: Path,
    *,
    show: bool,
) -> None:
    elements = Elements(host)
    others = [one for number, one in enumerate(seen) if number != left_out]
    for one in others:
        elements.add(*one)
    proposal, _ = proposal_of(host, len(others), [observed for observed, _ in others], elements, least)
    observed, work = seen[left_out]
    before = after = score(observed.document, work.text)
    sums.folds += 1
    sums.rules += len(proposal.rules)
    if proposal.rules:
        path = folder / "pack.yaml"
        path.write_text(proposal.pack().text())
        document = observed.document
        text = Cleaner(rules=(str(path),)).clean(document.source, url=document.url, format=document.format).text
        after = score(document, text)
        if show and text != work.text:
            print(f"{host} {document.name}: {dict(before)} -> {dict(after)}; {[r.draft.id for r in proposal.rules]}")
        if after["lost"] > before["lost"]:
            sums.harmed.append(document.name)
    sums.scores["without"] += before
    sums.scores["with"] += after


def _figures(kind: str, total: Score) -> dict[str, str]:
    if kind == "real":
        return {
            "recall": f"{total['hit'] / max(1, total['drop']):.2%}",
            "damage": f"{total['lost'] / max(1, total['keep']):.3%}",
            "clean": str(total["clean"]),
        }
    number = max(1, total["documents"])
    return {key: f"{total[key] / number / 1e6:.4f}" for key in ("precision", "recall", "f1")}


def _real(bench: Path) -> tuple[list[Document], Callable[[Document, str], Score]]:
    spec = importlib.util.spec_from_file_location("score_real", bench / "score_real.py")
    assert spec is not None
    assert spec.loader is not None
    scoring = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scoring)
    with gzip.open(bench / "dev.jsonl.gz", "rt", encoding="utf-8") as rows:
        records = {str(number): json.loads(row) for number, row in enumerate(rows)}

    def score(document: Document, text: str) -> Score:
        found = scoring.score(records[str(document.number)], text)
        right = found["hit"] == found["drop"] and not found["lost"]
        return Counter({key: found[key] for key in ("hit", "drop", "lost", "keep")}) + Counter(clean=int(right))

    return [_document(int(number), record) for number, record in records.items()], score


def _document(number: int, record: dict[str, Any]) -> Document:
    format: Format = "markdown" if record["format"] == "md" else "text"
    url = address_of(take_in(record["text"], format=format)) or record["url"]
    return Document(number, record["name"], record["text"], url, format)


def _pages(bench: Path) -> tuple[list[Document], Callable[[Document, str], Score]]:
    gold: dict[int, Counter[str]] = {}

    def documents() -> Iterator[Document]:
        for number, path in enumerate(sorted((bench / "wcxb" / "dev" / "ground-truth").glob("*.json"))):
            truth = json.loads(path.read_text(encoding="utf-8"))
            gold[number] = _words(truth["ground_truth"].get("main_content") or "")
            page = bench / "wcxb" / "dev" / "html" / f"{path.stem}.html.gz"
            yield Document(number, path.stem, gzip.decompress(page.read_bytes()), truth.get("url"), "html")

    def score(document: Document, text: str) -> Score:
        found, wanted = _words(_without_marks(text)), gold[document.number]
        same = (found & wanted).total()
        precision, recall = same / max(1, found.total()), same / max(1, wanted.total())
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        figures = {"precision": precision, "recall": recall, "f1": f1}
        lost = wanted.total() - same
        return Counter({key: int(1e6 * value) for key, value in figures.items()}) + Counter(documents=1, lost=lost)

    every = list(documents())
    often = Counter(site_of(document.url) for document in every)
    return [document for document in every if often[site_of(document.url)] >= LEAST_DOCUMENTS], score


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _without_marks(text: str) -> str:
    """Markdown without the targets of its links."""
    return re.sub(r"(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)", "", text)


if __name__ == "__main__":
    main()
