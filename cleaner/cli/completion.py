"""`cleaner completion`: completion scripts, made from the parsers so that they cannot drift."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.cli.codes import DONE
from cleaner.cli.commands import PARSERS, completion_parser, parse
from cleaner.cli.options import CompletionOptions
from cleaner.cli.streams import write_text
from cleaner.model import CATEGORIES

_FILES = ("FILE", "DIR", "CLEAN", "BENCH", "FILE[:LINE]")


@dataclass(frozen=True, slots=True)
class Argument:
    """An option (with its `flags`) or a place on the command line, and what may stand there."""

    flags: tuple[str, ...]
    help: str
    takes: bool
    choices: tuple[str, ...]
    files: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its path: `()` for the main one, `("rules", "list")`."""

    path: tuple[str, ...]
    help: str
    arguments: tuple[Argument, ...]
    below: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[Argument, ...]:
        return tuple(a for a in self.arguments if a.flags)

    @property
    def places(self) -> tuple[Argument, ...]:
        return tuple(a for a in self.arguments if not a.flags)


def run(args: list[str]) -> int:
    """`cleaner completion SHELL`."""
    options = parse(completion_parser(), args, CompletionOptions())
    writers = {"bash": bash, "zsh": zsh, "fish": fish}
    write_text(writers[options.shell](commands()))
    return DONE


def commands() -> list[Command]:
    """All commands there are."""
    found: list[Command] = []
    for name, parser in PARSERS.items():
        found += _walk(parser(), (name,) if name else ())
    names = tuple(name for name in PARSERS if name)
    return [Command(c.path, c.help, c.arguments, names) if not c.path else c for c in found]


def _walk(parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[Command]:
    arguments: list[Argument] = []
    children: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            children = dict(action.choices)
        else:
            arguments.append(_argument(action))
    about = (parser.description or "").strip().splitlines() or [""]
    yield Command(path, about[0], tuple(arguments), tuple(children))
    for name, child in children.items():
        yield from _walk(child, (*path, name))


def _argument(action: argparse.Action) -> Argument:
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    choices = tuple(map(str, action.choices or ()))
    if metavar == "CATEGORY":
        choices = CATEGORIES
    about = " ".join((action.help or "").replace("%%", "%").split())
    takes = action.nargs != 0
    return Argument(tuple(action.option_strings), about, takes, choices, metavar in _FILES)


# --- bash ---------------------------------------------------------------------------------------


def bash(commands: Sequence[Command]) -> str:
    """The script for bash; it needs nothing of the package bash-completion."""
    paths = [f"        {_bash_path(c)}) path='{_key(c)}' ;;" for c in commands if c.path]
    words: list[str] = []
    options: list[str] = []
    values: list[str] = []
    for command in commands:
        flags = " ".join(flag for option in command.options for flag in option.flags)
        options.append(f"            '{_key(command)}') words='{flags}' ;;")
        choices = [choice for place in command.places for choice in place.choices]
        words.append(f"            '{_key(command)}') words='{' '.join((*command.below, *choices))}' ;;")
        values += _bash_values(command)
    return _BASH.format(
        paths="\n".join(paths), words="\n".join(words), options="\n".join(options), values="\n".join(values)
    )


def _key(command: Command) -> str:
    return "/".join(("", *command.path))


def _bash_path(command: Command) -> str:
    return f"'{'/'.join(('', *command.path[:-1]))}'/{command.path[-1]}"


def _bash_values(command: Command) -> Iterator[str]:
    for option in command.options:
        if option.takes:
            patterns = "|".join(f"'{_key(command)} {flag}'" for flag in option.flags)
            what = f"files=0; words='{' '.join(option.choices)}'" if option.choices else f"files={int(option.files)}"
            yield f"    {patterns}) value=1; {what} ;;"


_BASH = """\
# bash completion for cleaner; made by: cleaner completion bash

_cleaner() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} path='' words='' files=1 value=0 i
    for ((i = 1; i < COMP_CWORD && i < 3; i++)); do
        case "$path/${{COMP_WORDS[i]}}" in
{paths}
        *) break ;;
        esac
    done
    case "$path $prev" in
{values}
    esac
    if ((! value)); then
        if [[ $cur == -* ]]; then
            files=0
            case "$path" in
{options}
            esac
        else
            case "$path" in
{words}
            esac
            [[ -z $path ]] && ((COMP_CWORD > 1)) && words=''
        fi
    fi
    COMPREPLY=()
    if [[ -n $words ]]; then
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
    fi
    if ((files)) && [[ -z $words || -z $path ]]; then
        local IFS=$'\\n'
        COMPREPLY+=($(compgen -f -- "$cur"))
        compopt -o filenames 2>/dev/null
    fi
}}
complete -F _cleaner cleaner
"""


# --- zsh ----------------------------------------------------------------------------------------


def zsh(commands: Sequence[Command]) -> str:
    """The script for zsh."""
    return "\n".join(("#compdef cleaner", _MADE.format("zsh"), "", *map(_zsh_function, commands), _ZSH_END))


_MADE = "# {0} completion for cleaner; made by: cleaner completion {0}"
_ZSH_END = """\
if [ "$funcstack[1]" = "_cleaner" ]; then
    _cleaner "$@"
else
    compdef _cleaner cleaner
fi
"""


def _zsh_function(command: Command) -> str:
    name = "_".join(("_cleaner", *command.path))
    rows = [f"    {_zsh_option(option)} \\" for option in command.options]
    if not command.below:
        for number, place in enumerate(command.places, 1):
            rows.append(f"    {_zsh_quoted(f'{number}:{_zsh_text(place.help)}:{_zsh_action(place)}')} \\")
        return f"{name}() {{\n  _arguments -s -S \\\n" + "\n".join(rows)[:-2] + "\n}\n"
    files = "" if command.path else "; _files"
    cases = "\n".join(f"      {child}) {name}_{child} ;;" for child in command.below)
    head = "\n".join(rows)
    names = " ".join(command.below)
    return f"""\
{name}() {{
  local context state state_descr line
  typeset -A opt_args
  _arguments -C -s -S \\
{head}
    '1: :->first' '*:: :->rest'
  case $state in
    first) compadd -- {names}{files} ;;
    rest)
      case $words[1] in
{cases}
      *) _files ;;
      esac ;;
  esac
}}
"""


def _zsh_option(option: Argument) -> str:
    value = f":{option.flags[-1].lstrip('-')}:{_zsh_action(option)}" if option.takes else ""
    return " ".join(_zsh_quoted(f"*{flag}[{_zsh_text(option.help)}]{value}") for flag in option.flags)


def _zsh_action(argument: Argument) -> str:
    if argument.choices:
        return f"({' '.join(argument.choices)})"
    return "_files" if argument.files else " "


def _zsh_text(text: str) -> str:
    for c in "\\[]:":
        text = text.replace(c, f"\\{c}")
    return text


def _zsh_quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


# --- fish ---------------------------------------------------------------------------------------


def fish(commands: Sequence[Command]) -> str:
    """The script for fish."""
    rows = [_MADE.format("fish"), ""]
    for command in commands:
        where = _fish_where(command)
        for child in command.below:
            about = next((c.help for c in commands if c.path == (*command.path, child)), "")
            start = "__fish_use_subcommand" if not command.path else where
            rows.append(f"complete -c cleaner -n {_fish_quoted(start)} -a {child} -d {_fish_quoted(about)}")
        rows += (_fish_option(option, where) for option in command.options)
        for place in command.places:
            if place.choices:
                words = _fish_quoted(" ".join(place.choices))
                rows.append(f"complete -c cleaner -n {_fish_quoted(where)} -f -a {words}")
    return "\n".join((*rows, ""))


def _fish_where(command: Command) -> str:
    if not command.path:
        names = " ".join(name for name in PARSERS if name)
        return f"not __fish_seen_subcommand_from {names}"
    return "; and ".join(f"__fish_seen_subcommand_from {name}" for name in command.path)


def _fish_option(option: Argument, where: str) -> str:
    flags = " ".join(f"-l {f[2:]}" if f.startswith("--") else f"-s {f[1:]}" for f in option.flags)
    value = ""
    if option.takes:
        value = (
            f" -x -a {_fish_quoted(' '.join(option.choices))}"
            if option.choices
            else " -r -F"
            if option.files
            else " -x"
        )
    return f"complete -c cleaner -n {_fish_quoted(where)} {flags}{value} -d {_fish_quoted(option.help)}"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
