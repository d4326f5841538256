"""The formulas of a page: what an element shows as one, its TeX where the page has it, and whether it stands alone.

Renderers leave a formula in several copies (TeX, MathML, glyphs, a picture).  Here each is found once, by the element
around all of its copies; of MathJax 2, whose copies are siblings, the last one counts, which has the TeX.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from cleaner.html.katex import drawn
from cleaner.html.mathml import linear, local

MATH_TAGS = ("math", "mml:math", "m:math")
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
TEX_ATTRIBUTES = frozenset(
    [
        *("data-math", "data-latex", "data-tex", "data-katex", "data-formula", "data-tex-source", "data-equation"),
        *("data-expr", "data-math-content"),
    ]
)
_NO_TEX = frozenset({"", "true", "false", "inline", "block", "display", "0", "1"})
_ENCODING = re.compile(r"\b(?:x-)?(?:la)?tex\b", re.IGNORECASE)
_DELIMITED = re.compile(r"\\\((.+)\\\)|\\\[(.+)\\\]|\$\$(.+)\$\$|\$([^$]+)\$", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%[^\r\n]*")
_SPEECH = re.compile(r"(?:^|\s)[^\W\d_]{2,}\s+[^\W\d_]{2,}|\s[^\W\d_]{4,}(?=\s|$)")
_COMMANDS = re.compile(
    r"\{\\displaystyle|\\(?:d?frac|sqrt|sum|int|prod|lim|left|right|math\w+|text|begin|cdot|times|alpha|beta|gamma|delta"
    r"|epsilon|theta|lambda|rho|sigma|phi|psi|omega|partial|nabla|infty|le|ge|leq|geq|ne|neq|approx|in|to"
    r"|over\w*|under\w*|hat|bar|vec|dot|Delta|Omega|Sigma|Gamma|pm)(?![A-Za-z])"
)
_IMAGE_CLASS = re.compile(
    r"(?:^|\s)(?:latex|tex|texrender|mwe-math-fallback-image\S*|Wirisformula|math-?image)(?=\s|$)"
)
_IMAGE_ADDRESS = re.compile(
    r"latex\.php\?|latex\.codecogs\.com/|/equation\?tex=|mathtex\.cgi\?|[?&]cht=tx|/render/math\?|/math/render/svg/"
    r"|math\.vercel\.app|/texvc/|mimetex\.cgi\?"
)
_IMAGE_KEYS = ("latex", "tex", "math", "chl", "from")
_DRAWING = re.compile(r"\\(?:dpi|bg|fg)(?:_\w+|\{\w+\})|\\inline\b|\\(?:large|huge|LARGE|small)\b|\\fn_\w+")
_WIRIS = str.maketrans({"«": "<", "»": ">", "¨": '"', "§": "&", "`": "'"})
_DISPLAY_WORDS = re.compile(
    r"(?:^|\s)(?:katex-display|katex--display|MathJax_(?:SVG_|CHTML_)?Display|MJXc-display|mathjax-display|math-block"
    r"|math-display|block-math|mwe-math-mathml-display|mwe-math-fallback-image-display|mwe-math-element-block"
    r"|js-display-math|display)(?=\s|$)"
)
_DISPLAY_VALUES = {
    "display": ("block", "true"),
    "data-display": ("block", "true"),
    "data-math-style": ("display",),
    "data-display-mode": ("true",),
    "mode": ("display",),
    "data-type": ("block-math", "blockmath", "math-block"),
}
_TEXT = ("p", "table", "li", "h1", "h2", "h3", "h4", "section", "article")
_COPIES = 3  # elements that MathJax makes of one script
_AROUND = 3  # elements around a formula that may say that it stands alone
_MATHJAX = "MathJax MathJax_CHTML MathJax_SVG MathJax_MathML mjx-chtml MathJax_Display MathJax_SVG_Display MJXc-display"
_SOURCE = (
    "math arithmatex math-container math-inline math-block math-display inlineMath inline-math block-math ql-formula "
    "language-math tex latex js-inline-math js-display-math ztext-math katex-error"
)
ROLES = {
    "katex": "katex",
    "katex-display": "katex",
    **dict.fromkeys(_MATHJAX.split(), "mathjax"),
    "MathJax_Preview": "preview",
    "mwe-math-element": "wiki",
    **dict.fromkeys(_SOURCE.split(), "source"),
}
"""What each of these class words makes of an element."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula; one without words is a copy of another.

    Attributes:
        tex: as the page has it; empty if it has none.
        words: as plain text has it.
        display: stands on a line of its own.
        source: as it is written in the text of the page, its delimiters included; empty if it is not.
    """

    tex: str
    words: str
    display: bool = False
    source: str = ""


COPY = Formula("", "")


def of_tex(text: str, *, display: bool = False) -> Formula | None:
    """The formula with this TeX; None if there is nothing in it."""
    tex = bare(text)
    return Formula(tex, tex, display) if tex else None


def bare(text: str) -> str:
    r"""TeX on one line, without comments and without ``{\displaystyle …}`` around it."""
    if "%" in text:
        text = _COMMENT.sub("", text)
    text = " ".join(text.split())
    if text.startswith("{\\displaystyle") and text.endswith("}"):
        text = text[len("{\\displaystyle") : -1].strip()
    return text


# --- elements -----------------------------------------------------------------------------------


def of_mathml(math: Element) -> Formula | None:
    """The formula of a ``math`` element: by its annotation, its TeX in an attribute, or its MathML."""
    display = is_display(math)
    for annotation in math.iter("annotation", _MATHML + "annotation", "mml:annotation", "m:annotation"):
        if _ENCODING.search(annotation.get("encoding") or ""):
            return of_tex("".join(annotation.itertext()), display=display)
    said = math.get("data-latex") or math.get("alttext") or ""
    if said.strip() and (not _SPEECH.search(said) or "\\" in said):
        return of_tex(said, display=display)
    words = linear(math)
    return Formula("", words, display) if words else None


def of_script(element: Element) -> Formula | None:
    """The formula of a ``script`` of MathJax; None for any other script."""
    kind = element.get("type") or ""
    if not kind.startswith("math/"):
        return None
    display = "mode=display" in kind.replace(" ", "")
    text = element.text or ""
    if kind.startswith("math/tex"):
        return of_tex(text, display=display)
    if kind.startswith("math/mml"):
        return _parsed(text, display=display)
    words = " ".join(text.split())
    return Formula("", words, display) if words else None


def of_listing(element: Element) -> Formula | None:
    """The formula of a listing in the language ``math``, as Markdown writes formulas; None for any other listing."""
    code = element[0] if len(element) == 1 and element[0].tag == "code" else element
    names = f"{element.get('class') or ''} {code.get('class') or ''}".split()
    if "language-math" not in names and element.get("lang") != "math":
        return None
    return of_tex(_undelimited("".join(code.itertext())), display=True)


def of_image(element: Element) -> Formula | None:
    """The formula that an ``img`` is a picture of; None for any other picture."""
    alt, source = (element.get("alt") or "").strip(), element.get("src") or ""
    told = element.get("data-tex") or element.get("data-latex") or ""
    mathml = element.get("data-mathml")
    if told:
        return of_tex(told, display=is_display(element))
    if mathml:
        return _parsed(mathml.translate(_WIRIS), display=is_display(element)) or of_tex(alt)
    known = _IMAGE_CLASS.search(element.get("class") or "") or element.get("eeimg") or _IMAGE_ADDRESS.search(source)
    if known:
        alt = _in_address(source) or alt or (element.get("title") or "")
    elif "\\" not in alt or not _COMMANDS.search(alt):
        return None
    return of_tex(_undelimited(alt), display=is_display(element))


def _in_address(address: str) -> str:
    """The TeX in the address of a picture that is drawn on demand."""
    try:
        query = urlsplit(address).query
    except ValueError:
        return ""
    fields = dict(parse_qsl(query, keep_blank_values=True))
    for key in _IMAGE_KEYS:
        if key in fields:
            return fields[key]
    if "codecogs" not in address:
        return ""
    from urllib.parse import unquote

    return _DRAWING.sub("", unquote(query)).replace("&space;", " ").strip()


def of_element(element: Element) -> Formula | None:
    """The formula of which an element without a meaning of its own holds all copies; None if it does not.

    A copy that a ``script`` with the TeX follows is `COPY`.
    """
    kind, told = "", ""
    for name, value in element.items():
        if name == "class":
            kind = role(value)
        elif name in TEX_ATTRIBUTES or (name == "data-value" and kind == "source"):
            told = told or value
        elif name == "data-mathml":
            kind = kind or "mathjax"
    if element.tag == "mjx-container":
        kind = "mathjax"
    if not kind and not told:
        return None
    if told.strip() not in _NO_TEX and not told.startswith("=") and not _holds_text(element):
        return of_tex(_undelimited(told), display=_is_alone(element))
    return _READERS[kind](element) if kind and not _holds_text(element) else None


def _holds_text(element: Element) -> bool:
    """Whether an element that is named after formulas is the text around them."""
    return next(element.iter(*_TEXT), None) is not None


def role(names: str) -> str:
    """What the classes of an element make of it; empty: nothing."""
    return next((ROLES[name] for name in names.split() if name in ROLES), "")


def _katex(element: Element) -> Formula | None:
    math = next(element.iter(*MATH_TAGS, _MATHML + "math"), None)
    if math is None:
        math = drawn(element)
    found = of_mathml(math) if math is not None else None
    return _displayed(found, element)


def _mathjax(element: Element) -> Formula | None:
    if _script_after(element) is not None:
        return COPY
    for each in element.iter():
        if type(each.tag) is str:
            tex, mathml = each.get("data-latex"), each.get("data-mathml")
            if tex:
                return of_tex(tex, display=_is_alone(element))
            found = of_mathml(each) if each.tag in MATH_TAGS else _parsed(mathml) if mathml else None
            if found:
                return _displayed(found, element)
    speech = " ".join((element.get("aria-label") or "").split())
    return Formula("", speech, _is_alone(element)) if speech and not "".join(element.itertext()).strip() else None


def _preview(element: Element) -> Formula | None:
    following = _next(element)
    if following is None:
        return None
    is_copied = local(following) == "script" or role(following.get("class") or "") == "mathjax"
    return COPY if is_copied else None


def _wiki(element: Element) -> Formula | None:
    found = _katex(element)
    if found:
        return found
    image = element.find(".//img")
    return of_image(image) if image is not None else None


def _source(element: Element) -> Formula | None:
    r"""TeX as text, as pandoc and others leave it: between delimiters, or alone in a ``span class="math inline"``."""
    if any(local(child) not in ("", "br", "wbr") for child in element):
        return None
    text = "".join(element.itertext()).strip()
    delimited = _DELIMITED.fullmatch(text)
    classes = (element.get("class") or "").split()
    plain = "language-math" in classes or ("math" in classes and ("inline" in classes or "display" in classes))
    if not delimited and not plain and element.get("data-math-style") is None:
        return None
    is_display = delimited is not None and (delimited[2] is not None or delimited[3] is not None)
    return of_tex(_inner(delimited) if delimited else text, display=is_display or _is_alone(element))


_READERS = {"katex": _katex, "mathjax": _mathjax, "preview": _preview, "wiki": _wiki, "source": _source}


def _inner(delimited: re.Match[str]) -> str:
    return next(filter(None, delimited.groups()), "")


def _undelimited(text: str) -> str:
    delimited = _DELIMITED.fullmatch(text.strip())
    return _inner(delimited) if delimited else text


def _displayed(found: Formula | None, element: Element) -> Formula | None:
    if found is None or found.display or not _is_alone(element):
        return found
    return Formula(found.tex, found.words, display=True)


def _parsed(mathml: str, *, display: bool = False) -> Formula | None:
    """The formula of MathML that stands in an attribute or a script."""
    root = etree.fromstring(mathml, etree.HTMLParser()) if mathml.strip() else None
    math = next(root.iter(*MATH_TAGS), None) if root is not None else None
    found = of_mathml(math) if math is not None else None
    return Formula(found.tex, found.words, display or found.display) if found else None


def _next(element: Element) -> Element | None:
    """The element that follows with nothing but white space between."""
    if element.tail and not element.tail.isspace():
        return None
    following = element.getnext()
    while following is not None and type(following.tag) is not str:
        if following.tail and not following.tail.isspace():
            return None
        following = following.getnext()
    return following


def _script_after(element: Element) -> Element | None:
    """The ``script`` with the formula of which MathJax made this element, or one around it."""
    following = _next(element)
    for _ in range(_COPIES):
        if following is None or role(following.get("class") or "") not in ("mathjax", "preview"):
            break
        following = _next(following)
    is_formula = (
        following is not None and following.tag == "script" and (following.get("type") or "").startswith("math/")
    )
    return following if is_formula else None


# --- display ------------------------------------------------------------------------------------


def is_display(element: Element) -> bool:
    """Whether a formula stands on a line of its own."""
    around: Element | None = element
    for _ in range(_AROUND + 1):
        if around is None:
            return False
        if _says_display(around):
            return True
        around = around.getparent()
    return False


def _is_alone(element: Element) -> bool:
    return element.tag == "div" or is_display(element)


def _says_display(element: Element) -> bool:
    for name, value in element.items():
        if name == "class":
            if _shows_alone(value):
                return True
        elif name in _DISPLAY_VALUES and value in _DISPLAY_VALUES[name]:
            return True
    return False


@lru_cache(maxsize=10_000)
def _shows_alone(names: str) -> bool:
    found = _DISPLAY_WORDS.search(names)
    return found is not None and (found[0].strip() != "display" or "math" in names.split())
