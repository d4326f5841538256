"""Numbers for people."""

from __future__ import annotations


def share(part: int, whole: int) -> str:
    """Percent, without decimals; what is less than one is not called nothing."""
    percent = 100 * part / max(1, whole)
    return "< 1 %" if 0 < percent < 1 else f"{percent:.0f} %"


def count(number: int, noun: str) -> str:
    """`1 line`, `2 lines`."""
    plural = "" if number == 1 else "es" if noun.endswith("ch") else "s"
    return f"{number:,} {noun}{plural}"
