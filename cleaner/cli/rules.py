"""`cleaner rules`: look at rules, check them, start new ones."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaner.cli.codes import DONE, FINDINGS, INPUT, RULES, USAGE
from cleaner.cli.commands import parse, rules_parser
from cleaner.cli.options import RulesOptions, settled
from cleaner.cli.rulesgrowing import diff, from_lines, import_rules, why
from cleaner.cli.stop import Stop
from cleaner.cli.streams import Sink, note, read_bytes, write_text
from cleaner.cli.terminal import wants_colour
from cleaner.errors import did_you_mean, shown
from cleaner.model import Pack, Rule
from cleaner.report.numbers import count
from cleaner.report.paint import BOLD, DIM, RED, YELLOW, Paint, shortened, visible
from cleaner.rulebook.store import Store, rule_files, shipped_rules

RuleFiles = list[tuple[str, bytes]]


def run(args: list[str]) -> int:
    """`cleaner rules ACTION`."""
    options = parse(rules_parser(), args, RulesOptions())
    try:
        settled(options)
        return _ACTIONS[options.action](options)
    except BrokenPipeError:
        raise
    except OSError as error:
        name = shown(str(error.filename or "rules"))
        raise Stop(RULES, f"{name}: cannot be read: {error.strerror or error}; check the path and its mode") from None


def _files(folders: Sequence[str]) -> RuleFiles:
    """The rule files of folders; the shipped ones if none is named."""
    return rule_files(folders or [shipped_rules()])


def _paint(options: RulesOptions) -> Paint:
    return Paint(wants_colour(options.color, sys.stdout))


# --- list and show ------------------------------------------------------------------------------


def _list(options: RulesOptions) -> int:
    packs = Store(options.rules).packs()
    rules = [rule for pack in packs if _in_pack(pack, options.pack) for rule in pack.rules]
    if options.pack and not any(_in_pack(pack, options.pack) for pack in packs):
        raise Stop(USAGE, f"no pack {options.pack!r}; known: {', '.join(pack.name for pack in packs)}")
    rules = [rule for rule in rules if options.category in (None, rule.category)]
    if options.json:
        from cleaner.report import dumps

        write_text(dumps([_facts(rule) for rule in rules], indent=2) + "\n")
        return DONE
    paint = _paint(options)
    aligned = paint.on or (sys.stdout is not None and sys.stdout.isatty())
    write_text("".join(f"{row}\n" for row in (_table(rules, paint) if aligned else _tabbed(rules))))
    return DONE


def _in_pack(pack: Pack, name: str | None) -> bool:
    return name is None or pack.name == name.rstrip("/") or pack.name.startswith(name.rstrip("/") + "/")


def _facts(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "pack": rule.pack,
        "category": rule.category,
        "confidence": rule.confidence,
        "scope": rule.scope,
        "matcher": rule.matcher,
        "message": rule.message,
        "path": rule.path,
        "line": rule.line,
    }


def _tabbed(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        yield "\t".join((rule.id, rule.category, rule.confidence, rule.scope, rule.pack, rule.message))


def _table(rules: Sequence[Rule], paint: Paint) -> Iterator[str]:
    wide = max((len(rule.id) for rule in rules), default=0)
    pack = ""
    for rule in rules:
        if rule.pack != pack:
            pack = rule.pack
            yield paint(pack, BOLD)
        category = paint.category(f"{rule.category:14}", rule.category)
        kind = paint(f"{rule.confidence:8}{rule.scope:8}", DIM)
        yield f"  {rule.id:{wide}}  {category}  {kind}{rule.message}"


def _show(options: RulesOptions) -> int:
    packs = Store(options.rules).packs()
    found = next((rule for pack in packs for rule in pack.rules if rule.id == options.id), None)
    if found is None:
        hint = did_you_mean(options.id, [rule.id for pack in packs for rule in pack.rules])
        raise Stop(USAGE, f"no rule {options.id!r}{hint or '; cleaner rules list shows all'}")
    paint = _paint(options)
    head = f"{paint(found.id, BOLD)}  {paint(f'{visible(found.path)}:{found.line}', DIM)}"
    facts = f"{found.pack}, {'keep rule' if found.keep else found.category}, {found.confidence}, scope {found.scope}"
    write_text(f"{head}\n{found.message}\n{facts}\n\n{_source(found)}")
    return DONE


def _source(rule: Rule) -> str:
    """The rule as it stands in its file: from its dash to the next line that is not deeper."""
    rows = read_bytes(rule.path).decode("utf-8-sig").splitlines()
    start = rule.line - 1
    while start > 0 and not rows[start].lstrip().startswith("- "):
        start -= 1
    indent = len(rows[start]) - len(rows[start].lstrip())
    end = start + 1
    while end < len(rows) and (not rows[end].strip() or len(rows[end]) - len(rows[end].lstrip()) > indent):
        end += 1
    return "".join(f"{visible(row[indent:]).rstrip()}\n" for row in rows[start:end]).rstrip("\n") + "\n"


# --- lint, test, coverage, new ------------------------------------------------------------------


def _lint(options: RulesOptions) -> int:
    from cleaner.tools.lint import lint

    files = _files(options.dirs)
    own = {os.path.realpath(path) for path, _ in files}
    beside = [(path, data) for path, data in rule_files([shipped_rules()]) if os.path.realpath(path) not in own]
    paint = _paint(options)
    errors = warnings = 0
    for finding in lint(files, beside):
        error = finding.severity == "error"
        errors, warnings = errors + error, warnings + (not error)
        kind = paint(finding.severity, RED if error else YELLOW)
        place = paint(f"{visible(finding.path)}:{finding.line}", BOLD)
        write_text(f"{place}: {kind} [{finding.code}] {visible(finding.message)}\n")
    note(f"cleaner: {count(len(files), 'file')} checked: {count(errors, 'error')}, {count(warnings, 'warning')}")
    return FINDINGS if errors else DONE


def _test(options: RulesOptions) -> int:
    from cleaner.tools.check import check

    files = _files(options.dirs)
    texts = [text for folder in options.clean for text in _texts(folder)]
    failures = check(files, texts)
    paint = _paint(options)
    for failure in failures:
        place = paint(f"{visible(failure.path)}:{failure.line}", BOLD)
        write_text(f"{place}: {paint(failure.rule, RED)} {visible(failure.message)}\n")
    tried = f"{count(len(files), 'file')} and {count(len(texts), 'clean text')} tried"
    note(f"cleaner: {tried}: {count(len(failures), 'failure')}")
    return FINDINGS if failures else DONE


def _texts(folder: str) -> Iterator[tuple[str, str]]:
    """The texts of a folder, below it too, or of a file."""
    from cleaner.read.decode import decode

    if not os.path.isdir(folder):
        yield folder, decode(read_bytes(folder)).text
        return
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(where, name)
            yield path, decode(read_bytes(path)).text


def _coverage(options: RulesOptions) -> int:
    from cleaner.api import Cleaner
    from cleaner.tools.coverage import coverage

    cleaner = Cleaner(**options.given())
    name = shown(options.bench)
    if not os.path.isfile(options.bench):
        read_bytes(options.bench)  # says what is wrong with it
    try:
        rows = coverage(options.bench, cleaner)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        raise Stop(INPUT, f"{name}: not a bench of clippings ({what}); see cleaner rules coverage --help") from None
    except OSError as error:
        raise Stop(INPUT, f"{name}: cannot be read: {error.strerror or error}") from None
    wide = max(len(row.rule) for row in rows)
    table = [f"{'rule':{wide}}  {'removals':>8}  {'chars':>9}  {'content':>8}  {'wrong':>7}  {'gold':>5}"]
    for row in rows:
        counts = f"{row.removals:>8}  {row.characters:>9}  {row.content:>8}  {row.wrong:>7.2%}  {row.gold:>5}"
        table.append(f"{row.rule:{wide}}  {counts}")
        for suspect in row.suspects:
            text = shortened(visible(" ".join(suspect.text.split())), 70)
            table.append(f"    suspect {visible(suspect.document)} {suspect.renderer}:{suspect.line} “{text}”")
    write_text("\n".join((*table, "")))
    return DONE


def _new(options: RulesOptions) -> int:
    from cleaner.tools.new import new_pack

    if options.lines is not None:
        return from_lines(options)
    if options.name is None:
        raise Stop(USAGE, "name the pack, such as sites/example.com, or the lines with --from; see --help")
    text = new_pack(options.name, options.example)
    with Sink(options.output) as sink:
        sink.write(text.encode())
    return DONE


_ACTIONS: dict[str, Callable[[RulesOptions], int]] = {
    "list": _list,
    "show": _show,
    "lint": _lint,
    "test": _test,
    "coverage": _coverage,
    "new": _new,
    "why": why,
    "diff": diff,
    "import": import_rules,
}
