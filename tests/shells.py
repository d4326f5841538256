"""Pages of eight kinds around an article of any length, all words of which are known."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

_WORDS = (
    *("harbour", "boat", "ladder", "quay", "keeper", "light", "storm", "wall", "rope", "anchor", "gull", "tide"),
    *("sand", "pier", "net", "sailor", "lantern", "fog", "bell", "mast", "deck", "hull", "oar", "chart", "compass"),
    *("knot", "wind", "cloud", "rain", "street", "window", "door", "table", "chair", "letter", "clock", "garden"),
    *("bridge", "river", "stone", "tower", "market", "baker", "bread", "salt", "pepper", "copper", "silver", "wool"),
    *("linen", "paper", "ink", "brush", "colour", "shadow", "morning", "evening"),
)
_VERBS = (
    *("carried", "found", "painted", "crossed", "left", "opened", "mended", "weighed", "followed", "counted"),
    *("turned", "kept", "sold", "watched"),
)
_SMALL = ("the", "a", "this", "that", "every", "another", "some", "its", "their")
TITLE = "The keeper of the light and the ladder on the quay"


def sentence(draw: random.Random) -> str:
    """A sentence of eight to twenty words."""
    words = [draw.choice(_SMALL).capitalize(), draw.choice(_WORDS), draw.choice(_VERBS)]
    for _ in range(draw.randint(2, 6)):
        words += (draw.choice(_SMALL), draw.choice(_WORDS), draw.choice(("and", "of", "in", "before", "near", "with")))
    return " ".join((*words, draw.choice(_SMALL), draw.choice(_WORDS))) + "."


def paragraph(number: int) -> str:
    """The text of a paragraph, which no other has."""
    draw = random.Random(number)
    return " ".join(sentence(draw) for _ in range(draw.randint(1, 5))) + f" Number {number} of the log says so."


def article(count: int, *, headings: bool = False, lists: bool = False, code: bool = False) -> str:
    """An article of so many paragraphs, with a heading, a list or a listing after every tenth if wanted."""
    return "\n".join(_elements(count, headings, lists, code))


def _elements(count: int, headings: bool, lists: bool, code: bool) -> Iterator[str]:
    for number in range(count):
        draw = random.Random(-number - 1)
        if headings and number % 10 == 5:
            yield f"<h2>{draw.choice(_WORDS).capitalize()} and {draw.choice(_WORDS)}, part {number}</h2>"
        yield f"<p>{paragraph(number)}</p>"
        if lists and number % 10 == 7:
            items = "".join(f"<li>{sentence(draw)}</li>" for _ in range(4))
            yield f"<ul>{items}</ul>"
        if code and number % 10 == 9:
            name = draw.choice(_WORDS)
            yield f"<pre><code>def {name}_{number}(boat):\n    return boat.{draw.choice(_WORDS)}({number})</code></pre>"


_MENU = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("Home", "Archive", "Boats", "Contact"))
_STORIES = "".join(
    f'<li><a href="/story/{number}">What the {_WORDS[number]} said of the {_WORDS[number + 7]}</a></li>'
    for number in range(8)
)
_HEAD = f"<title>{TITLE}</title><meta charset='utf-8'>"


def blog(body: str) -> str:
    """A weblog with a sidebar."""
    return f"""<html lang="en"><head>{_HEAD}</head><body class="single single-post"><div id="page" class="site">
<header class="site-header"><p class="site-title"><a href="/">The Quay</a></p><nav class="main-navigation"><ul>
{_MENU}</ul></nav></header><div class="site-content"><article class="post hentry"><header class="entry-header">
<h1 class="entry-title">{TITLE}</h1><div class="entry-meta">3 May 2021 by <a href="/a">A. Keeper</a></div></header>
<div class="entry-content">{body}</div><footer class="entry-footer">Posted in <a href="/c">Boats</a></footer></article>
<aside class="widget-area sidebar"><h2>Recent posts</h2><ul>{_STORIES}</ul></aside></div>
<footer class="site-footer">© 2021 The Quay. <a href="/p">Privacy</a></footer></div></body></html>"""


def semantic(body: str) -> str:
    """A newspaper in HTML5."""
    return f"""<html lang="en"><head>{_HEAD}<meta property="og:type" content="article"></head><body>
<header><a href="/">Harbour Times</a><nav><ul>{_MENU}</ul></nav></header><main><article><h1>{TITLE}</h1>
<p>By <a href="/a">Ada Keeper</a></p>{body}</article><aside><h2>Related stories</h2><ul>{_STORIES}</ul></aside></main>
<footer><p>© 2021 Harbour Times</p></footer></body></html>"""


def hashed(body: str) -> str:
    """Elements with names that a style tool made."""
    return f"""<html><head>{_HEAD}</head><body><div class="x1a2b"><div class="x9f0e">{_MENU}</div><div class="x77aa">
<div class="x31c0"><div class="x5512"><h1 class="x0031">{TITLE}</h1><div class="x6a6a">{body}</div></div>
<div class="x4f4f"><div class="x8d8d">More to read</div>{_STORIES}</div></div></div>
<div class="x2b2b">© 2021 Harbour Times</div></div></body></html>"""


def manual(body: str) -> str:
    """A page of documentation, with contents at its side."""
    return f"""<html><head>{_HEAD}</head><body class="docs"><div class="related"><ul>{_MENU}</ul></div>
<div class="document"><div class="documentwrapper"><div class="bodywrapper"><div class="body" role="main">
<section id="keeper"><h1>{TITLE}<a class="headerlink" href="#keeper">¶</a></h1>{body}</section></div></div></div>
<div class="sphinxsidebar"><h3>Contents</h3><ul>{_STORIES}</ul></div></div>
<div class="footer">© Copyright 2021. Created using a generator.</div></body></html>"""


def layout(body: str) -> str:
    """A layout of tables, as in 2005."""
    return f"""<html><head>{_HEAD}</head><body bgcolor="#ffffff"><table width="760" border="0"><tr>
<td colspan="2"><font size="2"><a href="/">Home</a> | <a href="/n">News</a> | <a href="/b">Boats</a></font></td></tr>
<tr><td width="140" valign="top"><ul>{_STORIES}</ul></td><td valign="top"><h1>{TITLE}</h1>{body}</td></tr><tr>
<td colspan="2" align="center"><font size="1">Copyright 2005 Harbour Times</font></td></tr></table></body></html>"""


def licence(body: str) -> str:
    """A text of law in a content management system."""
    return f"""<html><head>{_HEAD}</head><body><div id="top"><ul id="menu">{_MENU}</ul></div><div id="main"><div
class="content-wrapper"><div class="field field-name-body"><div class="field-items"><div class="field-item even">
<h1>{TITLE}</h1>{body}</div></div></div></div></div><div id="footer"><p>© 2021
<a href="/i">Imprint</a></p></div></body></html>"""


def members(body: str) -> str:
    """A platform for writers that greets its reader and offers more."""
    return f"""<html><head>{_HEAD}<meta property="og:type" content="article"></head><body><div id="root"><div
class="navbar"><a href="/">Open in app</a><a href="/s">Sign up</a><a href="/i">Sign in</a></div><article><div><section>
<div><h1>{TITLE}</h1><div class="byline"><a href="/a">Ada Keeper</a> · <span>12 min read</span></div>{body}</div>
</section></div></article><div class="responses"><a href="/r">See all responses</a></div><div class="recommended">
<h2>More from Ada Keeper</h2><ul>{_STORIES}</ul></div></div></body></html>"""


def encyclopaedia(body: str) -> str:
    """An article of a wiki."""
    return f"""<html><head>{_HEAD}</head><body class="mediawiki"><div id="mw-page-base"></div><div id="content"
class="mw-body" role="main"><h1 id="firstHeading" class="firstHeading">{TITLE}</h1><div id="bodyContent">
<div id="siteSub">From the encyclopaedia of harbours</div><div id="mw-content-text"><div class="mw-parser-output">{body}
</div></div><div id="catlinks"><a href="/c">Categories</a>: <ul><li><a href="/c/b">Boats</a></li></ul></div></div></div>
<div id="mw-navigation"><div id="mw-panel"><ul>{_MENU}</ul></div></div><div id="footer"><ul><li>This page was last
edited on 3 May 2021.</li></ul></div></body></html>"""


SHELLS: tuple[Callable[[str], str], ...] = (*(blog, semantic, hashed, manual, layout, licence, members, encyclopaedia),)
