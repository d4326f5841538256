"""Lint of rules against each other: phrases that stand twice, rules that another rule makes useless."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from cleaner.decide.levels import RANK
from cleaner.errors import InputError
from cleaner.model import Example, Pack, Rule
from cleaner.rulebook.store import Files
from cleaner.tools.places import Source
from cleaner.tools.trial import Trial, as_expected
from cleaner.view import literal

Found = Iterator[tuple[str, int, Literal["error", "warning"], str, str]]


def phrases(sources: Sequence[Source]) -> Found:
    """Phrases that stand in two rules of one scope which can meet in one text.

    Two rules with other conditions and another confidence may share a phrase: one is sure where the other is not.
    So may weak rules of different categories, since each of them needs other company, and packs of different languages.
    """
    seen: dict[tuple[str, bool, str], list[tuple[Rule, Source, int, int]]] = {}
    for source in sorted(sources, key=lambda source: (source.pack.name, source.pack.path)):
        for number, rule in enumerate(source.pack.rules):
            for item, phrase in enumerate(rule.patterns if rule.matcher == "phrases" else ()):
                places = seen.setdefault((rule.scope, rule.keep, phrase), [])
                for other, home, *at in places:
                    found = _clash(rule, other) if _share_a_language(source.pack, home.pack) else None
                    if found:
                        where = f"{home.pack.path}:{home.line(at[0], 'phrases', at[1])}"
                        message = f"{rule.id}: the phrase {literal(phrase)!r} is also in {other.id} ({where}); keep one"
                        yield source.pack.path, source.line(number, "phrases", item), found, "phrase-twice", message
                        break
                places.append((rule, source, number, item))


def _share_a_language(pack: Pack, other: Pack) -> bool:
    return "any" in (*pack.languages, *other.languages) or not set(pack.languages).isdisjoint(other.languages)


def _clash(rule: Rule, other: Rule) -> Literal["error", "warning"] | None:
    both_sites = rule.pack.startswith("sites/") and other.pack.startswith("sites/")
    if rule is other or (both_sites and rule.pack != other.pack):
        return None
    weak = RANK[rule.confidence] <= RANK["medium"] and RANK[other.confidence] <= RANK["medium"]
    if weak and rule.category != other.category:
        return None
    same_conditions = (rule.when, rule.unless) == (other.when, other.unless)
    if same_conditions:
        return "error"
    return "warning" if rule.confidence == other.confidence else None


def shadows(files: Files, packs: Iterable[Pack]) -> Found:
    """Rules of the given packs all of whose examples another rule of `files` takes, which is as sure or surer."""
    trial = Trial(files)
    for pack in packs:
        for rule in pack.rules:
            removes = [example for example in pack.examples[rule.id] if example.output is not None]
            if rule.scope == "html" or rule.keep or not removes:
                continue
            takers = [_takers(trial, pack, rule, example) for example in removes]
            for other in sorted(set.intersection(*takers), key=lambda other: other.id)[:1]:
                message = (
                    f"{rule.id}: {other.id} ({other.path}:{other.line}) takes all its examples; "
                    "take the rule out, or add an example that needs it"
                )
                yield rule.path, rule.line, "warning", "shadowed", message


def _takers(trial: Trial, pack: Pack, rule: Rule, example: Example) -> set[Rule]:
    """The other rules that alone do to an example what `rule` does."""
    try:
        tried = trial.run(example.text, pack)
    except InputError:
        return set()
    takers: set[Rule] = set()
    others = {c.rule for c in tried.board.fit if c.rule.id != rule.id}
    for other in others:
        if RANK[other.confidence] < RANK[rule.confidence]:
            continue
        left = tried.left(tried.claims(other.id))
        if as_expected(left, example):
            takers.add(other)
    return takers
