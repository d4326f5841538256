"""Tables that only styles or classes make."""

from __future__ import annotations

import pytest

from tests.html.support import markdown

STYLED = "<div style='display: table{}'>{}</div>"
HEAD, ROW = ("Light", "Miles"), ("Sarn", "18")
TABLE = "| Light | Miles |\n| --- | --- |\n| Sarn | 18 |"


def styled(*words: str) -> str:
    return STYLED.format("-row", "".join(STYLED.format("-cell;", word) for word in words))


def called(row: str, cell: str, words: tuple[str, ...], tag: str = "div") -> str:
    inside = "".join(f"<{tag} class='{cell}'>{word}</{tag}>" for word in words)
    return f"<div class='{row}'>{inside}</div>"


CASES = {
    "by style": (
        STYLED.format(";width:3px", styled(*HEAD) + styled(*ROW)),
        "|  |  |\n| --- | --- |\n| Light | Miles |\n| Sarn | 18 |",
    ),
    "of spans": (
        f"<div class=table>{called('table-header', 'cell', HEAD, 'b')}{called('table-row', 'cell', ROW, 'b')}</div>",
        TABLE,
    ),
    "with sections": (
        f"<div class=divTable><div class=divTableHeading>{called('divTableRow', 'divTableHead', HEAD)}</div>"
        f"<div class=divTableBody>{called('divTableRow', 'divTableCell', ROW)}</div></div>",
        TABLE,
    ),
    "by the names of tags": (f"<div class=tbl-table>{called('tr', 'th', HEAD)}{called('tr', 'td', ROW)}</div>", TABLE),
    "of a list": (
        "<ul class=responsive-table><li class=table-header><div class='col col-1'>Light</div>"
        "<div class='col col-2'>Miles</div></li><li class=table-row><div class='col col-1'>Sarn</div>"
        "<div class='col col-2'>18</div></li></ul>",
        TABLE,
    ),
    "with a title": (
        f"<div class=Table><div class=Title><p>Lights</p></div>{called('Heading', 'Cell', HEAD)}"
        f"{called('Row', 'Cell', ROW)}</div>",
        f"Lights\n\n{TABLE}",
    ),
    "a grid of cards": (
        "<div class=grid><div class=row><div class=col>a</div><div class=col>b</div></div>"
        "<div class=row><div class=col>c</div><div class=col>d</div></div></div>",
        "a\n\nb\n\nc\n\nd",
    ),
    "of one row": (f"<div class=table>{called('row', 'cell', ROW)}</div>", "Sarn\n\n18"),
    "rows of other widths": (
        f"<div class=table>{called('row', 'cell', ROW)}{called('row', 'cell', ('a', 'b', 'c'))}</div>",
        "Sarn\n\n18\n\na\n\nb\n\nc",
    ),
    "text between the rows": (
        f"<div class=table>{called('row', 'cell', HEAD)} and {called('row', 'cell', ROW)}</div>",
        "Light\n\nMiles\n\nand\n\nSarn\n\n18",
    ),
    "text between the cells": (
        f"<div class=table>{2 * '<div class=row><div class=cell>a</div> and <div class=cell>b</div></div>'}</div>",
        "a\n\nand\n\nb\n\na\n\nand\n\nb",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_drawn_tables(name: str) -> None:
    html, expected = CASES[name]
    assert markdown(html) == expected
