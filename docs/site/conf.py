"""The documentation as a site: ``python -m sphinx -W --keep-going -c docs/site . build/site``.

Its pages are the Markdown files of this repository as they are, at their own places, so that every link that works in
a checkout works there, and one that does not is an error.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pygments.lexers.special import TextLexer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from cleaner import __version__  # noqa: E402

project = "cleaner"
copyright = "the cleaner authors"
release = version = __version__
root_doc = "README"
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/*.md",
    "docs/rules/*.md",
    "benchmarks/README.md",
    "training/README.md",
]
extensions = ["myst_parser"]
myst_heading_anchors = 4
myst_heading_slug_func = "anchors.anchor"
html_theme = "furo"
html_title = "cleaner"
html_copy_source = False
html_show_sphinx = False

_CONTENTS = """

```{{toctree}}
:hidden:
:caption: {caption}
{pages}
```
"""
_SECTIONS = {
    "Use it": ["docs/settings", "docs/options", "docs/batch", "docs/nightly", "docs/serve", "docs/obsidian"],
    "Rules": ["docs/learn", "docs/rule-format", "docs/rules/index"],
    "Work on it": [
        *("CONTRIBUTING", "docs/architecture", "docs/mutants", "benchmarks/README", "training/README", "CHANGELOG"),
    ],
}
_SECTIONS["Use it"] += sorted(
    {f"docs/{path.stem}" for path in (ROOT / "docs").glob("*.md")}.difference(*_SECTIONS.values())
)
_FOLDER = re.compile(r"\[([^\]]*)\]\((?:\.\./)?examples\)")


def _with_contents(app: Sphinx, name: str, source: list[str]) -> None:
    """The table of contents, which a reader of the file itself needs not; and folders, which are no pages here."""
    source[0] = _FOLDER.sub(r"\1", source[0])
    if name == root_doc:
        source[0] += "".join(_CONTENTS.format(caption=key, pages="\n".join(each)) for key, each in _SECTIONS.items())
    if name == "docs/rules/index":
        source[0] += "\n\n```{toctree}\n:hidden:\n:glob:\n*\n```\n"


def _with_index(app: Sphinx, error: Exception | None) -> None:
    """What a server shows for the folder."""
    if error is None and app.builder.format == "html":
        home = Path(app.outdir)
        (home / "index.html").write_text((home / "README.html").read_text("utf-8"), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Told to Sphinx."""
    app.add_lexer("cron", TextLexer)
    app.connect("source-read", _with_contents)
    app.connect("build-finished", _with_index)
