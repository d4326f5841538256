"""`cleaner rules new --from FILE:10-14`: lines of a clipping as a rule with tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from cleaner.api import Work
from cleaner.corpus.lines import site_of
from cleaner.decide.board import Board
from cleaner.decide.quotations import SENTENCE
from cleaner.errors import OptionError, RuleError
from cleaner.match.claims import MAX_LINE
from cleaner.match.conditions import letters
from cleaner.model import Confidence
from cleaner.rulebook.load import load_pack
from cleaner.rulebook.matchers import core
from cleaner.rulebook.nodes import items, parse
from cleaner.tools.drafts import Example, Ids, PackDraft, RuleDraft
from cleaner.tools.lint_literals import LEAST_PHRASE, weight
from cleaner.tools.places import entries
from cleaner.tools.slots import keyword_of, pattern_of

_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEY = re.compile(r"[A-Za-z_]+:")
_MOST_LINES = 40
_LEAST_WORDS = 2
"""Words of a line that a rule takes wherever it stands."""
_ARTICLE_WORDS = 8
_EXAMPLE = 300


@dataclass(frozen=True, slots=True)
class Picked:
    """The chosen lines as rules see them, and what stays around them."""

    lines: tuple[str, ...]
    article: tuple[str, ...]
    category: str
    host: str


def picked(work: Work, first: int, last: int) -> Picked:
    """The lines `first` to `last` of a cleaned text, counted from 1 as `cleaner explain` counts them.

    Raises:
        OptionError: there are no such lines, or no words in them.
    """
    outcome = work.outcome
    if not 1 <= first <= last <= len(outcome.lines):
        raise OptionError(f"there are no lines {first} to {last}; it has {len(outcome.lines)}")
    board = outcome.first
    view = board.view
    chosen: list[str] = []
    article: list[str] = []
    categories: list[str] = []
    for number, (start, end) in enumerate(view.lines):
        at = outcome.lines.at(outcome.origins.of(*view.origin_span(start, end))[0]) + 1
        text = view.text[start:end]
        if first <= at <= last:
            if len(text) > MAX_LINE:
                raise OptionError(
                    f"line {at} is longer than the {MAX_LINE:,} characters of a line that a rule may take"
                )
            chosen.append(text)
            categories += (
                c.rule.category for c in board.claims if c.first == number and 2 * (c.end - c.start) >= len(text)
            )
        elif _is_sentence(board, number):
            article.append(text)
    chosen = [text for text in dict.fromkeys(chosen) if letters(text)]
    if not chosen or len(chosen) > _MOST_LINES:
        raise OptionError(f"there must be 1 to {_MOST_LINES} lines with words in them, and here are {len(chosen)}")
    known = [category for category in categories if category != "keep"]
    category = max(dict.fromkeys(known), key=known.count) if known else "boilerplate"
    return Picked(tuple(chosen), tuple(article), category, site_of(board.document.url))


def _is_sentence(board: Board, line: int) -> bool:
    """Whether a line is a sentence of the article, as far as that can be told."""
    long = board.view.words(line, line) >= _ARTICLE_WORDS and SENTENCE.search(board.view.line_text(line))
    return bool(long) and not board.vetoes.lines_protected(line, line)


def pack_of_lines(lines: Picked, name: str | None) -> PackDraft:
    """A pack with a rule for the lines; of a site, unless `name` says something else.

    A label of a word goes only near the lines that say more; alone it is `medium`.  A number in a line may be any.

    Raises:
        OptionError: nobody knows the site, and there is no name.
    """
    if name is None and not lines.host:
        raise OptionError("the clipping does not say where it is from; name the pack (sites/example.com) or pass --url")
    name = name or f"sites/{lines.host}"
    own = name.rpartition("/")[2]
    site = name.startswith("sites/")
    host = lines.host or (own if "." in own else f"{own}.com")
    rules = tuple(_rules(lines, Ids(own)))
    return PackDraft(
        name=name,
        description=f"Lines of {host} that are no article." if site else "Lines that are no article.",
        rules=rules,
        hosts=(host,) if site else (),
    )


def pack_that_keeps(lines: Picked, name: str | None) -> PackDraft:
    """A pack with a rule that saves the lines from every other rule; of a site, unless `name` says something else.

    Raises:
        OptionError: nobody knows the site, and there is no name.
    """
    draft = pack_of_lines(lines, name)
    where = f"of {lines.host}" if lines.host else "of a clipping"
    rule = RuleDraft(
        id=Ids(draft.name.rpartition("/")[2]).new(f"keep {max(lines.lines, key=weight)}", "keep"),
        category="",
        confidence="certain",
        scope="line",
        message=f"a line {where} that stays",
        looks={"phrases": tuple(_unlike(lines.lines))},
        removes=(),
        keeps=lines.lines,
    )
    return replace(draft, description=f"Lines {where} that somebody has judged.", rules=(), keep=(rule,))


def _rules(lines: Picked, ids: Ids) -> Iterator[RuleDraft]:
    telling = [text for text in lines.lines if len(text.split()) >= _LEAST_WORDS or weight(text) >= 2 * LEAST_PHRASE]
    labels = [text for text in lines.lines if text not in telling]
    varied = [text for text in telling if _varies(text)]
    fixed = [text for text in telling if text not in varied]
    near: list[str] = []
    if fixed:
        near.append(ids.new(max(fixed, key=weight)))
        yield _rule(lines, near[-1], {"phrases": tuple(_unlike(fixed))}, tuple(fixed))
    for text in varied:
        near.append(ids.new(_NUMBER.sub(" ", text)))
        yield _rule(lines, near[-1], {"keywords": (keyword_of(text),), "regex": pattern_of(text)}, (text,))
    if labels:
        all_lines = list(lines.lines)
        sure: Confidence = "medium" if not near or any(weight(text) < LEAST_PHRASE for text in labels) else "high"
        if near:
            left = "\n".join(text for text in all_lines if text not in labels)
            examples: tuple[Example, ...] = (("\n".join(all_lines), left),)
            more: dict[str, object] = {"when": {"near": {"rule": near, "within": min(50, len(all_lines))}}}
        else:
            examples, more = tuple(labels), {}
        yield _rule(lines, ids.new(labels[0]), {"phrases": tuple(_unlike(labels))}, examples, sure, more)


def _rule(
    lines: Picked,
    name: str,
    looks: dict[str, object],
    removes: tuple[Example, ...],
    confidence: Confidence = "high",
    more: dict[str, object] | None = None,
) -> RuleDraft:
    text = removes[0] if isinstance(removes[0], str) else removes[0][0]
    where = f"of {lines.host}" if lines.host else "of a clipping"
    return RuleDraft(
        id=name,
        category=lines.category,
        confidence=confidence,
        scope="line",
        message=f"a line {where} that is no article",
        looks=looks,
        removes=removes,
        keeps=tuple(_keeps(lines, text)),
        more=more or {},
    )


def _keeps(lines: Picked, text: str) -> Iterator[str]:
    """Sentences of which nothing may go: the one in the clipping that is most like the text, and one about it."""
    if lines.article:
        near = max(lines.article, key=lambda other: SequenceMatcher(None, text.lower(), other.lower()).ratio())
        yield near if len(near) <= _EXAMPLE else near[:_EXAMPLE].rsplit(" ", 1)[0]
    yield f"He read “{' '.join(text.split())[:_EXAMPLE]}” aloud, laughed, and went on with the story."


def _unlike(texts: Sequence[str]) -> list[str]:
    """Texts without those that are another one but for case and punctuation at their ends."""
    return list({core(text): text for text in reversed(texts)}.values())[::-1]


def _varies(text: str) -> bool:
    """Whether there is a number in a line that is no year, and a keyword beside it."""
    return bool(_NUMBER.search(_YEAR.sub("", text))) and keyword_of(text) is not None


def added(text: str, path: str, draft: PackDraft) -> str:
    """The content of a rule file with the rules of a draft added to it.

    Raises:
        RuleError: it is no rule file, or of another site.
    """
    root = parse(text.encode(), path)
    if not isinstance(root.value, dict):
        raise RuleError("has no rules to which one could be added; choose another -o FILE", path)
    hosts = {str(host.value) for host in items(root, "site", "hosts")} if "site" in root.value else set()
    if draft.hosts and hosts and not hosts & set(draft.hosts):
        raise RuleError(f"is a pack of {', '.join(sorted(hosts))}, not of {', '.join(draft.hosts)}", path)
    if bool(draft.hosts) != bool(hosts):
        raise RuleError("is a pack for other texts; name it, or choose another -o FILE", path)
    known = {
        str(rule.value["id"].value) for rule in entries(root) if isinstance(rule.value, dict) and "id" in rule.value
    }
    key = "rules" if draft.rules else "keep"
    body = _renamed(draft, known).text().partition(f"\n{key}:\n")[2]
    rows = text.splitlines(keepends=True)
    if key not in root.value:
        rows, body = [text if text.endswith("\n") else text + "\n"], f"{key}:\n{body}"
    top = next((number for number, row in enumerate(rows) if row.startswith(f"{key}:")), len(rows))
    end = next((number for number, row in enumerate(rows) if number > top and _KEY.match(row)), len(rows))
    before = "".join(rows[:end])
    whole = (before if before.endswith("\n") else before + "\n") + body + "".join(rows[end:])
    try:
        load_pack(path, whole.encode())
    except RuleError:
        raise RuleError("is not laid out so that a rule can be added; choose another -o FILE", path) from None
    return whole


def _renamed(draft: PackDraft, known: set[str]) -> PackDraft:
    """The draft with ids that are not taken."""
    names: dict[str, str] = {}
    for rule in (*draft.rules, *draft.keep):
        name, number = rule.id, 1
        while name in known:
            number += 1
            name = f"{rule.id}-{number}"
        names[rule.id] = name
        known.add(name)
    rules, keep = (
        tuple(replace(rule, id=names[rule.id], more=_with(rule.more, names)) for rule in each)
        for each in (draft.rules, draft.keep)
    )
    return replace(draft, rules=rules, keep=keep)


def _with(more: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, object]:
    if "when" not in more:
        return {}
    near = more["when"]["near"]
    return {"when": {"near": {**near, "rule": [names[one] for one in near["rule"]]}}}
