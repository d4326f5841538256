"""Bytes in, bytes out: standard streams and files, with the errors people understand."""

from __future__ import annotations

import os
import sys

from cleaner.cli.codes import INPUT, OUTPUT
from cleaner.cli.stop import Stop
from cleaner.draft import Draft
from cleaner.errors import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import BinaryIO

STDIN = "-"
_ASCII = str.maketrans({"│": "|", "⋮": ":", "…": "...", "·": "-", "“": '"', "”": '"', "→": "->", "└": "`", "×": "x"})


def name_of(file: str) -> str:
    """What messages call an input."""
    return "standard input" if file == STDIN else shown(file)


def read_stdin() -> bytes:
    """All of standard input."""
    return _stdin().read()


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise Stop(INPUT, "standard input: it is closed; name a FILE")
    if sys.stdin.isatty() and sys.stderr is not None:
        end = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
        print(f"cleaner: reading standard input; end it with {end} (cleaner --help tells more)", file=sys.stderr)
    return sys.stdin.buffer


def read_bytes(file: str) -> bytes:
    """All of a file, or of standard input for ``-``."""
    if file == STDIN:
        return read_stdin()
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def read_lines(file: str) -> Iterator[bytes]:
    """The lines of a file or of standard input, each as soon as it is there."""
    if file == STDIN:
        yield from iter(_stdin().readline, b"")
        return
    try:
        with open(file, "rb") as stream:
            yield from iter(stream.readline, b"")
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def _unreadable(file: str, error: Exception) -> Stop:
    if isinstance(error, FileNotFoundError):
        what = "no such file; check the name, or pipe the text in"
    elif os.path.isdir(file):
        what = "is a folder; name a file in it"
    elif isinstance(error, PermissionError):
        what = "no permission to read it; change its mode, or pipe it in as a user who may"
    elif isinstance(error, OSError):
        what = f"cannot be read: {error.strerror or error}; copy the file elsewhere, or pipe it in"
    else:
        what = "no file name; a name holds no NUL"
    return Stop(INPUT, f"{name_of(file)}: {what}")


def write_stdout(data: bytes) -> None:
    """Write to standard output and flush."""
    if sys.stdout is None:
        raise Stop(OUTPUT, "standard output: it is closed; name a file with -o")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable("standard output", error) from None


def write_text(text: str) -> None:
    """Write text for people to standard output, in its encoding, whatever the text holds."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    write_stdout(in_encoding(text, encoding))


def in_encoding(text: str, encoding: str) -> bytes:
    """`text` encoded; where that cannot be, with plain stand-ins for the marks we draw and escapes for the rest."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        pass
    try:
        "│⋮…".encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_ASCII)
    return text.encode(encoding, "backslashreplace")


def note(message: str) -> None:
    """One line on stderr, if there is one."""
    if sys.stderr is not None:
        try:  # noqa: SIM105 (contextlib is slow to import)
            print(message, file=sys.stderr, flush=True)
        except (OSError, ValueError):
            pass  # nobody listens


def unwritable(name: str, error: OSError) -> Stop:
    """The error for an output that failed."""
    return Stop(OUTPUT, f"{name}: cannot be written: {error.strerror or error}; free space or choose another -o FILE")


def is_same_file(one: str, other: str) -> bool:
    """Whether two names mean one file, which need not be there."""
    if STDIN in (one, other):
        return False
    both = os.path.exists(one) and os.path.exists(other)
    return os.path.samefile(one, other) if both else os.path.realpath(one) == os.path.realpath(other)


def _mode(files: Iterable[str]) -> int | None:
    """To whom all of these files are open; None if they are none."""
    mode = None
    for file in files:
        if file != STDIN and os.path.isfile(file):
            mode = os.stat(file).st_mode & (0o666 if mode is None else mode)
    return mode


class Sink:
    """A file that is whole or not there, see `Draft`.

    What is no ordinary file (a device, a named pipe) is written directly.  For None it is standard output.

    Args:
        of: the inputs it is made of; it is open to nobody to whom one of them is not.
    """

    def __init__(self, file: str | None, of: Iterable[str] = ()) -> None:
        self._name = file
        self._of = of
        self._draft: Draft | None = None
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Sink:
        if self._name is None:
            return self
        try:
            if os.path.exists(self._name) and not os.path.isfile(self._name):
                self._stream = open(self._name, "wb")
            else:
                self._draft = Draft(self._name, mode=_mode(self._of)).__enter__()
                self._stream = self._draft.stream
        except (OSError, ValueError) as error:
            raise self._failed(error) from None
        return self

    def write(self, data: bytes) -> None:
        """Write bytes; to standard output and pipes at once."""
        if self._stream is None:
            write_stdout(data)
            return
        try:
            self._stream.write(data)
            if self._draft is None:
                self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._failed(error) from None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._stream is None:
            return
        try:
            if self._draft is not None:
                self._draft.__exit__(kind, error, at)
            else:
                self._stream.close()
        except BrokenPipeError:
            raise
        except OSError as late:
            if error is None:
                raise self._failed(late) from None

    def _failed(self, error: Exception) -> Stop:
        name = shown(self._name or "")
        if isinstance(error, FileNotFoundError):
            return Stop(OUTPUT, f"{name}: no such folder; make it first")
        if isinstance(error, IsADirectoryError) or os.path.isdir(self._name or ""):
            return Stop(OUTPUT, f"{name}: is a folder; name a file")
        if isinstance(error, OSError):
            return unwritable(name, error)
        return Stop(OUTPUT, f"{name}: no file name; a name holds no NUL")
