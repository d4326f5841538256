"""Short texts are remembered, long ones are not."""

from __future__ import annotations

from cleaner.remember import SHORT, of_short_texts


def test_short_texts_are_asked_once() -> None:
    asked: list[str] = []

    @of_short_texts(2)
    def size(text: str) -> int:
        asked.append(text)
        return len(text)

    long = "x" * (SHORT + 1)
    assert [size("a"), size("a"), size(long), size(long)] == [1, 1, SHORT + 1, SHORT + 1]
    assert asked == ["a", long, long]
    assert [size("bb"), size("ccc"), size("a")] == [2, 3, 1]
    assert asked[3:] == ["bb", "ccc", "a"]  # no more than two are remembered
