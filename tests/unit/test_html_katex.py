"""Formulas of which a page has nothing but what KaTeX drew."""

from __future__ import annotations

import pytest

import cleaner


def drawing(*boxes: str, prefix: str = "") -> str:
    strut = f'<span class="{prefix}strut" style="height:1em"></span>'
    base = f'<span class="{prefix}base">{strut}{"".join(boxes)}</span>'
    return f'<span class="katex"><span class="katex-html" aria-hidden="true">{base}</span></span>'


def box(names: str, *inside: str) -> str:
    return f'<span class="{names}">{"".join(inside)}</span>'


def rows(*placed: tuple[float, str], below: bool = False) -> str:
    """Boxes one above the other; KaTeX writes the lowest first."""
    strut = '<span class="pstrut" style="height:3em"></span>'
    inside = "".join(f'<span style="top:{top}em;margin-right:0.05em">{strut}{one}</span>' for top, one in placed)
    depth = '<span class="vlist-s">\u200b</span>' if below else ""
    listed = f'<span class="vlist-r"><span class="vlist" style="height:1em">{inside}</span>{depth}</span>'
    return box("vlist-t vlist-t2" if below else "vlist-t", listed)


def letter(sign: str) -> str:
    return box("mord mathnormal", sign)


def number(digits: str) -> str:
    return "".join(box("mord", digit) for digit in digits)


def raised(sign: str, what: str) -> str:
    return box("mord", sign, box("msupsub", rows((-3.06, what))))


def lowered(sign: str, what: str) -> str:
    return box("mord", sign, box("msupsub", rows((-2.55, what), below=True)))


LINE = box("frac-line")
ROOT = '<span class="hide-tail"><svg><path d="M95,702"/></svg></span>'
CASES = {
    "power": (raised(letter("x"), number("2")), "x^2"),
    "power of a number": (number("1") + raised(number("0"), number("6")), "10^6"),
    "index": (lowered(letter("x"), letter("i")), "x_i"),
    "both": (
        box("mord", letter("x"), box("msupsub", rows((-2.4, letter("i")), (-3.06, number("2")), below=True))),
        "x_i^2",
    ),
    "fraction": (box("mfrac", rows((-2.3, number("2")), (-3.2, LINE), (-3.7, number("1")), below=True)), "1/2"),
    "binomial": (box("mfrac", rows((-2.3, letter("k")), (-3.7, letter("n")), below=True)), "binom(n, k)"),
    "root": (box("mord sqrt", rows((-3, number("8")), (-2.9, ROOT), below=True)), "sqrt(8)"),
    "cube root": (
        box("mord sqrt", box("root", rows((-2.9, number("3")))), rows((-3, number("8")), (-2.9, ROOT), below=True)),
        "root(3)(8)",
    ),
    "sum": (
        box(
            "mop op-limits", rows((-1.9, letter("n")), (-3.05, box("mop op-symbol large-op", "∑")), (-4.3, letter("N")))
        ),
        "∑_n^N",
    ),
    "relation": (letter("E") + box("mrel", "=") + letter("m") + raised(letter("c"), number("2")), "E = mc^2"),
    "function": (box("mop", "sin") + letter("θ"), "sin θ"),
    "hat": (box("mord accent", rows((-3, letter("x")), (-3, box("accent-body", box("mord", "^"))))), "hat(x)"),
    "bar": (box("mord overline", rows((-3, letter("A") + letter("B")), (-3.8, box("overline-line")))), "bar(AB)"),
    "matrix": (
        box("mopen", "(")
        + box(
            "mtable",
            box("col-align-c", rows((-2.4, number("3")), (-3.6, number("1")), below=True)),
            box("col-align-c", rows((-2.4, number("4")), (-3.6, number("2")), below=True)),
        )
        + box("mclose", ")"),
        "(1, 2; 3, 4)",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_drawn_is_said(name: str) -> None:
    boxes, said = CASES[name]
    page = f"<p>The tide follows {drawing(boxes)} at all times.</p>"
    assert cleaner.clean(page, format="html", to="text", title=False).text == f"The tide follows {said} at all times.\n"


def test_classes_with_a_prefix() -> None:
    root = box(
        "mord sqrt", box("katex-root", rows((-2.9, number("3")))), rows((-3, number("8")), (-2.9, ROOT), below=True)
    )
    page = f"<p>It is {drawing(root, prefix='katex-')} long.</p>"
    assert cleaner.clean(page, format="html", to="text", title=False).text == "It is root(3)(8) long.\n"


def test_an_empty_drawing_is_nothing() -> None:
    page = f"<p>It is {drawing()} long and wide.</p>"
    assert cleaner.clean(page, format="html", to="text", title=False).text == "It is long and wide.\n"
