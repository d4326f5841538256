"""Footnotes: marks and notes stay linked, however a page makes them."""

from __future__ import annotations

import pytest

from tests.html.support import again, markdown, text

CASES = {
    "raised": (
        "<p>Salt<sup id=fnref:1><a href='#fn:1' class=footnote-ref role=doc-noteref>1</a></sup> was dear.</p>"
        "<div class=footnotes role=doc-endnotes><ol><li id=fn:1><p>In 1412. "
        "<a href='#fnref:1' role=doc-backlink>↩︎</a></p></li></ol></div>",
        "Salt[^1] was dear.\n\n[^1]: In 1412. ↩︎",
    ),
    "in a span": (
        "<p>He came.<span class=fn><a href='#t1' id=t1r>1</a></span> Then</p><p id=t1>1. Others have none.</p>",
        "He came.[^1] Then\n\n[^1]: Others have none.",
    ),
    "with its whole address": (
        "<p>Salt<sup id=cite_ref-1><a href='https://x.org/w#cite_note-1'>[1]</a></sup></p><ol><li id=cite_note-1>"
        "<span>^ <a href='https://x.org/w#cite_ref-1'>a</a></span> <span>Mills, p. 3.</span></li></ol>",
        "Salt[^1]\n\n[^1]: a Mills, p. 3.",
    ),
    "numbers that lead to the section of all notes": (
        "<p>A mill<sup><a href='#n'>22</a>,<a href='#n'>23</a></sup>, a weir<sup><a href='#n'>7</a></sup></p>"
        "<div id=n><p>7. Of oak.</p><p>22. Of 1412.</p></div>",
        "A mill<sup>22,23</sup>, a weir<sup>7</sup>\n\n7\\. Of oak.\n\n22\\. Of 1412.",
    ),
    "the same name on another page": (
        "<p>See <a href='https://y.org/#n1'>1</a></p><p id=n1>A paragraph.</p>",
        "See [1](https://y.org/#n1)\n\nA paragraph.",
    ),
    "Word": (
        "<p>Salt<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a> was</p><div id=ftn1>"
        "<p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> In 1412.</p></div>",
        "Salt[^1] was\n\n[^1]: In 1412.",
    ),
    "LibreOffice": (
        "<p>Salt<a class=sdfootnoteanc name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a></p>"
        "<div id=sdfootnote1><p><a class=sdfootnotesym name=sdfootnote1sym href='#sdfootnote1anc'>1</a>"
        "In 1412.</p></div>",
        "Salt[^1]\n\n[^1]: In 1412.",
    ),
    "Google Docs": (
        "<p>Salt<sup><a href='#ftnt1' id=ftnt_ref1>[1]</a></sup></p><hr><div><p><a href='#ftnt_ref1' id=ftnt1>[1]</a>"
        "<span>&nbsp;In 1412.</span></p></div>",
        "Salt[^1]\n\n---\n\n[^1]: In 1412.",
    ),
    "Substack": (
        "<p>Salt<a class=footnote-anchor id=footnote-anchor-1-77 href='https://s.example/p/x#footnote-1-77'>1</a></p>"
        "<div class=footnote><a id=footnote-1-77 href='https://s.example/p/x#footnote-anchor-1-77'>1</a>"
        "<div class=footnote-content><p>In 1412.</p><p>Or later.</p></div></div>",
        "Salt[^1]\n\n[^1]: In 1412.\n\n    Or later.",
    ),
    "WordPress": (
        "<p>Salt<sup data-fn=ab-12 class=fn><a href='#ab-12' id=ab-12-link>1</a></sup></p><ol class=wp-block-footnotes>"
        "<li id=ab-12>In 1412. <a href='#ab-12-link' aria-label='Jump'>↩︎</a></li></ol>",
        "Salt[^1]\n\n[^1]: In 1412. ↩︎",
    ),
    "an electronic book": (
        "<p>Salt<a epub:type=noteref href='#n1'>1</a></p><aside epub:type=footnote id=n1><p>In 1412.</p></aside>",
        "Salt[^1]\n\n[^1]: In 1412.",
    ),
    "signs": (
        "<p>Salt<a href='#b' name=br>*</a> and rye<a href='#d' name=dr>†</a></p>"
        "<p><a name=b href='#br'>*</a> In 1412.</p><p><a name=d href='#dr'>†</a> Later.</p>",
        "Salt[^*] and rye[^†]\n\n[^*]: In 1412.\n\n[^†]: Later.",
    ),
    "letters and words": (
        "<p>Salt<sup id=ra><a href='#na'>[a]</a></sup> rye<sup id=rb><a href='#nb'>[note 1]</a></sup></p>"
        "<ol><li id=na><a href='#ra'>^</a> One.</li><li id=nb><a href='#rb'>^</a> Two.</li></ol>",
        "Salt[^a] rye[^note-1]\n\n[^a]: ^ One.\n\n[^note-1]: ^ Two.",
    ),
    "an index of letters": (
        "<p><a href='#A'>A</a> <a href='#B'>B</a></p><div id=A><p>Adze</p></div><div id=B><p>Beam</p></div>",
        "A B\n\nAdze\n\nBeam",
    ),
    "referred to twice": (
        "<p>a<sup><a href='#fn1' id=r1>1</a></sup> b<sup><a href='#fn1' id=r2>1</a></sup></p>"
        "<ol><li id=fn1>Note <a href='#r1'>↩</a> <a href='#r2'>↩</a></li></ol>",
        "a[^1] b[^1]\n\n[^1]: Note ↩ ↩",
    ),
    "two notes of one number": (
        "<p>a<sup><a href='#fn1-a'>1</a></sup></p><ol><li id=fn1-a>One</li></ol>"
        "<p>b<sup><a href='#fn1-b'>1</a></sup></p><ol><li id=fn1-b>Two</li></ol>",
        "a[^1]\n\n[^1]: One\n\nb[^1-2]\n\n[^1-2]: Two",
    ),
    "a number that is no label": (
        "<p>a<sup><a href='#fn1'>1</a></sup></p><ol><li id=fn1>1 cup is enough.</li></ol>",
        "a[^1]\n\n[^1]: 1 cup is enough.",
    ),
    "a year that begins with the label": (
        "<p>a<sup><a href='#fn1'>1</a></sup></p><p id=fn1>1984 was dry.</p>",
        "a[^1]\n\n[^1]: 1984 was dry.",
    ),
    "terms": (
        "<p>a<sup><a href='#n1' id=r1>1</a></sup></p><dl><dt id=n1><a href='#r1'>[1]</a></dt><dd>In 1412.</dd></dl>",
        "a[^1]\n\n[^1]: In 1412.",
    ),
    "a table of notes": (
        "<p>a<sup><a href='#n1' id=r1>1</a></sup></p><table><tr id=n1><td><a href='#r1'>[1]</a></td><td>One.</td></tr>"
        "<tr><td>x</td><td>y</td></tr></table>",
        "a[^1]\n\n[^1]: One.\n\nx\n\ny",
    ),
    "a note beside the text": (
        "<p>Salt<label for=s class='margin-toggle sidenote-number'></label><input type=checkbox id=s>"
        "<span class=sidenote>In <em>1412</em>.</span> was dear.</p><p>Next.</p>",
        "Salt[^1] was dear.\n\n[^1]: In *1412*.\n\nNext.",
    ),
    "a note beside the text with a mark": (
        "<p>Salt<sup>7</sup><span class=sidenote><sup>7</sup> In 1412.</span> was dear.</p>",
        "Salt[^7] was dear.\n\n[^7]: In 1412.",
    ),
    "a note that is a tooltip": (
        "<p>Salt<span class=footnote_referrer><a role=button tabindex=0><sup>[1]</sup></a><span class=footnote_tooltip>"
        "In 1412.</span></span> was dear.</p>",
        "Salt[^1] was dear.\n\n[^1]: In 1412.",
    ),
    "brackets that are all there is around a mark": (
        "<p>Salt was dear <span>[</span><a href='#t1' id=t1r class=footnote>1</a>]</p><p id=t1>1. In 1412.</p>",
        "Salt was dear [^1]\n\n[^1]: In 1412.",
    ),
    "brackets around a mark": (
        "<p>Salt [<sup><a href='#fn1'>1</a></sup>](old).</p><p id=fn1>Note.</p>",
        "Salt [^1]\\(old).\n\n[^1]: Note.",
    ),
    "brackets around two marks": (
        "<p>Salt [<a id=r1 href='#fn1'>1</a>,<a id=r2 href='#fn2'>2</a>].</p>"
        "<p id=fn1><a href='#r1'>1.</a> Note.</p><p id=fn2><a href='#r2'>2.</a> More.</p>",
        "Salt \\[[^1],[^2]].\n\n[^1]: Note.\n\n[^2]: More.",
    ),
    "a mark in two elements": (
        "<p>Salt<span class=fn-ref><span class=num><a href='#e1'>1</a></span></span>.</p><p id=e1>1. Note.</p>",
        "Salt[^1].\n\n[^1]: Note.",
    ),
    "a second mark without a name": (
        "<p>Salt<a id=r1 href='#n1'>1</a> and lye<a href='#n1'>1</a>.</p><p id=n1><a href='#r1'>1.</a> Note.</p>",
        "Salt[^1] and lye[^1].\n\n[^1]: Note.",
    ),
    "what follows a mark": (
        "<p>Salt<sup><a href='#fn1'>1</a></sup>(old)</p><p id=fn1>Note.</p>",
        "Salt[^1]\\(old)\n\n[^1]: Note.",
    ),
    "two notes in one paragraph": (
        "<p>Salt<sup><a href='#n1' id=r1>1</a></sup> and rye<sup><a href='#n2' id=r2>2</a></sup></p>"
        "<p class=notes><a name=n1 href='#r1'>1</a> In 1412.<br><a name=n2 href='#r2'>2</a> Later.</p>After.",
        "Salt[^1] and rye[^2]\n\n[^1]: In 1412.\n\n[^2]: Later.\n\nAfter.",
    ),
    "notes in one paragraph, in another order than their marks": (
        "<p>Salt<sup><a href='#n3' id=r3>3</a></sup>, rye<sup><a href='#n2' id=r2>2</a></sup> and "
        "oats<sup><a href='#n1' id=r1>1</a></sup></p><p><a name=n1 href='#r1'>1</a> In 1412.<br>"
        "<a name=n2 href='#r2'>2</a> Later.<br><a name=n3 href='#r3'>3</a> Never.</p>",
        "Salt[^3], rye[^2] and oats[^1]\n\n[^1]: In 1412.\n\n[^2]: Later.\n\n[^3]: Never.",
    ),
    "two notes below a heading in one paragraph": (
        "<p>Salt<sup><a href='#n1' id=r1>1</a></sup> and rye<sup><a href='#n2' id=r2>2</a></sup></p>"
        "<div>Notes<br><span id=n1><a href='#r1'>1</a>. In 1412.</span><br>\n"
        "<span id=n2><a href='#r2'>2</a>. Later.</span></div>",
        "Salt[^1] and rye[^2]\n\nNotes\n\n[^1]: In 1412.\n\n[^2]: Later.",
    ),
    "a mark without a note": ("<p>Salt.<span class=fn><a href='#fn9'>9</a></span> It</p>", "Salt.[9] It"),
}


@pytest.mark.parametrize("name", CASES)
def test_footnotes(name: str) -> None:
    html, expected = CASES[name]
    assert markdown(html) == expected


def test_text_has_marks_and_labels() -> None:
    assert text(CASES["Word"][0]) == "Salt[1] was\n\n[1] In 1412."
    assert text(CASES["signs"][0]) == "Salt[*] and rye[†]\n\n[*] In 1412.\n\n[†] Later."


def test_html_out_links_marks_and_notes() -> None:
    html = again(CASES["signs"][0])
    assert '<a href="#fn2" id="fnref2">[†]</a>' in html
    assert '<li id="fn2" class="footnote-item"><p>[†] Later.' in html


def test_html_out_shows_notes_without_a_mark() -> None:
    from cleaner.html.render.output import as_html
    from cleaner.model import Metadata

    html = as_html("Salt[^2].\n\n[^2]: Two.\n\n[^3]: Three.\n", Metadata())
    assert '<li id="fn1" class="footnote-item" value="2"><p>Two.' in html
    assert '<li id="fn2" class="footnote-item" value="3"><p>Three.' in html
