"""Formulas of pages: each once, as TeX where the page has it, as a line of text where it has only MathML."""

from __future__ import annotations

import re
from collections import Counter

import lxml.html
import pytest

from cleaner.html.mathml import linear
from cleaner.html.parse import parse
from cleaner.html.render.page import render
from cleaner.html.walk import walk
from cleaner.model import Rendering


def rendered(html: str, to: Rendering = "markdown") -> str:
    return render(walk(parse(f"<body>{html}</body>").root).blocks, to).text.removesuffix("\n")


LINEAR = {
    "<mfrac><mn>1</mn><mn>2</mn></mfrac>": "1/2",
    "<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>": "2 1/2",
    "<mroot><mn>8</mn><mn>3</mn></mroot>": "root(3)(8)",
    "<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>": "sqrt(x + 1)",
    "<msup><mi>x</mi><mn>2</mn></msup>": "x^2",
    "<msup><mi>x</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msup>": "x^(n+1)",
    "<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>": "(a + b)^2",
    "<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>": "(a)^2",
    "<msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup>": "10^(−6)",
    "<msup><mn>30</mn><mo>∘</mo></msup>": "30°",
    "<msup><mi>f</mi><mo>′</mo></msup><mo>(</mo><mi>x</mi><mo>)</mo>": "f′(x)",
    "<msub><mi>x</mi><mi>i</mi></msub>": "x_i",
    "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>": "x_1^2",
    "<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>": "E = mc^2",
    "<mi>a</mi><mo>=</mo><mo>-</mo><mi>b</mi><mo>-</mo><mn>1</mn>": "a = -b - 1",
    "<mn>3</mn><mo>&#x2062;</mo><mi>x</mi><mo>&lt;</mo><mn>7</mn>": "3x < 7",
    "<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>": "sin x",
    "<mfrac><mn>1</mn><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>": "1/(2a)",
    "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>": "(a + b)/c",
    "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>": "∑_(i=1)^n i",
    "<munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>x</mi>": "lim_(x→0) x",
    "<mover><mi>x</mi><mo>¯</mo></mover>": "bar(x)",
    "<mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>→</mo></mover>": "vec(AB)",
    "<mfenced open='[' close=']'><mi>a</mi><mi>b</mi></mfenced>": "[a, b]",
    "<mi>f</mi><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>": "f(x, y)",
    "<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn>"
    "</mtd></mtr></mtable><mo>)</mo>": "(1, 2; 3, 4)",
    "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mn>1</mn></mtd></mtr><mtr><mtd><mi>b</mi></mtd><mtd><mo>=</mo>"
    "<mn>2</mn></mtd></mtr></mtable>": "a = 1; b = 2",
    "<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>": "_6^14 C",
    "<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>": "binom(n, k)",
    "<mi>x</mi><mtext> if </mtext><mi>y</mi>": "x if y",
    "<msup><mi>x</mi><mn>2</mn></msup><mi>y</mi>": "x^2 y",
    "<mn>2</mn><mo>*</mo><mn>3</mn>": "2 * 3",
    "": "",
}


@pytest.mark.parametrize("mathml", LINEAR)
def test_mathml_as_a_line(mathml: str) -> None:
    assert linear(lxml.html.fragment_fromstring(f"<math>{mathml}</math>")) == LINEAR[mathml]


MML = "<math><semantics><mrow><msup><mi>c</mi><mn>2</mn></msup></mrow>{}</semantics></math>"
TEX = MML.format("<annotation encoding='application/x-tex'>c^2</annotation>")
KATEX = (
    f"<span class='katex'><span class='katex-mathml'>{TEX}</span><span class='katex-html' aria-hidden='true'>"
    "<span class='base'><span class='mord'>c</span><span class='msupsub'>2</span></span></span></span>"
)
MATHJAX = (
    "<span class='MathJax_Preview'>{preview}</span><span class='MathJax' data-mathml='&lt;math&gt;&lt;/math&gt;'><nobr "
    "aria-hidden='true'><span class='math'>E=hν</span></nobr><span class='MJX_Assistive_MathML'><math><mi>E</mi></math>"
    "</span></span><script type='math/tex'>E=h\\nu</script>"
)
CASES = {
    "without TeX": ("<p>half, <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>, now</p>", "half, 1/2, now"),
    "with a prefix": ("<p><m:math><m:mfrac><m:mn>1</m:mn><m:mn>2</m:mn></m:mfrac></m:math></p>", "1/2"),
    "root": ("<p><math><mroot><mn>8</mn><mn>3</mn></mroot></math></p>", "root(3)(8)"),
    "index without TeX": (
        "<p><math><msub><mi>x</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msub></math></p>",
        "x_(n+1)",
    ),
    "annotation": (f"<p>{TEX}</p>", "$c^2$"),
    "other annotations": (
        "<p>" + MML.format("<annotation encoding='text/plain'>c squared</annotation>") + "</p>",
        "c^2",
    ),
    "alttext": ("<p><math alttext='c^{2}'><mi>c</mi></math></p>", "$c^{2}$"),
    "alttext that is read aloud": (
        "<p><math alttext='c squared'><msup><mi>c</mi><mn>2</mn></msup></math></p>",
        "c^2",
    ),
    "KaTeX": (f"<p>is {KATEX}, once</p>", "is $c^2$, once"),
    "KaTeX alone": (f"<p>is</p><span class='katex-display'>{KATEX}</span><p>so</p>", "is\n\n$$\nc^2\n$$\n\nso"),
    "KaTeX in a sentence, alone": (
        f"<p>is <span class='katex-display'>{KATEX}</span> so</p>",
        "is\n\n$$\nc^2\n$$\n\nso",
    ),
    "KaTeX in a listing": (f"<pre>{KATEX} {KATEX}</pre>", "```\nc^2 c^2\n```"),
    "MathJax and pictures in a listing": (
        "<pre>a <span class=MathJax>b</span><script type='math/tex'>b</script> <img class=latex alt='\\pi'></pre>",
        "```\na b \\pi\n```",
    ),
    "a listing of the language math": (
        "<pre><code class='language-math'>c^2</code></pre><p>a <code class='language-math math-inline'>b^2</code></p>",
        "$$\nc^2\n$$\n\na $b^2$",
    ),
    "KaTeX in a cell": (
        f"<table><tr><th>a<th>b<tr><td>{KATEX}<td>1</table>",
        "| a | b |\n| --- | --- |\n| $c^2$ | 1 |",
    ),
    "KaTeX in an item": (
        f"<ul><li>is <span class='katex-display'>{KATEX}</span></ul>",
        "- is\n\n  $$\n  c^2\n  $$",
    ),
    "MathJax 2": ("<p>is " + MATHJAX.format(preview="") + " here</p>", "is $E=h\\nu$ here"),
    "MathJax 2 with a preview": ("<p>is " + MATHJAX.format(preview="E=hν") + " here</p>", "is $E=h\\nu$ here"),
    "MathJax 2 without its script": (
        "<p><span class='MathJax' data-mathml='&lt;math&gt;&lt;msup&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;mn&gt;2&lt;/mn&gt;&lt;"
        "/msup&gt;&lt;/math&gt;'><nobr>x2</nobr></span></p>",
        "x^2",
    ),
    "MathJax 2 alone": (
        "<div class='MathJax_Display'><span class='MathJax'>x2</span></div>"
        "<script type='math/tex; mode=display'>x^2</script>",
        "$$\nx^2\n$$",
    ),
    "MathJax 3": (
        "<p>a <mjx-container class='MathJax' jax='CHTML'><mjx-math></mjx-math><mjx-assistive-mml><math><msup><mi>x</mi>"
        "<mn>2</mn></msup></math></mjx-assistive-mml></mjx-container> b</p>",
        "a x^2 b",
    ),
    "MathJax 3 alone": (
        f"<p>a</p><mjx-container display='true'><mjx-assistive-mml>{TEX}</mjx-assistive-mml></mjx-container>",
        "a\n\n$$\nc^2\n$$",
    ),
    "MathJax 4": ("<p><mjx-container><mjx-math data-latex='x^2'></mjx-math></mjx-container></p>", "$x^2$"),
    "MathJax that is read aloud": (
        "<p><mjx-container aria-label='x squared'><svg></svg></mjx-container></p>",
        "x squared",
    ),
    "data-math": (
        "<p>is <span class='m' data-math='a\\cosh(x/a)'><span aria-hidden=true>acosh</span></span>.</p>",
        "is $a\\cosh(x/a)$.",
    ),
    "data-math in a block": ("<div class='math-block' data-math='a^2'><span>a2</span></div>", "$$\na^2\n$$"),
    "data-latex": ("<p><span data-type='inline-math' data-latex='a^2'></span></p>", "$a^2$"),
    "data-tex": ("<p><span class='ztext-math' data-tex='a^2'>a2</span></p>", "$a^2$"),
    "attribute without TeX": ("<p><span data-math='true'>a</span></p>", "a"),
    "script": ("<p><script type='math/tex'>% <![CDATA[\na_1 % ]]></script></p>", "$a_1$"),
    "script alone": ("<script type='math/tex; mode=display'>a_1</script>", "$$\na_1\n$$"),
    "other scripts": ("<p>a<script type='text/x-mathjax-config'>b</script></p>", "a"),
    "picture of WordPress": (
        "<p>is <img class='latex' src='https://s0.wp.com/latex.php?latex=E%3Dmc%5E2&bg=fff' alt='E=mc^2'>.</p>",
        "is $E=mc^2$.",
    ),
    "picture drawn on demand": (
        "<p><img src='https://latex.codecogs.com/svg.image?\\inline&space;\\frac{1}{2}'></p>",
        "$\\frac{1}{2}$",
    ),
    "picture with TeX": ("<p><img src='/f1.png' alt='\\frac{1}{2}'></p>", "$\\frac{1}{2}$"),
    "picture without TeX": ("<p><img src='/f1.png' alt='C:\\temp'></p>", "![C:\\temp](/f1.png)"),
    "picture of Wikipedia": (
        "<p><span class='mwe-math-element'><span style='display: none'><math alttext='{\\displaystyle a^{2}}'>"
        "<mi>a</mi></math></span><img src='/math/render/svg/1' class='mwe-math-fallback-image-inline' "
        "alt='{\\displaystyle a^{2}}'></span></p>",
        "$a^{2}$",
    ),
    "pandoc": (
        "<p><span class='math inline'>\\(a_1\\)</span> <span class='math display'>\\[b_1\\]</span></p>",
        "$a_1$\n\n$$\nb_1\n$$",
    ),
    "pandoc without delimiters": ("<p><span class='math inline'>a_1</span></p>", "$a_1$"),
    "in the text": ("<p>is $a_1 * b_1$ and \\(c_0\\) here</p>", "is $a_1 * b_1$ and $c_0$ here"),
    "in the text, alone": ("<p>\\[ a_1 * b_1 \\]</p>", "$$\na_1 * b_1\n$$"),
    "in the text, over lines": ("<p>$$<br>a_1<br>= b_1<br>$$</p>", "$$\na_1 = b_1\n$$"),
    "environment": ("<p>\\begin{align} a &amp;= b \\end{align}</p>", "$$\n\\begin{align} a &= b \\end{align}\n$$"),
    "prices": ("<p>costs $5_000 and $6_000, $$ to $$$</p>", "costs $5_000 and $6_000, \\$\\$ to \\$\\$\\$"),
    "in code": ("<p><code>$a_1$</code></p>", "`$a_1$`"),
    "text around formulas": (f"<div class='katex'><p>A page about</p><p>{KATEX}</p></div>", "A page about\n\n$c^2$"),
    "nothing": ("<p>a<math></math>b</p>", "ab"),
}


@pytest.mark.parametrize("name", CASES)
def test_markdown(name: str) -> None:
    html, expected = CASES[name]
    assert rendered(html) == expected


PLAIN = {
    f"<p>is {KATEX}.</p>": "is c^2.",
    f"<div class='katex-display'>{KATEX}</div>": "c^2",
    "<p>is $a_1$ and \\(b_1\\).</p>": "is $a_1$ and \\(b_1\\).",
    "<p><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>": "1/2",
}


@pytest.mark.parametrize("html", PLAIN)
def test_plain_text(html: str) -> None:
    assert rendered(html, "text") == PLAIN[html]


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))


@pytest.mark.parametrize("mathml", [mathml for mathml in LINEAR if "linethickness" not in mathml])
@pytest.mark.parametrize("form", ["markdown", "text"])
def test_numbers_are_those_of_the_page(mathml: str, form: Rendering) -> None:
    page = f"<p>12 <math>{mathml}</math> 34</p>"
    leaves = " ".join(text for text in lxml.html.fragment_fromstring(page).itertext())
    assert numbers(rendered(page, form)) == numbers(leaves)
