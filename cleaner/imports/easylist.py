"""Cosmetic filters of EasyList and lists like it: selectors for all pages, for some domains, and exceptions.

Filters for requests are left out, since nothing is fetched; so are scripts, styles and procedures.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from cleaner.imports.selecting import KEPT, Selecting, from_css, unique
from cleaner.imports.taken import Refused, Taken, files_in
from cleaner.model import Confidence
from cleaner.rulebook.selector import words_of
from cleaner.tools.drafts import PackDraft, RuleDraft, slug

_FILTER = re.compile(r"([^#\s]*?)(#@?[?$%]?@?#)(.+)")
_PART = re.compile(r"\[(class|id)([*^$]?=)[\"']?([^\"'\]]+)[\"']?\]")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_TOKEN = re.compile(r"-?[A-Za-z_][\w-]*(?<![-_])")
_KINDS = {
    "cookie": "cookie",
    "consent": "cookie",
    "social": "share",
    "newsletter": "newsletter",
    "annoyance": "interface",
    "app": "app-promo",
    "comment": "comments",
}
_IN_RULE = 200
_IN_PACK = 2_000
_LEAST_PHRASE = 8

Wanted = dict[Confidence, list[Selecting]]


class _List:
    """The filters of all files."""

    def __init__(self) -> None:
        self.generic: dict[str, list[tuple[Selecting, Confidence]]] = {}
        self.domains: dict[str, Wanted] = defaultdict(lambda: defaultdict(list))
        self.exceptions: dict[str, list[Selecting]] = defaultdict(list)


def take(path: str) -> Taken:
    """The lists below a path.

    Raises:
        InputError: there are none.
    """
    taken, found = Taken(), _List()
    category = "advertising"
    excepted: set[str] = set()
    for name, text in files_in(path, (".txt",), "EasyList"):
        taken.sources += 1
        category = _category(name, text)
        for number, row in enumerate(text.splitlines(), 1):
            line = row.strip()
            if not line or line.startswith("!") or (number == 1 and line.startswith("[")):
                continue
            taken.note(name, number, line, partial(_mapped, found, excepted, line))
    for source in excepted:
        found.generic.pop(source, None)
    taken.packs += _generic(found, category, os.path.basename(path))
    taken.packs += _sites(found, category)
    return taken


def _category(name: str, text: str) -> str:
    title = next((row for row in text.splitlines()[:20] if row.lower().startswith("! title:")), name).lower()
    return next((category for word, category in _KINDS.items() if word in title), "advertising")


def _mapped(found: _List, excepted: set[str], line: str) -> str:
    match = _FILTER.fullmatch(line)
    if match is None:
        raise Refused("it blocks requests; nothing is fetched here")
    domains, mark, source = match[1].lower(), match[2], match[3].strip()
    if mark not in ("##", "#@#"):
        raise Refused("a procedure, a style or a script, not a selector")
    if source.startswith(("+js", "^")):
        raise Refused("a script, or a filter of the source of pages")
    names = [one for one in domains.split(",") if one]
    hosts = [one for one in names if not one.startswith("~")]
    if any("*" in one or not _HOST.fullmatch(one.lstrip("~")) for one in names):
        raise Refused("a domain that is no host name")
    if len(hosts) < len(names):
        raise Refused("it applies everywhere but on some sites")
    found_by, sure = _selecting(source, keep=mark == "#@#")
    if mark == "#@#":
        if not hosts:
            excepted.add(found_by.source)
            return "an exception: taken out of what applies everywhere"
        for host in hosts:
            found.exceptions[host].append(found_by)
        return "an exception: a keep rule of a site"
    if not hosts:
        found.generic.setdefault(found_by.source, []).append((found_by, sure))
        return "a rule for all pages" if sure == "high" else "evidence on all pages"
    for host in hosts:
        found.domains[host][sure].append(found_by)
    return "a rule of a site" if sure == "high" else "evidence on a site"


def _selecting(source: str, *, keep: bool) -> tuple[Selecting, Confidence]:
    """A selector, its parts of classes and ids as whole ones, or else as evidence alone."""
    sure: Confidence = "high"
    pieces: list[str] = []
    done = 0
    for match in _PART.finditer(source):
        if match[2] == "=" and match[1] == "id":
            continue
        pieces.append(source[done : match.start()])
        done = match.end()
        whole, how = _whole(match[1], match[3], cut=match[2] != "=")
        sure = how if how == "medium" else sure
        pieces.append(whole)
    return from_css("".join((*pieces, source[done:])), keep=keep), sure


def _whole(attribute: str, value: str, *, cut: bool) -> tuple[str, Confidence]:
    names = value.split()
    if names and all(map(_TOKEN.fullmatch, names)) and (attribute == "class" or len(names) == 1):
        return "".join(f"{'.' if attribute == 'class' else '#'}{name}" for name in names), "high"
    words = words_of(value)
    if cut and attribute == "class" and 1 <= len(words) <= 3 and len("".join(words)) >= _LEAST_PHRASE:
        return f":words({'-'.join(words)})", "medium"
    raise Refused(f"a part of a {attribute} that is no name of its own")


# --- packs ----------------------------------------------------------------------------------------


def _generic(found: _List, category: str, name: str) -> Iterator[PackDraft]:
    stem = slug(name.removesuffix(".txt")) or "list"
    wanted: Wanted = defaultdict(list)
    for same in found.generic.values():
        wanted[same[0][1]].append(same[0][0])
    flat = [(sure, one) for sure, all_of in sorted(wanted.items()) for one in unique(all_of)]
    for number, start in enumerate(range(0, len(flat), _IN_PACK), 1):
        part: Wanted = defaultdict(list)
        for sure, one in flat[start : start + _IN_PACK]:
            part[sure].append(one)
        own = f"easylist-{stem}" + (f"-{number}" if number > 1 else "")
        yield PackDraft(
            name=f"generic/{own}",
            description="Imported from filters for all pages.",
            rules=tuple(_rules(own, category, part)),
        )


def _sites(found: _List, category: str) -> Iterator[PackDraft]:
    """A pack for all hosts that have the same filters."""
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for host in dict.fromkeys((*found.domains, *found.exceptions)):
        wanted = found.domains.get(host, {})
        key = tuple((sure, tuple(one.source for one in unique(all_of))) for sure, all_of in sorted(wanted.items()))
        kept = tuple(one.source for one in unique(found.exceptions.get(host, ())))
        groups[(key, kept)].append(host)
    for hosts in groups.values():
        own = f"easylist-{slug(hosts[0])}"
        yield PackDraft(
            name=f"sites/easylist/{hosts[0]}",
            description="Imported from filters for these sites.",
            rules=tuple(_rules(own, category, found.domains.get(hosts[0], {}))),
            keep=tuple(_keep(own, unique(found.exceptions.get(hosts[0], ())))),
            hosts=tuple(hosts),
        )


def _rules(stem: str, category: str, wanted: Wanted) -> Iterator[RuleDraft]:
    for sure, all_of in sorted(wanted.items()):
        found = unique(all_of)
        for number, start in enumerate(range(0, len(found), _IN_RULE), 1):
            part = found[start : start + _IN_RULE]
            name = "filters" if sure == "high" else "evidence"
            yield RuleDraft(
                id=f"{stem}.{name}" + (f"-{number}" if number > 1 else ""),
                category=category,
                confidence=sure,
                scope="html",
                message="a filter list takes it out",
                looks={"css": [one.source for one in part]},
                removes=_examples(part),
                keeps=(KEPT,),
            )


def _keep(stem: str, found: Sequence[Selecting]) -> Iterator[RuleDraft]:
    if found:
        yield RuleDraft(
            id=f"{stem}.exceptions",
            category="keep",
            confidence="certain",
            scope="html",
            message="a filter list makes an exception for it",
            looks={"css": [one.source for one in found]},
            removes=(KEPT,),
            keeps=_examples(found),
        )


def _examples(found: Iterable[Selecting]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.example for one in found))
