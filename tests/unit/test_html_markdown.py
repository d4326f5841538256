"""Blocks as Markdown and as plain text: one small page per case."""

from __future__ import annotations

import re

import lxml.html
import pytest
from markdown_it import MarkdownIt

from cleaner.html.render.page import Rendered, render
from cleaner.html.walk import walk
from cleaner.model import Rendering


def rendered(html: str, to: Rendering = "markdown", *, images: bool = True, base: str = "") -> Rendered:
    root = lxml.html.document_fromstring(f"<body>{html}</body>")
    return render(walk(root).blocks, to, images=images, base=base)


def md(html: str, **options: object) -> str:
    return rendered(html, **options).text.removesuffix("\n")  # type: ignore[arg-type]


CASES = {
    "paragraphs": ("<p>One\n  line.</p><p>Two.</p>", "One line.\n\nTwo."),
    "bare text": ("One <p>Two</p> three", "One\n\nTwo\n\nthree"),
    "characters without a width": (
        "<p>Zu&shy;kunft \u200bhier</p><p>\u2060</p><p>ភាសា\u200bខ្មែរ</p>",
        "Zukunft hier\n\nភាសា\u200bខ្មែរ",
    ),
    "headings": ("<h1>A</h1><h3>B <b>c</b></h3>", "# A\n\n### B c"),
    "headings by their role": (
        "<div role=heading aria-level=3>A</div><div role=heading><p>B</p></div><p role=heading aria-level=9>C</p>",
        "### A\n\nB\n\nC",
    ),
    "emphasis": ("<p>a <em>b</em> <strong>c </strong>d<i> e</i></p>", "a *b* **c** d *e*"),
    "nested emphasis": ("<p><b>a <strong>b</strong></b></p>", "**a b**"),
    "empty emphasis": ("<p>a<b> </b>b <i></i>c</p>", "a b c"),
    "struck": ("<p><del>old</del> new</p>", "~~old~~ new"),
    "list": ("<ul><li>a<li>b</ul>", "- a\n- b"),
    "numbered list": ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
    "nested list": ("<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", "- a\n  - b\n  - c\n- d"),
    "list in numbered list": ("<ol><li>a<ul><li>b</ul></ol>", "1. a\n   - b"),
    "loose item": ("<ul><li><p>a</p><p>b</p></li><li>c</ul>", "- a\n\n  b\n- c"),
    "two lists": ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n- b"),
    "quote": ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    "two quotes": ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b"),
    "list in a quote": ("<blockquote><p>a</p><ul><li>b<li>c</ul></blockquote>", "> a\n>\n> - b\n> - c"),
    "quote in an item": ("<ul><li>a<blockquote>b</blockquote></ul>", "- a\n\n  > b"),
    "line break": ("<p>a<br>b</p>", "a  \nb"),
    "line break in a quote": ("<blockquote>a<br>b</blockquote>", "> a  \n> b"),
    "two line breaks": ("<div>a<br> <br>b</div>", "a\n\nb"),
    "break at the end": ("<p>a<br></p>", "a"),
    "rule": ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
    "code": ("<p>run <code>a  b</code> now</p>", "run `a b` now"),
    "code with ticks": ("<p><code>a`b</code></p>", "``a`b``"),
    "listing": ("<pre><code class='language-python'>if x:\n    y\n</code></pre>", "```python\nif x:\n    y\n```"),
    "listing with a fence": ("<pre>```\nx\n```</pre>", "````\n```\nx\n```\n````"),
    "listing in an item": ("<ul><li>a<pre>x\ny</pre></li></ul>", "- a\n\n  ```\n  x\n  y\n  ```"),
    "listing with rows": ("<pre><span>a</span><br>b</pre>", "```\na\nb\n```"),
    "link": ("<p><a href='http://x.org/a'>b</a></p>", "[b](http://x.org/a)"),
    "link around blocks": ("<a href='/a'><h3>b</h3><p>c</p></a>", "### [b](/a)\n\n[c](/a)"),
    "link without target": ("<p><a>a</a> <a href='#x'>b</a> <a href='javascript:c()'>c</a></p>", "a b c"),
    "link without text": ("<p>a <a href='/b'> </a>c</p>", "a c"),
    "link with parentheses": ("<p><a href='/a_(b) c'>b</a></p>", "[b](/a_%28b%29%20c)"),
    "image": ("<p><img src='/a.png' alt='A cat'></p>", "![A cat](/a.png)"),
    "lazy image": ("<p><img src='data:image/gif;base64,R0' data-src='/a.png' alt=''></p>", "![](/a.png)"),
    "image by srcset": ("<picture><source srcset='/s.png 300w, /l.png 900w'><img alt=x></picture>", "![x](/l.png)"),
    "image twice": (
        "<p><img data-src='/a.png' alt=x><noscript><img src='/a.png' alt=x></noscript></p>",
        "![x](/a.png)",
    ),
    "bold image": ("<p><b><img src='/a.png' alt=x></b></p>", "![x](/a.png)"),
    "linked image": ("<a href='/b'><img src='/a.png' alt=x></a>", "[![x](/a.png)](/b)"),
    "icon": ("<p>a<img src='/i.png' width=16 height=16 alt=i></p>", "a"),
    "caption": ("<figure><img src='/a.png' alt=x><figcaption>Cap.</figcaption></figure>", "![x](/a.png)\n\nCap."),
    "table": (
        "<table><thead><tr><th>a<th>b</thead><tr><td>1<td>x|y</table>",
        "| a | b |\n| --- | --- |\n| 1 | x\\|y |",
    ),
    "table without header": (
        "<table><tr><td>a<td>b<tr><td>1<td>2</table>",
        "|  |  |\n| --- | --- |\n| a | b |\n| 1 | 2 |",
    ),
    "layout table": ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"),
    "terms": ("<dl><dt>a<dd>b</dl>", "**a**\n\n: b"),
    "two paragraphs of a definition": ("<dl><dt>a<dd><p>b</p><p>c</p></dl>", "**a**\n\n: b\n\n  c"),
    "list as a definition": ("<dl><dt>a<dd><ul><li>b</ul></dl>", "**a**\n\n- b"),
    "sign beside a heading": ("<h2>a<a href='#a'>#</a></h2>", "## a#"),
    "code in a cell": (
        "<table><tr><th>a<th>b<tr><td><code>x</code><td><p>1</p><p>2</p></table>",
        "| a | b |\n| --- | --- |\n| `x` | 1<br>2 |",
    ),
    "footnote by its link": (
        "<p>a<a href='#footnote-1' id='footnote-anchor-1'>1</a></p>"
        "<div><a id='footnote-1' href='#footnote-anchor-1'>1</a><div><p>note</p></div></div>",
        "a[^1]\n\n[^1]: note",
    ),
    "details": ("<details><summary>a</summary><p>b</p></details>", "**a**\n\nb"),
    "maths": (
        "<p>x <math><mi>y</mi><annotation encoding='application/x-tex'>y^2</annotation></math></p>",
        "x $y^2$",
    ),
    "display maths": (
        "<p>a</p><math display='block'><mi>y</mi><annotation encoding='application/x-tex'>y^2</annotation></math>",
        "a\n\n$$\ny^2\n$$",
    ),
    "MathJax": ("<p>x <script type='math/tex'>y_1</script></p>", "x $y_1$"),
    "footnotes": (
        "<p>a<sup><a href='#fn1' id='fnref1'>1</a></sup></p><ol><li id='fn1'>note <a href='#fnref1'>↩</a></ol>",
        "a[^1]\n\n[^1]: note ↩",
    ),
    "stars": ("<p>2 * 3 and *args and f*ck</p>", "2 * 3 and \\*args and f\\*ck"),
    "underscores": ("<p>snake_case and _x_</p>", "snake_case and \\_x\\_"),
    "brackets": ("<p>[a](b) and [sic] and [[x]]</p>", "\\[a](b) and [sic] and \\[[x]]"),
    "tags": ("<p>&lt;b&gt; and 1 &lt; 2 and &lt;&lt;token&gt;&gt;</p>", "\\<b> and 1 < 2 and <\\<token>>"),
    "starts": ("<p># a</p><p>- b</p><p>1. c</p><p>&gt; d</p>", "\\# a\n\n\\- b\n\n1\\. c\n\n\\> d"),
    "starts behind markup": ("<p><a href='#x'>1. a</a></p><ul><li><span>+</span> b</li></ul>", "1\\. a\n\n- \\+ b"),
    "names of characters": ("<p>&amp;lt; and &amp;#60; and A&amp;B;</p>", "\\&lt; and \\&#60; and A\\&B;"),
    "brackets in a link": (
        "<p><a href='/a'>b [c]: d</a> <a href='/e'>[f] <i>g]</i></a> <a href='/h'>[i]</a></p>",
        "[b \\[c\\]: d](/a) [[f] *g\\]*](/e) [\\[i\\]](/h)",
    ),
    "runs of underscores": ("<p>__init__ a__b ___</p>", "\\_\\_init\\_\\_ a__b \\_\\_\\_"),
    "blanks to fill in": ("<p>my ____ is ____, not ___.</p>", "my ____ is \\_\\_\\_\\_, not \\_\\_\\_."),
    "dollars in several texts": ("<p>was $9<sup>$</sup>9, <i>$A</i></p>", "was \\$9<sup>\\$</sup>9, *\\$A*"),
    "prices in several texts": ("<p>$5 or <i>more than $9</i></p>", "$5 or *more than $9*"),
    "quotation": ("<p>say <q>hi</q></p>", 'say "hi"'),
    "hidden parts are there": ("<p style='display:none'>a</p><p>b</p>", "a\n\nb"),
    "silent parts are not": ("<script>a</script><style>b</style><p>c<!-- d --></p>", "c"),
    "button in a listing": ("<pre>x<button>Copy</button></pre>", "Copy\n\n```\nx\n```"),
}


@pytest.mark.parametrize("name", CASES)
def test_markdown(name: str) -> None:
    html, expected = CASES[name]
    assert md(html) == expected


PLAIN = {
    "paragraphs": ("<h2>A</h2><p>b <b>c</b> <a href='/d'>d</a></p>", "A\n\nb c d"),
    "lists and quotes": ("<blockquote><p>a</p></blockquote><ol><li>b<li>c</ol>", "a\n\n1. b\n2. c"),
    "tables": ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a | b\n1 | 2"),
    "listing": ("<pre>a\n  b</pre>", "a\n  b"),
    "no pictures": ("<p>a</p><p><img src='/a.png' alt=x></p><p>b</p>", "a\n\nb"),
    "nothing is escaped": ("<p># *a* [b](c)</p>", "# *a* [b](c)"),
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text(name: str) -> None:
    html, expected = PLAIN[name]
    assert md(html, to="text") == expected


def test_addresses_become_absolute() -> None:
    html = "<p><a href='../b?c=1'>b</a> <a href='//y.org/d'>d</a> <a href='mailto:e@f'>e</a></p>"
    expected = "[b](https://x.org/b?c=1) [d](https://y.org/d) [e](mailto:e@f)"
    assert md(html, base="https://x.org/a/index.html") == expected


def test_pictures_can_be_left_out() -> None:
    assert md("<p>a <img src='/a.png' alt=x></p><p><img src='/b.png' alt=y></p>", images=False) == "a"


def test_a_picture_that_is_not_shown_leaves_its_marker() -> None:
    html = "<ol start=9><li><p><img src='/a.png' alt=x></p><p>a</p></li><li>b<p>c</p></li></ol>"
    assert md(html, images=False) == "9. a\n10. b\n\n    c"
    assert md(html, to="text") == "9. a\n10. b\n\n    c"
    assert md(html) == "9. ![x](/a.png)\n\n   a\n10. b\n\n    c"


def test_icon_labels_have_their_spans() -> None:
    html = "<p>Call us <svg><title>Phone</title></svg> now<span class='sr-only'> (opens a window)</span></p>"
    page = rendered(html)
    assert page.text == "Call us Phone now (opens a window)\n"
    assert [page.text[start:end].strip() for _, (start, end), _ in page.asides] == ["Phone", "(opens a window)"]


def test_spans_are_the_lines_of_their_blocks() -> None:
    page = rendered("<h2>A</h2><ul><li>b<br>c<li>d</ul><p>e</p>")
    assert [page.text[start:end] for start, end in page.spans] == ["## A", "- b  \n  c", "- d", "e"]


@pytest.mark.parametrize(
    "mean", ["*a*", "_a_", "`a`", "[a](b)", "<b>", "# a", "- a", "1. a", "> a", "a\\*b", "~~a~~", "---"]
)
def test_text_that_looks_like_markdown_stays_text(mean: str) -> None:
    """A Markdown reader gives the very characters back."""
    import html as entities

    text = md(f"<p>{entities.escape(mean)}</p>")
    shown = MarkdownIt("commonmark").enable("strikethrough").render(text)
    assert re.fullmatch(r"<p>(.*)</p>\n", shown, re.DOTALL), shown
    assert entities.unescape(shown[3:-5]) == mean
