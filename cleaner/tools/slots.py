"""What lines have in common and what varies in them: their keys, and rules for the lines of a key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaner.html.facts.dates import MONTHS
from cleaner.rulebook.matchers import core
from cleaner.tools.lint_literals import LEAST_PHRASE, common, too_short, weight
from cleaner.view import literal

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_DAYS = """
mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag
freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado
domingo lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag
zondag
"""
_NAMES = frozenset({*MONTHS, *_DAYS.split()})
_WORDS_TOO = frozenset({"may", "mar", "march", "mon", "sun", "sat", "set", "mai", "mars", "ago", "out", "sep", "dec"})
"""Names that are other words as well, unless a number stands beside them."""
_AFFIX_WORDS = 25
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")
_FORMS = 4
"""Ways to write the fixed part of a line that a rule knows."""
_FREE = 150
"""Characters that a name or a headline has at most."""
NUMBER, NAME = "0", "M"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a line; equal keys, equal lines but for numbers, months and days.

    Attributes:
        whole: of the line.
        affixes: of its first and last words, for lines that go on with a name or a headline, or begin with one.
        slots: whether numbers, months or days vary in it.
    """

    whole: str
    affixes: tuple[str, ...] = ()
    slots: bool = False


def keys_of(folded: str) -> Keys:
    """The keys of a line in lower case."""
    words = _slots(_TOKEN.findall(folded))
    slots = NUMBER in words or NAME in words
    affixes: list[str] = []
    if 3 <= len(words) <= _AFFIX_WORDS:
        for size in (2, 3):
            if size < len(words):
                for side, part in (("<", words[:size]), (">", words[-size:])):
                    if sum(map(len, part)) >= 2 * LEAST_PHRASE - 4 and NAME not in part and NUMBER not in part:
                        affixes.append(side + " ".join(part))
    return Keys(" ".join(words), tuple(affixes), slots)


def dated(text: str) -> bool:
    """Whether a line names a day, as the date of an article does."""
    words = _slots(_TOKEN.findall(text.lower()))
    year = re.search(r"\b(?:19|20)\d\d\b", text) is not None
    return (NAME in words and NUMBER in words) or (year and len(words) < 5)


def _slots(tokens: Sequence[str]) -> list[str]:
    """The words of a line, with numbers and the names of months and days as slots."""
    digits = [token[0].isdigit() for token in tokens]
    slots: list[str] = []
    for at, token in enumerate(tokens):
        beside = any(digits[max(0, at - 1) : at + 2])
        is_name = token in _NAMES and (beside or token not in _WORDS_TOO)
        slots.append(NUMBER if digits[at] else NAME if is_name else token)
    return slots


@dataclass(frozen=True, slots=True)
class Form:
    """How a rule finds the lines of a key: `phrases` if nothing varies in them, else patterns and their keywords."""

    phrases: tuple[str, ...] = ()
    regex: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def whole_form(lines: Iterable[str]) -> Form | None:
    """The form of lines with one key: their texts, or patterns with slots where numbers, months and days vary."""
    counts = Counter(lines)
    texts = _commonest(counts)
    if len({tuple(_TOKEN.findall(text.lower())) for text in counts}) == 1:
        return Form(phrases=tuple(texts))
    patterns = dict.fromkeys(pattern_of(text) for text in texts)
    return _with_keywords(list(patterns), texts)


def affix_form(lines: Sequence[str], side: str) -> Form | None:
    """The form of lines that begin (``<``) or end (``>``) alike: the longest such part, and a slot for the rest."""
    fixed = common_part(lines, side)
    if fixed is None:
        return None
    longest = max(len(line) - len(fixed) for line in lines)
    free = f"[^\\n]{{1,{min(_FREE, max(20, longest + longest // 2))}}}"
    body = escaped(fixed)
    pattern = f"^{body}{free}$" if side == "<" else f"^{free}{body}$"
    return _with_keywords([pattern], [fixed])


def common_part(lines: Sequence[str], side: str) -> str | None:
    """The longest beginning or end that lines have in common, at whole words; None if it says too little."""
    step = 1 if side == "<" else -1
    words = [re.findall(r"\S+|\s+", line)[::step] for line in lines]
    same: list[str] = []
    for column in zip(*words, strict=False):
        if len({word.lower() for word in column}) > 1:
            break
        same.append(column[0])
    whole = "".join(same[::step])
    if not any(len(line) > len(whole) for line in lines) or weight(whole) < LEAST_PHRASE + 2:
        return None
    return whole if len(whole.split()) >= 2 else None


def _commonest(counts: Counter[str]) -> list[str]:
    """Ways to write a line, the commonest first; those that differ in case or punctuation at their ends are one."""
    first: dict[str, str] = {}
    for text, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        first.setdefault(re.sub(r"\d+", "0", core(text)), text)
    return list(first.values())[:_FORMS]


def pattern_of(text: str) -> str:
    """A pattern for a line and those that differ from it in numbers, months and days."""
    pieces: list[str] = ["^"]
    done = 0
    found = list(_TOKEN.finditer(text))
    for match, slot in zip(found, _slots([match[0].lower() for match in found]), strict=True):
        if slot in (NUMBER, NAME):
            pieces += escaped(text[done : match.start()]), r"\d{1,12}" if slot == NUMBER else r"\w{2,12}"
            done = match.end()
    return "".join((*pieces, escaped(text[done:]), "$"))


def escaped(text: str) -> str:
    """A text as a pattern that matches just it."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], re.sub(r"\s+", " ", text))


def _with_keywords(patterns: Sequence[str], texts: Sequence[str]) -> Form | None:
    keywords = dict.fromkeys(keyword for text in texts for keyword in [keyword_of(text)] if keyword)
    if not keywords or any(keyword_of(text) is None for text in texts):
        return None
    return Form(regex=tuple(patterns), keywords=tuple(keywords))


def keyword_of(text: str) -> str | None:
    """The longest literal of a line without what varies; None if it is too short to be looked for."""
    fixed = re.split(r"\d+", text)
    runs = [" ".join(run) for part in fixed for run in _runs(part.split())]
    best = max((literal(run).strip() for run in runs), key=len, default="")
    return None if not best or too_short(best) or common(best) else best


def _runs(words: Sequence[str]) -> Iterable[list[str]]:
    run: list[str] = []
    for word in words:
        if any(token in _NAMES for token in _TOKEN.findall(word.lower())):
            if run:
                yield run
            run = []
        else:
            run.append(word)
    if run:
        yield run
