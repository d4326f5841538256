"""Ending a command with a message."""

from __future__ import annotations


class Stop(Exception):
    """Ends the command: `message` goes to stderr, `code` to the shell."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def shown(text: str) -> str:
    """`text` on one line, with everything escaped that a terminal could take for a command.

    Bytes of file names that are no text, which Python keeps as lone surrogates, are shown as bytes.
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(c: str) -> str:
    if "\udc80" <= c <= "\udcff":
        return f"\\x{ord(c) - 0xDC00:02x}"
    return c.encode("unicode_escape").decode()
