"""What stands inside a line: indices and exponents, readings, buttons, and words that only a style sets apart."""

from __future__ import annotations

import lxml.html
import pytest

import cleaner
from cleaner.html.parse import parse
from cleaner.html.render.output import as_html
from cleaner.html.render.page import render
from cleaner.html.walk import walk
from cleaner.model import Metadata, Rendering


def rendered(html: str, to: Rendering = "markdown") -> str:
    return render(walk(parse(f"<body>{html}</body>").root).blocks, to).text.removesuffix("\n")


CASES = {
    "exponent": ("<p>10<sup>6</sup> bees</p>", "10<sup>6</sup> bees", "10^6 bees"),
    "negative exponent": ("<p>10<sup>−6</sup> m</p>", "10<sup>−6</sup> m", "10^−6 m"),
    "exponent of several": ("<p>x<sup>n + 1</sup></p>", "x<sup>n + 1</sup>", "x^(n + 1)"),
    "exponent of brackets": ("<p>(a+b)<sup>2</sup></p>", "(a+b)<sup>2</sup>", "(a+b)^2"),
    "exponent of a unit": ("<p>12 m<sup>2</sup> of moss</p>", "12 m<sup>2</sup> of moss", "12 m^2 of moss"),
    "exponent behind a space": ("<p>10 <sup>6</sup></p>", "10 <sup>6</sup>", "10 ^6"),
    "ordinal": ("<p>the 21<sup>st</sup> of May</p>", "the 21<sup>st</sup> of May", "the 21st of May"),
    "ordinal in French": ("<p>le 2<sup>e</sup> quai</p>", "le 2<sup>e</sup> quai", "le 2e quai"),
    "abbreviation": ("<p>M<sup>me</sup> Roux</p>", "M<sup>me</sup> Roux", "Mme Roux"),
    "charge": ("<p>Ca<sup>2+</sup></p>", "Ca<sup>2+</sup>", "Ca^2+"),
    "trade mark": ("<p>Moss<sup>®</sup></p>", "Moss<sup>®</sup>", "Moss®"),
    "charge without a number": ("<p>H<sup>+</sup></p>", "H<sup>+</sup>", "H^+"),
    "sign": ("<p>a month.<sup>◊</sup></p>", "a month.<sup>◊</sup>", "a month.◊"),
    "index": ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O", "H2O"),
    "index of letters": ("<p>v<sub>max</sub></p>", "v<sub>max</sub>", "v_max"),
    "base of a number": ("<p>1010<sub>2</sub> is ten</p>", "1010<sub>2</sub> is ten", "1010_2 is ten"),
    "mark behind a sentence": ("<p>They left.<sup>3</sup></p>", "They left.<sup>3</sup>", "They left.[3]"),
    "mark behind a word": ("<p>the mayor<sup>3</sup> left</p>", "the mayor<sup>3</sup> left", "the mayor[3] left"),
    "mark with brackets": ("<p>They left.<sup>[3]</sup></p>", "They left.<sup>[3]</sup>", "They left.[3]"),
    "mark with a link": (
        "<p>sea<sup><a href='http://x.org/n'>4</a></sup></p>",
        "sea<sup>[4](http://x.org/n)</sup>",
        "sea[4]",
    ),
    "asterisk": ("<p>free<sup>*</sup></p>", "free<sup>\\*</sup>", "free*"),
    "index in code": ("<p><code>a<sub>i</sub> + 2<sup>10</sup></code></p>", "`a_i + 2^10`", "a_i + 2^10"),
    "exponent in a listing": ("<pre>2<sup>10</sup>\n</pre>", "```\n2^10\n```", "2^10"),
    "exponent in a cell": (
        "<table><tr><th>a<th>b<tr><td>10<sup>6</sup><td>H<sub>2</sub>O</table>",
        "| a | b |\n| --- | --- |\n| 10<sup>6</sup> | H<sub>2</sub>O |",
        "a | b\n10^6 | H2O",
    ),
    "exponent in a link": (
        "<p><a href='/a'>5 km<sup>2</sup></a></p>",
        "[5 km<sup>2</sup>](/a)",
        "5 km^2",
    ),
    "exponent of emphasis": ("<p><i>x</i><sup>2</sup></p>", "*x*<sup>2</sup>", "x^2"),
    "emphasis in an exponent": ("<p>e<sup><i>x</i></sup></p>", "e<sup>*x*</sup>", "e^x"),
    "exponent by its style": (
        "<p>10<span style='vertical-align: super; font-size: 70%'>6</span> l</p>",
        "10<sup>6</sup> l",
        "10^6 l",
    ),
    "exponent and index by their classes": (
        "<style>.c4{font-size:8pt;vertical-align:super} .low{vertical-align:sub}</style>"
        "<p>10<span class=c4>6</span> of H<span class=low>2</span>O</p>",
        "10<sup>6</sup> of H<sub>2</sub>O",
        "10^6 of H2O",
    ),
    "exponent that a style moves once more": (
        "<p>10<sup><span style='vertical-align:super'>6</span></sup></p>",
        "10<sup>6</sup>",
        "10^6",
    ),
    "label that is moved": (
        "<p>Oak <span style='vertical-align:super'>now in the shop of the mill</span></p>",
        "Oak now in the shop of the mill",
        "Oak now in the shop of the mill",
    ),
    "picture that is moved": (
        "<p>Oak<span style='vertical-align:sub'><img src=/a.png alt=leaf> a</span></p>",
        "Oak![leaf](/a.png) a",
        "Oak a",
    ),
    "fraction": (
        "<p>1<sup>3</sup>⁄<sub>4</sub> or <sup>1</sup>/<sub>2</sub></p>",
        "1<sup>3</sup>⁄<sub>4</sub> or <sup>1</sup>/<sub>2</sub>",
        "1 3⁄4 or 1/2",
    ),
    "cents": (
        "<p>$3<sup>99</sup>, 4,<sup>50</sup> €, 7<sup>95</sup> zł, $5<sup>2</sup></p>",
        "$3<sup>99</sup>, 4,<sup>50</sup> €, 7<sup>95</sup> zł, $5<sup>2</sup>",
        "$3.99, 4,50 €, 7.95 zł, $5^2",
    ),
    "number of a paragraph": (
        "<p><span class=no>(2)</span><span class=text>A miller</span></p>",
        "(2) A miller",
        "(2) A miller",
    ),
    "number of a paragraph without classes": (
        "<p><b>1.</b><i>Rask</i></p>",
        "**1.** *Rask*",
        "1. Rask",
    ),
    "number of a note in brackets": (
        "<p><span>[4]</span><span>The pond</span></p>",
        "[4] The pond",
        "[4] The pond",
    ),
    "number in two pieces": (
        "<p><span>3.</span><span>14</span></p>",
        "3.14",
        "3.14",
    ),
    "call in two pieces": (
        "<p><span>turn(x).</span><span>back</span></p>",
        "turn(x).back",
        "turn(x).back",
    ),
    "number of a heading": (
        "<h2><span class=n>3.1</span><span class=t>Gates</span></h2>",
        "## 3.1 Gates",
        "3.1 Gates",
    ),
    "part and its title": (
        "<h2><span class=PartNo>Part 1</span><span class=PartTitle>Wheels</span></h2>",
        "## Part 1 Wheels",
        "Part 1 Wheels",
    ),
    "formula in pieces": (
        "<p><span class=a>H2</span><span class=b>SO</span>4</p>",
        "H2SO4",
        "H2SO4",
    ),
    "name and value": (
        "<ul><li><span class=k>Colour</span><span class=v>Oak</span></li></ul>",
        "- Colour Oak",
        "- Colour Oak",
    ),
    "name of two words": (
        "<p><span class=k>Java</span><span class=v>Script</span></p>",
        "JavaScript",
        "JavaScript",
    ),
    "name in a sentence": (
        "<div>the <span class=k>Java</span><span class=v>Script</span> file</div>",
        "the JavaScript file",
        "the JavaScript file",
    ),
    "score": (
        "<div><u class=t>Oxton</u><u class=n>3</u><u>–</u><u class=n>1</u><u class=t>Alder</u></div>",
        "Oxton 3–1 Alder",
        "Oxton 3–1 Alder",
    ),
    "molecule": (
        "<div><span class=e>CO</span><span class=i>2</span></div>",
        "CO2",
        "CO2",
    ),
    "time and its zone": (
        "<header><time><span>10:14</span><span>BST</span></time></header>",
        "10:14 BST",
        "10:14 BST",
    ),
    "parameter and its badge": (
        "<div><code>speed</code><span class=badge>required</span></div>",
        "`speed` required",
        "speed required",
    ),
    "method and its address": (
        "<div><span class=m>POST</span><code>/v1/{id}</code></div>",
        "POST `/v1/{id}`",
        "POST /v1/{id}",
    ),
    "code and its ending": (
        "<p>two <code>miller</code><span class=x>s</span></p>",
        "two `miller`s",
        "two millers",
    ),
    "inserted and deleted": (
        "<p><ins>oak</ins><del>elm</del></p>",
        "oak ~~elm~~",
        "oak elm",
    ),
    "mark of a note that begins": ("<p><sup>a</sup>By ear.</p>", "<sup>a</sup>By ear.", "a By ear."),
    "two line breaks with a named place between": ("<div>a<br><a name=more></a><br>b</div>", "a\n\nb", "a\n\nb"),
    "empty": ("<p>a<sup> </sup>b<sub></sub></p>", "a b", "a b"),
    "written tags": ("<p>a &lt;sup&gt;b</p>", "a \\<sup>b", "a <sup>b"),
    "footnote": (
        "<p>a<sup><a href='#fn1'>1</a></sup></p><ol><li id='fn1'>note</ol>",
        "a[^1]\n\n[^1]: note",
        "a[1]\n\n[1] note",
    ),
    "ruby": (
        "<p><ruby>竹取<rp>（</rp><rt>たけとり</rt><rp>）</rp></ruby>の<ruby>翁<rt>おきな</rt></ruby></p>",
        "竹取（たけとり）の翁（おきな）",
        "竹取（たけとり）の翁（おきな）",
    ),
    "ruby with bases": (
        "<p><ruby><rb>東</rb><rb>京</rb><rt>とう</rt><rt>きょう</rt></ruby>へ</p>",
        "東京（とうきょう）へ",
        "東京（とうきょう）へ",
    ),
    "ruby by character": (
        "<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby></p>",
        "漢（かん）字（じ）",
        "漢（かん）字（じ）",
    ),
    "ruby with two readings": (
        "<p><ruby>明日<rt>あした</rt><rtc><rt>tomorrow</rt></rtc></ruby></p>",
        "明日（あした）（tomorrow）",
        "明日（あした）（tomorrow）",
    ),
    "ruby without end tags": ("<p><ruby>漢<rp>(<rt>かん<rp>)</ruby>は</p>", "漢(かん)は", "漢(かん)は"),
    "nested ruby": (
        "<p><ruby><ruby>北<rt>ㄅㄟˇ</rt></ruby><rt>north</rt></ruby></p>",
        "北（ㄅㄟˇ）（north）",
        "北（ㄅㄟˇ）（north）",
    ),
    "ruby of Latin words": (
        "<p>in <ruby>Kyōto<rt>capital</rt></ruby> now</p>",
        "in Kyōto (capital) now",
        "in Kyōto (capital) now",
    ),
    "link in ruby": (
        "<p><ruby><a href='/t'>竹</a><rt>たけ</rt></ruby></p>",
        "[竹](/t)（たけ）",
        "竹（たけ）",
    ),
    "button in a sentence": ("<p>Press <button>Save</button> twice.</p>", "Press Save twice.", "Press Save twice."),
    "button before a sentence": (
        "<p><button>Save</button> writes the file.</p>",
        "Save writes the file.",
        "Save writes the file.",
    ),
    "button with nothing around": ("<p>Text.</p><button>Save</button>", "Text.\n\nSave", "Text.\n\nSave"),
    "button behind a sentence": ("<p>Text. <button>More</button></p>", "Text.\n\nMore", "Text.\n\nMore"),
    "link past Google": (
        "<p>See <a href='https://www.google.com/url?q=https://a.example/b%3Fc&amp;sa=D'>b</a>.</p>",
        "See [b](https://a.example/b?c).",
        "See b.",
    ),
    "link to Google": (
        "<p>See <a href='https://www.google.com/search?q=https://a.example/'>b</a>.</p>",
        "See [b](https://www.google.com/search?q=https://a.example/).",
        "See b.",
    ),
    "button that is a heading": (
        "<h3><button>Is it oiled?</button></h3><p>No.</p>",
        "### Is it oiled?\n\nNo.",
        "Is it oiled?\n\nNo.",
    ),
    "number that is a heading": ("<h3><button>2</button></h3><p>No.</p>", "2\n\nNo.", "2\n\nNo."),
    "buttons in a bar": (
        "<div><a href='/f'>Face</a><button>Copy</button><button>Print</button></div>",
        "[Face](/f)\n\nCopy\n\nPrint",
        "Face\n\nCopy\n\nPrint",
    ),
    "words that have a meaning": (
        "<p>The <abbr title='x'>RNLI</abbr> <label>boat</label> <ins>left</ins> at <mark>six</mark>, <q>late</q>.</p>",
        'The RNLI boat left at ==six==, "late".',
        'The RNLI boat left at six, "late".',
    ),
    "keys": (
        "<p>Hold <kbd><kbd>Ctrl</kbd>+<kbd>C</kbd></kbd>.</p>",
        "Hold `Ctrl`+`C`.",
        "Hold Ctrl+C.",
    ),
    "struck and inserted": ("<p>for <del>15</del><ins>20</ins> days</p>", "for ~~15~~ 20 days", "for 15 20 days"),
    "quoted twice": ("<p><q>“Late”</q></p>", "“Late”", "“Late”"),
    "links side by side": (
        "<div><a href='/a'>Tides</a><a href='/b'>Boats</a></div>",
        "[Tides](/a) [Boats](/b)",
        "Tides Boats",
    ),
    "author and date": (
        "<div><span class='who'>Ida Quill</span><span class='when'>3 May</span></div>",
        "Ida Quill 3 May",
        "Ida Quill 3 May",
    ),
    "items of a bar": (
        "<div style='display: flex; gap: 4px'><span>12 photos</span><span>3 videos</span></div>",
        "12 photos 3 videos",
        "12 photos 3 videos",
    ),
    "margins": (
        "<p><span>12</span><span style='margin-left: 1em'>34</span></p>",
        "12 34",
        "12 34",
    ),
    "one word in two pieces": ("<p><span class='c1'>har</span><span class='c2'>bour</span></p>", "harbour", "harbour"),
    "letters of a word": (
        "<div><span class='l'>s</span><span class='l'>e</span><span class='l'>a</span></div>",
        "sea",
        "sea",
    ),
    "words without spaces": (
        "<div><span class='a'>東京</span><span class='b'>大学</span></div>",
        "東京大学",
        "東京大学",
    ),
    "block by its style": (
        "<p>One<span style='display:block'>two</span>three</p>",
        "One\n\ntwo\n\nthree",
        "One\n\ntwo\n\nthree",
    ),
    "block in a heading": (
        "<h2><span style='display:block'>Tides</span><span style='display:block'>1953</span></h2>",
        "## Tides 1953",
        "Tides 1953",
    ),
    "block in a cell": (
        "<table><tr><th>a<th>b<tr><td><span style='display:block'>1</span>2<td>3</table>",
        "| a | b |\n| --- | --- |\n| 1<br>2 | 3 |",
        "a | b\n1 2 | 3",
    ),
    "element of its own": (
        "<x-card>Tides<div>of 1953</div></x-card><x-card>Boats<div>of 1954</div></x-card>rest",
        "Tides\n\nof 1953\n\nBoats\n\nof 1954\n\nrest",
        "Tides\n\nof 1953\n\nBoats\n\nof 1954\n\nrest",
    ),
    "a space of another width": (
        "<p>Published&ensp;<span>Apr 26</span>,&thinsp;<b>late</b></p>",
        "Published Apr 26, **late**",
        "Published Apr 26, late",
    ),
    "two codes side by side": (
        "<p>It is <code>U+DF</code><code>C3 9F</code>.</p>",
        "It is `U+DF` `C3 9F`.",
        "It is U+DFC3 9F.",
    ),
    "dollars that are no formula": (
        "<p>It costs $5, not $10.</p><p>Run it with $NAME/$HOME set; it costs $5 or $10, US$ and A$ alike.</p>",
        "It costs $5, not $10.\n\nRun it with \\$NAME/\\$HOME set; it costs \\$5 or \\$10, US$ and A$ alike.",
        "It costs $5, not $10.\n\nRun it with $NAME/$HOME set; it costs $5 or $10, US$ and A$ alike.",
    ),
    "classes of prices": (
        "<ul><li>$$</li><li>$</li></ul><p>From $ for a bun to $$$ for all.</p>",
        "- \\$\\$\n- $\n\nFrom $ for a bun to \\$\\$\\$ for all.",
        "- $$\n- $\n\nFrom $ for a bun to $$$ for all.",
    ),
    "an exclamation mark before a link": (
        "<p>Hear, hear!<a href='/a'>Take part</a>, all!<b><a href='/b'>Now</a></b>! <a href='/c'>Later</a>!</p>",
        "Hear, hear\\![Take part](/a), all!**[Now](/b)**! [Later](/c)!",
        "Hear, hear!Take part, all!Now! Later!",
    ),
    "a number behind a line break": (
        "<p>Three things.<br>1. Salt<br>- rye<br># oats</p>",
        "Three things.  \n1\\. Salt  \n\\- rye  \n\\# oats",
        "Three things.\n1. Salt\n- rye\n# oats",
    ),
    "emphasis around a table": (
        "<b><table><tr><th>a<th>b<tr><td>1<td>2</table></b>",
        "| a | b |\n| --- | --- |\n| **1** | **2** |",
        "a | b\n1 | 2",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_both_forms(name: str) -> None:
    html, markdown, text = CASES[name]
    assert rendered(html) == markdown
    assert rendered(html, "text") == text


def test_a_rule_for_a_formula_around_a_table_is_no_error() -> None:
    html = '<n class="katex"><table><tr><th>a<th>b<tr><td>1<td>2</table></n>'
    assert cleaner.clean(html, format="html").text == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"


def test_a_line_of_its_own_at_the_beginning_of_a_heading_that_stands_in_a_button_is_no_error() -> None:
    result = cleaner.clean(
        '<p>A word <i role="button"><h3><a style="display: block">Ferries</a></h3></i>', format="html"
    )
    assert not [warning for warning in result.report.warnings if "please report" in warning]
    assert "### *Ferries*" in result.text


def test_html_shows_what_stands_above_and_below_the_line() -> None:
    page = lxml.html.document_fromstring(as_html("10<sup>6</sup>, H<sub>2</sub>O, e<sup>*x*</sup>\n", Metadata()))
    assert [(each.tag, each.text_content()) for each in page.iter("sup", "sub")] == [
        ("sup", "6"),
        ("sub", "2"),
        ("sup", "x"),
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "<sup onclick=alert(1)>a</sup>",
        "<script>alert(1)</script>",
        "<sup><img src=x onerror=alert(1)></sup>",
        "<b>x</b>",
    ],
)
def test_other_tags_in_markdown_are_text(hostile: str) -> None:
    for text in (f"one {hostile} two\n", f"{hostile}\n", f"\\{hostile}\n"):
        page = lxml.html.document_fromstring(as_html(text, Metadata()))
        assert not [each.tag for each in page.iter("script", "img", "b")]
        assert not [name for each in page.iter("sup") for name in each.attrib]


SHOWN = {
    "the bar of a fraction": ("1<span class=sr-only>/</span>2", "1/2"),
    "the plus before a fraction": ("2<span class=sr-only>+</span><span>1</span>⁄<span>4</span>", "2+1⁄4"),
    "a price that is read out": (
        "<del aria-hidden=true>£9</del> <span class=screen-reader-text>Was £9.</span> "
        "<ins aria-hidden=true>£8</ins><span class=screen-reader-text>Now £8.</span>",
        "~~£9~~ £8",
    ),
    "a sign that is read out": ("<span aria-hidden=true>×</span><span class=sr-only>Close it</span> a gate", "a gate"),
    "words between numbers": ("1<span class=sr-only>or</span> 2", "1 2"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_numbers_that_are_read_out_otherwise(name: str, shipped: cleaner.Cleaner) -> None:
    html, expected = SHOWN[name]
    sentence = "The wheel still turns on market days, and the pond is let out in the autumn for the eels."
    page = f"<html><body><article><h1>Mill</h1><p>{sentence}</p><p>It takes {html} now.</p><p>{sentence}</p></article>"
    assert f"It takes {expected} now." in shipped.clean(page, format="html").text.replace("  ", " ")
