"""The quick way out: a text in which no rule can match comes back as it is, before the engine is even imported.

Why it is sound:

- Only plain texts are looked at: ASCII letters, digits, white space and the punctuation of prose.  Such a text is
  valid UTF-8, decodes without a warning and encodes to the same bytes.
- It is read as plain text.  Markdown needs a mark that is missing here, or front matter, which begins with ``---``;
  HTML needs ``<``, or the header ``MIME-Version``.  So no markup is hidden from the rules.
- Then the view of the text (`cleaner.view`) differs from it in case and white space only.  Joining all words with
  one space finds at least the keywords the view holds: no keyword begins or ends with a space or holds two.
- A rule runs only if one of its keywords is found, and without a match nothing is removed, repaired or warned about.

`tests/cli/test_quick.py` compares it with the full way.
"""

from __future__ import annotations

PLAIN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t\r\n.,;:!?'\"()/-"
LIMIT = 1_000_000
"""Beyond so many bytes start-up no longer matters, and the work would only be done twice."""


def unchanged(data: bytes) -> bool:
    """Whether it is certain, at little cost, that the rules take nothing from `data`."""
    if len(data) > LIMIT or data.translate(None, PLAIN) or data.startswith(b"---"):
        return False
    haystack = " ".join(data.decode("ascii").lower().split())
    if "mime-version" in haystack:
        return False
    if not haystack:
        return True
    from cleaner.rulebook.store import Store

    return not Store().keywords.any_in(haystack)
