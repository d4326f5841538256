"""`--jsonl`: line by line, nothing but text and report touched."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.cli.jsonl import BadLine, read_line
from tests.cli.conftest import CLEAN, CLIP, Call


def test_text_is_cleaned_and_a_report_added(rules: str, call: Call) -> None:
    line = json.dumps({"id": 7, "url": "https://example.com/a", "text": CLIP, "z": [1, {"a": None}], "b": "é"})
    ran = call("--jsonl", "--rules", rules, stdin=line.encode() + b"\n")
    answer = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert list(answer) == ["id", "url", "text", "z", "b", "report"]
    assert answer["text"] == CLEAN
    assert answer["report"]["input"]["url"] == "https://example.com/a"


def test_other_fields_keep_their_spelling(call: Call) -> None:
    before = '{"n": 1.10, "big": 123456789012345678901234567890e999, "s":"\\u00e9" ,"text" : "hi", "e": 1E5  }'
    out = call("--jsonl", stdin=before.encode() + b"\r\n").out.decode()
    assert out.startswith(before.removesuffix("  }") + ', "report": {"version": ')
    assert out.endswith("}  }\n")


def test_a_report_that_is_there_is_replaced(call: Call) -> None:
    out = json.loads(call("--jsonl", stdin=b'{"report": 1, "text": "hi"}').out)
    assert list(out) == ["report", "text"]
    assert out["report"]["version"] == 2


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("nonsense", "no JSON object"),
        ("[1]", "no JSON object"),
        ('{"text": "a"', "no JSON: a comma or closing brace is missing at character 13"),
        ('{"text": "a"} x', "no JSON: something follows the object"),
        ('{"text" "a"}', "no JSON: a colon is missing at character 9"),
        ('{"text": }', "no JSON: Expecting value at character 10"),
        ('{"text": "a",}', "no JSON: a field name is missing at character 14"),
        ('{"text": ' + "[" * 100_000, "no JSON: nested too deeply"),
    ],
)
def test_bad_lines(line: str, problem: str, call: Call) -> None:
    ran = call("--jsonl", stdin=f'{{"text": "one"}}\n{line}\n\n{{"text": "two"}}\n'.encode())
    answers = [json.loads(row) for row in ran.out.splitlines()]
    assert ran.code == 1
    assert [a.get("text") for a in answers] == ["one", None, "two"]
    assert answers[1] == {"error": problem, "input": line}
    assert ran.err == f"cleaner: standard input:2: {problem}; the line is passed on as it is\n"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": 1}', "'text' is missing"),
        ('{"text": 1, "id": 2}', "'text' is no string"),
        ('{"text": "a", "url": 5}', "'url' is no string"),
        ('{"text": "MIME-Version: 1.0\\nContent-Type: multipart/related; boundary=b\\n\\n--b--"}', "the MHTML"),
        ("{}", "'text' is missing"),
    ],
)
def test_bad_objects_keep_their_fields(line: str, problem: str, call: Call) -> None:
    ran = call("--jsonl", stdin=line.encode())
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert answer.pop("error").startswith(problem)
    assert answer == json.loads(line)


def test_a_field_that_stands_twice(call: Call) -> None:
    ran = call("--jsonl", stdin=b'{"text": "a", "text": "b"}')
    assert (ran.code, json.loads(ran.out)["error"]) == (1, "'text' stands twice")


def test_lines_that_are_no_text(call: Call) -> None:
    ran = call("--jsonl", stdin=b'{"text": "\xff"}\n')
    answer = json.loads(ran.out)
    assert (ran.code, answer["error"]) == (1, "not UTF-8")
    assert answer["input"].encode("utf-8", "surrogateescape") == b'{"text": "\xff"}'


def test_lone_surrogates_survive(call: Call) -> None:
    ran = call("--jsonl", stdin=b'{"text": "a \\ud800 b"}\n')
    assert json.loads(ran.out)["text"] == "a \ud800 b"


def test_an_interactive_partner_gets_its_answer_per_line() -> None:
    command = [sys.executable, "-m", "cleaner", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(b'{"id": %d, "text": "hello"}\n' % number)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(30) == 0


def test_files_in_and_out(tmp_path: Path, call: Call) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b'\xef\xbb\xbf{"text": "a"}\n{"text": "b"}')
    assert call(str(source), "--jsonl", "-o", str(target)).code == 0
    assert [json.loads(row)["text"] for row in target.read_text().splitlines()] == ["a", "b"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text(max_size=5) | st.just("text"), JSON, max_size=5), st.sampled_from([None, 1]), st.booleans()
)
def test_reading_agrees_with_json(data: dict[str, object], indent: int | None, ascii_only: bool) -> None:
    raw = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    line = read_line(raw)
    assert list(line.values) == list(data)
    edited = json.loads(line.edited({"text": "new", "report": [1]}))
    assert edited == {**data, "text": "new", "report": [1]}


@given(st.text(alphabet='{}[]",: \\tex"1', max_size=30))
def test_what_json_refuses_is_refused(raw: str) -> None:
    try:
        expected = json.loads(raw)
    except ValueError:
        expected = None
    if isinstance(expected, dict) and raw.count('"text"') < 2:
        assert list(read_line(raw).values) == list(expected)
    elif not isinstance(expected, dict):
        with pytest.raises(BadLine):
            read_line(raw)
