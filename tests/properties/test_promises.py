"""The promises of the design, each as a property."""

from __future__ import annotations

import json
import os
import pickle
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.decide.steps.budget import LETTERS
from cleaner.edit import cut
from cleaner.errors import InputError
from cleaner.model import FORMATS, LEVELS, Level
from cleaner.read.decode import encode
from cleaner.read.document import read
from cleaner.read.spans import union
from cleaner.report import dumps, loads, to_dict
from cleaner.rulebook.store import Store
from tests.properties.strategies import NOISE, PROSE, any_text, clipping

pytestmark = pytest.mark.slow

CLEANERS: dict[Level, cleaner.Cleaner] = {level: cleaner.Cleaner(level=level) for level in LEVELS}
levels = st.sampled_from(LEVELS)
formats: Any = st.sampled_from(["auto", *(f for f in FORMATS if f != "html")])


def run(source: str | bytes, level: Level = "normal", format: Any = "auto", url: str | None = None) -> cleaner.Result:
    try:
        result = CLEANERS[level].clean(source, format=format, url=url)
    except InputError:  # looks like a page, and is none
        assume(False)
        raise
    if result.report.page:
        assume(False)  # a page's promises are those of its rendering: tests/test_html_pipeline.py
    return result


@given(any_text, levels, formats)
@example("a\n\nAdvertisement\n\nb", "normal", "auto")
def test_1_nothing_is_lost(text: str, level: Level, format: Any) -> None:
    result = run(text, level, format)
    report = loads(dumps(to_dict(result.report)))
    assert report == result.report
    assert cleaner.restore(result.text, report) == text.encode("utf-8", "surrogatepass")


@given(st.one_of(st.binary(max_size=200), clipping.map(lambda t: t.encode("utf-16"))), levels)
def test_1_nothing_is_lost_of_bytes(data: bytes, level: Level) -> None:
    result = run(data, level)
    report = result.report
    written = encode(result.text, report.encoding, bytes.fromhex(report.bom), report.errors)
    assert cleaner.restore(result.text, report) == data
    assert cleaner.restore(written, report) == data


@given(any_text, levels, formats)
def test_2_only_deletion(text: str, level: Level, format: Any) -> None:
    result = run(text, level, format)
    report = result.report
    removals = [(part.start, part.end, part.text) for part in report.removals]
    white = [(part.start, part.end, part.text) for part in report.repairs]
    kept = [(part.start, part.end, part.text) for part in report.kept]
    assert all(text[start:end] == part and part for start, end, part in removals + white + kept)
    cuts = union((start, end) for start, end, _ in removals + white)
    assert result.text == cut(text, cuts)
    assert report.removed_characters == sum(end - start for start, end in cuts)
    assert not any(re.sub(r"[\s\u200b\u200c\u200d\ufeff\u00ad]", "", repair.text) for repair in report.repairs)


@given(any_text, levels, formats)
def test_3_cleaning_twice_is_cleaning_once(text: str, level: Level, format: Any) -> None:
    once = run(text, level, format).text
    again = run(once, level, format)
    assert again.text == once
    assert again.report.removals == ()


@given(clipping)
@settings(max_examples=settings().max_examples // 3)
def test_4_deterministic_in_threads_and_after_pickling(text: str) -> None:
    expected = run(text)
    copy = pickle.loads(pickle.dumps(CLEANERS["normal"]))
    assert copy.clean(text) == expected
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda t: CLEANERS["normal"].clean(t).text, [text] * 8)) == {expected.text}


def test_4_the_order_of_rule_files_does_not_matter() -> None:
    files = Store().files
    shuffled = random.Random(0).sample(files, len(files))
    names = [rule.id for pack in Store.of(files).packs() for rule in pack.rules]
    assert [rule.id for pack in Store.of(shuffled).packs() for rule in pack.rules] == names


def test_4_the_same_under_every_hash_seed() -> None:
    texts = ["\n".join(random.Random(seed).choices(NOISE + PROSE + [""], k=30)) for seed in range(20)]
    program = (
        "import sys, json, cleaner; c = cleaner.Cleaner();"
        "from cleaner.report import to_dict;"
        "print(json.dumps([[r.text, to_dict(r.report)] for r in map(c.clean, json.load(sys.stdin))]))"
    )
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "42")
    }
    assert len(outputs) == 1


@given(clipping, levels, formats)
def test_5_protected_zones_are_untouched(text: str, level: Level, format: Any) -> None:
    result = run(text, level, format)
    zones = read(text, format=result.report.format).zones
    gone = [(p.start, p.end) for p in result.report.removals]
    for zone in zones:
        if zone.kind != "url" and text[zone.start : zone.end].strip():
            assert all(end <= zone.start or zone.end <= start for start, end in gone), (zone, gone)


@pytest.mark.parametrize("fence", ["```", "~~~", "````jinja"])
@given(lines=st.lists(st.sampled_from(NOISE), min_size=1, max_size=8))
@settings(max_examples=settings().max_examples // 4)
def test_5_noise_quoted_as_code_stays(fence: str, lines: list[str]) -> None:
    code = "\n".join((fence, *lines, fence.removesuffix("jinja")))
    text = f"# How a paywall is made\n\n{PROSE[0]}\n\n{code}\n\n{PROSE[1]}\n"
    assert run(text).text == text


@given(clipping)
def test_6_what_is_below_the_level_goes_only_in_company(text: str) -> None:
    for removal in run(text, "normal").report.removals:
        weak = removal.confidence in ("medium", "low")
        assert not weak or any(e.rule == "company" for e in removal.evidence)
    assert all(removal.confidence == "certain" for removal in run(text, "safe").report.removals)


@given(any_text, levels, formats)
def test_7_something_is_always_left(text: str, level: Level, format: Any) -> None:
    result = run(text, level, format)
    letters = sum(map(str.isalnum, text))
    if letters:
        assert any(map(str.isalnum, result.text))
    if letters >= LETTERS:
        assert sum(map(str.isalnum, result.text)) >= LETTERS


def test_7_noise_alone_comes_back_with_a_warning() -> None:
    text = "You have {{numberArticlesLeft}} free articles left this month\n"
    result = run(text)
    assert result.text == text
    assert result.report.removals == ()
    assert "almost nothing would be left" in result.report.warnings[0]
    assert any(kept.veto.code == "budget" for kept in result.report.kept)


def test_menus_are_taken_only_if_they_are_asked_for() -> None:
    links = "".join(f"- [Boat {number}](https://example.com/{number})\n" for number in range(30))
    text = f"{links}\n" + f"{' '.join(PROSE[:4])} {' '.join(PROSE[:4])}\n\n" * 5
    assert "navigation" in cleaner.clean(text).report.counts
    assert cleaner.clean(text, skip=["navigation"]).text == text
    assert cleaner.clean(text, only=["share"]).text == text


@given(clipping)
def test_asking_for_categories_takes_only_them(text: str) -> None:
    chosen = cleaner.clean(text, format="text", only=["advertising", "legal"])
    assert {removal.category for removal in chosen.report.removals} <= {"advertising", "legal"}
    rest = cleaner.clean(text, format="text", skip=["advertising", "legal"])
    assert {"advertising", "legal"}.isdisjoint(removal.category for removal in rest.report.removals)
