"""The clean Markdown as HTML.

What went is gone before, so all three forms of the clean text hold the same words; and since the HTML is made from
Markdown, of whose own tags only a few pass (see `harmless`), there is no script, no handler and no style in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from cleaner.html.render.harmless import is_harmless
from cleaner.model import Metadata
from cleaner.options import Target
from cleaner.read.frontmatter import front_matter

_NESTING = 200
"""Lists in lists and quotations; beyond it markdown-it leaves text out."""
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|webp|avif);base64,", re.IGNORECASE)
"""What no browser runs anything of."""
_LONG = 10
"""Digits that are no number of an item."""
_RTL = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


_PAGE = """\
<!doctype html>
<html{attributes}>
<head>
{head}
</head>
<body>
<article>
{body}</article>
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
    return _PAGE.format(attributes=attributes, head="\n".join(head), body=body)


WRITERS: dict[Target, Callable[[str, Metadata], str]] = {"html": as_html}
"""What a page becomes beside Markdown and text: each form is made from the clean Markdown and the page's metadata."""
_Environment = MutableMapping[str, Any]


class _Renderer(MarkdownIt):
    """CommonMark with what our Markdown has beyond it, other HTML shown as text and only harmless addresses."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": True, "maxNesting": _NESTING})
        self.enable(["table", "strikethrough"])
        self.use(footnote_plugin, inline=False).use(deflist_plugin).use(tasklists_plugin)
        self.use(dollarmath_plugin, double_inline=True, allow_space=False, allow_digits=False)  # prices are no maths
        self.core.ruler.before("footnote_tail", "footnote_all", _keep_all_notes)
        self.core.ruler.after("footnote_tail", "footnote_signs", _sign_notes)
        for name in ("html_inline", "html_block"):
            self.add_render_rule(name, _tags)
        self.add_render_rule("footnote_caption", _caption)
        self.add_render_rule("footnote_open", _note)

    def validateLink(self, url: str) -> bool:
        return _is_safe(url)


def _is_safe(url: str) -> bool:
    if _PICTURE.match(url):
        return True
    try:
        return urlsplit(url.strip()).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def _tags(self: Any, tokens: Sequence[Token], at: int, options: object, env: object) -> str:
    html = tokens[at].content
    return html if is_harmless(html, _is_safe) else escape(html)


def _keep_all_notes(state: StateCore) -> None:
    """Count every note as referred to: the plugin would leave out the text of the others."""
    notes = state.env.get("footnotes", {"refs": {}})
    for name, number in notes["refs"].items():
        if number < 0:
            notes["refs"][name] = len(notes["list"])
            notes["list"][len(notes["list"])] = {"label": name[1:], "count": 0}


def _caption(self: Any, tokens: Sequence[Token], at: int, options: object, env: _Environment) -> str:
    """The mark of a note, as the article has it."""
    return f"[{escape(tokens[at].meta['label'])}]"


def _note(self: Any, tokens: Sequence[Token], at: int, options: object, env: _Environment) -> str:
    """What begins a note: an item with its number."""
    meta = tokens[at].meta
    value = f' value="{int(meta["label"])}"' if _is_number(meta["label"]) else ""
    return f'<li id="fn{meta["id"] + 1}" class="footnote-item"{value}>'


def _sign_notes(state: StateCore) -> None:
    """Begin the notes whose label is no number with it."""
    tokens = state.tokens
    for one, following, content in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if one.type == "footnote_open" and following.type == "paragraph_open" and not _is_number(one.meta["label"]):
            sign = Token("text", "", 0, content=f"[{one.meta['label']}] ")
            content.children = [sign, *(content.children or ())]


def _is_number(label: str) -> bool:
    return label.isdecimal() and label.isascii() and len(label) < _LONG
