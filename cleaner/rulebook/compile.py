"""Packs into the form the engine runs: plain tuples, and one automaton over all keywords."""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from typing import Any

import ahocorasick

from cleaner.rulebook.load import load_packs
from cleaner.rulebook.plain import plain


def compile_rules(files: Sequence[tuple[str, bytes]]) -> tuple[dict[str, Any], Any]:
    """Read and compile rule files, given as (path, content).

    Returns:
        The payload, which holds only what `marshal` can write, and the automaton.  `payload["keywords"][k]` is, for
        keyword number k, its length, the rules it wakes and the sites it speaks for, as indices.

    Raises:
        RuleError: a rule file is broken.
    """
    packs = load_packs(files)
    rules = [rule for pack in packs for rule in pack.rules]
    woken: dict[str, tuple[list[int], list[int]]] = {}
    for number, rule in enumerate(rules):
        for keyword in dict.fromkeys(rule.keywords):
            woken.setdefault(keyword, ([], []))[0].append(number)
    for number, pack in enumerate(packs):
        for text in pack.site.fingerprints if pack.site else ():
            woken.setdefault(text, ([], []))[1].append(number)
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, keyword in enumerate(woken):
        automaton.add_word(keyword, number)
    if woken:
        automaton.make_automaton()
    payload = {
        "rules": [marshal.dumps(plain(rule)) for rule in rules],  # each read only when it is woken
        "packs": [(pack.name, pack.kind, plain(pack.site) if pack.site else None, pack.disable) for pack in packs],
        "keywords": [(len(keyword), *map(tuple, lists)) for keyword, lists in woken.items()],
    }
    return payload, automaton
