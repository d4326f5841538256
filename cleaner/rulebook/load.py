"""From rule files to packs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from cleaner.errors import RuleError
from cleaner.model import Example, Pack, Rule, Section, Site
from cleaner.rulebook import css, xpath
from cleaner.rulebook.matchers import MATCHERS, expanded
from cleaner.rulebook.nodes import Node, child, items, parse
from cleaner.rulebook.pattern import expand
from cleaner.rulebook.schema import PACK, SELECTORS
from cleaner.view import literal

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")
_KINDS = {"generic": "generic", "platforms": "platform", "sites": "site"}
_PATTERNS = ("regex", "until")
"""The keys whose values are patterns."""


def load_pack(path: str, data: bytes, *, check: bool = True) -> Pack:
    """Read the content of a rule file; `check`: whether to compile its patterns, too, which takes longest.

    Raises:
        RuleError: anything that is not exactly as the format says, with file and line.
    """
    root = parse(data, path)
    pack = read_pack(root, path)
    if check:
        check_patterns(root, path)
    return pack


def in_order(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """Packs in the order of their names, or a `RuleError` if they do not go together."""
    ordered = sorted(packs, key=lambda pack: (pack.name, pack.path))
    check_unique(ordered)
    return tuple(ordered)


def check_unique(packs: Iterable[Pack]) -> None:
    """No two packs have one name, no two rules one id, or a `RuleError` that names both places."""
    seen: dict[str, Rule] = {}
    names: dict[str, Pack] = {}
    for pack in packs:
        if pack.name in names:
            raise RuleError(f"pack {pack.name!r} is also in {names[pack.name].path}; rename one", pack.path, 1)
        names[pack.name] = pack
        for rule in pack.rules:
            if rule.id in seen:
                first = seen[rule.id]
                raise RuleError(
                    f"duplicate id {rule.id!r}; the first is {first.path}:{first.line}", rule.path, rule.line
                )
            seen[rule.id] = rule


def check_patterns(root: Node, path: str) -> None:
    """Compile all patterns of a pack that could be read, or raise a `RuleError` for the first that is none."""
    import regex

    from cleaner.rulebook.patterns import ready

    line = 0
    try:
        for source, line in _patterns(root):  # noqa: B007 – the handlers tell it
            ready(expand(source), False)
    except regex.error as error:
        raise RuleError(f"bad pattern: {error}", path, line) from None
    except (ValueError, LookupError, OverflowError, RecursionError):
        raise RuleError("bad pattern: it cannot be compiled; write it in a simpler way", path, line) from None


def _patterns(node: Node) -> Iterator[tuple[str, int]]:
    """The patterns below a node as they are written, with their lines."""
    if isinstance(node.value, list):
        for item in node.value:
            yield from _patterns(item)
    elif isinstance(node.value, dict):
        for key, value in node.value.items():
            if key in _PATTERNS:
                sources = value.value if isinstance(value.value, list) else [value]
                yield from ((str(source.value), value.line) for source in sources)
            elif key != "tests":
                yield from _patterns(value)


def read_pack(root: Node, path: str) -> Pack:
    """The pack in a parsed file, or a `RuleError`; whether its patterns compile says `check_patterns`."""
    data = PACK.read(root, path, "pack")
    name = data["pack"]
    prefix = name.partition("/")[0]
    if prefix not in _KINDS or "/" not in name:
        raise RuleError(f"pack name {name!r} must start with generic/, platforms/ or sites/", path, root.line)
    kind = _KINDS[prefix]
    if (kind == "site") != ("site" in data):
        raise RuleError("a pack under sites/ has a `site`, and no other pack has one", path, root.line)
    if "disable" in data and kind != "site":
        raise RuleError("only a site pack may disable rules", path, root.line)
    rules: list[Rule] = []
    examples: dict[str, tuple[Example, ...]] = {}
    for key in ("rules", "keep"):
        for entry, node in zip(data.get(key, ()), items(root, key), strict=True):
            rule = _rule(entry, node, name, path, keep=key == "keep")
            rules.append(rule)
            examples[rule.id] = _examples(entry["tests"], node)
    if not rules and "disable" not in data and "article" not in data.get("site", ()):
        raise RuleError("the pack has neither rules nor keep", path, root.line)
    return Pack(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        description=data["description"].strip(),
        languages=data["languages"],
        rules=tuple(rules),
        site=_site(data["site"], child(root, "site"), path) if "site" in data else None,
        disable=data.get("disable", ()),
        path=path,
        examples=examples,
    )


def _rule(entry: dict[str, Any], node: Node, pack: str, path: str, *, keep: bool) -> Rule:
    if not _ID.fullmatch(entry["id"]):
        raise RuleError(f"id {entry['id']!r} must look like family.what-it-takes", path, node.line)
    if not keep and not entry["tests"].get("removes"):
        raise RuleError(f"{entry['id']} lacks tests.removes", path, node.line)
    html = entry["scope"] == "html"
    if not html:
        _check_text_rule(entry, node, path, keep=keep)
    conditions = _conditions_on_element if html else _conditions
    matcher = next(m for m in (*MATCHERS, *SELECTORS) if m in entry)
    rule = Rule(
        id=entry["id"],
        pack=pack,
        category=entry.get("category", "keep"),
        confidence=entry.get("confidence", "certain"),
        scope=entry["scope"],
        message=" ".join(entry["message"].split()),
        matcher=matcher,
        patterns=(),
        keywords=(),
        case_sensitive=entry.get("case_sensitive", False),
        section=_section(entry["section"], child(node, "section"), path) if "section" in entry else None,
        when=conditions(entry.get("when", {}), child(node, "when"), path),
        unless=tuple(
            conditions(group, where, path)
            for group, where in zip(entry.get("unless", ()), items(node, "unless"), strict=True)
        ),
        keep=keep,
        path=path,
        line=node.line,
    )
    return _with_selectors(rule, entry, node) if html else MATCHERS[matcher].ready(rule, entry, node)


def _check_text_rule(entry: dict[str, Any], node: Node, path: str, *, keep: bool) -> None:
    """What goes together in a rule for text, and what does not."""
    name, kind = next((name, kind) for name, kind in MATCHERS.items() if name in entry)
    if (entry["scope"] == "section") != ("section" in entry):
        raise RuleError(f"{entry['id']}: `scope: section` and `section` go together", path, node.line)
    if keep and entry["scope"] == "section":
        raise RuleError(f"{entry['id']}: a keep rule cannot be a section", path, node.line)
    if entry["scope"] not in kind.scopes:
        raise RuleError(f"{entry['id']}: `{name}` goes with `scope: {' or '.join(kind.scopes)}`", path, node.line)
    if kind.needs_keywords and "keywords" not in entry:
        raise RuleError(
            f"{entry['id']} lacks keywords; a {name} needs literals that say when to try it", path, node.line
        )
    if not kind.needs_keywords and ("keywords" in entry or "case_sensitive" in entry):
        needing = " or ".join(name for name, kind in MATCHERS.items() if kind.needs_keywords)
        raise RuleError(f"{entry['id']}: keywords and case_sensitive go with {needing} only", path, node.line)
    if entry["scope"] == "block" and "max_words" not in entry.get("when", {}):
        raise RuleError(f"{entry['id']}: a block rule needs `when: {{max_words: …}}`", path, node.line)


def _with_selectors(rule: Rule, entry: dict[str, Any], node: Node) -> Rule:
    _check_selectors(rule.matcher, entry[rule.matcher], items(node, rule.matcher), rule.path)
    return replace(rule, patterns=entry[rule.matcher])


def _check_selectors(kind: str, sources: Iterable[str], items: Iterable[Node], path: str) -> None:
    read: Callable[[str], object] = css.parse if kind == "css" else xpath.literals
    source, line = "", 0
    try:
        for source, item in zip(sources, items, strict=True):
            line = item.line
            read(source)
    except css.BadSelector as error:
        shown = source if len(source) <= 80 else f"{source[:79]}…"
        raise RuleError(f"bad {kind} {shown!r}: {error}", path, line) from None


def _conditions_on_element(group: dict[str, Any], node: Node, path: str) -> dict[str, object]:
    for name in ("has", "inside"):
        if name in group:
            _check_selectors("css", group[name], items(node, name), path)
    return dict(group)


def _conditions(group: dict[str, Any], node: Node, path: str) -> dict[str, object]:
    """Expand the patterns inside and fold the phrases; the rest is used as it was read."""
    ready: dict[str, object] = {}
    for name, value in group.items():
        params = dict(value) if isinstance(value, dict) else value
        if isinstance(params, dict) and "regex" in params:
            params["regex"] = expanded(params["regex"], path, child(child(node, name), "regex").line)
        if isinstance(params, dict) and "phrases" in params:
            params["phrases"] = tuple(map(literal, params["phrases"]))
            if "" in params["phrases"]:
                raise RuleError("a phrase has nothing visible in it", path, child(child(node, name), "phrases").line)
        ready[name] = params
    return ready


def _section(data: dict[str, Any], node: Node, path: str) -> Section:
    until = expanded(data["until"], path, child(node, "until").line) if "until" in data else None
    return Section(data["max_lines"], data["max_fraction"], data.get("item_words"), until)


def _site(data: dict[str, Any], node: Node, path: str) -> Site:
    prints, article = data.get("fingerprints", {}), data.get("article", {})
    if article:
        _check_selectors("css", article["css"], items(child(node, "article"), "css"), path)
    return Site(
        hosts=tuple(host.lower().strip(".") for host in data["hosts"]),
        subdomains=data.get("subdomains", True),
        fingerprints=tuple(filter(None, dict.fromkeys(literal(text) for text in prints.get("any", ())))),
        need=prints.get("need", 2),
        article=article.get("css", ()),
        whole=article.get("whole", False),
    )


def _examples(tests: dict[str, Any], node: Node) -> tuple[Example, ...]:
    where = child(node, "tests")
    removes = (
        Example(entry, "", at.line) if isinstance(entry, str) else Example(entry["text"], entry["leaves"], at.line)
        for entry, at in zip(tests.get("removes", ()), items(where, "removes"), strict=True)
    )
    keeps = (Example(entry, None, at.line) for entry, at in zip(tests["keeps"], items(where, "keeps"), strict=True))
    return (*removes, *keeps)
