"""How cost grows with the text and with the number of rules.

    python -m benchmarks.throughput [BENCH.jsonl.gz]

Prints the time for 10 MB over that for 1 MB, and the slow-down by 5,000 extra phrase rules, on the clippings of a
bench file if one is given (JSON lines with `clips`), else on clippings made here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import tempfile
import time
from pathlib import Path

import cleaner

SEED = Path(__file__).parent.parent / "seeds" / "000_d0dcb1b4df1049bc.txt"
EXTRA_RULES = 5_000


def clipping(characters: int) -> str:
    """A long clipping: the seed again and again, each time with another number in its paragraphs."""
    seed = SEED.read_text(encoding="utf-8")
    parts: list[str] = []
    size = 0
    while size < characters:
        parts.append(seed.replace("ZTE", f"ZTE {len(parts)}"))
        size += len(parts[-1])
    return "\n\n".join(parts)


def best(run: object, text: str, times: int = 3) -> float:
    """The best of a few runs, in seconds."""
    assert isinstance(run, cleaner.Cleaner)
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run.clean(text)
        found.append(time.perf_counter() - start)
    return min(found)


def growth() -> float:
    """Time for 10 MB over time for 1 MB."""
    run = cleaner.Cleaner()
    small, large = clipping(1_000_000), clipping(10_000_000)
    ratio = best(run, large, 2) / best(run, small, 4)
    print(f"10 MB over 1 MB: {ratio:.1f} times")
    return ratio


def extra_rules(folder: Path, count: int = EXTRA_RULES) -> Path:
    """A pack of `count` phrase rules made of common words."""
    words = [
        *("get", "read", "our", "news", "offer", "today", "weekly", "morning", "digital", "edition", "access", "full"),
        *("story", "member", "join", "free", "trial", "save", "deal", "best", "more", "update", "latest", "report"),
        *("follow", "market", "world", "sport", "culture", "opinion", "video", "photo", "local", "city"),
    ]
    chance = random.Random(0)
    lines = ["format: 1", "pack: generic/extra", "description: made for a benchmark", "languages: [en]", "rules:"]
    for number in range(count):
        phrase = " ".join(chance.choices(words, k=chance.randint(3, 6))) + f" {number:x}"
        lines += [
            f"  - id: extra.rule-{number}",
            "    category: interface",
            "    confidence: high",
            "    scope: line",
            "    message: made for a benchmark",
            f"    phrases: ['{phrase}']",
            f"    tests: {{removes: ['{phrase}'], keeps: [nothing]}}",
        ]
    path = folder / "extra.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def clippings(bench: str | None) -> list[str]:
    """About 4 MB of clippings."""
    if not bench:
        return [clipping(4_000)] * 1000
    found: list[str] = []
    size = 0
    with gzip.open(bench, "rt", encoding="utf-8") as file:
        for line in file:
            for text in json.loads(line)["clips"].values():
                found.append(text)
                size += len(text)
            if size > 4_000_000:
                break
    return found


def slow_down(bench: str | None) -> float:
    """Time with the extra rules over time without, the two in turn; the median of five pairs."""
    texts = clippings(bench)
    size = sum(map(len, texts))
    with tempfile.TemporaryDirectory() as folder:
        plain, more = cleaner.Cleaner(), cleaner.Cleaner(rules=[extra_rules(Path(folder))])
    ratios = []
    for _ in range(5):
        spent = []
        for run in (plain, more):
            start = time.perf_counter()
            for text in texts:
                run.clean(text, format="markdown" if "](" in text else "text")
            spent.append(time.perf_counter() - start)
        ratios.append(spent[1] / spent[0])
    ratio = statistics.median(ratios)
    print(f"{len(texts)} clippings, {size / 1e6:.1f} M characters: {size / 1e6 / spent[0]:.2f} M characters a second")
    print(f"{EXTRA_RULES} more rules: {ratio:.2f} times as long")
    return ratio


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", nargs="?")
    growth()
    slow_down(parser.parse_args().bench)
