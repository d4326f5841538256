"""Where the links of each line lead: to pictures, to the clipping's own site, away, to a share button's service."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cleaner.late import late
from cleaner.lines.letters import Numbers
from cleaner.lines.reading import Reading
from cleaner.lines.rows import Rows
from cleaner.remember import of_short_texts
from cleaner.sites import host_of

_TARGET = late(r"\]\([ \t]*<?(?:(?:(?:https?:)?//(?P<host>[^/\s?#)>]+))?(?P<path>[^\s)>]*))")
_SHARES = late(
    r"(?:facebook|linkedin|reddit|tumblr|vk|line|pinterest|telegram|weibo|hatena|xing|naver|kakao|whatsapp|pocket"
    r"|flipboard|bsky|threads|twitter|^x|^t|^wa|buffer|mastodon)[^/]*\.\w+$"
)
_SHARING = late(r"share|intent|submit|pin/create|send\?|bookmark|/add|create/button|\?text=|[?&]u(?:rl)?=http", re.I)
_ACTIONS = late(
    r"log-?in|sign-?(?:in|up)|regist|account|subscri|newsletter|membership|checkout|cart|donat|abonn|auth|password"
    r"|(?:app|play)(?:store)?\.(?:apple|google)|itunes",
    re.IGNORECASE,
)
_LISTS = late(r"/(?:tags?|topics?|categor\w*|authors?|people|users?|profile|section|archive|search)(?:[/?]|$)", re.I)
_DRAWN = late(
    r"logo|icon|avatar|sprite|pixel|badge|button|banner|profile|emoji|blank|spacer|/ads?[/._-]|\.svg|\.gif|^data:", re.I
)
_FRAME = late(r"<(?:iframe|video|audio|source|object|embed|svg|form|input|button|select|script|style)\b", re.I)
COLUMNS = (
    "links", "own links", "away links", "anchors", "empty targets", "pictures", "own front", "share targets",
    "action targets", "list targets", "deepest", "queries", "drawn pictures", "own pictures", "siblings", "frames",
)  # fmt: skip
_TOLD = 200
"""Characters of a target that tell it from others."""
_BOUND = 8  # of what is counted twice for one row
_SECOND = frozenset({"co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob"})


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """What `targets` finds.

    Attributes:
        table: shape (len(COLUMNS), rows): how many of each kind.
        first: hash of the first target of each row; 0 if it has none.
        stem: hash of where the first target of each row lies, its last part left out; `shelf`: of its first picture.
        away_known: whether the own site is known.
    """

    table: Numbers
    first: Numbers
    stem: Numbers
    shelf: Numbers
    away_known: bool


def targets(reading: Reading, rows: Rows) -> Targets:
    """The targets of all rows."""
    text = reading.text
    table = np.zeros((len(COLUMNS), len(rows)), np.int64)
    first, stem, shelf = np.zeros((3, len(rows)), np.int64)
    found = list(_TARGET.finditer(text, reading.first)) if "](" in text else []
    if len(rows) and "<" in text:
        frames = rows.at(np.array([match.start() for match in _FRAME.finditer(text, reading.first)], np.int64))
        table[15] = np.minimum(_BOUND, np.bincount(frames[frames >= 0], minlength=len(rows)))
    if not found or not len(rows):
        return Targets(table, first, stem, shelf, False)
    pictured = {end for start, end in reading.links[:, [0, 3]].tolist() if text[start] == "!"}
    sites = [site(match["host"] or "") for match in found]
    own = site(host_of(reading.url)) or _commonest(sites)
    here = _place(reading.url).partition("//")[2]
    where = rows.at(np.array([match.start() for match in found])).tolist()
    counted: list[int] = []  # of each that counts its place in the table
    deepest = [0] * len(rows)
    for match, row, its in zip(found, where, sites, strict=True):
        if row < 0:
            continue
        host, path = match["host"] or "", match["path"]
        columns: tuple[int, ...]
        if match.start() in pictured:
            drawn = _DRAWN.search(path or host) is not None
            columns = (5, *(12,) * drawn, *(13,) * (not its or its == own))
            counted += [column * len(rows) + row for column in columns]
            shelf[row] = shelf[row] or _number(_place(host + path)[:_TOLD])
            continue
        if not its and not path.startswith("/"):
            kind = 3 if path.startswith("#") else 4
        else:
            kind = 1 if not its or its == own else 2
        if kind == 1 and "#" in path and host + path.partition("#")[0] in reading.url:
            kind = 3
        columns, depth, place = _told(match[0], host, path)
        columns += (0, kind)
        if kind == 1:
            columns += (*(6,) * (len(path) < 2), *(14,) * (bool(here) and place == here))
        counted += [column * len(rows) + row for column in columns]
        deepest[row] = max(deepest[row], depth)
        if not first[row]:
            first[row], stem[row] = _number(match[0][:_TOLD]), _number(place[:_TOLD])
    table[:15] = np.bincount(np.array(counted, np.int64), minlength=15 * len(rows)).reshape(15, -1)
    table[10] = deepest
    return Targets(table, first, stem, shelf, bool(own))


@of_short_texts(4096)
def _told(target: str, host: str, path: str) -> tuple[tuple[int, ...], int, str]:
    """What a target says wherever it stands: the columns in which it counts, how deep it is, and where it lies."""
    shares = (_SHARES.search(host) is not None and _SHARING.search(path) is not None) or path.startswith("mailto:?")
    acts, lists = _ACTIONS.search(target) is not None, _LISTS.search(path) is not None
    columns = (*(7,) * shares, *(8,) * acts, *(9,) * lists, *(11,) * ("?" in path))
    return columns, path.count("/"), _place(host + path)


def _place(address: str) -> str:
    """Where a page or a picture lies: its address without the last part and the query."""
    return address.partition("?")[0].rstrip("/").rpartition("/")[0]


@of_short_texts(4096)
def site(host: str) -> str:
    """The registered domain of a host, near enough; empty for none."""
    names = host.lower().rstrip(".").split(".")
    short = len(names) > 2 and names[-2] in _SECOND and len(names[-1]) == 2
    return ".".join(names[-3:] if short else names[-2:])


def _commonest(sites: list[str]) -> str:
    counts = Counter(filter(None, sites))
    if not counts:
        return ""
    name, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return name if 2 * count > counts.total() else ""


@lru_cache(maxsize=4096)
def _number(target: str) -> int:
    """A number for a target, or for the first `_TOLD` characters of it."""
    total = 0
    for point in map(ord, target):
        total = (total * 31 + point) & 0x3FFFFFFF
    return total or 1
