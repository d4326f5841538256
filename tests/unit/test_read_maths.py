"""Formulas and what only looks like them."""

from __future__ import annotations

import pytest

from cleaner.read.maths import maths


def found(text: str) -> list[str]:
    return [text[zone.start : zone.end] for zone in maths(text)]


@pytest.mark.parametrize(
    "formula",
    [
        r"$\alpha$",
        "$x^2$",
        "$x_i$",
        "$n$",
        "$f(x)$",
        "$a = b + c$",
        "$x+y$",
        "$$\n\\sum_i x_i\n$$",
        "$$\r\n\\sum_i x_i\r\n$$",
        "$$\r\\sum_i x_i\r$$",
        "$$E = mc^2$$",
        r"\(x^2\)",
        "\\[\nx = 1\n\\]",
        "\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}",
    ],
)
def test_formula(formula: str) -> None:
    assert found(f"words {formula} words") == [formula]


@pytest.mark.parametrize(
    "text",
    [
        "Try 1 month for $0.99 or 3 for $9",
        r"Mills\[[edit](https://wiki.example/w?title=Mills&action=edit)\]",
        "$5-$10",
        "costs $5, or US$6",
        "${name} and ${other_name}",
        "${a}${b}",
        "$user_name$",
        "$ x^2 $",
        "$x^2\n\ny$",
        "$$a\n\nb$$",
        "$$a\r\n \r\nb$$",
        r"\[1\] Smith",
        r"\[[edit](https://wiki.a.example/index.php?title=Lamp&section=1)\]",
        r"\(see [the lamp](https://a.example/?p=1)\)",
        r"\$x^2$",
        r"a \\(b^2\\)",
        "$AAPL and $MSFT",
    ],
)
def test_no_formula(text: str) -> None:
    assert found(text) == []


def test_two_formulas_between_prices() -> None:
    assert found("for $9 we get $x$ and $y_1$ for $10") == ["$x$", "$y_1$"]
