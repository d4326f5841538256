"""The options of cleaning, each stated once.

From the fields of `CleanOptions` are made: the arguments of `Cleaner` and `clean`, the command line, the settings of
Scrapy, the options of runs and what a run remembers of them, and `docs/options.md`.  A new option is a field here and
a line in `OptionArguments`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from numbers import Integral, Real
from os import PathLike, fspath
from typing import Any, Literal, NamedTuple, TypedDict, TypeVar, cast

from cleaner.categories import CATEGORIES
from cleaner.errors import OptionError, did_you_mean
from cleaner.model import LEVELS, Level, Rendering

Target = Literal["markdown", "text", "html"]
Extractor = Literal["cleaner", "trafilatura", "readability", "none"]


class Form(NamedTuple):
    """How files of clean text are called, and what type they are of."""

    suffix: str
    mime: str


FORMS: dict[Target, Form] = {
    "markdown": Form(".md", "text/markdown"),
    "text": Form(".txt", "text/plain"),
    "html": Form(".html", "text/html"),
}
"""What a page may become; `cleaner.html.render.output` makes all but the first two."""
EXTRACTORS: tuple[Extractor, ...] = ("cleaner", "trafilatura", "readability", "none")
MAX_BYTES = 100_000_000
MAX_SECONDS = 120.0

Kind = Literal["choice", "names", "texts", "text", "paths", "path", "switch", "whole", "number"]
"""What values an option has: one of some words, a tuple of some words, a tuple of texts, a text, a tuple of paths, a
path or None, a bool, an int or a float."""
Path = str | PathLike[str]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Option:
    """What is to be known of an option beside its name, type and default.

    Attributes:
        help: for people, in the words of the command line; ``{default}`` is the default, in `unit`.
        pages: whether it is about web pages alone.
        choices: the words there are.
        metavar: what the command line calls a value; empty: its choices.
        flag: of the command line, if it is not the option's name.
        above: what numbers must be greater than.
        unit: how many of its own units make one of the command line's.
        traced: whether the same input may come out otherwise with another value, so that a run has to do it again;
            how long it may take changes only whether something comes out, not what.
    """

    kind: Kind
    help: str
    pages: bool = False
    choices: tuple[str, ...] = ()
    metavar: str = ""
    flag: str = ""
    above: float = 0
    unit: int = 1
    traced: bool = True

    def checked(self, name: str, value: Any) -> Any:
        """The value in the form that `CleanOptions` keeps.

        Raises:
            OptionError: it means nothing.
        """
        match self.kind:
            case "choice":
                check_choice(name, value, self.choices)
            case "names":
                value = _texts(name, value, "names of categories")
                self._check_names(name, value)
            case "texts":
                value = _texts(name, value, "texts")
            case "text" if not isinstance(value, str):
                raise OptionError(f"{name} must be a text, not {value!r}")
            case "paths":
                value = tuple(_path(name, one) for one in _several(name, value, "paths"))
            case "path":
                value = None if value is None else _path(name, value)
            case "switch" if not isinstance(value, bool):
                raise OptionError(f"{name} must be True or False, not {value!r}")
            case "whole" | "number":
                self._check_number(name, value)
        return value

    def _check_names(self, name: str, value: Sequence[str]) -> None:
        for one in value:
            if one not in self.choices:
                hint, known = did_you_mean(one, self.choices), ", ".join(self.choices)
                raise OptionError(f"{name}: unknown category {one!r}{hint}; known: {known}")

    def _check_number(self, name: str, value: Any) -> None:
        whole = self.kind == "whole"
        is_one = isinstance(value, Integral if whole else Real) and not isinstance(value, bool)
        if not is_one or not value > self.above:  # no NaN is, either
            raise OptionError(f"{name} must be a {'whole ' * whole}number above {self.above:g}, not {value!r}")


def _several(name: str, value: Any, what: str) -> Sequence[Any]:
    """The parts of a value; one alone stands for a list of it."""
    if isinstance(value, str | PathLike):
        return (value,)
    if not isinstance(value, Iterable) or isinstance(value, bytes):
        raise OptionError(f"{name} must be a list of {what}, not {value!r}")
    return tuple(value)


def _texts(name: str, value: Any, what: str) -> tuple[str, ...]:
    found = _several(name, value, what)
    for one in found:
        if not isinstance(one, str):
            raise OptionError(f"{name} must be a list of {what}, not {one!r} in it")
    return tuple(found)


def _path(name: str, value: Any) -> str:
    if not isinstance(value, str | PathLike):
        raise OptionError(f"{name} must be a path, not {value!r}")
    return fspath(value)


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """Check that an option has one of the values there are.

    Raises:
        OptionError: it has not.
    """
    if value not in choices:
        hint = did_you_mean(value, choices) if isinstance(value, str) else ""
        raise OptionError(f"{name} must be one of {', '.join(choices)}, not {value!r}{hint}")


def _option(kind: Kind, help: str, **more: Any) -> dict[str, Option]:
    return {"option": Option(kind, help, **more)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanOptions:
    """How to clean; each option says in its `help` what it does.

    Raises:
        OptionError: an option has a value that means nothing.
    """

    level: Level = field(
        default="normal",
        metadata=_option(
            "choice",
            "safe: only what is certain; normal (default): also what is likely; aggressive: also what is doubtful",
            choices=LEVELS,
        ),
    )
    only: tuple[str, ...] = field(
        default=(),
        metadata=_option("names", "clean only these (a,b or repeated)", choices=CATEGORIES, metavar="CATEGORY"),
    )
    skip: tuple[str, ...] = field(
        default=(),
        metadata=_option("names", f"leave these: {', '.join(CATEGORIES)}", choices=CATEGORIES, metavar="CATEGORY"),
    )
    rules: tuple[str, ...] = field(
        default=(), metadata=_option("paths", "rules of your own, beside the shipped ones (repeatable)", metavar="DIR")
    )
    line_counts: str | None = field(
        default=None,
        metadata=_option("path", "a table of lines that repeat across a site, as a corpus was counted", metavar="FILE"),
    )
    to: Target = field(
        default="markdown",
        metadata=_option("choice", "what a page becomes ({default})", pages=True, choices=tuple(FORMS)),
    )
    images: bool = field(default=True, metadata=_option("switch", "show pictures, or not (shown)", pages=True))
    front_matter: bool = field(
        default=False,
        metadata=_option("switch", "begin the Markdown of a page with its title, author, date, source", pages=True),
    )
    title: bool = field(
        default=True,
        metadata=_option(
            "switch",
            "begin what a page becomes with its headline, unless front matter has it, or not (begun)",
            pages=True,
        ),
    )
    max_bytes: int = field(
        default=MAX_BYTES,
        metadata=_option(
            "whole", "refuse larger pages ({default})", pages=True, metavar="N", flag="max-megabytes", unit=1_000_000
        ),
    )
    max_seconds: float = field(
        default=MAX_SECONDS,
        metadata=_option("number", "refuse what takes longer ({default})", pages=True, metavar="N", traced=False),
    )
    dates: bool = field(
        default=False, metadata=_option("switch", "search a page that states no date for one; slow", pages=True)
    )
    extractor: Extractor = field(
        default="cleaner",
        metadata=_option(
            "choice",
            "who tells a page's article from the rest: cleaner (default), cleaner with the vote of trafilatura or "
            "readability (slower), none: only rules",
            pages=True,
            choices=EXTRACTORS,
        ),
    )

    def __post_init__(self) -> None:
        for name, option, _ in each_option():
            object.__setattr__(self, name, option.checked(name, getattr(self, name)))

    @property
    def shows_images(self) -> bool:
        """Whether the clean text of a page has pictures in it."""
        return self.images and self.to != "text"

    @property
    def shows_title(self) -> bool:
        """Whether the clean text of a page begins with its headline; HTML does not show front matter."""
        return self.title and (not self.front_matter or self.to == "html")

    @property
    def rendering(self) -> Rendering:
        """The form of a page that the rules see, and that the report's offsets count in."""
        return "text" if self.to == "text" else "markdown"


class OptionArguments(TypedDict, total=False):
    """The fields of `CleanOptions` as keyword arguments, in all the forms that callers may write."""

    level: Level
    only: Iterable[str]
    skip: Iterable[str]
    rules: Iterable[Path]
    line_counts: Path | None
    to: Target
    images: bool
    front_matter: bool
    title: bool
    max_bytes: int
    max_seconds: float
    dates: bool
    extractor: Extractor


def each_option() -> Iterator[tuple[str, Option, Any]]:
    """Each option by its name, with what is to be known of it and its default."""
    for one in fields(CleanOptions):
        yield one.name, one.metadata["option"], one.default


def shows_options(function: F) -> F:
    """Let `help` and interactive shells see each option of a function that takes them as its last ``**arguments``."""
    signature = inspect.signature(function)
    options = [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=one.type)
        for one in fields(CleanOptions)
    ]
    shown = signature.replace(parameters=[*list(signature.parameters.values())[:-1], *options])
    cast(Any, function).__signature__ = shown
    return function
