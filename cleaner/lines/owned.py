"""What is the user's own, or the text's frame, and never goes on the word of a model.

Code and maths, wikilinks and embeds, tasks, quotations and callouts, comments, definitions of footnotes, references to
blocks, fields of Dataview, the title of the text.
"""

from __future__ import annotations

import re

import numpy as np

from cleaner.lines.facts import Facts
from cleaner.lines.letters import Bools
from cleaner.lines.rows import QUOTE

_OWNED = re.compile(
    r"^(?:"
    r"[^\n]*!?\[\[[^\[\]\n]+\]\](?!\()[^\n]*"  # a wikilink, an embed
    r"|[ \t>]*(?:[-*+]|\d+[.)])[ \t]\[.\][ \t][^\n]*"  # a task
    r"|[ \t>]*\[\^[^\]\s]+\]:[^\n]*"  # the definition of a footnote
    r"|[^\n]*[ \t]\^[\w-]+[ \t]*"  # the name of a block, for references
    r"|[ \t]*(?:[-*+][ \t]+)?[\[(]?[\w][\w ,-]*::[ \t][^\n]*"  # a field of Dataview
    r"|[ \t]*(?:%%|<!--)[^\n]*"  # a comment
    r")\r?$",
    re.MULTILINE,
)
_COMMENT = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)


def owned(facts: Facts) -> Bools:
    """Which rows never go."""
    reading, rows = facts.reading, facts.rows
    kept: Bools = facts.solid | (rows.kind == QUOTE) | (facts.own["kept by rule"] > 0)
    titles = np.flatnonzero(rows.level == 1)[:1]
    kept[titles] = True
    if reading.markdown:
        text, top = reading.text, reading.first
        for start, end in (m.span() for pattern in (_OWNED, _COMMENT) for m in pattern.finditer(text, top)):
            first, last = rows.at(np.array([start, max(start, end - 1)])).tolist()
            kept[max(0, first) : last + 1] = True
    return kept
