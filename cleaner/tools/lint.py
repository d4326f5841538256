"""`cleaner rules lint`: what is wrong with rule files, or weak, or in vain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cleaner.errors import RuleError
from cleaner.model import Example, Pack, Rule
from cleaner.rulebook.load import check_patterns, check_unique, read_pack
from cleaner.rulebook.nodes import Node, child, items, parse
from cleaner.rulebook.store import Files, Store
from cleaner.tools import lint_literals, lint_overlaps, lint_patterns, lint_selectors
from cleaner.tools.places import Source, entries, one_by_one


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something to look at in a rule file; `code` is a stable name for its kind."""

    path: str
    line: int
    severity: Literal["error", "warning"]
    code: str
    message: str


Found = Iterator[tuple[int, Literal["error", "warning"], str, str]]


def lint(files: Files, beside: Files = ()) -> list[Finding]:
    """Look for faults in rule files.

    Args:
        files: the rule files to look at, as (path, content).
        beside: other files that will be loaded with them; only what `files` make of them is told.
    """
    findings: set[Finding] = set()
    loaded = [one for path, data in files if (one := _load(path, data, findings))]
    others = [one for path, data in beside if (one := _known(path, data))]
    findings |= set(_duplicates([one.pack for one in loaded], [one.pack for one in others]))
    known = {rule.id: rule for one in (*others, *loaded) for rule in one.pack.rules}
    complete = len(loaded) == len(files) and len(others) == len(beside)
    for one in loaded:
        pack = one.pack
        found = [*_references(pack, one.root, known if complete else None)]
        for rule, node in zip(pack.rules, entries(one.root), strict=True):
            found += _in_rule(rule, node, pack.examples[rule.id])
            found += _mentioned(rule, node, known if complete else None)
        findings |= {Finding(pack.path, *values) for values in found}
    own = {path for path, _ in files}
    again = (*lint_overlaps.phrases([*others, *loaded]), *lint_selectors.twice([*others, *loaded]))
    findings |= {Finding(*values) for values in again if values[0] in own}
    if complete and not any(finding.severity == "error" for finding in findings):
        packs = [one.pack for one in loaded]
        findings |= {Finding(*values) for values in lint_overlaps.shadows([*beside, *files], packs)}
    return sorted(findings)


def _in_rule(rule: Rule, node: Node, examples: Sequence[Example]) -> Found:
    if rule.scope == "html":
        yield from lint_selectors.look(rule, node)
    else:
        yield from lint_literals.look(rule, node, examples)
        yield from lint_patterns.look(rule, node, examples)


def _finding(error: RuleError) -> Finding:
    return Finding(error.path, error.line or 1, "error", "format", error.message)


def _known(path: str, data: bytes) -> Source | None:
    """A file beside those that are looked at; None if it is broken."""
    try:
        (pack,) = Store.of([(path, data)]).packs()
    except RuleError:
        return None
    return Source(pack, data)


def _load(path: str, data: bytes, findings: set[Finding]) -> Source | None:
    """A file with its pack; or else None, with all that is wrong with it among `findings`."""
    try:
        root = parse(data, path)
    except RuleError as error:
        findings.add(_finding(error))
        return None
    pack = _pack(root, path, findings)
    if pack is None:
        for number, alone in one_by_one(root):  # so that the first fault does not hide the others
            found: set[Finding] = set()
            _pack(alone, path, found)
            findings |= {replace(f, message=f.message.replace("[1]", f"[{number}]", 1)) for f in found}
    return Source(pack, data, root) if pack else None


def _pack(root: Node, path: str, findings: set[Finding]) -> Pack | None:
    try:
        pack = read_pack(root, path)
        check_patterns(root, path)
    except RuleError as error:
        findings.add(_finding(error))
        return None
    return pack


def _duplicates(packs: Sequence[Pack], others: Sequence[Pack]) -> Iterator[Finding]:
    """Names that stand twice, told at the later place."""
    good = [*others]
    for pack in sorted(packs, key=lambda pack: (pack.name, pack.path)):
        error = _clash(good, pack)
        if error:
            yield _finding(error)
        else:
            good.append(pack)


def _clash(packs: Sequence[Pack], pack: Pack) -> RuleError | None:
    try:
        check_unique([*packs, pack])
    except RuleError as error:
        return error
    return None


def _references(pack: Pack, root: Node, known: dict[str, Rule] | None) -> Found:
    if known is None:
        return
    for rule_id, node in zip(pack.disable, items(root, "disable"), strict=True):
        rule = known.get(rule_id)
        if rule is None:
            yield node.line, "error", "unknown-rule", f"disable: there is no rule {rule_id!r}; see `cleaner rules list`"
        elif rule.pack.startswith("sites/"):
            yield node.line, "error", "unknown-rule", f"disable: {rule_id!r} is of a site pack; take it out there"


def _mentioned(rule: Rule, node: Node, known: Collection[str] | None) -> Found:
    if known is None:
        return
    for group, place in _groups(rule, node):
        near = group.get("near")
        for other in near.get("rule", ()) if isinstance(near, dict) else ():
            if other not in known:
                line = child(place, "near", "rule").line
                message = f"{rule.id}: near: there is no rule {other!r}; see `cleaner rules list`"
                yield line, "error", "unknown-rule", message


def _groups(rule: Rule, node: Node) -> Iterable[tuple[dict[str, object], Node]]:
    yield dict(rule.when), child(node, "when")
    yield from ((dict(group), place) for group, place in zip(rule.unless, items(node, "unless"), strict=True))
