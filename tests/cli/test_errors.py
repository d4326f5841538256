"""Every failure is one line, with the right exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli.codes import MEANING
from tests.cli.conftest import CLIP, Call, spawn

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["missing.txt"], 3, "missing.txt: no such file; check the name, or pipe the text in"),
        (
            ["."],
            3,
            ".: is a folder; cleaner batch . OUT/ cleans all of it into another one, cleaner batch --in-place .",
        ),
        (["--level", "wild"], 2, "argument --level: invalid choice: 'wild'"),
        (["--only", "nonsense"], 2, "only: unknown category 'nonsense'"),
        (["--unknown"], 2, "unrecognized arguments: --unknown; see cleaner --help"),
        (["--json", "--diff"], 2, "argument --diff: not allowed with argument --json; see cleaner --help"),
        (["--jsonl", "--summary"], 2, "--jsonl puts the report on each line"),
        (["-o", "same", "--report", "same"], 2, "--report and --output name the same file"),
        (["--rules", "nowhere"], 4, "nowhere: no such file or folder of rules"),
        (["-", "-o", "nowhere/x"], 5, "nowhere/x: no such folder; make it first"),
        (["-", "-o", "."], 5, ".: is a folder; name a file"),
        (["na\nme\x1b[2J"], 3, "na\\nme\\x1b[2J: no such file"),
        (["restore", "x"], 2, "the following arguments are required: --report; see cleaner restore --help"),
        (["rules"], 2, "the following arguments are required: COMMAND"),
        (["rules", "show", "no.such"], 2, "no rule 'no.such'"),
        (["completion", "tcsh"], 2, "argument SHELL: invalid choice: 'tcsh'"),
    ],
)
def test_one_line(
    args: list[str], code: int, message: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = call(*args, stdin=b"text $\n")
    assert ran.code == code
    assert ran.err.startswith(f"cleaner: {message}")
    assert ran.err.count("\n") == 1
    assert ran.out == b""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7 stuff", "a PDF"),
        (b"PK\x03\x04stuff", "a ZIP archive"),
        (b"\x00\x01\x02\x03" * 500, "binary data"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n", "MHTML"),
    ],
)
def test_what_is_no_page(data: bytes, problem: str, call: Call) -> None:
    ran = call("--format", "html", stdin=data)
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err.startswith("cleaner: standard input: ")
    assert problem in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(clip: Path, call: Call) -> None:
    clip.chmod(0)
    ran = call(str(clip))
    assert ran.code == 3
    assert ran.err.startswith(f"cleaner: {clip}: no permission to read it")


def test_a_broken_rule_file(tmp_path: Path, call: Call) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\npack: [\n")
    ran = call("--rules", str(bad), stdin=b"text\n")
    assert ran.code == 4
    assert ran.err.startswith(f"cleaner: {bad}:")
    assert ran.err.count("\n") == 1


@needs_full
@pytest.mark.parametrize(
    "args", [[], ["--json"], ["--diff"], ["--jsonl"], ["rules", "list"], ["explain", "-"], ["--help"]]
)
def test_a_full_disk(args: list[str]) -> None:
    command = [sys.executable, "-m", "cleaner", *args]
    text = b'{"text": "hello"}\n' if "--jsonl" in args else b"hello\n"
    with FULL.open("wb") as full:
        done = subprocess.run(command, input=text, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert done.stderr.decode() == (
        "cleaner: standard output: cannot be written: No space left on device; free space or choose another -o FILE\n"
    )


@needs_full
def test_a_full_disk_as_output_file(call: Call) -> None:
    ran = call("-", "-o", str(FULL), stdin=b"hello\n")
    assert ran.code == 5
    assert ran.err.startswith("cleaner: /dev/full: cannot be written: No space left on device")


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
@pytest.mark.parametrize("args", [[], ["--json"], ["--level", "safe"], ["rules", "list"], ["--help"]])
def test_a_closed_pipe_is_quiet(args: list[str]) -> None:
    command = [sys.executable, "-m", "cleaner", *args]
    read_end, write_end = os.pipe()
    os.close(read_end)
    text = ("hello world. " * 20_000).encode()
    try:
        done = subprocess.run(command, input=text, stdout=write_end, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="POSIX shell")
@pytest.mark.parametrize(("redirect", "code"), [("<&-", 3), (">&-", 5), ("2>&-", 0)])
def test_closed_standard_streams(redirect: str, code: int) -> None:
    shell = f'"{sys.executable}" -m cleaner {redirect}'
    done = subprocess.run(["sh", "-c", shell], input=b"hello\n", capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("error", [RuntimeError("odd\nthing"), RecursionError("deep"), MemoryError()])
def test_unexpected_errors_have_no_traceback(error: Exception, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr("cleaner.cli.clean.run_default", broken)
    ran = call(stdin=b"text $\n")
    assert ran.code == 70
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("cleaner: ")
    if type(error) is RuntimeError:
        assert ran.err == (
            "cleaner: internal error: RuntimeError: odd\\nthing (please report; CLEANER_DEBUG=1 shows more)\n"
        )
    monkeypatch.setenv("CLEANER_DEBUG", "1")
    assert "Traceback" in call(stdin=b"text $\n").err


def test_interrupted(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cleaner.cli.clean.run_default", interrupted)
    ran = call(stdin=b"text $\n")
    assert (ran.code, ran.out, ran.err) == (130, b"", "")


def test_help_documents_every_exit_code(call: Call) -> None:
    text = " ".join(call("--help").out.decode().split())
    for code, meaning in MEANING.items():
        assert f"{code} {meaning}" in text


def test_a_failure_leaves_no_half_file(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("cleaner.cli.jsonl._answer", broken)
    assert call("--jsonl", "-o", str(out), stdin=b"{}\n").code == 70
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_file_called_like_a_command(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").write_text(CLIP)
    assert call("./rules").out.decode() == CLIP
    assert call("--", "rules").out.decode() == CLIP


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    ran = spawn(str(tmp_path / "missing"))
    assert (ran.code, ran.out) == (3, b"")
    assert ran.err == f"cleaner: {tmp_path / 'missing'}: no such file; check the name, or pipe the text in\n"
