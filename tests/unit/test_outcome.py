"""What came of all rounds."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.explain import explain

TEXT = (
    "The ferry left at noon.\n\nAdvertisement\n\nShare this article\n\nIt came back, and nobody asked why.\n\nShare\n"
)


def test_the_first_look_at_a_long_text_is_taken_again(
    shipped: cleaner.Cleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = explain(shipped, shipped.work(TEXT, url=None, format="text"), keywords=True)
    monkeypatch.setattr("cleaner.pipeline.LONG_TEXT", 0)
    work = shipped.work(TEXT, url=None, format="text")
    assert work.outcome.look() is not work.outcome.look()
    assert explain(shipped, work, keywords=True) == told
    assert any(line.gone for line in told.lines)
