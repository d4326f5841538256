"""The library call."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from os import PathLike, fspath
from typing import Literal

from cleaner.errors import OptionError
from cleaner.model import CATEGORIES, FORMATS, LEVELS, Decoded, Format, Level, Report, Result
from cleaner.pipeline import Outcome, Setup, run
from cleaner.read.decode import decode
from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.store import Store

Source = str | bytes


class Cleaner:
    """A cleaner with its rules compiled once.

    It may be shared between threads and sent to other processes.

    Args:
        level: `safe` takes what is certain, `normal` what is likely too, `aggressive` also what is doubtful.
        rules: folders or files of rules of your own, beside the shipped ones.
        only: categories to clean; all if empty.
        skip: categories to leave alone.

    Raises:
        OptionError: an unknown level or category.
        RuleError: a rule file is broken.
    """

    def __init__(
        self,
        *,
        level: Level = "normal",
        rules: Iterable[str | PathLike[str]] = (),
        only: Iterable[str] = (),
        skip: Iterable[str] = (),
    ) -> None:
        if level not in LEVELS:
            raise OptionError(f"level must be one of {', '.join(LEVELS)}, not {level!r}")
        self._setup = Setup(
            book=Rulebook.from_store(Store([fspath(folder) for folder in rules])),
            level=level,
            only=_categories("only", only),
            skip=_categories("skip", skip),
        )

    def clean(
        self,
        source: Source,
        *,
        url: str | None = None,
        format: Format | Literal["auto"] = "auto",
        name: str | None = None,
    ) -> Result:
        """Clean one clipping.

        Args:
            source: the clipping; bytes are decoded as `cleaner.read.decode` says.
            url: where it is from, if known: it picks the rules of the site.  Nothing is fetched.
            format: `text`, `markdown` or `html`; `auto` tells from the text.
            name: the file's name, whose extension helps to tell the format.

        Returns:
            The clean text and the report.  With ``encode(text, …)`` the text has its old bytes again.

        Raises:
            InputError: the input is HTML, which is not supported yet.
            OptionError: an unknown format.
        """
        if format not in (*FORMATS, "auto"):
            raise OptionError(f"format must be auto or one of {', '.join(FORMATS)}, not {format!r}")
        decoded = decode(source) if isinstance(source, bytes) else Decoded(source, "utf-8", errors="surrogatepass")
        outcome = run(self._setup, decoded.text, url=url, format=None if format == "auto" else format, name=name)
        return Result(outcome.text, _report(self._setup, source, decoded, outcome))


def clean(
    source: Source,
    *,
    url: str | None = None,
    format: Format | Literal["auto"] = "auto",
    level: Level = "normal",
    rules: Iterable[str | PathLike[str]] = (),
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
) -> Result:
    """Clean one clipping; see `Cleaner` and `Cleaner.clean` for the arguments and errors.

    The rules are compiled at the first call and kept for calls with the same options.
    """
    key = (level, tuple(fspath(folder) for folder in rules), tuple(only), tuple(skip))
    cleaner = _cleaners.get(key)
    if cleaner is None:
        cleaner = Cleaner(level=level, rules=key[1], only=key[2], skip=key[3])
        if len(_cleaners) >= _MAX_CLEANERS:
            _cleaners.clear()
        _cleaners[key] = cleaner
    return cleaner.clean(source, url=url, format=format)


_MAX_CLEANERS = 16
_cleaners: dict[tuple[object, ...], Cleaner] = {}


def _categories(option: str, names: Iterable[str]) -> frozenset[str]:
    chosen = frozenset([names] if isinstance(names, str) else names)
    unknown = sorted(chosen - set(CATEGORIES))
    if unknown:
        raise OptionError(f"{option}: unknown category {unknown[0]!r}; known: {', '.join(CATEGORIES)}")
    return chosen


def _report(setup: Setup, source: Source, decoded: Decoded, outcome: Outcome) -> Report:
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    first = outcome.first
    return Report(
        level=setup.level,
        format=first.document.format,
        input_sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        bom=decoded.bom.hex(),
        errors=decoded.errors,
        characters=len(decoded.text),
        lines=outcome.lines,
        removed_characters=len(decoded.text) - len(outcome.text),
        url=first.document.url,
        site=first.site,
        packs=tuple(sorted(first.packs)),
        removals=tuple(outcome.removals),
        repairs=tuple(outcome.repairs),
        kept=tuple(outcome.kept),
        warnings=(*decoded.warnings, *outcome.warnings),
    )
