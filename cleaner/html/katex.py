"""What KaTeX draws, as MathML, for pages that hold neither the TeX of a formula nor KaTeX's own MathML.

KaTeX sets a formula in nested boxes.  A list of rows one above the other (`vlist`) is a fraction, a pair of scripts, an
operator with limits, a root or a matrix, by the class of the box around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.etree import _Element as Element

_TOP = re.compile(r"(?:^|;)\s*top\s*:\s*(-?\d+(?:\.\d+)?)em")
_OPERATORS = frozenset({"mbin", "mrel", "mopen", "mclose", "mpunct"})
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]|\S")
_INVISIBLE = str.maketrans({"\u200b": None, "\u2061": None, "\xa0": " "})


def drawn(element: Element) -> Element | None:
    """The formula below an element of KaTeX as a ``math`` element; None if nothing is drawn there."""
    drawing = next((one for one in element.iter("span") if "katex-html" in (one.get("class") or "").split()), None)
    if drawing is None:
        return None
    math = _in("math", _items(drawing))
    return math if len(math) else None


def _classes(element: Element) -> list[str]:
    """The classes of a box; newer versions have a prefix on some."""
    return [name.removeprefix("katex-") for name in (element.get("class") or "").split()]


def _in(tag: str, children: Iterable[Element]) -> Element:
    element = etree.Element(tag)
    element.extend(children)
    return element


def _row(children: Iterable[Element]) -> Element:
    found = list(children)
    return found[0] if len(found) == 1 else _in("mrow", found)


def _items(box: Element, inherited: str = "") -> Iterator[Element]:
    """What stands in a box, from left to right."""
    kind = next((name for name in _classes(box) if name in _OPERATORS or name in ("mop", "text")), inherited)
    if box.text:
        yield from _tokens(box.text, kind)
    built: list[Element] = []
    for child in box:
        names = _classes(child)
        if "msupsub" in names:
            built.append(_with_scripts(built.pop() if built else _in("mrow", ()), child))
        else:
            built += _one(child, names, kind)
    yield from _numbers(built)


def _numbers(row: Iterable[Element]) -> Iterator[Element]:
    """Digits that KaTeX set one by one as the number that they are, also if it has an exponent."""
    before: Element | None = None
    for each in row:
        digits = each[0] if each.tag in ("msup", "msub", "msubsup") else each
        if before is not None and before.tag == digits.tag == "mn":
            digits.text = f"{before.text}{digits.text}"
        elif before is not None:
            yield before
        before = each
    if before is not None:
        yield before


def _one(box: Element, names: list[str], kind: str) -> Iterable[Element]:
    if "mfrac" in names:
        return [_fraction(box)]
    if "sqrt" in names:
        return [_root(box)]
    if "op-limits" in names:
        return [_limits(box)]
    if "accent" in names or "overline" in names:
        return [_accented(box)]
    if "mtable" in names:
        return [_table(box)]
    if "vlist-t" in names:
        return [each for row in _rows(box) for each in _items(row, kind)]
    return list(_items(box, kind))


def _tokens(text: str, kind: str) -> Iterator[Element]:
    said = text.translate(_INVISIBLE)
    if kind == "text":
        yield _leaf("mtext", said)
    elif kind == "mop" and len(said.strip()) > 1:
        yield _leaf("mi", said.strip())
    else:
        for token in _TOKEN.findall(said):
            operator = kind in _OPERATORS or kind == "mop" or not token[0].isalnum()
            yield _leaf("mo" if operator else "mn" if token[0].isdigit() else "mi", token)


def _leaf(tag: str, text: str) -> Element:
    element = etree.Element(tag)
    element.text = text
    return element


def _rows(box: Element) -> list[Element]:
    """The rows of the first list in a box, the topmost first."""
    found = next((one for one in box.iter("span") if "vlist" in _classes(one)), None)
    rows = [] if found is None else [one for one in found if _TOP.search(one.get("style") or "")]
    return sorted(rows, key=_top)


def _top(row: Element) -> float:
    found = _TOP.search(row.get("style") or "")
    return float(found[1]) if found else 0.0


def _says(row: Element) -> bool:
    return bool("".join(map(str, row.itertext())).translate(_INVISIBLE).strip())


def _content(box: Element) -> Iterator[Element]:
    for row in _rows(box):
        if _says(row):
            yield from _items(row)


def _with_scripts(base: Element, box: Element) -> Element:
    """A base with what is raised and lowered behind it; a list that reaches below the line has what is lowered."""
    rows = [_row(_items(row)) for row in _rows(box)]
    reaches_below = _has(box, "vlist-t2")
    if not rows:
        return base
    if len(rows) > 1:
        return _in("msubsup", (base, rows[1], rows[0]))
    return _in("msub" if reaches_below else "msup", (base, rows[0]))


def _fraction(box: Element) -> Element:
    """A fraction; without a line it is a binomial coefficient."""
    rows = [_row(_items(row)) for row in _rows(box) if _says(row)]
    fraction = _in("mfrac", rows[:2])
    if not _has(box, "frac-line"):
        fraction.set("linethickness", "0")
    return fraction if len(rows) == 2 else _row(rows)


def _root(box: Element) -> Element:
    index = next((one for one in box if "root" in _classes(one)), None)
    below = next((one for one in box if "vlist-t" in _classes(one)), box)
    inside = _row(_content(below))
    return _in("msqrt", (inside,)) if index is None else _in("mroot", (inside, _row(_content(index))))


def _accented(box: Element) -> Element:
    """A base with an accent or a line above it."""
    rows = _rows(box)
    above = next((row for row in rows if _has(row, "accent-body") or _has(row, "overline-line")), None)
    base = _row(each for row in rows if row is not above for each in _items(row))
    if above is None:
        return base
    sign = "".join(map(str, above.itertext())).translate(_INVISIBLE).strip() or "¯"
    return _in("mover", (base, _leaf("mo", sign)))


def _has(box: Element, name: str) -> bool:
    return any(name in _classes(one) for one in box.iter("span"))


def _limits(box: Element) -> Element:
    """An operator with what stands above and below it."""
    rows = [row for row in _rows(box) if _says(row)]
    at = next((n for n, row in enumerate(rows) if _is_operator(row)), 0)
    base, above, below = _row(_items(rows[at], "mop")), rows[:at], rows[at + 1 :]
    scripts = [_row(_items(row)) for row in (*below[:1], *above[:1])]
    if not scripts:
        return base
    return _in("munderover" if len(scripts) > 1 else "munder" if below else "mover", (base, *scripts))


def _is_operator(row: Element) -> bool:
    return any("op-symbol" in (names := _classes(one)) or names == ["mop"] for one in row.iter("span"))


def _table(box: Element) -> Element:
    """A matrix: its columns stand side by side, each a list of rows."""
    columns = [
        [_in("mtd", (_row(_items(row)),)) for row in _rows(one)]
        for one in box
        if any(name.startswith("col-align-") for name in _classes(one))
    ]
    return _in("mtable", (_in("mtr", cells) for cells in zip(*columns)))  # noqa: B905 – columns of one length
