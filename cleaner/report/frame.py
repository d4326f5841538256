"""Makes the pages for the browser out of their templates.

A page stands alone (see `templates/base.html`).  Whatever a template shows is text: it is escaped, and what cannot be
seen is spelled out.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cleaner.categories import TABLE
from cleaner.report.charts import STRIP
from cleaner.report.numbers import count, share
from cleaner.report.paint import shortened, visible
from cleaner.report.wording import words

SNIPPET = 140
_ALSO = {"serve": ("view",)}
"""Kinds of pages that look like others: their styles come between the house style and their own."""
_FIRST = 25  # rows of a long table that are shown at first; the style says so too


def frame(kind: str, *, look: str = "", connect: str = "'none'", **shown: Any) -> str:
    """One self-contained HTML page.

    Args:
        kind: names its template, its style and its script: `view`, `stats`, `folder` or `serve`.
        look: another page that it has style and script from.
        connect: what its script may ask, in the words of a policy.
        shown: what the template shows.

    Returns:
        The page; it can always be encoded as UTF-8.
    """
    style, script = _style(look or kind), _script(look or kind)
    template = _environment().get_template(f"{kind}.html")
    return template.render(
        shown, policy=Markup(policy(look or kind, connect=connect)), style=Markup(style), script=Markup(script)
    )


def policy(kind: str, *, connect: str = "'none'") -> str:
    """The Content-Security-Policy of a page; see `frame`."""
    allowed = f"script-src '{_digest(_script(kind))}'; style-src '{_digest(_style(kind))}'; connect-src {connect}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def inline(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split())


def snippet(text: str) -> str:
    """The beginning of `text`, on one line."""
    return shortened(inline(text[: 4 * SNIPPET]), SNIPPET)


def filename(name: str) -> str:
    """The name of a file, whatever is in it, line ends too."""
    return name.replace("\r", "\\r").replace("\n", "\\n")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("cleaner.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(inline=inline, snippet=snippet, filename=filename, thousands=_thousands, words=words)
    made.globals.update(count=count, share=share, STRIP=STRIP, FIRST=_FIRST)
    return made


def _seen(value: Any) -> Any:
    """What a template shows: text so that all of it can be seen; what is a piece of a page already stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _thousands(number: int) -> str:
    return f"{number:,}"


@cache
def _style(kind: str) -> str:
    return "".join(_code(name, "css") for name in ("page", *_ALSO.get(kind, ()), kind)) + _hues()


@cache
def _script(kind: str) -> str:
    return _code("page", "js") + _code(kind, "js")


def _code(name: str, end: str) -> str:
    return files("cleaner.report").joinpath(f"{name}.{end}").read_text("utf-8")


def _hues() -> str:
    """The colours of the categories."""
    rows = (f'[data-c="{c.name}"] {{ --hue: {c.hue}; --vivid: {c.vivid}; }}\n' for c in TABLE)
    return "".join(rows)


def _digest(code: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(code.encode()).digest()).decode()
