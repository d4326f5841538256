"""What the pages for the browser have in common: the frame around them, the house style and safe text.

A page stands alone.  Style and script are in it and named by their hashes in its Content Security Policy, which allows
nothing else: whatever a clipping holds, it is shown as text, and no request leaves the page.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from cleaner.report.paint import visible


def frame(kind: str, title: str, body: str) -> str:
    """One self-contained HTML page.

    Args:
        kind: names the style and the script of its own, `view` or `stats`.
        title, body: as HTML.

    Returns:
        The page; it can always be encoded as UTF-8 if `title` and `body` can.
    """
    style, script = ("".join(_code(name, end) for name in ("page", kind)) for end in ("css", "js"))
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
<script>{script}</script>
</body>
</html>
"""


def _code(name: str, end: str) -> str:
    return files("cleaner.report").joinpath(f"{name}.{end}").read_text("utf-8")


def _digest(code: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(code.encode()).digest()).decode()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that links lead to; all but the id is HTML."""

    id: str
    title: str
    lead: str
    body: str

    def html(self) -> str:
        """The part."""
        return f"""\
<section aria-labelledby="{self.id}">
<h2 id="{self.id}">{self.title}</h2>
<p class="lead">{self.lead}</p>
{self.body}
</section>
"""


def top(tools: str = "") -> str:
    """The line above the title, with the switch for the colours and other `tools` before it."""
    return f"""\
<div class="top"><p class="brand">cleaner</p>
<p class="tools js">{tools}<button type="button" id="theme">Dark colours</button></p></div>"""


def safe(text: str) -> str:
    """`text` for any place in a page; what cannot be seen is spelled out."""
    return escape(visible(text))


def inline(text: str) -> str:
    """`text` on one line, for any place in a page."""
    return safe(" ".join(text.split()))


def filename(name: str) -> str:
    """The name of a file, whatever is in it, line ends too."""
    return safe(name.replace("\r", "\\r").replace("\n", "\\n"))


def label(category: str) -> str:
    """The name of a category in its colour."""
    name = safe(category)
    return f'<span class="c" data-c="{name}">{name}</span>'
