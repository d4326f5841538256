"""Small pages as the walk and the renderers see them, before anything is judged."""

from __future__ import annotations

import lxml.html

from cleaner.html.render.output import as_html
from cleaner.html.render.page import render
from cleaner.html.walk import walk
from cleaner.model import Metadata


def markdown(html: str) -> str:
    """All blocks of a body as Markdown."""
    return _rendered(html).removesuffix("\n")


def text(html: str) -> str:
    """All blocks of a body as text."""
    root = lxml.html.document_fromstring(f"<body>{html}</body>")
    return render(walk(root).blocks, "text").text.removesuffix("\n")


def again(html: str) -> str:
    """All blocks of a body as the HTML that is made of their Markdown."""
    page = as_html(_rendered(html), Metadata())
    return page.split("<article>\n")[1].split("</article>")[0]


def _rendered(html: str) -> str:
    root = lxml.html.document_fromstring(f"<body>{html}</body>")
    return render(walk(root).blocks, "markdown").text
