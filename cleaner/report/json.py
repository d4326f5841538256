"""The report as JSON, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from cleaner.errors import RestoreError
from cleaner.model import Evidence, Kept, PageFacts, Removal, Repair, ReportFacts, SiteMatch
from cleaner.reasons import Reason
from cleaner.report.layout import SCHEMA_VERSION, laid_out

_READABLE = (1, 2)
"""Version 1 had the words of reasons where their codes are now."""


def to_dict(report: ReportFacts) -> dict[str, Any]:
    """The report as plain data, in the layout of `docs/report.schema.json`."""
    data: dict[str, Any] = plain(laid_out(report))
    return data


def plain(value: Any) -> Any:
    """A dataclass with slots as plain data: what `dataclasses.asdict` gives, many times as fast.

    Evidence and reasons, of which there are most, are asked for first.
    """
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is Evidence:
        return {"rule": value.rule, "saw": {"code": value.saw.code, "params": dict(value.saw.params)}}
    if kind is tuple:
        return [plain(one) for one in value]
    if kind is Reason:
        return {"code": value.code, "params": dict(value.params)}
    if kind is dict:
        return dict(value)
    names, values = _fields(value.__class__)
    return {name: one if type(one) in _SIMPLE else plain(one) for name, one in zip(names, values(value), strict=True)}


_SIMPLE = frozenset({str, int, bool, float, type(None)})


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of a dataclass's fields, and what gives their values."""
    names: tuple[str, ...] = kind.__slots__  # type: ignore[attr-defined]
    if len(names) == 1:
        return names, lambda value: (getattr(value, names[0]),)
    return names, attrgetter(*names)


def from_dict(data: Mapping[str, Any]) -> ReportFacts:
    """A report back from its plain form.

    Raises:
        RestoreError: `data` is no report, or one of a later version.
    """
    from cleaner.report.check import fault  # whoever only writes reports does not need it

    try:
        if data["version"] not in _READABLE:
            raise RestoreError(
                f"report version {data['version']!r} is not {SCHEMA_VERSION} or older; use the cleaner that wrote it"
            )
        if found := fault(data, data["version"]):
            raise RestoreError(f"not a report of cleaner: {found}")
        source = data["input"]
        site, page = data["site"], data.get("page")
        return ReportFacts(
            level=data["level"],
            format=source["format"],
            input_sha256=source["sha256"],
            encoding=source["encoding"],
            bom=source["bom"],
            errors=source["errors"],
            characters=source["characters"],
            lines=source["lines"],
            removed_characters=data["counts"]["characters"],
            url=source["url"],
            site=SiteMatch(site["pack"], site["how"], tuple(site["evidence"])) if site else None,
            packs=tuple(data["packs"]),
            removals=tuple(map(_removal, data["removals"])),
            repairs=tuple(Repair(**r) for r in data["repairs"]),
            kept=tuple(Kept(**{**k, "veto": _reason(k["veto"])}) for k in data["kept"]),
            warnings=tuple(data["warnings"]),
            page=PageFacts(**page) if page else None,
        )
    except (KeyError, TypeError) as error:
        raise RestoreError(f"not a report of cleaner: {error}") from None


def _removal(data: Mapping[str, Any]) -> Removal:
    evidence = tuple(Evidence(one["rule"], _reason(one["saw"])) for one in data["evidence"])
    return Removal(**{**data, "evidence": evidence})


def _reason(data: Mapping[str, Any] | str) -> Reason:
    if isinstance(data, str):
        return Reason.of("words", text=data)
    return Reason(data["code"], tuple(dict(data["params"]).items()))


_COMMANDS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal or an editor may take for a command: controls beyond ASCII, line ends, and what turns the direction
of writing, behind which one text may hide in another."""


def dumps(data: Any, *, indent: int | None = None) -> str:
    """JSON as people like to read it, with everything escaped that is no character to be seen.

    Lone surrogates, which no encoding can write, are escaped too.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, indent=indent)
    return _COMMANDS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def loads(text: str | bytes) -> ReportFacts:
    """Read a report from JSON.

    Raises:
        RestoreError: it is no JSON, or no report.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RestoreError(f"the report is not JSON: {error}") from None
    if not isinstance(data, dict):
        raise RestoreError("not a report of cleaner: it holds no object")
    return from_dict(data)
