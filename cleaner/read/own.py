r"""What the owner of a note wrote into it: no page says ``[[Shopping]]``, ``- [ ] Subscribe`` or ``> [!tip] Share``.

These are the marks of Obsidian, Logseq and their plugins: links between notes, embeds, tasks, callouts, comments
(``%%…%%``), definitions of footnotes, names of blocks (``^name``), fields of Dataview (``name:: value``), tags, and the
terms of definition lists.  Rules leave them alone, at every level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.late import late
from cleaner.model import Span

_QUOTED = late(r"[ \t]*>[ \t>]*")
_CALLOUT = late(r"\[![\w-]+(?:\|[^\]]*)?\]")
_NOTE = late(r"\[\^[^\s\[\]]{1,100}\]:")
_WHOLE_LINE = late(
    r"(?:[-*+]|\d{1,9}[.)])[ \t]+\[[^\[\]]\][ \t]"  # a task
    r"|(?:[-*+][ \t]+)?\w[\w \t-]{0,40}::(?:[ \t]|$)"  # a field
    r"|(?:#[^\W\d][\w/-]*[ \t]*)+$"  # tags
)
_NAMED = late(r"(?:^|[ \t])\^[A-Za-z0-9-]{2,40}$")
_DEFINITION = late(r":[ \t]+\S")
_NO_TERM = frozenset("-*+>#|:")
_TERM = 80  # characters
_PARTS = late(
    r"!?\[\[[^\s\[\]][^\[\]\r\n]{0,400}\]\](?!\()"  # a link to a note, an embed
    r"|[\[(]\w[\w \t-]{0,40}::[ \t][^\[\]()\r\n]{0,400}[\])]"  # a field in a sentence
)
_COMMENT = late(r"%%(?=\s).{0,5000}?(?<=\s)%%|%%[^%\r\n]*[ \t][^%\r\n]*%%", re.DOTALL)


def own_marks(text: str, rows: Sequence[Span]) -> list[Span]:
    """What of a note its owner wrote.

    Args:
        text: Markdown, its code, maths and front matter masked.
        rows: its lines.
    """
    spans = list(_lines(text, rows))
    if "[[" in text or "::" in text:
        spans += (match.span() for match in _PARTS.finditer(text))
    if "%%" in text:
        spans += (match.span() for match in _COMMENT.finditer(text))
    return spans


def _lines(text: str, rows: Sequence[Span]) -> Iterator[Span]:
    callout = footnote = False
    term: Span | None = None
    for start, end in rows:
        line = text[start:end].rstrip()
        quote = _QUOTED.match(line)
        words = line[quote.end() :] if quote else line.lstrip()
        if not words and not quote:
            callout = False
            continue  # a blank line ends neither a footnote nor a definition
        footnote = bool(_NOTE.match(words)) or (footnote and line.startswith(("    ", "\t")))
        callout = bool(quote) and (callout or bool(_CALLOUT.match(words)))
        if footnote or callout or _WHOLE_LINE.match(words) or ("^" in words and _NAMED.search(words)):
            yield start, end
        elif term and not quote and _DEFINITION.match(words):
            yield term
            continue  # the next line may define the same term
        term = (start, end) if not quote and len(words) <= _TERM and words[0] not in _NO_TERM else None
