"""Listings of pages: their lines, what in them is no code, and their languages."""

from __future__ import annotations

import html as entities

import pytest

from cleaner.html.blocks import Block, only_icons
from cleaner.html.parse import parse
from cleaner.html.render.page import render
from cleaner.html.walk import walk


def blocks(html: str) -> list[Block]:
    return walk(parse(f"<body>{html}</body>").root).blocks


def listings(html: str) -> list[tuple[str, str]]:
    """The language and the code of each listing."""
    return [(block.language, block.text) for block in blocks(html) if block.kind == "code"]


PYTHON = "def f(a):\n    return a\n\nf(1)"
LINES = PYTHON.split("\n")


def each(template: str, between: str = "") -> str:
    """The lines of `PYTHON`, each in an element."""
    return between.join(template.format(line=line, number=number) for number, line in enumerate(LINES, 1))


SHAPES = {
    "text": f"<pre>{PYTHON}</pre>",
    "text in code": f"<pre><code>\n{PYTHON}\n</code></pre>",
    "carriage returns": "<pre>" + PYTHON.replace("\n", "&#13;\n") + "</pre>",
    "breaks": "<pre>" + each("{line}", "<br>") + "</pre>",
    "blocks": "<pre>" + each("<div class='line'>{line}</div>") + "</pre>",
    "Ace": "<div><div class='ace_gutter'>1 2 3 4</div><div><div class='ace_layer ace_text-layer'>"
    + each("<div class='ace_line'>{line}</div>")
    + "</div></div></div>",
    "Monaco": "<div><div class='margin'><div class='margin-view-overlays'>1 2 3 4</div></div><div class='view-lines'>"
    + each("<div class='view-line'>{line}</div>")
    + "</div></div>",
    "blocks that begin with white space": "<pre>"
    + each("<div class='line'>{line}</div>").replace("    return", "    <b>return</b>")
    + "</pre>",
    "rows that begin with white space": "<table class='gist'>"
    + each("<tr><td class='blob-num'></td><td>{line}</td></tr>").replace("    return", "    <b>return</b>")
    + "</table>",
    "by classes of Tailwind": f"<div class='font-mono whitespace-pre-wrap'>{PYTHON}</div>",
    "by a style sheet": f"<style>.card{{margin:0}} p.tide, .x {{ white-space : pre; font-family: Courier }}</style>"
    f"<p class='a tide'>{PYTHON}</p>",
    "blocks with line ends": "<pre><code>"
    + each("<div class='token-line'><span>{line}\n</span></div>")
    + "</code></pre>",
    "blocks apart": "<pre>" + each("<div class='line'>{line}</div>", "\n") + "</pre>",
    "blocks with breaks": "<pre>" + each("<div>{line}<br></div>") + "</pre>",
    "spans and line ends": "<pre><code>" + each("<span class='line'>{line}</span>", "\n") + "</code></pre>",
    "spans": "<pre><code>" + each("<span class='line'>{line}</span>") + "</code></pre>",
    "spans by their style": "<pre>" + each("<span style='display: block'>{line}</span>") + "</pre>",
    "pieces of code": "<pre>" + each("<code>{line}</code>") + "</pre>",
    "items": "<pre><ol>" + each("<li><div class='line'>{line}</div></li>", "\n") + "</ol></pre>",
    "rows": "<pre><code><table>" + each("<tr><td>{line}</td></tr>", "\n") + "</table></code></pre>",
    "numbers in spans": "<pre>" + each("<span class='lineno'>{number}</span>{line}", "\n") + "</pre>",
    "numbers that cannot be selected": "<pre>"
    + each("<span style='user-select: none'>{number} </span>{line}", "\n")
    + "</pre>",
    "numbers for no reader": "<pre>" + each("<span aria-hidden='true'>{number}</span>{line}", "\n") + "</pre>",
    "numbers in a column": "<table class='lntable'><tr><td class='lntd'><pre>1\n2\n3\n4</pre></td><td class='lntd'>"
    f"<pre><code>{PYTHON}</code></pre></td></tr></table>",
    "numbers in a column of any name": "<table><tr><td><pre>1\n2\n3\n4</pre></td><td>"
    f"<pre>{PYTHON}</pre></td></tr></table>",
    "numbers in attributes": "<table class='highlight'>"
    + each("<tr><td class='blob-num' data-line-number='{number}'></td><td class='blob-code'>{line}</td></tr>", "\n")
    + "</table>",
    "numbers in rows": "<div class='code'><table class='hljs-ln'>"
    + each("<tr><td class='hljs-ln-numbers'>{number}</td><td>{line}</td></tr>")
    + "</table></div>",
    "numbers in front": f"<div><pre class='line-numbers'>1\n2\n3\n4</pre><pre><code>{PYTHON}</code></pre></div>",
    "a highlighter": "<div class='syntaxhighlighter'><table><tr><td class='gutter'>"
    + each("<div class='line number{number}'>{number}</div>")
    + "</td><td class='code'><div class='container'>"
    + each("<div class='line'>{line}</div>").replace("    ", "&nbsp;&nbsp;&nbsp;&nbsp;")
    + "</div></td></tr></table></div>",
    "an editor": "<div class='view-lines'>"
    + each("<div class='view-line'><span>{line}</span></div>").replace("    ", "&nbsp;&nbsp;&nbsp;&nbsp;")
    + "</div>",
    "Doxygen": "<div class='fragment'>"
    + each("<div class='line'><span class='lineno'>{number}</span>{line}</div>", "\n")
    + "</div>",
    "style": f"<div style='font-family: Consolas, monospace; white-space: pre'>{PYTHON}</div>",
    "style and blocks": "<div style='font-family: monospace; white-space: pre;'><div>"
    + each("<div class='line'><span>{line}</span></div>")
    + "</div></div>",
    "code alone": f"<p>Run:</p><p><code>{PYTHON}</code></p>",
    "code by its class": f"<div>Run: <code class='block'>{PYTHON}</code></div>",
    "code with breaks": "<p><code>"
    + each("{line}", "<br>").replace("    ", "&nbsp;&nbsp;&nbsp;&nbsp;")
    + "</code></p>",
    "output of a program": f"<p>Run:</p><samp style='white-space: pre'>{PYTHON}</samp>",
    "a typewriter": "<p><tt>" + each("{line}", "<br>").replace("    ", "&nbsp;&nbsp;&nbsp;&nbsp;") + "</tt></p>",
    "a marked line": "<pre>def f(a):\n<span class='gatsby-highlight-code-line'>    return a</span>\nf(1)</pre>",
    "an editor of listings": "<div class='CodeMirror'><div class='CodeMirror-code'>"
    + each("<div><div class='CodeMirror-gutter-wrapper'>{number}</div><pre class='CodeMirror-line'>{line}</pre></div>")
    + "</div></div>",
    "numbers beside an editor": "<div><div class='cm-gutters'><div>1</div><div>2</div></div><div class='cm-content'>"
    + each("<div class='cm-line'>{line}</div>")
    + "</div></div>",
    "numbers beside it": f"<div><div class='line-numbers'>1<br>2<br>3<br>4</div><pre><code>{PYTHON}</code></pre></div>",
    "numbers behind it": f"<div><pre>{PYTHON}</pre><div class='line-numbers-wrapper'><i>1</i><br><i>2</i></div></div>",
    "numbers in a list": f"<div><pre>{PYTHON}</pre><ul class='pre-numbering'><li>1</li><li>2</li></ul></div>",
    "a button": f"<pre><button>Copy</button><code>{PYTHON}</code></pre>",
    "a head": f"<pre><div><span>python</span><button>Copy code</button></div><code>{PYTHON}</code></pre>",
    "a toolbar": f"<pre><div class='code-toolbar'>Copy</div>{PYTHON}</pre>",
    "empty lines held open": "<pre>" + PYTHON.replace("\n\n", "\n\u200b\n") + "</pre>",
}


@pytest.mark.parametrize("name", SHAPES)
def test_lines(name: str) -> None:
    assert [text for _, text in listings(SHAPES[name])] == [PYTHON]


@pytest.mark.parametrize("name", SHAPES)
def test_only_code_is_code(name: str) -> None:
    """Numbers and labels stand beside the text, to go with a word."""
    for block in blocks(SHAPES[name]):
        assert block.kind in ("code", "paragraph") or only_icons(block.text, block.icons)


@pytest.mark.parametrize(
    "code",
    [
        "\tx\n\t\ty",
        "a\n\n\n\nb",
        "  a\n    b\n  c",
        "x = '  '\ny",
        "a  b\tc",
        "`a`\n```\nb",
        "1\n2\n4",
        "<b>&amp;</b>\n$x$",
    ],
)
def test_code_is_exact(code: str) -> None:
    html = f"<pre>{entities.escape(code)}</pre>"
    assert [text for _, text in listings(html)] == [code]
    assert render(blocks(html), "text").text == code + "\n"
    assert code in render(blocks(html), "markdown").text


NO_LISTINGS = {
    "a word": "<p>Run <code>make</code> now.</p>",
    "words over a line end": "<p>Run <code>make\nall</code> now.</p>",
    "a numbered table": "<table><tr><td>1</td><td>Ida Quill</td></tr><tr><td>2</td><td>Jo Rask</td></tr></table>",
    "a numbered poem": "<table><tr><td class='linenum'>1</td><td>The sea</td></tr><tr><td class='linenum'>2</td>"
    "<td>is late</td></tr></table>",
    "a message": "<div style='white-space: pre-wrap'>Dear all\nthe boat is late</div>",
    "prose in letters of a typewriter, by its classes": "<div class='font-mono whitespace-pre'><p>One.</p>\n<p>Two.</p>"
    "</div>",
    "prose that keeps its lines": "<style>.tide{white-space:pre}</style><p class='tide'>One.\nTwo.</p>",
    "the letters of another tag": "<style>pre.tide{white-space:pre;font-family:Courier}</style>"
    "<p class='tide'>One.\nTwo.</p>",
    "prose in the letters of a typewriter": f"<p><tt>{'The boat is late again, ' * 5}<br>and so am I.</tt></p>",
    "code in a heading": "<h2><code>a\nb</code></h2>",
    "an empty one": "<pre>\n \n</pre>",
}


@pytest.mark.parametrize("name", NO_LISTINGS)
def test_what_is_no_listing(name: str) -> None:
    assert not listings(NO_LISTINGS[name])


LANGUAGES = {
    "<pre class='language-js'>x</pre>": "js",
    "<pre><code class='hljs lang-rust'>x</code></pre>": "rust",
    "<pre><code class='hljs python'>x</code></pre>": "python",
    "<pre class='prettyprint c'>x</pre>": "c",
    "<pre class='c'>x</pre>": "",
    "<figure class='highlight js'><div><pre>x</pre></div></figure>": "js",
    "<pre data-syntaxhighlighter-params='brush: java; gutter: false'>x</pre>": "java",
    "<div><span class='head'>Rust</span><pre>x</pre></div>": "rust",
    "<pre class='sourceCode haskell'>x</pre>": "haskell",
    "<pre class='brush: java; gutter: true'>x</pre>": "java",
    "<pre class='src src-emacs-lisp'>x</pre>": "emacs-lisp",
    "<pre lang='php'>x</pre>": "php",
    "<div class='highlight hl-ipython3'><pre>x</pre></div>": "python",
    "<div class='mw-highlight mw-highlight-lang-lua mw-content-ltr'><pre>x</pre></div>": "lua",
    "<div class='Box-body blob-wrapper data type-python'><div><pre>x</pre></div></div>": "python",
    "<div class='blob-wrapper type-text'><pre>x</pre></div>": "",
    "<div class='post type-java'><pre>x</pre></div>": "",
    "<pre lang='en'>x</pre>": "",
    "<pre data-language='toml'>x</pre>": "toml",
    "<pre data-enlighter-language='kotlin'>x</pre>": "kotlin",
    "<div data-lang='C++'><pre>x</pre></div>": "cpp",
    "<div class='highlight-default notranslate'><div class='highlight'><pre>x</pre></div></div>": "",
    "<div class='highlight highlight-source-shell'><pre>x</pre></div>": "shell",
    "<div class='language-python highlighter-rouge'><div class='highlight'><pre>x</pre></div></div>": "python",
    "<article class='article-body java'><pre>x</pre></article>": "",
    "<div class='code'><div class='head'><span>Go</span><button>Copy</button></div><pre>x</pre></div>": "go",
    "<div class='code'><div class='head'>C#</div><div class='body'><pre>x</pre></div></div>": "csharp",
    "<figure><figcaption>Bash</figcaption><pre>x</pre></figure>": "bash",
    "<pre><div class='head'>YAML<button>Copy</button></div><code>x</code></pre>": "yaml",
    "<p>Go</p><pre>x</pre>": "",
    "<h3>Python</h3><pre>x</pre>": "",
}


@pytest.mark.parametrize("html", LANGUAGES)
def test_language(html: str) -> None:
    assert listings(html) == [(LANGUAGES[html], "x")]


def test_a_heading_above_a_listing_is_no_label() -> None:
    shown = render(blocks("<h3>Python</h3><pre>x</pre><p>Go</p><pre>y</pre>"), "markdown")
    assert shown.text == "### Python\n\n```\nx\n```\n\nGo\n\n```\ny\n```\n"
    assert not shown.asides
