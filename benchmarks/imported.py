"""What ten thousand imported rules cost: in loading them from the cache, and on pages that they do not concern.

    python -m benchmarks.imported [--rules 10000] [--rounds 5] [PAGE...]

Half of the rules are of sites, five a pack, as an import of site configurations makes them; half are for all pages, as
filter lists have them.  Times are processor time; pages are cleaned in turn with and without the rules, and of all
rounds the quickest counts.  PAGE: files of HTML; by default those of our own fixtures.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

from cleaner import Cleaner
from cleaner.html.rules.selectors import HtmlRules
from cleaner.imports.selecting import KEPT
from cleaner.rulebook import store
from cleaner.rulebook.book import Rulebook
from cleaner.tools.drafts import PackDraft, RuleDraft

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    options = parser.parse_args()
    paths = [Path(page) for page in options.pages] or sorted(FIXTURES.glob("html--*/input.html"))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), options.rules)
        begin = process_time()
        load(folder)
        print(f"first time, {options.rules:,} rules read and compiled: {process_time() - begin:.1f} s")
        alone = min(load() for _ in range(options.rounds))
        with_them = min(load(folder) for _ in range(options.rounds))
        print(f"from the cache: {1000 * with_them:.0f} ms with them, {1000 * alone:.0f} ms without")
        slow = slowdown([path.read_bytes() for path in paths], folder, options.rounds)
        print(f"{len(paths)} pages, time with them / without: {sum(slow) / len(slow):.3f}, median {median(slow):.3f}")


def write(folder: Path, rules: int) -> None:
    """Write packs with so many rules, which concern no page there is."""
    for number in range(rules // 10):
        own = tuple(_rule(f"made-up-{number}.rule-{at}", f".made-up-{number}-box-{at}") for at in range(5))
        pack = PackDraft(f"sites/made-up-{number}", "Made up.", own, hosts=(f"made-up-{number}.example",))
        (folder / f"site-{number}.yaml").write_text(pack.text())
    for number in range(rules // 2 // 1000 or 1):
        own = tuple(_rule(f"made-up-all-{number}.rule-{at}", f".made-up-all-{number}-{at}") for at in range(1000))
        (folder / f"all-{number}.yaml").write_text(PackDraft(f"generic/made-up-{number}", "Made up.", own).text())


def _rule(name: str, selector: str) -> RuleDraft:
    example = f'<div class="{selector[1:]}">Some words that go.</div>'
    return RuleDraft(name, "boilerplate", "high", "html", "made up", {"css": [selector]}, (example,), (KEPT,))


def load(*folders: str) -> float:
    """Load all rules as a new process would; how long it took, in seconds."""
    store._books.clear()
    begin = process_time()
    rules = store.Store(folders)
    Rulebook.from_store(rules).packs_of_host("example.com")
    HtmlRules.from_store(rules)
    return process_time() - begin


def slowdown(pages: list[bytes], folder: str, rounds: int) -> list[float]:
    """For each page, how many times as long it takes with the rules in a folder."""
    cleaners = Cleaner(), Cleaner(rules=(folder,))
    ratios: list[float] = []
    for page in pages:
        times: list[list[float]] = [[], []]
        for number in range(rounds):
            for which in (0, 1) if number % 2 else (1, 0):
                begin = process_time()
                cleaners[which].clean(page, url="https://elsewhere.example/story")
                times[which].append(process_time() - begin)
        ratios.append(min(times[1]) / min(times[0]))
    return ratios


if __name__ == "__main__":
    main()
