"""How headings are called in links: as on code hosts, and rules by their ids."""

from __future__ import annotations

import re

from mdit_py_plugins.anchors.index import slugify

_RULE = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+")


def anchor(title: str) -> str:
    """The name of a heading."""
    return title if _RULE.fullmatch(title) else slugify(title)
