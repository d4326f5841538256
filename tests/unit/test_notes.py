"""Which texts are notes."""

from __future__ import annotations

import pytest

from cleaner.decide.notes import is_note
from cleaner.read.document import read


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("---\ntitle: Mine\n---\nProse.\n", True),
        ("---\ntitle: Theirs\nsource: https://paper.example/lamp\n---\nProse.\n", False),
        ("Pasted prose.\n", False),
        ("if [[ -f lamp ]] and [[:alpha:]]\n", False),
        ("---\nsource: https://paper.example/lamp\n---\nAs I said in [[Lamps]].\n", True),
        ("---\nsource: https://paper.example/lamp\n---\n![[lamp.png]]\n", False),
    ],
)
def test_what_is_a_note(text: str, note: bool) -> None:
    assert is_note(read(text, format="markdown")) is note
