"""What the options of the commands say, with their defaults."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Literal

    from cleaner.api import Cleaner
    from cleaner.cli.stop import Stop
    from cleaner.cli.terminal import Colour
    from cleaner.formats.options import Records
    from cleaner.model import Format


class Given:
    """Options of which some are those of `CleanOptions`; they are here once they have been given."""

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

    output: str | None = None
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

    line: int | None = None


class ViewOptions(Options):
    """The options of `view`."""

    output: str | None = None


class RunOptions(Options):
    """The options of `batch`, `cluster` and `watch`."""

    places: Sequence[str] = ()
    folder: str = ""
    source: str = ""
    address: str | None = None
    count_lines: bool = False
    dest: str | None = None
    in_place: bool = False
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
    name: str = ""
    example: str | None = None
    output: str | None = None


class CompletionOptions:
    """The options of `completion`."""

    shell: str = ""


def unreadable_rules(error: OSError) -> Stop:
    """The error for a folder or file of rules that cannot be read."""
    from cleaner.cli.codes import RULES
    from cleaner.cli.stop import Stop
    from cleaner.errors import shown

    what = f"rules cannot be read: {error.strerror or error}; check the folder and its mode"
    return Stop(RULES, f"{shown(str(error.filename or 'rules'))}: {what}")
