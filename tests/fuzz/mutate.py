"""Mutations of bytes by a given chance: the same numbers, the same bytes."""

from __future__ import annotations

import random
from collections.abc import Sequence

TOKENS = (
    *(b"\n", b"\r\n", b"\n\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\x8b", b"\xed\xa0\x80"),
    *(
        b"<",
        b">",
        b"</",
        b"<!--",
        b"-->",
        b"<p>",
        b"<table>",
        b"<td>",
        b"<svg>",
        b"<math>",
        b"<script>",
        b"class=katex ",
    ),
    *(
        b"&#0;",
        b"&amp;",
        b'"',
        b"'",
        b"```",
        b"    ",
        b"> ",
        b"- ",
        b"1. ",
        b"# ",
        b"[",
        b"](",
        b")",
        b"![",
        b"[^1]",
        b"$$",
    ),
    *(b"$$", b"{%", b"|", b"---", b"Advertisement", b"Share", b"{", b"}", b":", b"[]", b"null", b"-1", b"1e999"),
    *(b"99999999999999999999", b"&a", b"*x", b"!!"),
)


def mutated(data: bytes, chance: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """A few changes: bytes, tokens, parts left out, doubled or exchanged, and parts of `others`."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(out) + 1)
        end = min(len(out), at + chance.choice((1, 2, 8, 64, 512)))
        kind = chance.randrange(6)
        if kind == 0:
            out[at:end] = b""
        elif kind == 1:
            out[at:at] = chance.choice(TOKENS)
        elif kind == 2 and at < len(out):
            out[at] = chance.randrange(256)
        elif kind == 3:
            out[at:at] = out[at:end] * chance.choice((1, 2, 9))
        elif kind == 4 and others:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            out[at:end] = other[start : start + chance.choice((8, 64, 512))]
        else:
            out[at:end] = chance.choice(TOKENS) * chance.choice((1, 1, 30))
    return bytes(out)
