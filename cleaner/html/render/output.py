"""The clean Markdown as HTML.

What went is gone before, so all three forms of the clean text hold the same words; and since the HTML is made from
Markdown, of whose tags only ``sup`` and ``sub`` pass, there is no script, no handler and no style in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from cleaner.model import Metadata
from cleaner.options import Target
from cleaner.read.frontmatter import front_matter

_NESTING = 200
"""Lists in lists and quotations; beyond it markdown-it leaves text out."""
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_RTL = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


_PAGE = """\
<!doctype html>
<html{attributes}>
<head>
{head}
</head>
<body>
<article>
{title}{body}</article>
</body>
</html>
"""


def as_html(text: str, metadata: Metadata) -> str:
    """A page of its own with the clean text.

    Args:
        text: Markdown; its front matter is not shown.
    """
    span, _ = front_matter(text)
    body = _Renderer().render(text[span[1] :] if span else text)
    language = metadata.language or ""
    attributes = f' lang="{escape(language)}"' if language else ""
    if language.split("-")[0].lower() in _RTL:
        attributes += ' dir="rtl"'
    head = ['<meta charset="utf-8">', f"<title>{escape(metadata.title or '')}</title>"]
    stated = (("author", metadata.author), ("date", metadata.published), ("description", metadata.description))
    head += (f'<meta name="{name}" content="{escape(value)}">' for name, value in stated if value)
    if metadata.url:
        head.append(f'<link rel="canonical" href="{escape(metadata.url)}">')
    title = f"<h1>{escape(metadata.title)}</h1>\n" if metadata.title else ""
    return _PAGE.format(attributes=attributes, head="\n".join(head), title=title, body=body)


WRITERS: dict[Target, Callable[[str, Metadata], str]] = {"html": as_html}
"""What a page becomes beside Markdown and text: each form is made from the clean Markdown and the page's metadata."""
_OURS = frozenset({"<sup>", "</sup>", "<sub>", "</sub>"})
"""The only tags in our Markdown that are tags."""


def _tags(self: Any, tokens: Sequence[Token], at: int, options: object, env: object) -> str:
    html = tokens[at].content
    return html if html in _OURS else escape(html)


class _Renderer(MarkdownIt):
    """CommonMark with what our Markdown has beyond it, other HTML shown as text and only harmless addresses."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": True, "maxNesting": _NESTING})
        self.enable(["table", "strikethrough"])
        self.use(footnote_plugin).use(deflist_plugin)
        self.use(dollarmath_plugin, double_inline=True, allow_space=False, allow_digits=False)  # prices are no maths
        for name in ("html_inline", "html_block"):
            self.add_render_rule(name, _tags)

    def validateLink(self, url: str) -> bool:
        try:
            return urlsplit(url.strip()).scheme.lower() in _SCHEMES
        except ValueError:
            return False
