"""The library call."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal

from cleaner._version import VERSION
from cleaner.errors import CleanerError, InputError, OptionError, did_you_mean, shown
from cleaner.model import FORMATS, Format, Metadata, PageFacts, Rendering, Rule
from cleaner.options import CleanOptions, OptionArguments, check_choice, each_option, shows_options
from cleaner.outcome import Outcome
from cleaner.pipeline import Setup, no_collections, run
from cleaner.read.decode import Decoded
from cleaner.read.intake import Input, Source, take_in
from cleaner.read.urls import with_scheme
from cleaner.result import Report, Result
from cleaner.rulebook.book import Rulebook
from cleaner.rulebook.store import Store

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from cleaner.corpus.lines import SiteLines
    from cleaner.corpus.table import LineCounts
    from cleaner.html.pipeline import Cleaned, PagePipeline
    from cleaner.html.source import PageSource


@dataclass(frozen=True, slots=True)
class Work:
    """One cleaning: what came of it, and what is needed to tell of it.

    Attributes:
        text: the clean text in the form that was asked for.
        decoded: how bytes became text.
        page: of HTML, what came in; `rendered` is the form of text that it became.
    """

    text: str
    outcome: Outcome
    decoded: Decoded
    metadata: Metadata
    page: PageSource | None = None
    rendered: Rendering = "markdown"

    @property
    def format(self) -> Format:
        """The format of the input."""
        return "html" if self.page else self.outcome.known.format


class Cleaner:
    """A cleaner with its rules compiled once.

    It may be shared between threads and sent to other processes.

    Args:
        options: how to clean; by default as `CleanOptions` says.
        arguments: options by their names, such as ``level="safe"``; they replace those of `options`.

    Raises:
        OptionError: an option has a value that means nothing; `line_counts` is no table of line counts.
        RuleError: a rule file is broken.
    """

    @shows_options
    def __init__(self, options: CleanOptions | None = None, /, **arguments: Unpack[OptionArguments]) -> None:
        self.options = options = _options(arguments) if options is None else _changed(options, arguments)
        self._store = Store(options.rules)
        self.setup = Setup(
            book=Rulebook.from_store(self._store),
            level=options.level,
            only=frozenset(options.only),
            skip=frozenset(options.skip),
            counts=None if options.line_counts is None else _table(options.line_counts),
        )
        self._pages: PagePipeline | None = None

    def __repr__(self) -> str:
        changed = (
            f"{name}={value!r}"
            for name, _, default in each_option()
            if (value := getattr(self.options, name)) != default
        )
        return f"Cleaner({', '.join(changed)})"

    def __reduce__(self) -> tuple[Callable[..., Cleaner], tuple[type[Cleaner], str, bytes]]:
        import pickle

        state = {**self.__dict__, "_pages": None}  # it is made anew from the rest
        return _unpickled, (type(self), VERSION, pickle.dumps(state, pickle.HIGHEST_PROTOCOL))

    def clean(
        self,
        source: Source | PathLike[str],
        *,
        url: str | None = None,
        format: Format | Literal["auto"] = "auto",
        name: str | None = None,
    ) -> Result:
        """Clean one clipping.

        Args:
            source: the clipping; bytes are decoded as `cleaner.read.decode` says, a path (no str) is read.
            url: where it is from, if known: it picks the rules of the site; `https://` may be left out.  Nothing is
                fetched.
            format: `text`, `markdown` or `html`; `auto` tells from the text.
            name: the file's name, whose extension helps to tell the format.

        Returns:
            The clean text and the report; `Result.encoded` gives the bytes.

        Raises:
            InputError: a file that cannot be read; HTML that is too large, or no HTML at all.
            OptionError: an unknown format, or a source or address of another type.
        """
        source, name = _read(source, name)
        work = self.work(source, url=url, format=format, name=name)
        return Result(work.text, partial(_told, self.setup, source, work), work.outcome.source, work.metadata)

    def work(
        self,
        source: Source | PathLike[str],
        *,
        url: str | None,
        format: Format | Literal["auto"] = "auto",
        name: str | None = None,
    ) -> Work:
        """Clean one clipping and give all that is known of it; see `clean`."""
        given = _taken_in(source, url, format, name)
        if given.format == "html":
            return self._clean_page(given)
        outcome = run(self.setup, given)
        return Work(outcome.text, outcome, given.decoded, _stated(outcome))

    def lines(
        self,
        source: Source | PathLike[str],
        *,
        url: str | None = None,
        format: Format | Literal["auto"] = "auto",
        name: str | None = None,
    ) -> SiteLines:
        """The lines of a clipping for counting, with the site they count for; see `cleaner.corpus` and `clean`.

        Of a page they are the lines that its structure leaves for the rules for text.
        """
        from cleaner.corpus.lines import lines_in

        given = _taken_in(source, url, format, name)
        if given.format == "html":
            left = self._road(given, rules=False)[1].outcome
            given = take_in(left.text, url=left.known.url, format=self.options.rendering)
        return lines_in(given)

    def rules(self) -> Iterator[Rule]:
        """All rules, those for the structure of pages last."""
        from cleaner.html.rules.selectors import HtmlRules

        yield from (self.setup.book.rule(number) for number in range(len(self.setup.book)))
        html = HtmlRules.from_store(self._store)
        yield from (html.rule(number) for number in range(len(html)))

    def _clean_page(self, given: Input) -> Work:
        page, done = self._road(given)
        return Work(done.text, done.outcome, page.decoded, done.metadata, page, self.options.rendering)

    def _road(self, given: Input, *, rules: bool = True) -> tuple[PageSource, Cleaned]:
        from cleaner.html.pipeline import PagePipeline
        from cleaner.html.rules.selectors import HtmlRules
        from cleaner.html.source import read_page

        if self._pages is None:
            self._pages = PagePipeline(self.setup, self.options, HtmlRules.from_store(self._store))
        page = read_page(given.source, given.decoded, max_bytes=self.options.max_bytes)
        return page, self._pages.clean(page, url=given.url, rules=rules)


@shows_options
def clean(
    source: Source | PathLike[str],
    *,
    url: str | None = None,
    format: Format | Literal["auto"] = "auto",
    name: str | None = None,
    **arguments: Unpack[OptionArguments],
) -> Result:
    """Clean one clipping; see `Cleaner` and `Cleaner.clean` for the arguments and errors.

    The rules are compiled at the first call and kept for calls with the same options.
    """
    options = _options(arguments)
    cleaner = _cleaners.get(options)
    if cleaner is None:
        cleaner = Cleaner(options)
        if len(_cleaners) >= _MAX_CLEANERS:
            _cleaners.clear()
        _cleaners[options] = cleaner
    return cleaner.clean(source, url=url, format=format, name=name)


def _unpickled(kind: type[Cleaner], version: str, state: bytes) -> Cleaner:
    """A cleaner back.

    The version is looked at first: what it holds, another one may not even be able to read.

    Raises:
        CleanerError: it was pickled by another version.
    """
    import pickle

    if version != VERSION:
        raise CleanerError(
            f"this cleaner was pickled by version {version}, and here is {VERSION}; make a new one with its options"
        )
    made = kind.__new__(kind)
    made.__dict__.update(pickle.loads(state))
    return made


_MAX_CLEANERS = 16
_cleaners: dict[CleanOptions, Cleaner] = {}


def _options(arguments: Mapping[str, Any]) -> CleanOptions:
    return CleanOptions(**_known(arguments))


def _changed(options: CleanOptions, arguments: Mapping[str, Any]) -> CleanOptions:
    return replace(options, **_known(arguments))


def _known(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The arguments again, if all of them are options."""
    known = OptionArguments.__annotations__
    for name in arguments:
        if name not in known:
            way_out = did_you_mean(name, known) or f"; there are {', '.join(known)}"
            raise TypeError(f"got an unexpected keyword argument {name!r}{way_out}")
    return arguments


def _taken_in(
    source: Source | PathLike[str], url: str | None, format: Format | Literal["auto"], name: str | None
) -> Input:
    check_choice("format", format, (*FORMATS, "auto"))
    if not isinstance(url, str | None):
        raise OptionError(f"url must be a str or None, not {url!r}")
    source, name = _read(source, name)
    return take_in(source, url=with_scheme(url), format=format, name=name)


def _read(source: Source | PathLike[str], name: str | None) -> tuple[Source, str | None]:
    """A source as text or bytes, with the name of its file if it is one."""
    if isinstance(source, str | bytes):
        return source, name
    if not isinstance(source, PathLike):
        raise OptionError(f"source must be text (str), bytes or a path (pathlib.Path), not {source!r:.80}")
    path = fspath(source)
    try:
        with open(path, "rb") as stream:
            return stream.read(), name or path
    except (OSError, ValueError) as error:
        raise InputError(f"{shown(path)}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _table(path: str) -> LineCounts:
    from cleaner.corpus.table import LineCounts

    return LineCounts(path)


def _stated(outcome: Outcome) -> Metadata:
    """What the front matter of a clipping says of it."""
    front = outcome.known.front_matter
    return Metadata(
        title=front.get("title"),
        author=front.get("author"),
        published=front.get("published"),
        language=front.get("language"),
        site=front.get("site"),
        description=front.get("description"),
    )


def _sha256(source: Source) -> str:
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


def _told(setup: Setup, source: Source, work: Work) -> Report:
    with no_collections():
        return _report(setup, source, work)


def _report(setup: Setup, source: Source, work: Work) -> Report:
    outcome, decoded = work.outcome, work.decoded
    as_written = Decoded("", "utf-8", errors="surrogatepass") if work.page else decoded
    return Report(
        level=setup.level,
        format=work.format,
        input_sha256=_sha256(source),
        encoding=as_written.encoding,
        bom=as_written.bom.hex(),
        errors=as_written.errors,
        characters=len(outcome.source),
        lines=len(outcome.lines),
        removed_characters=len(outcome.source) - len(outcome.text),
        url=outcome.known.url,
        site=outcome.known.site,
        packs=tuple(sorted(outcome.packs)),
        removals=outcome.removals,
        repairs=tuple(outcome.repairs),
        kept=outcome.kept,
        warnings=(*decoded.warnings, *outcome.warnings),
        page=None if work.page is None else _facts(work.page, work),
        note=outcome.known.level != setup.level,
    )


def _facts(page: PageSource, work: Work) -> PageFacts:
    return PageFacts(work.rendered, _sha256(work.outcome.source), page.kind, page.decoded.encoding)
