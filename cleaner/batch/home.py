"""The folder in which runs remember: it holds parts of private notes, so it is open to nobody else."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

_LOCK = "workers.lock"
_RULES = "rules"
"""Rules of the user lie beside the state, and may be meant for others, too."""
_PRIVATE = 0o600
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def lock_of(folder: str) -> str:
    """The file that workers hold as long as they live; see `cleaner.batch.lock`."""
    return os.path.join(folder, _LOCK)


def prepared(home: str, state: str) -> None:
    """Make the folder and an empty file for the state, or close to others what is there.

    What the superuser makes belongs to whom `home` does, who could not undo anything else.

    Args:
        home: the folder in which the run takes place; it is made.
        state: the file, in a folder of its own below `home`.

    Raises:
        OSError: it cannot be made, or is a link, which somebody may have put there to have another file written.
    """
    folder = os.path.dirname(state)
    os.makedirs(home, exist_ok=True)
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    if not stat.S_ISDIR(os.lstat(folder).st_mode):
        raise NotADirectoryError(f"{folder} is a link or a file, not the folder of cleaner")
    if not os.path.exists(os.path.join(folder, _RULES)):
        _close(folder, 0o700, home)
    ignore = os.path.join(folder, ".gitignore")  # of the folder a repository should take the rules alone
    for path, content in ((ignore, b"*\n!/rules/\n!/rules/**\n"), (state, b""), (lock_of(folder), b"")):
        descriptor = os.open(path, _FLAGS, _PRIVATE)
        try:
            if content and not os.fstat(descriptor).st_size:
                os.write(descriptor, content)
        finally:
            os.close(descriptor)
        _close(path, _PRIVATE, home)


def _close(path: str, mode: int, home: str) -> None:
    """Let nobody but its owner look into a file or folder; what is not ours is left as it is."""
    if not hasattr(os, "geteuid"):  # Windows
        return
    facts, own = os.stat(path, follow_symlinks=False), os.geteuid()
    if facts.st_uid != own:
        return
    if facts.st_mode & 0o777 & ~mode:
        os.chmod(path, mode)
    if own == 0:
        owner = os.stat(home)
        if (owner.st_uid, owner.st_gid) != (facts.st_uid, facts.st_gid):
            os.chown(path, owner.st_uid, owner.st_gid)
