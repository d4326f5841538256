"""Rules that a program wrote, and the text of their packs: what `learn`, `rules new --from` and `rules import` make.

The text is plain YAML for people: in the order of the format's reference, with what speaks for a rule above it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner.model import Confidence, Scope

Example = str | tuple[str, str]
"""A text of which everything goes, or a pair of a text and what is left of it."""

_PLAIN = re.compile(r"[^\W_][\w ./%+-]*(?<! )")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_ESCAPED = re.compile("[\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff\ufff0-\uffff]")
_SLUG = re.compile(r"[a-z0-9]+")
_ID_WORDS = 6
_WIDTH = 110


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule to be written.

    Attributes:
        looks: how it finds its text: `phrases`, or `regex` and `keywords`, or `css`, or `xpath`; values as in the file.
        more: `section`, `when` and `unless`.
        notes: lines of a comment above it.
    """

    id: str
    category: str
    confidence: Confidence
    scope: Scope
    message: str
    looks: Mapping[str, Any]
    removes: tuple[Example, ...]
    keeps: tuple[str, ...]
    more: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackDraft:
    """A pack to be written.

    Attributes:
        hosts: of a site pack.
        fingerprints: of the site; two of them tell it.
        article, whole: see `cleaner.model.Site`.
        notes: lines of a comment at the top of the file.
    """

    name: str
    description: str
    rules: tuple[RuleDraft, ...]
    hosts: tuple[str, ...] = ()
    subdomains: bool = True
    fingerprints: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    whole: bool = False
    keep: tuple[RuleDraft, ...] = ()
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """The content of its file."""
        data: dict[str, Any] = {
            "format": 1,
            "pack": self.name,
            "description": self.description,
            "languages": ["any"],
        }
        if self.hosts:
            data["site"] = {"hosts": list(self.hosts)}
            if not self.subdomains:
                data["site"]["subdomains"] = False
            if self.article:
                data["site"]["article"] = {"css": list(self.article), **({"whole": True} if self.whole else {})}
            if self.fingerprints:
                data["site"]["fingerprints"] = {"need": 2, "any": list(self.fingerprints)}
        rows = [*_comment(self.notes, ""), *_mapping(data, "")]
        for key, rules in (("rules", self.rules), ("keep", self.keep)):
            if rules:
                rows.append(f"{key}:")
                for rule in rules:
                    rows += _rule(rule, keep=key == "keep")
        return "".join(f"{row}\n" for row in rows)


def file_name(pack: str) -> str:
    """What the file of a pack is called: `sites/a.example.com` is `a.example.com.yaml`."""
    return f"{pack.rpartition('/')[2]}.yaml"


def slug(text: str, words: int = _ID_WORDS) -> str:
    """The first words of a text as a part of an id; empty if there are no letters of ours in it."""
    return "-".join(_SLUG.findall(text.lower())[:words])[:60].strip("-")


class Ids:
    """Ids of rules that have not been used yet."""

    def __init__(self, stem: str) -> None:
        self._stem = slug(stem) or "site"
        self._used: set[str] = set()

    def new(self, text: str, otherwise: str = "line") -> str:
        """An id that says what `text` says."""
        name = base = f"{self._stem}.{slug(text) or otherwise}"
        number = 1
        while name in self._used:
            number += 1
            name = f"{base}-{number}"
        self._used.add(name)
        return name


def shown_as_comment(text: str) -> str:
    """A text as one line that a comment can hold."""
    return "".join(c for c in _ESCAPED.sub("", " ".join(text.split())) if c.isprintable())


def _comment(notes: Sequence[str], indent: str) -> Iterator[str]:
    return (f"{indent}# {shown_as_comment(note)}".rstrip() for note in notes)


def _rule(rule: RuleDraft, *, keep: bool) -> Iterator[str]:
    data: dict[str, Any] = {"id": rule.id}
    if not keep:
        data |= {"category": rule.category, "confidence": rule.confidence}
    data |= {"scope": rule.scope, "message": rule.message, **rule.looks, **rule.more}
    removes = [one if isinstance(one, str) else {"text": one[0], "leaves": one[1]} for one in rule.removes]
    data["tests"] = {**({"removes": removes} if removes else {}), "keeps": list(rule.keeps)}
    yield from _comment(rule.notes, "  ")
    first, *rest = _mapping(data, "    ")
    yield f"  - {first.lstrip()}"
    yield from rest


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            flow = f"{indent}{key}: {_flow(value)}"
            if key not in ("site", "tests") and len(flow) <= _WIDTH:
                yield flow
            else:
                yield f"{indent}{key}:"
                yield from _mapping(value, f"{indent}  ")
        elif isinstance(value, (list, tuple)):
            yield from _sequence(key, value, indent)
        else:
            yield f"{indent}{key}: {_scalar(value, key)}"


def _sequence(key: str, values: Sequence[Any], indent: str) -> Iterator[str]:
    flow = f"{indent}{key}: [{', '.join(_flow(value) for value in values)}]"
    if len(flow) <= _WIDTH and (len(values) == 1 or key in ("keywords", "languages", "hosts", "unless")):
        yield flow
        return
    yield f"{indent}{key}:"
    for value in values:
        if isinstance(value, Mapping):
            first, *rest = _mapping(value, f"{indent}    ")
            yield f"{indent}  - {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}  - {_scalar(value, key)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_flow, value))}]"
    return _scalar(value)


def _scalar(value: Any, key: str = "") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    quotes = '"' in text or key in ("regex", "until", "css", "xpath")
    if quotes and text.isprintable() and text == text.strip() and not _ESCAPED.search(text):
        return "'" + text.replace("'", "''") + "'"
    return quoted(text)


def quoted(text: str) -> str:
    """The text as a double-quoted scalar, which is what a JSON string is, with all escaped that cannot be seen."""
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))
