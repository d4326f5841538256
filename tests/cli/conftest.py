"""Two ways to run the command: in a process of its own, and here, which is faster."""

from __future__ import annotations

import io
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cleaner.cli import main

PACK = """\
format: 1
pack: generic/cli-test
description: Nonsense, so that no shipped rule has a say in these tests.
languages: [any]
rules:
  - id: clitest.line
    category: donation
    confidence: certain
    scope: line
    message: begs in nonsense
    phrases: [zonk the quuxes]
    tests: {removes: [Zonk the quuxes], keeps: [They zonk the quuxes daily.]}
  - id: clitest.span
    category: interface
    confidence: high
    scope: span
    message: a button inside of a sentence
    phrases: [wibble wobble now]
    tests: {removes: [Wibble wobble now], keeps: [wibble]}
  - id: clitest.doubt
    category: comments
    confidence: medium
    scope: line
    message: may be a heading
    phrases: [grault garply waldo]
    tests: {removes: [Grault garply waldo], keeps: [Grault garply waldo went.]}
  - id: clitest.veto
    category: share
    confidence: high
    scope: line
    message: a label unless something short follows
    phrases: [plugh xyzzy thud]
    unless: [{followed_by: {max_words: 2}}]
    tests: {removes: [Plugh xyzzy thud], keeps: ["Plugh xyzzy thud\\n\\nShort"]}
  - id: clitest.condition
    category: legal
    confidence: high
    scope: line
    message: only at the very end
    phrases: [fnord corge blarg]
    when: {position: {tail: 50%}}
    tests:
      removes: [{text: "A long text goes before this.\\n\\nfnord corge blarg", leaves: "A long text goes before this."}]
      keeps: ["fnord"]
"""
CLIP = (
    "A Heading of Its Own\n\nThe first paragraph tells a story that goes on for a while.\n\nZonk the quuxes\n\n"
    "The second paragraph has wibble wobble now in it, and it ends.\n\nGrault garply waldo\n\n"
    "The last paragraph is here to be the end of the whole story.\n"
)
CLEAN = (
    "A Heading of Its Own\n\nThe first paragraph tells a story that goes on for a while.\n\n"
    "The second paragraph has in it, and it ends.\n\nGrault garply waldo\n\n"
    "The last paragraph is here to be the end of the whole story.\n"
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left."""

    code: int
    out: bytes
    err: str


Call = Callable[..., Ran]


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with the rules in `PACK`."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "test.yaml").write_text(PACK, encoding="utf-8")
    return str(folder)


@pytest.fixture(autouse=True)
def _no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLEANER_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_lines_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a run takes, its log has no lines that depend on the clock."""
    monkeypatch.setattr("cleaner.cli.progress._LINES", math.inf)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run the command in this process."""

    def run(*args: str, stdin: bytes = b"", encoding: str = "utf-8", tty: bool = False) -> Ran:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
        if tty:
            monkeypatch.setattr(out, "isatty", lambda: True)
            monkeypatch.setenv("TERM", "xterm")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main([*args])
        written, told = (stream.buffer.getvalue() for stream in (out, err))
        return Ran(code, written, told.decode(encoding))

    return run


def spawn(*args: str | bytes, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "cleaner", *args]
    done = subprocess.run(command, input=stdin, capture_output=True, env=env, check=False, timeout=120)
    return Ran(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """The clipping `CLIP` as a file."""
    path = tmp_path / "clip.txt"
    path.write_bytes(CLIP.encode())
    return path
