"""Dates as pages state them, brought to ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime

_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?:(?P<between>[-/.])(?P<month>\d{1,2})(?P=between)(?P<day>\d{1,2})|(?P<mm>\d{2})(?P<dd>\d{2}))"
    r"(?:(?:T|\s+)(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<offset>Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?(?!\d)",
    re.IGNORECASE,
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero ene gennaio gen janeiro januari januarja styczeń stycznia",
            "feb february februar février fevrier febrero febbraio fevereiro fev februari lutego",
            "mar march märz maerz mars marzo março marco maart mrt marca",
            "apr april avril abril abr aprile kwietnia",
            "may mai mayo maggio mag maio mei maj maja",
            "jun june juni juin junio giugno giu junho czerwca",
            "jul july juli juillet julio luglio lug julho lipca",
            "aug august août aout agosto ago augustus augusti sierpnia",
            "sep sept september septembre septiembre settembre set setembro września",
            "oct october oktober okt octobre octubre ottobre ott outubro out października",
            "nov november novembre noviembre novembro listopada",
            "dec december dezember dez décembre decembre diciembre dic dicembre dezembro grudnia",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_MONTH = r"([^\W\d_]{3,12})\.?"
_YEAR = r"((?:19|20)\d{2})(?!\d)"
_WORDS_DAY_FIRST = re.compile(rf"(?<![\d./-]){_DAY}[\s-]+(?:de\s+|of\s+)?{_MONTH},?[\s-]+(?:de\s+|del\s+)?{_YEAR}")
_WORDS_MONTH_FIRST = re.compile(rf"(?<![^\W\d_]){_MONTH}\s+{_DAY},?\s+{_YEAR}")
_CLOCK = re.compile(r"\s+(\d{2}):(\d{2})(?::(\d{2}))?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
_CHINESE = re.compile(r"((?:19|20)\d{2})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_IN_URL = re.compile(r"[/_-]((?:19|20)\d{2})([/-])(\d{1,2})\2(\d{1,2})(?=[/_-]|$)")
_MAX = 200  # characters looked at


def iso(value: str) -> str | None:
    """The first date in `value`, a short text, as ``YYYY-MM-DD``, with the time of day and the offset if it has them.

    None if there is none, or if day and month cannot be told apart (``03/04/2025``).  Clocks that were never set
    (1970-01-01, years before 1800) count as none.
    """
    value = value[:_MAX].strip()
    match = _ISO.match(value)
    if match:
        part = match.groupdict()
        month, day = part["month"] or part["mm"], part["day"] or part["dd"]
        return _stamp(part["year"], month, day, part["hour"], part["minute"], part["second"], part["offset"])
    match = _CHINESE.search(value)
    if match:
        return _stamp(match[1], match[2], match[3])
    for pattern, day, month in ((_WORDS_MONTH_FIRST, 2, 1), (_WORDS_DAY_FIRST, 1, 2)):
        for match in pattern.finditer(value):
            number = MONTHS.get(match[month].lower())
            if number:
                clock = _CLOCK.match(value, match.end())
                return _stamp(match[3], str(number), match[day], *(clock.groups() if clock else ()))
    match = _NUMBERS.search(value)
    if match:
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12 or first == second:  # nobody writes the month first before a dot
            return _stamp(match[4], match[3], match[1])
        if second > 12:
            return _stamp(match[4], match[1], match[3])
    match = _ISO.search(value)
    return _stamp(*match.group("year", "month", "day")) if match and match["between"] else None


def in_url(url: str) -> str | None:
    """The day in the path of an address such as ``/2025/01/29/title``: the permanent address of a dated text."""
    match = _IN_URL.search(url.partition("?")[0][:2000])
    return _stamp(match[1], match[3], match[4]) if match else None


def _stamp(
    year: str,
    month: str,
    day: str,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
    offset: str | None = None,
) -> str | None:
    try:
        if hour is None or minute is None:
            moment = datetime(int(year), int(month), int(day))
            text = moment.date().isoformat()
        else:
            moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
            text = moment.isoformat() + _offset(offset)
    except ValueError:
        return None
    return text if moment.year >= 1800 and not text.startswith("1970-01-01") else None


def _offset(stated: str | None) -> str:
    if not stated:
        return ""
    if stated[0] not in "+-":
        return "+00:00"
    digits = stated[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    return f"{stated[0]}{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else ""
