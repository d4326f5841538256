"""What the options of the commands say, with their defaults."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Literal, TypeVar

    from cleaner.api import Cleaner
    from cleaner.cli.stop import Stop
    from cleaner.cli.terminal import Colour
    from cleaner.formats.options import Records
    from cleaner.model import Format
    from cleaner.settings.load import Settings

    G = TypeVar("G", bound="Given")


class Given:
    """Options of which some are those of `CleanOptions`; they are here once they have been given."""

    config: str | None = None
    settings: Settings | None = None

    def given(self) -> dict[str, Any]:
        """The options of `CleanOptions` that were given, by their names."""
        from cleaner.options import each_option

        return {name: vars(self)[name] for name, _, _ in each_option() if name in vars(self)}


class Options(Given):
    """The options all commands share that clean a text."""

    file: str = "-"
    url: str | None = None
    format: Format | Literal["auto"] = "auto"
    color: Colour = "auto"

    def cleaner(self) -> Cleaner:
        """The cleaner these options describe."""
        from cleaner.api import Cleaner

        try:
            return Cleaner(**self.given())
        except OSError as error:
            raise unreadable_rules(error) from None


class MainOptions(Options):
    """The options of the main command."""

    files: Sequence[str] = ()
    output: str | None = None
    in_place: bool = False
    several: bool = False
    report: str | None = None
    json: bool = False
    jsonl: bool = False
    diff: bool = False
    summary: bool = False
    quiet: bool = False


class RestoreOptions:
    """The options of `restore`."""

    clean: str = "-"
    report: str = ""
    output: str | None = None


class ExplainOptions(Options):
    """The options of `explain`."""

    report: str | None = None
    line: int | None = None


class ViewOptions(Options):
    """The options of `view`."""

    output: str | None = None
    open: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    jobs: int = 0
    quiet: bool = False


class RunOptions(Options):
    """The options of `batch`, `cluster` and `watch`."""

    places: Sequence[str] = ()
    folder: str = ""
    source: str = ""
    address: str | None = None
    count_lines: bool = False
    dest: str | None = None
    in_place: bool = False
    all_notes: bool = False
    clipping_folders: tuple[str, ...] = ()
    clipping_tags: tuple[str, ...] = ()
    dry_run: bool = False
    check: bool = False
    jobs: int = 0
    max_memory: float = 4000
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    copy_others: bool = False
    overwrite: bool = False
    retry_failed: bool = False
    records: Records = "same"
    max_unpacked: int | None = None
    report: str | None = None
    existing: bool = False
    quiet: bool = False
    json: bool = False


class UndoOptions:
    """The options of `undo`."""

    folder: str = ""
    run: int | None = None
    all: bool = False
    list: bool = False
    into: str | None = None
    dry_run: bool = False


class StatsOptions(Options):
    """The options of `stats`."""

    folder: str = ""
    output: str | None = None
    open: bool = False
    pages: str | None = None
    json: bool = False


class ConfigOptions(Given):
    """The options of `config`."""

    place: str = ""
    json: bool = False


class RulesOptions(Given):
    """The options of all `rules` commands."""

    action: str = ""
    rules: tuple[str, ...] = ()
    color: Colour = "auto"
    category: str | None = None
    pack: str | None = None
    json: bool = False
    id: str = ""
    dirs: tuple[str, ...] = ()
    clean: tuple[str, ...] = ()
    bench: str = ""
    name: str | None = None
    example: str | None = None
    lines: str | None = None
    url: str | None = None
    file: str = ""
    old: str = ""
    new: str = ""
    corpus: str = ""
    kind: str = ""
    path: str = ""
    list: str | None = None
    overwrite: bool = False
    output: str | None = None


class LearnOptions(Given):
    """The options of `learn`."""

    sources: tuple[str, ...] = ()
    site: str | None = None
    least: int = 3
    interactive: bool = False
    output: str = "learned-rules"
    overwrite: bool = False
    rules: tuple[str, ...] = ()
    color: Colour = "auto"


class CompletionOptions:
    """The options of `completion`."""

    shell: str = ""


class Cleaners:
    """Cleaners for several clippings, one for all that have the same options."""

    def __init__(self) -> None:
        self._made: dict[str, Cleaner] = {}

    def of(self, options: Options) -> Cleaner:
        """The cleaner for some options."""
        how = repr(sorted(options.given().items()))
        if how not in self._made:
            self._made[how] = options.cleaner()
        return self._made[how]


def settled(options: G, place: str = "") -> G:
    """Options with what the settings for a file or folder (`-` and nothing: the current folder) say of the others.

    Raises:
        OptionError: something in the settings is unknown or means nothing.
    """
    import os

    from cleaner.settings.find import places

    folder = "" if place == "-" else place if os.path.isdir(place) else os.path.dirname(place)
    if places(folder, options.config):
        from cleaner.settings.load import load, with_rules

        options.settings = settings = load(folder, options.config)
        given = dict(vars(options))
        for name, value in {**settings.fields(cleaning=False), **settings.fields(cleaning=True), **given}.items():
            setattr(options, name, value)
        if settings.rules and "rules" in given:
            vars(options)["rules"] = with_rules(settings.rules, given["rules"])
    return options


def unreadable_rules(error: OSError) -> Stop:
    """The error for a folder or file of rules that cannot be read."""
    from cleaner.cli.codes import RULES
    from cleaner.cli.stop import Stop
    from cleaner.errors import shown

    what = f"rules cannot be read: {error.strerror or error}; check the folder and its mode"
    return Stop(RULES, f"{shown(str(error.filename or 'rules'))}: {what}")
