"""`cleaner rules new --from`, `why`, `diff` and `import`: rules from clippings, corpora and other tools."""

from __future__ import annotations

import os
import re
import sys

from cleaner.cli.codes import DONE, FINDINGS, INPUT, OUTPUT, USAGE
from cleaner.cli.options import RulesOptions, unreadable_rules
from cleaner.cli.stop import Stop
from cleaner.cli.streams import Sink, name_of, note, read_bytes, write_text
from cleaner.cli.terminal import wants_colour
from cleaner.errors import InputError, OptionError, shown
from cleaner.report.numbers import count
from cleaner.report.paint import BOLD, DIM, GREEN, RED, Paint, shortened, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.api import Cleaner, Work

_RANGE = re.compile(r"(.+):(\d{1,9})(?:-(\d{1,9}))?")
_SHOWN = 100
_MOST_NAMED = 5


def _paint(options: RulesOptions) -> Paint:
    return Paint(wants_colour(options.color, sys.stdout))


def _lines(argument: str) -> tuple[str, int, int]:
    """`FILE:10-14` as file, first and last line."""
    found = _RANGE.fullmatch(argument)
    if found is None:
        raise Stop(USAGE, f"{shown(argument)}: name a line, as in clip.md:12 or clip.md:10-14")
    first = int(found[2])
    return found[1], first, int(found[3] or first)


def _work(options: RulesOptions, file: str) -> tuple[Cleaner, Work]:
    from cleaner.api import Cleaner

    data = read_bytes(file)
    try:
        cleaner = Cleaner(**options.given())
        return cleaner, cleaner.work(data, url=options.url, name=None if file == "-" else file)
    except InputError as error:
        raise Stop(INPUT, f"{name_of(file)}: {error}") from None
    except OSError as error:
        raise unreadable_rules(error) from None


def from_lines(options: RulesOptions) -> int:
    """`cleaner rules new --from FILE:10-14`."""
    from cleaner.tools.check import check
    from cleaner.tools.fromlines import added, pack_of_lines, picked

    file, first, last = _lines(options.lines or "")
    _, work = _work(options, file)
    try:
        draft = pack_of_lines(picked(work, first, last), options.name)
    except OptionError as error:
        raise Stop(USAGE, f"{name_of(file)}: {error}") from None
    text, output = draft.text(), options.output
    there = output is not None and os.path.isfile(output)
    if output is not None and there:
        text = added(read_bytes(output).decode("utf-8-sig"), output, draft)
    with Sink(output) as sink:
        sink.write(text.encode())
    failures = check([(output or "the new pack", text.encode())])
    for failure in failures:
        note(f"cleaner: {shown(failure.rule)} {failure.message}; change the rule")
    if output is not None:
        what = "added to" if there else "written to"
        note(f"cleaner: {count(len(draft.rules), 'rule')} {what} {shown(output)}; --rules {shown(output)} uses it")
    return FINDINGS if failures else DONE


def why(options: RulesOptions) -> int:
    """`cleaner rules why FILE:12`."""
    from cleaner.tools.why import why as answer_of

    file, number, last = _lines(options.file)
    if last != number:
        raise Stop(USAGE, f"{shown(options.file)}: one line, please")
    cleaner, work = _work(options, file)
    if not 1 <= number <= len(work.outcome.lines):
        raise Stop(USAGE, f"{name_of(file)}: no line {number}; it has {len(work.outcome.lines)}")
    answer = answer_of(cleaner, work, number)
    paint = _paint(options)
    rows = [f"{paint(f'{name_of(file)}:{number}', BOLD)}  {visible(answer.text)}"]
    rows += [f"  taken by {paint(rule, GREEN)}" for rule in answer.taken]
    for miss in answer.misses:
        rule = miss.rule
        facts = paint(f"({rule.category}, {rule.confidence})", DIM)
        rows.append(f"  {paint.category(rule.id, rule.category)} {facts}: {visible(miss.missing)}")
        rows.append(paint(f"    {visible(miss.where)}", DIM))
    if not answer.taken and not answer.misses:
        rows.append("  no rule comes near it")
    write_text("".join(f"{row}\n" for row in rows))
    if not answer.taken:
        note(f"cleaner: a rule for it: cleaner rules new --from {shown(options.file)}")
    return DONE


def diff(options: RulesOptions) -> int:
    """`cleaner rules diff OLD NEW CORPUS`."""
    from cleaner.isolation.problem import DocumentError
    from cleaner.report import dumps
    from cleaner.tools.compare import Totals, differences

    paint, totals = _paint(options), Totals()
    old, new = (_cleaner_with(options, folder) for folder in (options.old, options.new))
    try:
        for one in differences(old, new, options.corpus, totals):
            if options.json:
                changes = [{"line": c.line, "new": c.new, "text": c.text, "rule": c.rule} for c in one.changes]
                write_text(dumps({"document": one.name, "changes": changes}) + "\n")
                continue
            rows = [paint(visible(one.name), BOLD)]
            for change in one.changes:
                sign, colour = ("+", GREEN) if change.new else ("-", RED)
                text = shortened(visible(" ".join(change.text.split())), _SHOWN)
                rows.append(f"  {paint(f'{sign} {change.line:>4}  {text}', colour)}  {paint(change.rule, DIM)}")
            write_text("".join(f"{row}\n" for row in rows))
    except DocumentError as error:
        raise Stop(INPUT, error.problem.text) from None
    for line in totals.unread[:_MOST_NAMED]:
        note(f"cleaner: {shown(line)}")
    if len(totals.unread) > _MOST_NAMED:
        note(f"cleaner: and {len(totals.unread) - _MOST_NAMED} more that cannot be read")
    note(
        f"cleaner: {totals.different:,} of {totals.documents:,} documents come out differently: "
        f"{totals.more:,} characters only the new rules take (+), {totals.less:,} only the old ones (-)"
    )
    return FINDINGS if totals.different else DONE


def _cleaner_with(options: RulesOptions, folder: str) -> Cleaner:
    from cleaner.api import Cleaner

    try:
        return Cleaner(**{**options.given(), "rules": () if folder == "-" else (folder,)})
    except OSError as error:
        raise unreadable_rules(error) from None


def import_rules(options: RulesOptions) -> int:
    """`cleaner rules import KIND PATH`."""
    from cleaner.imports import read_rules

    folder = options.output or os.path.join("imported-rules", options.kind)
    try:
        taken = read_rules(options.kind, options.path)
    except InputError as error:
        raise Stop(INPUT, str(error)) from None
    files = [(os.path.join(folder, name), text) for name, text in taken.files()]
    if not options.overwrite:
        for path, _ in files:
            if os.path.lexists(path):
                raise Stop(OUTPUT, f"{shown(path)}: is there already; --overwrite replaces it, -o DIR writes elsewhere")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise Stop(OUTPUT, f"{shown(folder)}: cannot be made: {error.strerror or error}") from None
    for path, text in files:
        with Sink(path) as sink:
            sink.write(text.encode())
    if options.list is not None:
        with Sink(options.list) as sink:
            sink.write("".join(f"{row}\n" for row in taken.rows()).encode("utf-8", "replace"))
    for reason, number in taken.reasons():
        write_text(f"{number:>8,}  {reason}\n")
    note(
        f"cleaner: {count(taken.read, 'line')} of {count(taken.sources, 'file')}: {taken.mapped:,} mapped, "
        f"{taken.left_out:,} left out; {count(taken.rules, 'rule')} in {count(len(files), 'pack')} in {shown(folder)}"
    )
    if options.list is None and taken.left_out:
        note("cleaner: --list FILE says of each line what became of it")
    return DONE
