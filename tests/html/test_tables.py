"""Tables: each value in its column, whatever the cells hold, and nothing that only lays a page out."""

from __future__ import annotations

import lxml.html
import pytest

from tests.html.support import again, markdown, text

HEAD = "<tr><th>Light</th><th>Range</th></tr>"
SPACE = "\n" + 500 * " "


def blocks_in_blocks(name: str, value: str) -> str:
    return f"<td>{SPACE}<div><div><p>{name}</p></div></div><div><div>{value}</div></div></td>"


CASES = {
    "a row that is cut short": (
        "<table><tr><th>Year</th><th>Fish</th><th>Tons</th></tr><tr><td>1901</td></tr></table>",
        "| Year | Fish | Tons |\n| --- | --- | --- |\n| 1901 |  |  |",
        "Year | Fish | Tons\n1901",
    ),
    "a cell over two rows": (
        "<table><tr><th>Year</th><th>Fish</th><th>Tons</th></tr>"
        "<tr><td rowspan=2>1901</td><td>cod</td><td>5</td></tr><tr><td>herring</td><td>7</td></tr></table>",
        "| Year | Fish | Tons |\n| --- | --- | --- |\n| 1901 | cod | 5 |\n|  | herring | 7 |",
        "Year | Fish | Tons\n1901 | cod | 5\n | herring | 7",
    ),
    "a cell over two columns": (
        "<table><tr><th>Year</th><th colspan=2>Catch</th></tr><tr><td>1901</td><td>cod</td><td>5</td></tr></table>",
        "| Year | Catch |  |\n| --- | --- | --- |\n| 1901 | cod | 5 |",
        "Year | Catch | \n1901 | cod | 5",
    ),
    "a cell over rows and columns": (
        "<table><tr><th>a</th><th>b</th><th>c</th></tr><tr><td rowspan=2 colspan=2>1</td><td>2</td></tr>"
        "<tr><td>3</td></tr></table>",
        "| a | b | c |\n| --- | --- | --- |\n| 1 |  | 2 |\n|  |  | 3 |",
        "a | b | c\n1 |  | 2\n |  | 3",
    ),
    "a row over the whole width": (
        f"<table>{HEAD}<tr><td colspan=9>North coast</td></tr><tr><td>Sarn</td><td>18</td></tr></table>",
        "| Light | Range |\n| --- | --- |\n| North coast |  |\n| Sarn | 18 |",
        "Light | Range\nNorth coast | \nSarn | 18",
    ),
    "a span ends with its section": (
        "<table><thead><tr><th rowspan=5>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>"
        "</table>",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "a | b\n1 | 2",
    ),
    "two rows of headers": (
        "<table><thead><tr><th rowspan=2>Port</th><th colspan=2>Depth</th></tr><tr><th>low</th><th>high</th></tr>"
        "</thead><tr><td>Oxton</td><td>3</td><td>9</td></tr></table>",
        "| Port | Depth |  |\n| --- | --- | --- |\n|  | low | high |\n| Oxton | 3 | 9 |",
        "Port | Depth | \n | low | high\nOxton | 3 | 9",
    ),
    "a head of plain cells": (
        "<table><thead><tr><td>a</td><td>b</td></tr></thead><tr><td>1</td><td>2</td></tr></table>",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "a | b\n1 | 2",
    ),
    "a head in bold": (
        "<table><tr><td><b>a</b></td><td><b>b</b></td></tr><tr><td>x</td><td>y</td></tr></table>",
        "| a | b |\n| --- | --- |\n| x | y |",
        "a | b\nx | y",
    ),
    "a head by its class": (
        "<table><tr class='table-header'><td>a</td><td>b</td></tr><tr><td>x</td><td>y</td></tr></table>",
        "| a | b |\n| --- | --- |\n| x | y |",
        "a | b\nx | y",
    ),
    "a head above numbers": (
        "<table><tr><td>Port</td><td>Tons</td></tr><tr><td>Oxton</td><td>1,204</td></tr>"
        "<tr><td>Sarn</td><td>87 t</td></tr></table>",
        "| Port | Tons |\n| --- | --- |\n| Oxton | 1,204 |\n| Sarn | 87 t |",
        "Port | Tons\nOxton | 1,204\nSarn | 87 t",
    ),
    "an empty corner": (
        "<table><tr><td></td><th>low</th><th>high</th></tr><tr><th>Oxton</th><td>3</td><td>9</td></tr></table>",
        "|  | low | high |\n| --- | --- | --- |\n| Oxton | 3 | 9 |",
        " | low | high\nOxton | 3 | 9",
    ),
    "headers of rows": (
        "<table><tr><th>Built</th><td>1881</td></tr><tr><th>Height</th><td>31 m</td></tr></table>",
        "|  |  |\n| --- | --- |\n| Built | 1881 |\n| Height | 31 m |",
        "Built | 1881\nHeight | 31 m",
    ),
    "a caption": (
        f"<table><caption>Lights of the coast</caption>{HEAD}<tr><td>Sarn</td><td>18</td></tr></table>",
        "Lights of the coast\n\n| Light | Range |\n| --- | --- |\n| Sarn | 18 |",
        "Lights of the coast\n\nLight | Range\nSarn | 18",
    ),
    "the foot is below": (
        f"<table><thead>{HEAD}</thead><tfoot><tr><td>Sum</td><td>30</td></tr></tfoot><tbody><tr><td>Sarn</td><td>18</td></tr>"
        "</tbody></table>",
        "| Light | Range |\n| --- | --- |\n| Sarn | 18 |\n| Sum | 30 |",
        "Light | Range\nSarn | 18\nSum | 30",
    ),
    "empty columns and rows": (
        f"<table><tr><td></td><td> </td></tr>{HEAD}<tr><td></td></tr>"
        "<tr><td>Sarn</td><td>18</td><td>&nbsp;</td></tr></table>",
        "| Light | Range |\n| --- | --- |\n| Sarn | 18 |",
        "Light | Range\nSarn | 18",
    ),
    "a spacer between the columns": (
        "<table><tr><th>a</th><td></td><th>b</th></tr><tr><td>1</td><td></td><td>2</td></tr></table>",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "a | b\n1 | 2",
    ),
    "a list in a cell": (
        "<table><tr><th>Tool</th><th>Use</th></tr><tr><td>Adze</td><td><ul><li>beams</li><li>bowls</li></ul></td></tr>"
        "<tr><td>Auger</td><td><ol><li>mark</li><li>bore</li></ol></td></tr></table>",
        "| Tool | Use |\n| --- | --- |\n| Adze | - beams<br>- bowls |\n| Auger | 1. mark<br>2. bore |",
        "Tool | Use\nAdze | - beams - bowls\nAuger | 1. mark 2. bore",
    ),
    "a listing in a cell": (
        "<table><tr><th>Flag</th><th>Example</th></tr><tr><td><code>--map</code></td>"
        "<td><pre><code>--map a=b\n--map c=d</code></pre></td></tr></table>",
        "| Flag | Example |\n| --- | --- |\n| `--map` | `--map a=b`<br>`--map c=d` |",
        "Flag | Example\n--map | --map a=b --map c=d",
    ),
    "paragraphs and breaks in a cell": (
        f"<table>{HEAD}<tr><td><p>Sarn</p><p>(old)</p></td><td>18<br>miles</td></tr></table>",
        "| Light | Range |\n| --- | --- |\n| Sarn<br>(old) | 18<br>miles |",
        "Light | Range\nSarn (old) | 18 miles",
    ),
    "bars and backslashes": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td>x|y</td><td>x\\|y</td></tr><tr><td><code>x|y</code></td>"
        "<td><a href='/a|b'>p|q</a></td></tr></table>",
        "| a | b |\n| --- | --- |\n| x\\|y | x\\\\\\|y |\n| `x\\|y` | [p\\|q](/a\\|b) |",
        "a | b\nx|y | x\\|y\nx|y | p|q",
    ),
    "a cell that is not displayed takes no column": (
        f"<table>{HEAD}<tr><td>Sarn</td><td style='display:none'>7</td><td>18</td></tr></table>",
        "| Light | Range |\n| --- | --- |\n| Sarn7 | 18 |",
        "Light | Range\nSarn7 | 18",
    ),
    "a table in a cell": (
        "<table><tr><th>Ship</th><th>Crew</th></tr><tr><td>Ondine, <a href='/o'>wrecked</a></td>"
        "<td><table><tr><td>mate</td><td>2</td></tr><tr><td>cook</td><td><b>1</b></td></tr></table></td></tr></table>",
        "<table>\n<tr><th>Ship</th><th>Crew</th></tr>\n"
        '<tr><td>Ondine, <a href="/o">wrecked</a></td><td><table><tr><td>mate</td><td>2</td></tr>'
        "<tr><td>cook</td><td><strong>1</strong></td></tr></table></td></tr>\n</table>",
        "Ship | Crew\nOndine, wrecked | mate 2 cook 1",
    ),
    "a listing with indented lines": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td rowspan=2>1</td><td><pre>if x &lt; 2:\n    y\n\nz</pre></td></tr>"
        "<tr><td>2 &amp; 3</td></tr></table>",
        "<table>\n<tr><th>a</th><th>b</th></tr>\n"
        '<tr><td rowspan="2">1</td><td><pre>if x &lt; 2:&#10;    y&#10;&#10;z</pre></td></tr>\n'
        "<tr><td>2 &amp; 3</td></tr>\n</table>",
        "a | b\n1 | if x < 2: y z\n | 2 & 3",
    ),
    "a list in a list in a cell": (
        f"<table>{HEAD}<tr><td>Sarn</td><td><ul><li>red<ul><li>dark</li></ul></li></ul></td></tr></table>",
        "<table>\n<tr><th>Light</th><th>Range</th></tr>\n"
        "<tr><td>Sarn</td><td><ul><li>red<ul><li>dark</li></ul></li></ul></td></tr>\n</table>",
        "Light | Range\nSarn | - red - dark",
    ),
    "a column with a name": (
        "<table><tr><th>Light</th></tr><tr><td>Sarn</td></tr><tr><td>Vell</td></tr></table>",
        "| Light |\n| --- |\n| Sarn |\n| Vell |",
        "Light\nSarn\nVell",
    ),
    "names of rows above numbers": (
        "<table><tr><th>Name</th><td>Sarn</td></tr><tr><th>Year</th><td>1901</td></tr>"
        "<tr><th>Miles</th><td>18</td></tr></table>",
        "|  |  |\n| --- | --- |\n| Name | Sarn |\n| Year | 1901 |\n| Miles | 18 |",
        "Name | Sarn\nYear | 1901\nMiles | 18",
    ),
    "roles": (
        "<div role=table><div role=rowgroup><div role=row><b role=columnheader>Light</b><b role=columnheader>Miles</b>"
        "</div></div><div role=rowgroup><div role=row><span role=cell>Sarn</span><span role=cell>18</span></div></div>"
        "</div>",
        "| Light | Miles |\n| --- | --- |\n| Sarn | 18 |",
        "Light | Miles\nSarn | 18",
    ),
    "roles of something else": (
        "<div role=table>Lights:<div role=row><span role=cell>Sarn</span><span role=cell>18</span></div></div>",
        "Lights:\n\nSarn 18",
        "Lights:\n\nSarn 18",
    ),
    "headings for cells": (
        "<table><tr><td><h4>a</h4></td><td><h4>b</h4></td></tr><tr><td>x</td><td>y</td></tr></table>",
        "| a | b |\n| --- | --- |\n| x | y |",
        "a | b\nx | y",
    ),
    "cells of blocks in blocks, far from each other in the source": (
        f"<table><tr>{blocks_in_blocks('Light', 'Sarn')}{blocks_in_blocks('Light', 'Vell')}</tr>"
        f"<tr>{blocks_in_blocks('Miles', '18')}{blocks_in_blocks('Miles', '21')}</tr></table>",
        "|  |  |\n| --- | --- |\n| Light<br>Sarn | Light<br>Vell |\n| Miles<br>18 | Miles<br>21 |",
        "Light Sarn | Light Vell\nMiles 18 | Miles 21",
    ),
    "a table in an item": (
        f"<ul><li>Lights<table>{HEAD}<tr><td>Sarn</td><td>18</td></tr></table></li></ul>",
        "- Lights\n\n  | Light | Range |\n  | --- | --- |\n  | Sarn | 18 |",
        "- Lights\n\n  Light | Range\n  Sarn | 18",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_table(name: str) -> None:
    html, as_markdown, as_text = CASES[name]
    assert markdown(html) == as_markdown
    assert text(html) == as_text


ROWING = "<td><p>Row.</p><p>Row on.</p><p>Rest.</p></td>"
LAYOUT = {
    "a letter": (
        "<table width=600><tr><td><table><tr><td><h3>Rye</h3></td></tr><tr><td><p>Stir the flour.</p></td>"
        "<td><p>Knead it.</p></td></tr></table></td></tr></table>",
        "### Rye\n\nStir the flour.\n\nKnead it.",
    ),
    "by its role": (
        "<table role=presentation><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        "a\n\nb\n\nc\n\nd",
    ),
    "a column with a margin": (
        "<table><tr><td></td><td><p>One.</p></td></tr><tr><td></td><td><p>Two.</p></td></tr></table>",
        "One.\n\nTwo.",
    ),
    "a column without a name": (
        "<table><tr><td>Sarn</td></tr><tr><td>Vell</td></tr><tr><td>Brae</td></tr></table>",
        "Sarn\n\nVell\n\nBrae",
    ),
    "a box with a title": (
        "<table><tr><th>Lights</th></tr><tr><td><p>Sarn is red.</p></td></tr><tr><td>Vell is not.</td></tr></table>",
        "Lights\n\nSarn is red.\n\nVell is not.",
    ),
    "boxes with headings": (
        "<table><tr><td><h3>a</h3>One.</td><td><h3>b</h3>Two.</td></tr><tr><td>Three.</td><td>Four.</td></tr></table>",
        "### a\n\nOne.\n\n### b\n\nTwo.\n\nThree.\n\nFour.",
    ),
    "columns of paragraphs": (
        f"<table>{2 * f'<tr>{2 * ROWING}</tr>'}</table>",
        "\n\n".join(4 * ["Row.", "Row on.", "Rest."]),
    ),
    "a banner above a menu": (
        "<table><tr><td><img src='/a.png' alt='A'></td><td><img src='/b.png' alt='B'></td></tr>"
        "<tr><td colspan=2>Home</td></tr><tr><td>News</td></tr></table>",
        "![A](/a.png)\n\n![B](/b.png)\n\nHome\n\nNews",
    ),
}


@pytest.mark.parametrize("name", LAYOUT)
def test_layout(name: str) -> None:
    html, expected = LAYOUT[name]
    assert markdown(html) == expected


def cells(html: str) -> list[list[str]]:
    rows = lxml.html.fragment_fromstring(html, create_parent="div").xpath("./table//tr[not(ancestor::td)]")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")] for row in rows]


def test_html_out_has_the_same_cells() -> None:
    html = CASES["bars and backslashes"][0]
    assert cells(again(html)) == [["a", "b"], ["x|y", "x\\|y"], ["x|y", "p|q"]]
    assert cells(again(CASES["a table in a cell"][0]))[1] == ["Ondine, wrecked", "mate2cook1"]
    assert "<li>red<ul><li>dark</li></ul></li>" in again(CASES["a list in a list in a cell"][0])
    assert "if x &lt; 2:&#10;    y" in again(CASES["a listing with indented lines"][0])


def test_tags_of_the_page_do_not_get_into_html_out() -> None:
    cell = "<ul><li>a<ul><li>&lt;b onclick=x&gt;</ul></ul>"
    html = f"<table>{HEAD}<tr><td>&lt;script&gt;x&lt;/script&gt;</td><td>{cell}</td></tr></table>"
    assert "<script" not in again(html)
    assert "<b " not in again(html)
    assert "<img" not in again("<p>&lt;img src=x onerror=y&gt; and &lt;sup style=z&gt;2</p>")


@pytest.mark.parametrize("span", ["65534", "0", "-1", "x", "99999999999"])
def test_spans_without_bounds(span: str) -> None:
    rows = "".join(f"<tr><td rowspan='{span}' colspan='{span}'>{number}</td><td>b</td></tr>" for number in range(300))
    shown = markdown(f"<table>{HEAD}{rows}</table>")
    assert all(f"| {number} |" in shown for number in range(300))
    assert len(shown) < 300 * 400
