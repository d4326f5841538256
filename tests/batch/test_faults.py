"""Each call to the system fails once, or the process ends at it: no file is ever lost or half.

The runs are small.  Of the calls that the same lines of the package make, for one file after the other, the first or
the last fails, by turns, in one of four ways; with `--all-faults` every call fails in all of them.
`docs/security-runs.md` says how many those are.
"""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.api import Cleaner
from cleaner.cli import main
from cleaner.draft import PREFIX
from cleaner.options import CleanOptions
from cleaner.report import dumps, to_dict
from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH, contents, fill
from tests.faults import LOOKS, Injector, Site, dies, fails, injected

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("inline", "_quick")]

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EINTR)
FRONT = "---\nsource: https://example.org/a\n---\n\n"  # what says that a note is a clipping
OLD = {"a.md": f"{FRONT}{DIRTY}", "sub/b.md": f"{FRONT}{DIRTY}\nMore of it.\n", "c.md": f"{FRONT}{PARAGRAPH}\n"}
NEW = {name: cleaner.clean(text, format="markdown").text for name, text in OLD.items()}
LINES = "".join(json.dumps({"n": n, "text": DIRTY}) + "\n" for n in range(2))
RESULT = cleaner.clean(DIRTY)
REPORT = dumps(to_dict(RESULT.report), indent=2) + "\n"


@dataclass(frozen=True)
class Command:
    """A small run.

    Attributes:
        args: of the command line; a name of `files` or below is meant below the folder of the test.
        files: what is there before.
        made: what each file may be besides: what the command makes of it; all of it if the command succeeds.
        prepared: what is run before, without faults.
        undo: whether `cleaner undo --all` brings back what was there.
    """

    args: tuple[str, ...]
    files: Mapping[str, str]
    made: Mapping[str, str]
    prepared: tuple[str, ...] = ()
    undo: bool = False


VAULT = {f"vault/{name}": text for name, text in OLD.items()}
CLEAN_VAULT = {f"vault/{name}": text for name, text in NEW.items()}
COMMANDS = {
    "clean": Command(
        args=("clip.txt", "-o", "out.txt", "--report", "why.json"),
        files={"clip.txt": DIRTY, "out.txt": "of yesterday\n"},
        made={"out.txt": CLEAN},
    ),
    "restore": Command(
        args=("restore", "clean.txt", "--report", "why.json", "-o", "out.txt"),
        files={"clean.txt": CLEAN, "why.json": REPORT},
        made={"out.txt": DIRTY},
    ),
    "in-place": Command(
        args=("batch", "--in-place", "vault"),
        files=VAULT,
        made=CLEAN_VAULT,
        undo=True,
    ),
    "undo": Command(
        args=("undo", "vault"),
        files=VAULT,
        made=CLEAN_VAULT,
        prepared=("batch", "--in-place", "-q", "vault"),
        undo=True,
    ),
    "batch": Command(
        args=("batch", "--report", "why", "in", "out"),
        files={"in/a.txt": DIRTY, "in/sub/b.html": PAGE, "in/c.jsonl": LINES},
        made={
            "out/a.txt": CLEAN,
            "out/sub/b.md": cleaner.clean(PAGE).text,
            "out/c.jsonl": LINES.replace(json.dumps(DIRTY), json.dumps(CLEAN)),
        },
    ),
    "watch": Command(args=("watch", "vault"), files=VAULT, made=CLEAN_VAULT, undo=True),
}


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are compiled once, each text is cleaned once, and something arrives in a watched folder once."""
    made = cache(_Remembering)
    monkeypatch.setattr("cleaner.formats.options.Cleaning.cleaner", lambda self: made(self))
    monkeypatch.setattr("cleaner.formats.options.Cleaning.fingerprint", lambda self: "f" * 32)
    monkeypatch.setattr("cleaner.cli.options.Options.cleaner", lambda self: made())
    monkeypatch.setattr("cleaner.cli.watch.Arrivals", _Arrivals)


class _Remembering(Cleaner):
    def __init__(self, options: CleanOptions | None = None) -> None:
        super().__init__(options)
        self._results: dict[Any, Any] = {}

    def clean(self, source: Any, **arguments: Any) -> Any:
        key = source, *sorted(arguments.items())
        if key not in self._results:
            self._results[key] = super().clean(source, **arguments)
        return self._results[key]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is one: what waits for the disk takes most of the time else."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


class _Arrivals:
    def __init__(self, folder: str) -> None:
        self._folder = folder

    def stop(self) -> None:
        pass

    def ready(self) -> Iterator[list[str]]:
        yield [os.path.join(self._folder, name) for name in ("a.md", "sub", "c.md")]


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    told: str
    points: list[str]
    sites: list[Site]


def ran(root: Path, args: tuple[str, ...], at: int = -1, harm: Callable[[str], None] = dies) -> Ran:
    """Run a command in a folder, with a fault at a point."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    before, streams = os.getcwd(), (sys.stdout, sys.stderr)
    os.chdir(root)
    sys.stdout, sys.stderr = out, err
    injector = Injector(str(root), at, harm)
    try:
        with injected(injector):
            code = main(list(args))
    finally:
        sys.stdout, sys.stderr = streams
        os.chdir(before)
    told = err.buffer.getvalue().decode()
    return Ran(code, told, injector.seen, injector.sites)


def killed(root: Path, args: tuple[str, ...], at: int) -> None:
    """Run a command in a process of its own that ends at a point as if it were killed."""
    child = os.fork()
    if not child:
        try:
            ran(root, args, at, dies)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def prepared(command: Command, folder: Path) -> Path:
    """The folder before the command."""
    fill(folder, command.files)
    if command.prepared:
        assert ran(folder, command.prepared).code == 0
    return folder


def whole(command: Command, root: Path) -> str:
    """What is wrong with the files; empty if each is as it was, or as it is to be."""
    for name, data in contents(root).items():
        allowed = [text.encode() for text in (command.files.get(name), command.made.get(name)) if text is not None]
        if os.path.basename(name).startswith(PREFIX):
            continue
        if name.startswith("why"):
            for text in data.splitlines() if name.endswith(".jsonl") else [data]:
                json.loads(text)
        elif data not in allowed:
            return f"{name} is {data[:80]!r}"
    return next((f"{name} is gone" for name in command.files if not (root / name).exists()), "")


def finished(command: Command, root: Path) -> str:
    """What is missing; empty if all is as it is to be."""
    wanted = command.files if command.args[0] == "undo" else {**command.files, **command.made}
    there = contents(root)
    return next((name for name, text in wanted.items() if there.get(name) != text.encode()), "")


def drafts(root: Path) -> list[str]:
    """What was left behind."""
    return [name for name in contents(root) if os.path.basename(name).startswith(PREFIX)]


def settle(command: Command, root: Path) -> str:
    """What is wrong after nothing fails any more: the command goes on where it was, and what can be undone is."""
    if command.undo:
        undone = ran(root, ("undo", "--all", "vault"))
        if undone.code not in (0, 3):
            return f"undo: {undone}"
        if any((root / name).read_text() != text for name, text in command.files.items()):
            return f"undo did not bring everything back: {undone}"
        if command.args[0] == "undo":
            return ""
    again = ran(root, command.args)
    if again.code != 0:
        return f"again: {again}"
    return finished(command, root)


def without_fault(command: Command, folder: Path) -> Ran:
    """A run in which nothing fails; what is read only once in a process is read by then."""
    ran(prepared(command, folder / "first"), command.args)
    clean = ran(prepared(command, folder / "points"), command.args)
    assert (clean.code, finished(command, folder / "points")) == (0, ""), clean
    return clean


def alike(clean: Ran) -> list[list[int]]:
    """The calls of a run, those together that the same lines of the package make."""
    found: dict[tuple[str, Site], list[int]] = {}
    for at, call in enumerate(zip(clean.points, clean.sites, strict=True)):
        found.setdefault(call, []).append(at)
    return list(found.values())


def by_turns(clean: Ran) -> list[int]:
    """Of the calls that the same lines make, the first or the last, by turns."""
    return [calls[-(number % 2)] for number, calls in enumerate(alike(clean))]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_call_fails(name: str, place: Path, pytestconfig: pytest.Config) -> None:
    command = COMMANDS[name]
    clean = without_fault(command, place)
    if pytestconfig.getoption("--all-faults"):
        tried = [(at, number) for at in range(len(clean.points)) for number in ERRORS]
    else:
        tried = [(at, ERRORS[at % 4]) for at in by_turns(clean)]
    template = prepared(command, place / "template")
    faults: list[str] = []
    for at, number in tried:
        root = place / "root"
        shutil.copytree(template, root)
        failed = ran(root, command.args, at, fails(number))
        what = f"{at} {clean.points[at]} {errno.errorcode[number]}: {failed.code} {failed.told!r}"
        faults += [f"{what}: {fault}" for fault in _faults(command, root, failed, failed.points[at])]
        shutil.rmtree(root)
    print(f"{name}: {len(clean.points)} points, {len(tried)} faults")
    assert not faults, f"{len(faults)}:\n" + "\n".join(faults[:40])


def _faults(command: Command, root: Path, failed: Ran, point: str) -> Iterator[str]:
    if failed.code not in (0, 1, 3, 5) or "internal" in failed.told or "Traceback" in failed.told:
        yield "the code or the message is none"
    if failed.code and not failed.told:
        yield "nothing was said"
    if fault := whole(command, root):
        yield fault
    is_told = command.args[0] == "watch" and "cleaner: vault/" in failed.told  # it goes on, whatever fails
    if not failed.code and not is_told and (missing := finished(command, root)):
        yield f"{missing} is not done, and the code says so"
    if "unlink" not in point and drafts(root):
        yield f"left behind: {drafts(root)}"
    if fault := settle(command, root):
        yield fault


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be forked there")
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_every_call(name: str, place: Path, pytestconfig: pytest.Config) -> None:
    command = COMMANDS[name]
    clean = without_fault(command, place)
    if pytestconfig.getoption("--all-faults"):
        kills = list(range(len(clean.points)))
    else:
        kills = [at for at in by_turns(clean) if clean.points[at] not in LOOKS]
    template = prepared(command, place / "template")
    faults: list[str] = []
    for at in kills:
        root = place / "root"
        shutil.copytree(template, root)
        killed(root, command.args, at)
        found = [whole(command, root), settle(command, root)]
        if name in ("in-place", "batch") and drafts(root):
            found.append(f"left behind: {drafts(root)}")
        faults += [f"{at} {clean.points[at]}: {fault}" for fault in found if fault]
        shutil.rmtree(root)
    print(f"{name}: {len(kills)} kills")
    assert not faults, f"{len(faults)}:\n" + "\n".join(faults[:40])
