"""Ending a command with a message."""

from __future__ import annotations


class Stop(Exception):
    """Ends the command: `message` goes to stderr, `code` to the shell."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
