from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.rulebook import store
from cleaner.tools.coverage import Suspect, coverage
from cleaner.tools.docs_format import EXAMPLE

STORY = "A long line of content about a library that stands on a hill above the town.\n"
CLIP = f"A title\n{STORY}You have 3 visits left\n\nYou have 4 visits left this week\n"
LABELS = "tcb.c."
GOLD = f"{STORY}\nYou have 3 visits left\n"


@pytest.fixture
def cleaner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cleaner:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "x.yaml").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(store, "shipped_rules", lambda: str(tmp_path / "rules"))
    return Cleaner()


def record(name: str, gold: str = GOLD) -> str:
    page = {"id": name, "url": None, "gold": gold, "clips": {"node": CLIP, "md": "x"}, "labels": {"node": LABELS}}
    return json.dumps(page) + "\n"


@pytest.mark.parametrize("packed", [False, True])
def test_coverage(tmp_path: Path, cleaner: Cleaner, packed: bool) -> None:
    bench = tmp_path / "bench.jsonl"
    data = (record("a") + "\n" + record("b", "")).encode()
    bench.write_bytes(gzip.compress(data) if packed else data)
    row, total = coverage(bench, cleaner, suspects=2)
    assert (row.rule, row.category, row.removals) == ("library-meter.visits-left", "subscription", 4)
    assert (row.boilerplate, row.content, row.unscored, row.gold) == (36, 52, 0, 1)
    assert row.characters == 88
    assert row.wrong == 52 / 88
    assert row.suspects == (
        Suspect("a", "node", 5, "You have 4 visits left this week\n"),
        Suspect("a", "gold", 3, "You have 3 visits left\n"),
    )
    assert (total.rule, total.removals, total.characters, total.gold) == ("total", 4, 88, 1)


def test_choices(tmp_path: Path, cleaner: Cleaner) -> None:
    bench = tmp_path / "bench.jsonl"
    bench.write_text(record("a") + record("b"))
    assert coverage(bench, cleaner, limit=1)[-1].removals == 2
    assert coverage(bench, cleaner, renderers=["md"])[-1].removals == 0
    assert coverage(bench, cleaner, suspects=0)[0].suspects == ()


def test_nothing(tmp_path: Path, cleaner: Cleaner) -> None:
    bench = tmp_path / "bench.jsonl"
    bench.write_text("")
    (total,) = coverage(bench, cleaner)
    assert (total.removals, total.wrong) == (0, 0.0)
