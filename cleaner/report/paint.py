"""Colours and safe text for the writers that draw for people."""

from __future__ import annotations

from cleaner.categories import CATEGORY

RESET, BOLD, DIM, STRUCK, INVERSE = "0", "1", "2", "9", "7"
RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN = "31", "32", "33", "34", "35", "36"

_COLOURS = {
    "red": RED,
    "green": GREEN,
    "yellow": YELLOW,
    "blue": BLUE,
    "magenta": MAGENTA,
    "cyan": CYAN,
    "grey": "90",
}


class Paint:
    """Puts colours on text, or does not."""

    __slots__ = ("on",)

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, *styles: str) -> str:
        return f"\x1b[{';'.join(styles)}m{text}\x1b[0m" if self.on and text and styles else text

    def category(self, text: str, category: str, *styles: str) -> str:
        """`text` in the colour of a category."""
        known = CATEGORY.get(category)
        return self(text, _COLOURS[known.colour] if known else RED, *styles)


def visible(text: str) -> str:
    """`text` without line ends, with every control character shown instead of sent to the terminal."""
    text = text.rstrip("\r\n")
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _HARMLESS else _escape(c) for c in text)


_HARMLESS = "\t\u00a0\u3000\u2002\u2003\u2009\u202f\u200b\u200c\u200d\u00ad\ufeff"


def _escape(c: str) -> str:
    return c.encode("unicode_escape").decode()


def shortened(text: str, size: int | None) -> str:
    """At most `size` characters of `text`."""
    return text if size is None or len(text) <= size else text[: max(1, size - 1)] + "…"
