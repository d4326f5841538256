"""MathML as a line of text, for formulas of which a page has no TeX: ``1/2``, ``x^2``, ``sqrt(x)``, ``root(3)(8)``."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.etree import _Element as Element

_ATOM = re.compile(r"\d+(?:[.,]\d+)*|\w[′″]*|[^\W\d_]{2,}|[^\w\s]")
_FACTOR = re.compile(r"\w+(?:[_^](?:\w+|\([^()]*\)))*[′″]*")
_CALL = re.compile(r"[^\W\d_]*\(")
_RELATIONS = frozenset("=<>≤≥≠≈≡∼≃≅∝→←↔⇒⇐⇔↦∈∉∋⊂⊃⊆⊇∣∥⊥≪≫⩽⩾≔") | {":=", "<=", ">=", "!=", "==", "->", "=>", "mod"}
_BINARY = frozenset("+-−±∓×·⋅∗*÷∪∩∧∨⊕⊗∖∘") | {"and", "or"}
_SEPARATORS = frozenset(",;")
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b")
_OPEN = "([{|‖⟨⌊⌈"
_NO_OPERAND = re.compile(rf"(?:^|[{re.escape(_OPEN)}=,;]|[^\w\s)\]}}|‖⟩⌋⌉′″!%°])\s*$")
_ACCENTS = {
    **dict.fromkeys("¯‾_―\u0305\u0304", "bar"),
    **dict.fromkeys("^ˆ\u0302", "hat"),
    **dict.fromkeys("~˜\u0303∼", "tilde"),
    **dict.fromkeys("→⃗\u20d7", "vec"),
    **dict.fromkeys("˙.\u0307", "dot"),
    **dict.fromkeys("¨\u0308", "ddot"),
}
_BRACES = frozenset("⏞⏟︷︸⎴⎵")
_FUNCTION = re.compile(
    r"(?:a?(?:rc)?(?:sin|cos|tan|cot|sec|csc)h?|log|ln|exp|lim|max|min|det|dim|ker|gcd|arg|[^\W\d_]{4,})$"
)
_SCRIPT_END = re.compile(r"[_^](?:\w+|\([^()]*\))$")
_PRIMES = re.compile("[′″‴'*∗†°∘]+")
_SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts", "maligngroup", "malignmark"})


def local(element: Element) -> str:
    """The name of an element without its namespace, however that is written; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if type(tag) is str else ""


def linear(math: Element) -> str:
    """A ``math`` element as a reader would type it.

    Operators have spaces around them, but for those in indices and exponents; whatever is more than a number or a
    letter stands in brackets where it would be read wrongly without.  Rows of a matrix are separated by semicolons.
    """
    return " ".join(_row(math, tight=False).split())


def _row(element: Element, *, tight: bool) -> str:
    """The children of an element, one after the other."""
    out = element.text.strip() if element.text else ""
    for child in element:
        name = local(child)
        if name == "mo":
            out = _operator(out, _text(child), tight)
        elif name == "mspace":
            out += " "
        elif name:
            out = _joined(out, _node(child, name, tight))
        if child.tail and not child.tail.isspace():
            out = _joined(out, child.tail.strip())
    return out


def _node(element: Element, name: str, tight: bool) -> str:
    if name in _SILENT:
        return ""
    if name in _NODES:
        return _NODES[name](element, tight)
    if name in ("mi", "mn", "ms"):
        return _text(element)
    if name == "mtext":
        return "".join(element.itertext()).replace("\xa0", " ")
    return _row(element, tight=tight)


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _operator(before: str, sign: str, tight: bool) -> str:
    if sign in _INVISIBLE:
        return before
    if sign in _SEPARATORS:
        return before.rstrip() + sign + ("" if tight else " ")
    alone = _NO_OPERAND.search(before)
    if sign in _RELATIONS or (sign in _BINARY and not alone):
        return f"{before}{sign}" if tight and not sign.isalpha() else f"{before.rstrip()} {sign} "
    return _joined(before, sign) if sign.isalpha() else before + sign


def _joined(before: str, after: str) -> str:
    """Two operands: a number beside a number and a word beside anything are kept apart."""
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if _SCRIPT_END.search(before) and (first.isalnum() or first in _OPEN):
        return f"{before} {after}"
    if not (last.isalnum() and first.isalnum()):
        return before + after
    apart = first.isdigit() or (
        first.isalpha() and ((after[:2].isalpha() and len(after) > 1) or _FUNCTION.search(before))
    )
    return f"{before} {after}" if apart else before + after


def _children(element: Element) -> list[Element]:
    return [child for child in element if local(child)]


def _parts(element: Element, count: int, tight: bool) -> list[str]:
    """The first `count` arguments of an element, empty ones for those that are missing."""
    found: list[str] = []
    for child in _children(element)[:count]:
        found.append(_argument(child, tight))  # noqa: PERF401 - formulas are nested deeply, and frames are few
    return found + [""] * (count - len(found))


def _argument(element: Element, tight: bool) -> str:
    name = local(element)
    return _text(element) if name == "mo" else _node(element, name, tight).strip()


def _is_closed(text: str) -> bool:
    """Whether `text` is one pair of brackets with all in it, a name before it or not."""
    call = _CALL.match(text)
    if not call or text[-1] != ")":
        return False
    depth = 0
    for at in range(call.end() - 1, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at == len(text) - 1
    return False


def _bracketed(text: str, *, product: bool = False) -> str:
    """`text` in brackets if it is more than one operand.

    Args:
        product: whether a product counts as one.
    """
    if not text or (_FACTOR if product else _ATOM).fullmatch(text) or _is_closed(text):
        return text
    return f"({text})"


# --- elements -----------------------------------------------------------------------------------


def _fraction(element: Element, tight: bool) -> str:
    above, below = _parts(element, 2, tight)
    if (element.get("linethickness") or "").strip() in ("0", "0px", "0pt", "0em"):
        return f"binom({above}, {below})"
    return f"{_bracketed(above, product=True)}/{_denominator(below)}"


def _denominator(text: str) -> str:
    factor = _FACTOR.fullmatch(text)
    plain = factor and (not text[0].isdigit() or text.replace(",", "").replace(".", "").isdigit())
    return text if plain else _bracketed(text)


def _root(element: Element, tight: bool) -> str:
    radicand, degree = _parts(element, 2, tight)
    return f"root({degree})({radicand})"


def _square_root(element: Element, tight: bool) -> str:
    return f"sqrt({_row(element, tight=tight).strip()})"


def _script(text: str, sign: str) -> str:
    if not text:
        return ""
    if sign == "^" and _PRIMES.fullmatch(text):
        return text.replace("∘", "°") if text not in ("*", "∗", "†") else f"^{text}"
    return sign + _bracketed(text)


def _base(element: Element, tight: bool) -> str:
    children = _children(element)
    return _bracketed(_argument(children[0], tight), product=False) if children else ""


def _scripts(element: Element) -> list[str]:
    return _parts(element, len(element), True)[1:]


def _with_scripts(*signs: str) -> Callable[[Element, bool], str]:
    def write(element: Element, tight: bool) -> str:
        return _base(element, tight) + "".join(map(_script, _scripts(element), signs))

    return write


def _over(element: Element, tight: bool) -> str:
    accent = next(iter(_scripts(element)), "")
    if accent in _BRACES:
        return _base(element, tight)
    if accent in _ACCENTS:
        return f"{_ACCENTS[accent]}({_parts(element, 1, tight)[0]})"
    return _base(element, tight) + _script(accent, "^")


def _under(element: Element, tight: bool) -> str:
    below = next(iter(_scripts(element)), "")
    if below in _BRACES:
        return _base(element, tight)
    return _base(element, tight) + _script(below, "_")


def _multiscripts(element: Element, tight: bool) -> str:
    """An operand with scripts on both sides; each side is a run of pairs, the lower one first."""
    before: list[str] = []
    after: list[str] = []
    side = after
    for child in _children(element)[1:]:
        if local(child) == "mprescripts":
            side = before
        else:
            side.append(_argument(child, True))
    left, right = (
        "".join(_script(text, "^" if number % 2 else "_") for number, text in enumerate(each))
        for each in (before, after)
    )
    return left + (" " if left else "") + _base(element, tight) + right


def _fenced(element: Element, tight: bool) -> str:
    separators = (element.get("separators", ",") or "").strip()
    between = separators[:1] + ("" if tight else " ") if separators else ""
    inside = between.join(_argument(child, tight) for child in _children(element))
    return f"{element.get('open', '(')}{inside}{element.get('close', ')')}"


def _table(element: Element, tight: bool) -> str:
    """Rows separated by semicolons, cells by commas; the cells of an equation that is laid out are not separated."""
    rows = [_cells(row) for row in _children(element)]
    matrix = _beside_brackets(element) or any(len(row) > 2 for row in rows)
    return "; ".join((", " if matrix else " ").join(filter(None, row) if not matrix else row) for row in rows)


def _cells(row: Element) -> list[str]:
    cells = _children(row)
    if local(row) == "mlabeledtr":
        cells = cells[1:]
    return [_row(cell, tight=False).strip() for cell in cells] if local(row) != "mtd" else [_row(row, tight=False)]


def _beside_brackets(element: Element) -> bool:
    before = element.getprevious()
    while before is None or not local(before):
        around = element.getparent()
        if before is None and around is not None and local(around) in ("mrow", "mstyle", "mpadded"):
            element, before = around, around.getprevious()
        elif before is None:
            return around is not None and local(around) == "mfenced"
        else:
            before = before.getprevious()
    return local(before) == "mo" and _text(before) in tuple(_OPEN)


def _enclosed(element: Element, tight: bool) -> str:
    radical = "radical" in (element.get("notation") or "")
    return _square_root(element, tight) if radical else _row(element, tight=tight)


def _first(element: Element, tight: bool) -> str:
    return _parts(element, 1, tight)[0]


def _glyph(element: Element, tight: bool) -> str:
    return element.get("alt") or ""


_NODES: dict[str, Callable[[Element, bool], str]] = {
    "mfrac": _fraction,
    "mroot": _root,
    "msqrt": _square_root,
    "msup": _with_scripts("^"),
    "msub": _with_scripts("_"),
    "msubsup": _with_scripts("_", "^"),
    "munderover": _with_scripts("_", "^"),
    "mover": _over,
    "munder": _under,
    "mmultiscripts": _multiscripts,
    "mfenced": _fenced,
    "mtable": _table,
    "menclose": _enclosed,
    "semantics": _first,
    "maction": _first,
    "mglyph": _glyph,
}
