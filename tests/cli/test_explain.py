"""`cleaner explain`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.cli.explain import split_line
from tests.cli.conftest import CLIP, Call


def test_all_lines(rules: str, clip: Path, call: Call) -> None:
    ran = call("explain", str(clip), "--rules", rules)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == (
        "format: text; site: not known\n"
        "  1   A Heading of Its Own\n"
        "  2\n"
        "  3   The first paragraph tells a story that goes on for a while.\n"
        "  4\n"
        "  5 - Zonk the quuxes\n"
        "      └ taken by clitest.line (donation, certain): begs in nonsense\n"
        "  6 -\n"
        "  7 ~ The second paragraph has[- wibble wobble now-] in it, and it ends.\n"
        "      └ taken by clitest.span (interface, high): a button inside of a sentence\n"
        "          matched “wibble wobble now”\n"
        "  8\n"
        "  9   Grault garply waldo\n"
        "      └ saved from clitest.doubt (comments, medium): "
        "confidence medium is below the level; only company or a higher level takes it\n"
        " 10\n"
        " 11   The last paragraph is here to be the end of the whole story.\n"
    )


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("One.\n\nPlugh xyzzy thud\n\nTwo\n", 3, "saved from clitest.veto (share, high): unless followed_by"),
        ("Fnord corge blarg\n\n" + CLIP, 1, "no match for clitest.condition (legal, high): condition position"),
        ("They zonk the quuxes daily.\n", 1, "no match for clitest.line (donation, certain): only part of its line"),
        ("azonk the quuxes.\n", 1, "keyword of clitest.line (donation, certain): nothing more of it is here"),
        ("Zebras graze quietly.\n", 1, "stayed: no rule matches here"),
        ("One.\n\nTwo.\n", 2, "a blank line"),
        (CLIP, 5, "taken by clitest.line (donation, certain): begs in nonsense"),
    ],
)
def test_one_line(text: str, line: int, expected: str, rules: str, tmp_path: Path, call: Call) -> None:
    path = tmp_path / "c.txt"
    path.write_text(text)
    ran = call("explain", f"{path}:{line}", "--rules", rules)
    assert ran.code == 0
    assert expected in ran.out.decode()
    assert ran.out.decode().startswith(f"{line}")
    again = call("explain", "-", "--line", str(line), "--rules", rules, stdin=text.encode())
    assert again.out == ran.out


def test_a_line_that_is_not_there(clip: Path, call: Call) -> None:
    for line in ("0", "12", "99999999999999999999"):
        ran = call("explain", f"{clip}:{line}")
        assert (ran.code, ran.out) == (2, b"")
        assert "; it has 11" in ran.err


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("clip.txt", ("clip.txt", None)),
        ("clip.txt:12", ("clip.txt", 12)),
        ("C:\\clips\\a.txt", ("C:\\clips\\a.txt", None)),
        ("C:\\clips\\a.txt:7", ("C:\\clips\\a.txt", 7)),
        ("-:3", ("-", 3)),
        (":3", (":3", None)),
        ("a:b", ("a:b", None)),
        ("a:", ("a:", None)),
        ("a:²", ("a:²", None)),
    ],
)
def test_file_and_line(argument: str, expected: tuple[str, int | None]) -> None:
    assert split_line(argument) == expected


@pytest.mark.skipif(os.name == "nt", reason="no colons in file names there")
def test_a_file_whose_name_ends_like_a_line(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "talk 12:30"
    path.write_text("Words.\n")
    assert call("explain", str(path)).out.decode().endswith("  1   Words.\n")
    assert call("explain", f"{path}:1").out.decode().startswith("1   Words.\n")


def test_errors(tmp_path: Path, call: Call) -> None:
    ran = call("explain", f"{tmp_path / 'no.txt'}:4")
    assert ran.code == 3
    assert ran.err == f"cleaner: {tmp_path / 'no.txt'}: no such file; check the name, or pipe the text in\n"
    ran = call("explain", "-", "--format", "html", stdin=b"%PDF-1.7")
    assert ran.code == 3
