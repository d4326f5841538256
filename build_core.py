"""Compiles the kernels of `cleaner.core`, where a C compiler works.

`hatch_build.py` does so for whoever installs; `python build_core.py` does it again for a checkout that changed.
It imports nothing of the package, which asks for what is built here.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

FOLDER = Path(__file__).parent / "cleaner/core"
_HOW = ["-O2", "-g0", "-ffp-contract=off"]  # no line numbers: they would tell where it was built
_HOW_WINDOWS = ["/O2"]


def sources() -> list[Path]:
    """The sources, in the order in which they are linked."""
    return sorted(FOLDER.glob("*.c"))


def digest() -> str:
    """What tells these sources from others."""
    files = (*sources(), *sorted(FOLDER.glob("*.h")))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def build(target: Path) -> Path | None:
    """The compiled module in the folder `target`; None if nothing could be compiled, or shall not be.

    Raises:
        Exception: it could not be compiled, and ``CLEANER_CORE=required`` says that it must.
    """
    wish = os.environ.get("CLEANER_CORE")
    if wish == "off" or sys.maxsize < 1 << 32:  # kernels take whole numbers of 64 bits, as NumPy counts there
        return None
    try:
        with tempfile.TemporaryDirectory() as folder, _quiet(wish != "required"):
            made = _compiled(Path(folder))
            draft = target / f"{made.name}.draft"
            shutil.copyfile(made, draft)
            draft.chmod(0o755)
            return draft.replace(target / made.name)
    except Exception:  # whatever a compiler, or the lack of one, may come up with: Python does the same
        if wish == "required":
            raise
        return None


def build_here() -> Path | None:
    """The same beside the sources, for a checkout; what was compiled before goes if nothing came out."""
    from importlib.machinery import EXTENSION_SUFFIXES

    made = build(FOLDER)
    if made is None:
        (FOLDER / f"_core{EXTENSION_SUFFIXES[0]}").unlink(missing_ok=True)
    return made


def _compiled(folder: Path) -> Path:
    from setuptools import Distribution, Extension

    extension = Extension(
        "_core",
        list(map(str, sources())),
        define_macros=[("CORE_SOURCES", f'"{digest()}"')],
        extra_compile_args=_HOW_WINDOWS if sys.platform == "win32" else _HOW,
    )
    command = Distribution({"name": "core", "ext_modules": [extension]}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(folder), str(folder / "objects")
    command.ensure_finalized()
    command.run()
    return Path(command.get_ext_fullpath("_core"))


@contextmanager
def _quiet(silent: bool) -> Iterator[None]:
    """Without what compilers say: where none works, nothing is wrong."""
    if not silent:
        yield
        return
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(number) for number in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for number in (1, 2):
            os.dup2(nowhere, number)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            yield
    finally:
        for number, was in zip((1, 2), kept, strict=True):
            os.dup2(was, number)
            os.close(was)
        os.close(nowhere)


if __name__ == "__main__":
    print(build_here() or "nothing was compiled; the kernels run in Python")
