"""Clean Markdown as HTML."""

from __future__ import annotations

import pytest

from cleaner.html.render.output import as_html
from cleaner.model import Metadata


def test_prices_are_no_maths() -> None:
    html = as_html("It costs $5 and $6, and $x^2$ is maths.\n", Metadata())
    assert "It costs $5 and $6, and" in html
    assert "x^2</span>" in html


@pytest.mark.parametrize(("deeper", "mark", "end"), [("  ", "- ", "\n"), ("> ", "> ", "\n\n")])
def test_what_is_nested_deeply_is_shown(deeper: str, mark: str, end: str) -> None:
    html = as_html("".join(f"{deeper * depth}{mark}level {depth}{end}" for depth in range(80)), Metadata())
    assert all(f"level {depth}<" in html or f"level {depth}\n" in html for depth in range(80))
