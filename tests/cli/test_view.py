"""`cleaner view`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.report.page import page
from tests.cli.conftest import CLIP, Call


def test_to_standard_output_and_to_a_file(rules: str, clip: Path, call: Call, tmp_path: Path) -> None:
    expected = page(CLIP, Cleaner(rules=[rules]).clean(CLIP.encode(), name="clip.txt").report, name="clip.txt")
    ran = call("view", str(clip), "--rules", rules)
    assert (ran.code, ran.err, ran.out.decode()) == (0, "", expected)
    ran = call("view", str(clip), "--rules", rules, "-o", str(tmp_path / "page.html"))
    assert (ran.code, ran.err, ran.out) == (0, "", b"")
    assert (tmp_path / "page.html").read_bytes().decode() == expected
    assert '<del class="h" data-c="donation" data-r="r1">Zonk the quuxes</del>' in expected


def test_standard_input_and_options(rules: str, call: Call) -> None:
    args = ("--rules", rules, "--url", "https://example.com/a", "--format", "markdown", "--skip", "donation")
    ran = call("view", "-", *args, "--level", "aggressive", stdin=CLIP.encode())
    assert (ran.code, ran.err) == (0, "")
    html = ran.out.decode()
    assert "<h1>standard input</h1>" in html
    assert "<dd>https://example.com/a</dd>" in html
    assert "<dd>markdown</dd>" in html
    assert "<dd>aggressive</dd>" in html
    assert "Zonk the quuxes</del>" not in html
    assert "wibble wobble now</del>" in html


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_the_lines_are_those_of_the_input(encoding: str, rules: str, call: Call) -> None:
    text = "Café – “zwei”\r\n\r\nZonk the quuxes\r\n\r\nThe words after it are here to stay, naïve as they are.\r\n"
    html = call("view", "-", "--rules", rules, stdin=text.encode(encoding)).out.decode()
    assert '<div class="l" id="L1" data-n="1">Café – “zwei”</div>' in html
    assert '<div class="l gone" id="L3" data-n="3">' in html
    assert '<div class="l" id="L5" data-n="5">The words after it are here to stay, naïve as they are.</div>' in html


def test_warnings_are_said_and_shown(call: Call) -> None:
    ran = call("view", "-", stdin=b"Some text \xff\xfe\xfd that \x81 is \xc3\x28 no UTF-8.\n" * 3)
    assert ran.code == 0
    assert ran.err.startswith("cleaner: standard input: warning: ")
    assert '<section id="warnings">' in ran.out.decode()


def test_errors(clip: Path, call: Call, tmp_path: Path) -> None:
    for name in (str(clip), str(tmp_path / "." / clip.name)):
        ran = call("view", str(clip), "-o", name)
        assert (ran.code, ran.out) == (2, b"")
        assert ran.err == f"cleaner: {clip}: -o would write the page over the clipping; choose another file\n"
    assert clip.read_text() == CLIP
    ran = call("view", str(tmp_path / "no.txt"), "-o", str(tmp_path / "page.html"))
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err == f"cleaner: {tmp_path / 'no.txt'}: no such file; check the name, or pipe the text in\n"
    assert not (tmp_path / "page.html").exists()
    ran = call("view", str(clip), "-o", str(tmp_path / "no" / "page.html"))
    assert (ran.code, ran.err) == (5, f"cleaner: {tmp_path / 'no' / 'page.html'}: no such folder; make it first\n")
    ran = call("view", str(clip), "-o", "a\0b")
    assert (ran.code, ran.out) == (5, b"")
    ran = call("view")
    assert (ran.code, ran.out) == (2, b"")
    assert "FILE" in ran.err
