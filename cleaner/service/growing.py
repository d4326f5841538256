"""Lines that somebody wants gone, or wants to stay, as a rule in a folder."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from cleaner.about import About
from cleaner.api import Cleaner, Work
from cleaner.draft import Draft, make_folder
from cleaner.errors import OptionError
from cleaner.explain import LineStory, explain
from cleaner.jsonline import BadLine, Line, clipping
from cleaner.model import Format
from cleaner.options import CleanOptions
from cleaner.report.numbers import count
from cleaner.rulebook.store import rule_files
from cleaner.tools.check import check
from cleaner.tools.drafts import PackDraft, file_name
from cleaner.tools.fromlines import added, pack_of_lines, pack_that_keeps, picked

Action = Literal["remove", "keep"]
_MAKE = {"remove": pack_of_lines, "keep": pack_that_keeps}
_ANYWHERE = "generic/mine"
"""The pack of rules from clippings that do not say where they are from."""
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_WHY: Mapping[Action, str] = {
    "remove": "A short line goes only in the company of other leftovers, since it might be part of an article.",
    "keep": "The structure of a page is judged before rules for text are asked.",
}


@dataclass(frozen=True, slots=True)
class Grown:
    """A rule that was made of lines."""

    path: Annotated[str, About("the file it belongs into, in the folder of rules")]
    yaml: Annotated[str, About("the pack with its tests; what is in the file already is left out")]
    does: Annotated[str, About("what it changes in this clipping, in words")]
    saved: Annotated[bool, About("whether it was written; from then on it holds")]


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall become of lines.

    Attributes:
        first, last: the lines, counted from 1 as `explain` counts them.
        folder: of the rules.
    """

    first: int
    last: int
    action: Action
    folder: str


def wish(line: Line, folder: str) -> Wish:
    """What an object asks for.

    Raises:
        BadLine: it says no lines, or nothing that could be done to them.
    """
    first, last = line.values.get("first"), line.values.get("last")
    if not (isinstance(first, float) and isinstance(last, float) and 1 <= first <= last < 1e9):
        raise BadLine("'first' and 'last' must be the numbers of lines, counted from 1")
    action = line.values.get("action")
    if action not in _MAKE:
        raise BadLine(f"'action' must be {' or '.join(_MAKE)}")
    return Wish(int(first), int(last), action, folder)


def grow(cleaner: Cleaner, line: Line, wanted: Wish, *, format: Format | Literal["auto"], save: bool) -> Grown:
    """Make a rule of lines, try it, and write it if that is asked for.

    Raises:
        BadLine: there is no clipping in the object.
        InputError: it cannot be cleaned.
        OptionError: no rule can be made of the lines, or it fails its own tests.
        RuleError: the file it belongs into is broken, or of another kind.
        OSError: the file cannot be read or written.
    """
    text, url = clipping(line)

    def work(cleaner: Cleaner) -> Work:
        return cleaner.work(text, url=url, format=format)

    before = work(cleaner)
    lines = picked(before, wanted.first, wanted.last)
    if lines.host and not _HOST.fullmatch(lines.host):
        raise OptionError(f"{lines.host!r} is no host that a file could be named after; leave the address out")
    draft = _MAKE[wanted.action](lines, None if lines.host else _ANYWHERE)
    path = os.path.join(wanted.folder, file_name(draft.name))
    content = _content(path, draft)
    failures = check([(path, content.encode())])
    if failures:
        raise OptionError(f"the rule would fail its own test: {failures[0].message}")
    tried = _with(cleaner.options, wanted.folder, path, content)
    does = _does(wanted, explain(cleaner, before).lines, explain(tried, work(tried)).lines)
    if save:
        make_folder(path)
        with Draft(path) as file:
            file.stream.write(content.encode())
    return Grown(path, draft.text(), does, save)


def _content(path: str, draft: PackDraft) -> str:
    """What the file is to hold."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return added(file.read(), path, draft)
    except FileNotFoundError:
        return draft.text()


def _with(options: CleanOptions, folder: str, path: str, content: str) -> Cleaner:
    """A cleaner for which the folder has that file."""
    own = os.path.realpath(folder)
    others = tuple(each for each in options.rules if os.path.realpath(each) != own)
    files = dict(rule_files([folder])) if os.path.isdir(folder) else {}
    files[path] = content.encode()
    with tempfile.TemporaryDirectory() as place:
        for number, data in enumerate(files.values()):
            with open(os.path.join(place, f"{number}.yaml"), "wb") as file:
                file.write(data)
        return Cleaner(replace(options, rules=(*others, place)))


def _does(wanted: Wish, before: Sequence[LineStory], after: Sequence[LineStory]) -> str:
    chosen = [line for line in after[wanted.first - 1 : wanted.last] if line.text.strip()]
    keeps = wanted.action == "keep"
    done = sum((line.fate == "went") != keeps for line in chosen)
    if len(chosen) > 1:
        told = f"With it, {done} of {len(chosen)} lines {'stay' if keeps else 'go'}."
    elif done:
        told = f"With it, the line {'stays' if keeps else 'goes'}."
    else:
        told = f"Even with it, the line {'goes' if keeps else 'stays'} here."
    if done < len(chosen):
        told += f" {_WHY[wanted.action]}"
    others = sum(
        now.fate != was.fate and not wanted.first <= now.number <= wanted.last and bool(now.text.strip())
        for was, now in zip(before, after, strict=True)
    )
    return f"{told} It changes {count(others, 'other line')} of this clipping." if others else told
