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


def test_other_arguments_are_told_apart_and_the_bound_may_be_another() -> None:
    asked: list[tuple[str, int]] = []

    @of_short_texts(2, most=3)
    def times(text: str, number: int) -> str:
        asked.append((text, number))
        return text * number

    assert [times("ab", 2), times("ab", 3), times("ab", 2)] == ["abab", "ababab", "abab"]
    assert [times("abcd", 1), times("abcd", 1)] == ["abcd", "abcd"]
    assert asked == [("ab", 2), ("ab", 3), ("abcd", 1), ("abcd", 1)]
