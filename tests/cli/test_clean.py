"""The main command and its options."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from pathlib import Path

import pytest

import cleaner
from tests.cli.conftest import CLEAN, CLIP, Call, spawn


def test_a_file_goes_to_stdout_and_nothing_else(rules: str, clip: Path) -> None:
    ran = spawn(str(clip), "--rules", rules)
    assert (ran.code, ran.out, ran.err) == (0, CLEAN.encode(), "")


def test_stdin_is_read_by_default(rules: str) -> None:
    ran = spawn("--rules", rules, stdin=CLIP.encode())
    assert (ran.code, ran.out, ran.err) == (0, CLEAN.encode(), "")


@pytest.mark.parametrize("args", [[], ["-"]])
def test_no_options(args: list[str], call: Call) -> None:
    text = b'Just prose, (one line) here: it stays; "all" of it.\n\n- and <more>\n'
    ran = call(*args, stdin=text)
    assert (ran.code, ran.out, ran.err) == (0, text, "")


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_bytes_stay_as_they_came(encoding: str, bom: bytes, newline: str, rules: str, call: Call) -> None:
    def data(text: str) -> bytes:
        return bom + text.replace("\n", newline).encode(encoding)

    ran = call("--rules", rules, stdin=data(CLIP))
    assert (ran.code, ran.out) == (0, data(CLEAN))


def test_levels(rules: str, clip: Path, call: Call) -> None:
    safe = call(str(clip), "--rules", rules, "--level", "safe").out.decode()
    aggressive = call(str(clip), "--rules", rules, "--level", "aggressive").out.decode()
    assert safe == CLIP.replace("Zonk the quuxes\n\n", "")
    assert aggressive == CLEAN.replace("Grault garply waldo\n\n", "")


@pytest.mark.parametrize(
    "options",
    [["--only", "donation,comments"], ["--only", "donation", "--only", "legal"], ["--skip", "interface, share"]],
)
def test_only_and_skip(options: list[str], rules: str, clip: Path, call: Call) -> None:
    assert call(str(clip), "--rules", rules, *options).out.decode() == CLIP.replace("Zonk the quuxes\n\n", "")


def test_rules_may_be_repeated(rules: str, tmp_path: Path, clip: Path, call: Call) -> None:
    more = tmp_path / "more.yaml"
    more.write_text(
        "format: 1\npack: generic/more\ndescription: more\nlanguages: [any]\nrules:\n"
        "  - {id: more.heading, category: related, confidence: high, scope: line, message: m,\n"
        "     phrases: [a heading of its own], tests: {removes: [A heading of its own], keeps: [no]}}\n"
    )
    ran = call(str(clip), "--rules", rules, "--rules", str(more))
    assert ran.out.decode() == CLEAN.removeprefix("A Heading of Its Own\n\n")


def test_url_and_format_reach_the_report(rules: str, clip: Path, call: Call) -> None:
    ran = call(str(clip), "--rules", rules, "--json", "--url", "https://example.com/a", "--format", "markdown")
    report = json.loads(ran.out)["report"]
    assert (report["input"]["url"], report["input"]["format"]) == ("https://example.com/a", "markdown")


def test_the_name_tells_the_format(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "clip.md"
    path.write_text("Some words.\n")
    assert json.loads(call(str(path), "--json").out)["report"]["input"]["format"] == "markdown"


def test_report_and_restore(rules: str, clip: Path, tmp_path: Path, call: Call) -> None:
    report, out, back = tmp_path / "r.json", tmp_path / "clean.txt", tmp_path / "back.txt"
    ran = call(str(clip), "--rules", rules, "--report", str(report), "-o", str(out))
    assert (ran.code, ran.out, ran.err) == (0, b"", "")
    assert out.read_text() == CLEAN
    assert [r["rule"] for r in json.loads(report.read_text())["removals"]] == ["clitest.line", "clitest.span"]
    assert call("restore", str(out), "--report", str(report)).out == CLIP.encode()
    assert call("restore", "-", "--report", str(report), "-o", str(back), stdin=CLEAN.encode()).code == 0
    assert back.read_text() == CLIP


def test_restore_tells_what_does_not_belong_together(rules: str, clip: Path, tmp_path: Path, call: Call) -> None:
    report = tmp_path / "r.json"
    call(str(clip), "--rules", rules, "--report", str(report))
    ran = call("restore", "-", "--report", str(report), stdin=b"something else")
    assert (ran.code, ran.out) == (1, b"")
    assert ran.err.startswith("cleaner: standard input: clean text and report do not belong together")
    ran = call("restore", str(report), "--report", str(clip))
    assert ran.code == 3
    assert ran.err.startswith(f"cleaner: {clip}: the report is not JSON")
    assert call("restore", "-", "--report", "-").code == 2


def test_json(rules: str, clip: Path, call: Call) -> None:
    ran = call(str(clip), "--rules", rules, "--json")
    answer = json.loads(ran.out)
    assert list(answer) == ["text", "report"]
    assert answer["text"] == CLEAN
    assert answer["report"]["counts"]["removals"] == 2
    assert ran.out.count(b"\n") == 1


def test_diff(rules: str, clip: Path, call: Call) -> None:
    ran = call(str(clip), "--rules", rules, "--diff")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == (
        "      │              ⋮ 2 lines stayed\n"
        "  3   │              The first paragraph tells a story that goes on for a while.\n"
        "  4   │\n"
        "  5 - │ clitest.line Zonk the quuxes\n"
        "  6 - │\n"
        "  7 ~ │ clitest.span The second paragraph has[- wibble wobble now-] in it, and it ends.\n"
        "  8   │\n"
        "  9   │              Grault garply waldo\n"
        "      │              ⋮ 2 lines stayed\n"
    )


def test_a_diff_wraps_what_went_under_itself(
    rules: str, clip: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.cli.terminal.width", lambda stream: 44)
    clip.write_text(CLIP.replace("it ends.", "it ends there, as all of them do in the end."))
    ran = call(str(clip), "--rules", rules, "--diff")
    assert ran.out.decode() == (
        "      │              ⋮ 2 lines stayed\n"
        "  3   │              The first paragraph t…\n"
        "  4   │\n"
        "  5 - │ clitest.line Zonk the quuxes\n"
        "  6 - │\n"
        "  7 ~ │ clitest.span The second paragraph\n"
        "      │              has[- wibble wobble\n"
        "      │              now-] in it, and it\n"
        "      │              ends there, as all of\n"
        "      │              them do in the end.\n"
        "  8   │\n"
        "  9   │              Grault garply waldo\n"
        "      │              ⋮ 2 lines stayed\n"
    )
    coloured = call(str(clip), "--rules", rules, "--diff", "--color", "always").out.decode()
    plain = [re.sub("\x1b\\[[0-9;]*m", "", row) for row in coloured.splitlines()]
    assert all(len(row) <= 44 for row in plain)
    assert plain[5:7] == ["  7 ~ │ clitest.span The second paragraph", "      │              has wibble wobble now"]
    assert re.search("\x1b\\[\\d+;9m wibble wobble now", coloured)


def test_summary_goes_to_stderr(rules: str, clip: Path, call: Call) -> None:
    ran = call(str(clip), "--rules", rules, "--summary")
    assert ran.out.decode() == CLEAN
    assert 3 <= len(ran.err.splitlines()) <= 10
    assert ran.err.startswith(f"{clip}: 2 removals, ")
    assert "1 match would go with --level aggressive (clitest.doubt)" in ran.err
    assert "\n  rules: clitest.line, clitest.span\n" in ran.err


def test_warnings_go_to_stderr_unless_quiet(call: Call) -> None:
    text = "Caf\xe9 au lait, d\xe9j\xe0 vu\n".encode("latin-1")
    ran = call(stdin=text)
    assert (ran.code, ran.out) == (0, text)
    assert ran.err.startswith("cleaner: standard input: warning: ")
    assert call("--quiet", stdin=text).err == ""


def test_colours_only_when_wanted(rules: str, clip: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    diff = (str(clip), "--rules", rules, "--diff")
    assert b"\x1b" not in call(*diff).out
    assert b"\x1b" in call(*diff, tty=True).out
    assert b"\x1b" in call(*diff, "--color", "always").out
    assert b"\x1b" not in call(*diff, "--color", "never", tty=True).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert b"\x1b" in call(*diff).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b" not in call(*diff, tty=True).out
    assert b"\x1b" in call(*diff, "--color", "always").out


def test_a_clipping_cannot_command_the_terminal(call: Call) -> None:
    evil = b"words \x1b]0;owned\x07 and \x1b[2J more\n"
    for args in (["--diff"], ["explain", "-"]):
        ran = call(*args, stdin=evil, tty=True)
        assert b"\x1b]" not in ran.out
        assert b"\x1b[2J" not in ran.out


def test_the_diff_suits_poor_encodings(rules: str, clip: Path, call: Call) -> None:
    ran = call(str(clip), "--rules", rules, "--diff", encoding="ascii")
    assert b"  5 - | clitest.line Zonk the quuxes\n" in ran.out


def test_output_is_replaced_as_a_whole_and_keeps_its_mode(rules: str, clip: Path, tmp_path: Path, call: Call) -> None:
    clip.chmod(0o640)
    assert call(str(clip), "--rules", rules, "-o", str(clip)).code == 0
    assert clip.read_text() == CLEAN
    if os.name != "nt":
        assert stat.S_IMODE(clip.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["clip.txt"]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")
def test_output_through_a_link_keeps_the_link(clip: Path, tmp_path: Path, call: Call) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    assert call(str(clip), "-o", str(link)).code == 0
    assert link.is_symlink()
    assert target.read_text() == CLIP


def test_the_report_may_be_stdout_when_the_text_is_not(clip: Path, tmp_path: Path, call: Call) -> None:
    ran = call(str(clip), "--report", "-", "-o", str(tmp_path / "o"))
    assert json.loads(ran.out)["version"] == 2
    assert call(str(clip), "--report", "-").code == 2


def test_version_and_help(call: Call) -> None:
    ran = call("--version")
    assert (ran.code, ran.out.decode()) == (0, f"cleaner {cleaner.__version__}\n")
    text = call("--help").out.decode()
    for needed in ("examples:", "exit codes:", "commands:", "./rules", "--jsonl", "restore CLEAN --report R"):
        assert needed in text


@pytest.mark.parametrize("command", ["restore", "explain", "rules", "completion"])
def test_every_command_has_help(command: str, call: Call) -> None:
    ran = call(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"usage: cleaner {command}".encode())


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_file_names_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/cl\xffip.txt"
    Path(os.fsdecode(name)).write_bytes(b"hello\n")
    ran = spawn(name, "--summary")
    assert (ran.code, ran.out) == (0, b"hello\n")
    assert "cl\\xffip.txt: nothing removed" in ran.err
    missing = spawn(name + b"x")
    assert missing.code == 3
    assert missing.err.count("\n") == 1


def test_the_pipeline_for_text_stays_light(rules: str, tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['cleaner']\n"
        "from cleaner.cli import main\n"
        "main()\n"
        "heavy = {'lxml', 'trafilatura', 'readability', 'yaml', 'argparse', 'json', 'cleaner.tools', 'typing', 're',\n"
        "         'dataclasses', 'cleaner.api'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    import subprocess

    def loaded(text: bytes) -> str:
        command = [sys.executable, "-S", "-c", code]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        return subprocess.run(command, input=text, capture_output=True, check=True, env=env).stderr.decode().strip()

    loaded(b"Warm the cache $.\n")
    assert loaded(b"hi\n") == "[]"
    loaded_for_text = loaded(b"A text with a $ that goes the full way.\n")
    for name in ("lxml", "trafilatura", "readability", "yaml", "argparse", "'json'", "cleaner.tools"):
        assert name not in loaded_for_text


def test_a_report_is_not_written_over_its_own_input(call: Call, clip: Path, tmp_path: Path) -> None:
    os.symlink(clip, tmp_path / "link.txt")
    before = clip.read_bytes()
    for name in (str(clip), str(tmp_path / "x" / ".." / clip.name), str(tmp_path / "link.txt")):
        (tmp_path / "x").mkdir(exist_ok=True)
        ran = call(str(clip), "-o", str(tmp_path / "out.txt"), "--report", name)
        assert (ran.code, ran.err) == (
            2,
            "cleaner: --report names the file that is to be cleaned; choose another one\n",
        )
    ran = call(str(clip), "-o", str(tmp_path / "out.txt"), "--report", str(tmp_path / "x/../out.txt"))
    assert ran.code == 2
    assert clip.read_bytes() == before
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_what_is_made_of_a_private_file_is_private(call: Call, clip: Path, tmp_path: Path) -> None:
    names = ("out.txt", "why.json", "view.html", "back.txt")
    out, why, view, back = (str(tmp_path / name) for name in names)
    for mode in (0o644, 0o600):
        clip.chmod(mode)
        assert call(str(clip), "-o", out, "--report", why).code == 0
        assert call("view", str(clip), "-o", view).code == 0
        assert call("restore", out, "--report", why, "-o", back).code == 0
        assert {(tmp_path / name).stat().st_mode & 0o777 for name in names} == {mode}
    assert call("restore", out, "--report", why, "-o", why).code == 2
