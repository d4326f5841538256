"""Who wrote it: names out of whatever stands where an author's name belongs."""

from __future__ import annotations

import re

from cleaner.html.facts.dates import iso
from cleaner.html.facts.titles import key

_BY = re.compile(
    r"(?:(?i:written|posted|published|words|text|story|articles?|authored|created|started|guide)\s*"
    r"(?i:by)(?=[\s:A-Z])|(?i:by|authors?|author\(s\))(?=[\s:])|[Bb]y(?=[A-Z][a-z])"
    r"|(?:Von|Par|Por|Di|Escrito por|Geschrieben von|Door|Autor|Auteur|Autore)(?=[\s:]+[A-ZÀ-Þ]))\s*[:\-–—]?\s*"
)
_STATED = re.compile(
    r"(?:^|[|·•]\s*|\d\s+)(?i:(?:written|posted|published|words|text|story|article)\s+)?(?:[Bb]y|BY)(?:[:\s]+|(?=[A-Z][a-z]))"
    r"|^(?i:authors?):\s*"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_AFTER = re.compile(
    r"\s*(?:[|•·–—/(»]|\s-\s|,?\s+(?:last\s+)?(?:updated|published|posted|modified|reviewed)\b"
    rf"|,?\s+on\s+(?:{_MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|,?\s+{_MONTH}\s+\d"
    rf"|,?\s+\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\s|,?\s+\d{{1,4}}[-./]\d|\bin(?:\s+[A-Z]|$)|\d+\s+min).*$",
    re.IGNORECASE,
)
"""What a byline says after the name: a date, a section, the time it takes to read."""
_STRONG = re.compile(r"\s*[;|]\s*")
_JOINT = re.compile(r"\s*,?\s+(?:and|und|et|y|&|\+)\s+|\s*,\s*")
_NO_NAME = re.compile(
    r"://|\bwww\.|\S@\S+\.\w|\.(?:com|org|net)\b|[{}<>\[\]=$€£%?]|\w\.\w+\.\w|\d{3,}.*\s|[.!?]\s+\w+\s+\w+\s+\w+\s",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    (
        *(
            "aboutus",
            "admin",
            "administrator",
            "anonymous",
            "author",
            "authors",
            "by",
            "bystaff",
            "contributor",
            "default",
        ),
        *(
            "editor",
            "follow",
            "guest",
            "home",
            "moderator",
            "na",
            "none",
            "null",
            "posted",
            "profile",
            "published",
            "readmore",
        ),
        *("root", "staff", "test", "theauthor", "undefined", "unknown", "user", "viewprofile", "webmaster", "website"),
    )
)
"""What stands for a name where nobody is named, as keys."""
_DEGREE = re.compile(r"(?:[A-Z]\.?){2,}(?!\w)|Ph\.?D|[JS]r\.?$")
_PARTICLES = frozenset(
    (
        *(
            "al",
            "bin",
            "da",
            "de",
            "del",
            "della",
            "den",
            "der",
            "di",
            "dos",
            "du",
            "e",
            "el",
            "ibn",
            "la",
            "le",
            "van",
        ),
        *("von", "y", "zu"),
    )
)
_MAX_NAME = 80  # characters
_MAX_WORDS = 8
_MAX_NAMES = 20


def names(value: str) -> list[str]:
    """The names in `value`, a byline or the content of a field; empty if it holds none."""
    value = value.strip()
    by = _BY.match(value)
    if by:
        value = value[by.end() :]
    found: list[str] = []
    for part in _split(value):
        name = part.strip(" ,;:-–—|@»«*&\"“”'")
        if not _is_name(name):
            continue
        if len(name) > _MAX_NAME or len(name.split()) > _MAX_WORDS:
            return []
        if name not in found:
            found.append(name)
    return found[:_MAX_NAMES]


def _is_name(name: str) -> bool:
    return any(map(str.isalpha, name)) and key(name) not in _NOBODY and not _NO_NAME.search(name) and not iso(name)


def several(joined: str) -> list[str]:
    """The names in `joined`, which are joined by ``", "``; letters after a name go with it."""
    found: list[str] = []
    for part in filter(None, joined.split(", ")):
        if found and _DEGREE.match(part):
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


def turned(name: str) -> str:
    """``Ann Lee`` for ``Lee, Ann``, as catalogues write it; letters after a name stay where they are."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first and not _DEGREE.match(first) else name


def byline(value: str) -> list[str]:
    """The names in a line of running text such as ``By Ann Lee | 3 May 2025``."""
    return names(_AFTER.sub("", value))


def stated(line: str) -> list[str]:
    """The names that a line of running text states after ``By`` or ``Author:``; only what looks like full names."""
    match = _STATED.search(line)
    found = byline(line[match.end() :]) if match else []
    return found if all(_person(name) for name in found) else []


def _person(name: str) -> bool:
    words = name.split()
    return 1 < len(words) <= 5 and all(word[0].isupper() or word in _PARTICLES for word in words)


def _split(value: str) -> list[str]:
    parts = [part for part in _STRONG.split(value) if part.strip()]
    result: list[str] = []
    for part in parts:
        # "and" and commas also stand inside the name of a firm and before a degree: only full names are several.
        several = [name for name in _JOINT.split(part) if name.strip()]
        result += several if len(several) > 1 and all(map(is_full, several)) else [part]
    return result


def is_full(name: str) -> bool:
    """Whether `name` is as long as a full name usually is."""
    return 2 <= len(name.split()) <= 4 and not name.isupper()
