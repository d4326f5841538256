"""Patterns that come with the package are those that would be compiled here."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import regex

from cleaner.model import Pack
from cleaner.rulebook import cache, patterns
from cleaner.rulebook.load import load_pack
from cleaner.rulebook.store import Store
from cleaner.tools.docs_format import EXAMPLE
from tests.forgetting import forget_all


def _forget() -> None:
    forget_all(lambda one: one.__module__ == patterns.__name__)


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the entry of the package stands, which is not there yet."""
    monkeypatch.setattr(cache, "packaged", lambda: str(tmp_path))
    _forget()
    yield tmp_path / patterns.ENTRY
    _forget()


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `regex` is asked to compile, beside nothing at all."""
    asked: list[str] = []
    compile_ = regex.compile

    def compiling(pattern: str, *args: Any) -> Any:
        asked.extend([pattern] if pattern else [])
        return compile_(pattern, *args)

    monkeypatch.setattr(regex, "compile", compiling)
    return asked


def _pack() -> Pack:
    return load_pack("some.yaml", EXAMPLE.encode())


def _keep(packaged: Path, packs: list[Pack]) -> dict[str, Any]:
    kept = patterns.entry(packs)
    packaged.write_bytes(cache.framed(kept))
    return kept


def test_they_are_the_same_and_nothing_is_compiled(packaged: Path, compiled: list[str]) -> None:
    packs = [replace(pack, rules=pack.rules[::9]) for pack in Store().packs()]
    wanted = {one[:2] for pack in packs for rule in pack.rules for one in patterns.patterns_of(rule)}
    regex.purge()
    with patterns._ordered():
        here = {one: (patterns.known(*one), pickle.dumps(patterns.ready(*one))) for one in wanted}
    _keep(packaged, packs)
    _forget()
    compiled.clear()
    assert {one: (patterns.known(*one), pickle.dumps(patterns.ready(*one))) for one in wanted} == here
    assert not compiled
    assert len(wanted) > 100


def test_they_are_the_same_bytes_in_every_process() -> None:
    """`regex` itself writes them in the order of addresses."""
    code = (
        "from cleaner.rulebook import cache, patterns\nfrom cleaner.rulebook.store import Store\n"
        "packs = [pack for pack in Store().packs() if pack.name == 'generic/advertising']\n"
        "print(cache.digest(cache.framed(patterns.entry(packs))))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, **seed}).stdout
        for seed in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}, {"PYTHONHASHSEED": "2"})
    ]
    assert len(set(runs)) == 1


def test_conditions_and_ends_of_sections_are_among_them() -> None:
    wanted = {one[:2] for pack in Store().packs() for rule in pack.rules for one in patterns.patterns_of(rule)}
    rules = [rule for pack in Store().packs() for rule in pack.rules]
    ends = {rule.section.until for rule in rules if rule.section and rule.section.until}
    beside = {
        params["regex"]
        for rule in rules
        for params in rule.when.values()
        if isinstance(params, dict) and "regex" in params
    }
    assert ends
    assert beside
    assert {(source, False) for source in ends | beside} <= wanted


@pytest.mark.parametrize("fault", ["version", "content", "pattern"])
def test_what_is_not_for_here_is_compiled(fault: str, packaged: Path, compiled: list[str]) -> None:
    kept = _keep(packaged, [_pack()])
    ((source, cased, _), *_) = sorted(one for rule in _pack().rules for one in patterns.patterns_of(rule))
    if fault == "version":  # codes of one version of `regex` may mean something else in another one
        packaged.write_bytes(cache.framed({**kept, "version": "1999.1.1"}))
    elif fault == "content":
        packaged.write_bytes(packaged.read_bytes()[:-1])
    else:
        source += "?"
    _forget()  # to read the pack was to check its patterns
    compiled.clear()
    assert patterns.ready(source, cased).pattern == source
    assert compiled == [source]


def test_of_what_is_no_pattern_nothing_is_known() -> None:
    assert patterns.known("no pattern\\", False) == patterns.Known(((),), None)
    with pytest.raises(regex.error):
        patterns.ready("no pattern\\", False)
