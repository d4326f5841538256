"""What share of the noise in our own fixtures goes, and whether anything else does.

    python -m benchmarks.fixtures [FOLDER]

Every fixture holds an input and the text a careful person would leave; the difference is noise. Printed by language
and platform tag (the first word of the slug) and by category: lines of noise, the share of them that is gone, and
lines of the article that are gone.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path

import cleaner

ROOT = Path(__file__).parent.parent


def visible(text: str) -> list[str]:
    """The lines with something on them, without white space at their ends."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def gone(before: list[str], after: list[str]) -> Counter[str]:
    """The lines of `before` that `after` lacks."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    lost: Counter[str] = Counter()
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag != "equal":
            lost.update(before[start:end])
    return lost


def measure(folder: Path, run: cleaner.Cleaner) -> tuple[int, int, int]:
    """Of one fixture: lines of noise, how many of them are gone, lines of the article that are gone."""
    (source,) = folder.glob("input.*")
    text = source.read_bytes().decode()
    expected = visible(source.with_name(f"expected{source.suffix}").read_bytes().decode())
    result = visible(run.clean(source.read_bytes(), name=source.name).text)
    noise = gone(visible(text), expected)
    taken = gone(visible(text), result)
    return noise.total(), (noise & taken).total(), (taken - noise).total()


def main() -> None:
    """Measure all fixtures of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "tests" / "fixtures")
    parser.add_argument("--rules", action="append", default=[], help="more rules")
    args = parser.parse_args()
    run = cleaner.Cleaner(rules=args.rules)
    groups: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for path in sorted(p for p in args.folder.iterdir() if p.is_dir() and not p.name.startswith("html--")):
        category, _, slug = path.name.partition("--")
        for group in ("all", category, f"-{slug.partition('-')[0]}" if len(slug.partition("-")[0]) == 2 else "-en"):
            for i, count in enumerate(measure(path, run)):
                groups[group][i] += count
    print(f"{'group':16} {'noise lines':>11} {'gone':>7} {'article lines gone':>19}")
    for group, (noise, taken, lost) in sorted(groups.items()):
        print(f"{group:16} {noise:11} {taken / max(1, noise):7.1%} {lost:19}")


if __name__ == "__main__":
    main()
