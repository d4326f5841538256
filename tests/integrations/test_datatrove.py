"""The datatrove step: by itself, in pipelines that are killed, and in the example."""

from __future__ import annotations

import copy
import gzip
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from datatrove.data import Document
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter
from datatrove.utils.logging import logger
from pyarrow import parquet

import cleaner
from cleaner.integrations.datatrove import CleanerStep
from cleaner.report import from_dict, loads, restore, to_dict
from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH, contents
from tests.formats.test_warc import Archive
from tests.integrations.pipeline_of_lines import harmed
from tests.integrations.test_examples import EXAMPLES, ROOT, run
from tests.integrations.test_examples import PAGE as DOCS

URL = "https://asia.nikkei.com/story"
LEFTOVER = "You have {{numberArticlesLeft}} free articles left this month"
MARKDOWN = f"# The ferry\n\n{DIRTY}\n```\n{LEFTOVER}\n```\n"
NO_TEXT = "<!doctype html><html><body><img src='a.png'></body></html>"
BROKEN = PAGE.replace("<h1>", "\0<h1>")


def document(text: Any, **metadata: Any) -> Document:
    return Document(text, "d1", metadata=metadata)


def cleaned(*documents: Document, **options: Any) -> tuple[list[Document], dict[str, float]]:
    """The documents behind the step, and what it has counted."""
    step = CleanerStep(**{"isolate": False, **options})
    out = list(step.run(documents, rank=3))
    return out, {name: count.total for name, count in step.stats.stats.items()}


@pytest.fixture
def log() -> Iterator[list[str]]:
    """The lines that datatrove's log gets, with their level."""
    lines: list[str] = []
    sink = logger.add(lambda line: lines.append(line.rstrip("\n")), format="{level} {message}")
    yield lines
    logger.remove(sink)


# --- by itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize("isolate", [False, True])
def test_text_markdown_and_pages_become_clean(isolate: bool) -> None:
    texts = [DIRTY, MARKDOWN, PAGE, PARAGRAPH]
    out, stats = cleaned(*(document(text, url=URL, language="en") for text in texts), isolate=isolate)
    results = [cleaner.clean(text, url=URL) for text in texts]
    assert [result.report.format for result in results] == ["text", "markdown", "html", "text"]
    assert [one.text for one in out] == [result.text for result in results]
    for one, result in zip(out, results, strict=True):
        assert one.metadata == {"url": URL, "language": "en", "report": to_dict(result.report)}
    categories = [f"category/{name}" for result in results for name in result.report.counts]
    assert stats == {
        "total": 4,
        "forwarded": 4,
        "doc_len": sum(len(one.text) for one in out),
        "changed": 3,
        "removed_characters": sum(result.report.removed_characters for result in results),
        **{name: categories.count(name) for name in categories},
    }
    assert "category/subscription" in stats


def test_the_report_restores_the_text() -> None:
    for how, read in (("dict", from_dict), ("json", loads)):
        (one,), _ = cleaned(document(DIRTY), report_as=how)
        assert restore(one.text, read(one.metadata["report"])) == DIRTY.encode()


def test_the_keys_have_the_names_that_are_given() -> None:
    keys = {"url_key": "link", "report_key": "why", "page_key": "about", "problem_key": "wrong"}
    (page, other), _ = cleaned(document(PAGE, link=URL, url=7), document(["no text"]), **keys)
    assert list(page.metadata) == ["link", "url", "why", "about"]
    assert page.metadata["why"]["input"]["url"] == URL
    assert page.metadata["why"]["site"]["pack"] == "sites/nikkei-asia"
    assert page.metadata["about"] == asdict(cleaner.clean(PAGE, url=URL).metadata)
    assert page.metadata["about"]["title"] == "The ferry"
    assert list(other.metadata) == ["wrong"]
    (page, other), _ = cleaned(document(PAGE), document(7), report_key=None, problem_key=None)
    assert page.metadata == other.metadata == {}


@pytest.mark.parametrize("url", [None, 7, "", "a clipping"])
def test_what_is_no_address_is_none(url: object) -> None:
    (one,), _ = cleaned(document(DIRTY, url=url))
    assert one.metadata["report"]["input"]["url"] is None


def test_the_options_are_those_of_cleaner(tmp_path: Path) -> None:
    for skip in (["subscription", "template-token"], iter(["subscription", "template-token"])):
        assert cleaned(document(DIRTY), skip=skip)[0][0].text == DIRTY
    assert f"<p>{PARAGRAPH}</p>" in cleaned(document(PAGE), to="html")[0][0].text
    assert cleaned(document(PAGE), format="text")[0][0].metadata["report"]["input"]["format"] == "text"
    (tmp_path / "bad.yaml").write_text("rules: [")
    for wrong, told in (
        ({"level": "brutal"}, "level must be one of safe, normal, aggressive, not 'brutal'"),
        ({"format": "pdf"}, "format must be one of text, markdown, html, auto, not 'pdf'"),
        ({"report_as": "yaml"}, "report_as must be one of dict, json, not 'yaml'"),
        ({"rules": [tmp_path]}, r"bad\.yaml"),
    ):
        with pytest.raises(cleaner.CleanerError, match=told):
            CleanerStep(**wrong)


def test_without_text_a_document_is_dropped(log: list[str]) -> None:
    out, stats = cleaned(document(NO_TEXT), document("\n \n"), document(None), document(DIRTY))
    assert [one.text for one in out] == [CLEAN]
    assert (stats["total"], stats["dropped"], stats["forwarded"], stats["warned"]) == (4, 3, 1, 1)
    (line,) = log
    assert line.startswith("INFO d1: the page has no text")


@pytest.mark.parametrize(
    ("text", "options", "code", "told"),
    [
        (["a"], {}, "unsupported", "its text is no string but of type list"),
        (PAGE, {"max_bytes": 10}, "unsupported", ""),
    ],
)
def test_what_cannot_be_cleaned_passes_on_as_it_is(
    text: Any, options: dict[str, Any], code: str, told: str, log: list[str]
) -> None:
    out, stats = cleaned(Document(text, "a\nb", metadata={"url": URL}), document(DIRTY), **options)
    assert [one.text for one in out] == [text, CLEAN]
    problem = out[0].metadata.pop("problem")
    assert (out[0].id, out[0].metadata) == ("a\nb", {"url": URL})
    assert problem["code"] == code
    assert problem["text"].startswith(told)
    assert log == [rf"WARNING a\nb: passes on as it is: {problem['text']} ({code})"]
    assert (stats["total"], stats["forwarded"], stats["failed"], stats[f"failed_{code}"]) == (2, 2, 1, 1)


def test_a_problem_of_an_earlier_run_is_forgotten() -> None:
    (one,), _ = cleaned(document(DIRTY, problem={"code": "timeout", "text": ""}))
    assert list(one.metadata) == ["report"]


# --- what was removed ---------------------------------------------------------------------------


def lines(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.splitlines()]


def test_the_exclusion_writer_gets_what_was_removed(tmp_path: Path) -> None:
    writer = JsonlWriter(str(tmp_path), output_filename="${language}/${rank}.jsonl", compression=None)
    tail = "\n\nShare this article\n\nSign up for our newsletter\n"
    texts = [DIRTY, PARAGRAPH, DIRTY + tail]
    cleaned(*(document(text, url=URL, language="en") for text in texts), exclusion_writer=writer)
    short, long = lines(tmp_path / "en" / "00003.jsonl")
    assert (short["id"], short["text"]) == ("d1", LEFTOVER)
    assert list(short["metadata"]) == ["url", "language", "removals"]
    (removal,) = short["metadata"]["removals"]
    assert DIRTY[removal["start"] : removal["end"]].strip() == LEFTOVER
    assert (removal["category"], removal["confidence"]) == ("subscription", "certain")
    assert long["text"] == f"{LEFTOVER}\nShare this article\nSign up for our newsletter"
    assert [removal["category"] for removal in long["metadata"]["removals"]] == ["subscription", "share", "newsletter"]


# --- what does harm -----------------------------------------------------------------------------


def test_no_poison_sinks_the_task(monkeypatch: pytest.MonkeyPatch, log: list[str]) -> None:
    monkeypatch.setattr("cleaner.isolation.pool._ALLOWANCE", (1.0, 0.0))
    texts = [DIRTY, "POISON: hang", "POISON: crash", DIRTY, "POISON: memory"]
    step = harmed(max_seconds=2.0, max_memory=500_000_000)
    out = list(step.run(document(text) for text in texts))
    assert [one.text for one in out] == [CLEAN, *texts[1:3], CLEAN, texts[4]]
    codes = [one.metadata.get("problem", {}).get("code") for one in out]
    assert codes[:4] == [None, "timeout", "crash", None]
    assert codes[4] in ("memory", "crash")
    assert step.stats["failed"].total == 3
    assert len(log) == 3


# --- in pipelines -------------------------------------------------------------------------------


def test_a_step_travels_as_its_options() -> None:
    step = CleanerStep(skip=["share"], exclusion_writer=JsonlWriter("anywhere"))
    assert len(pickle.dumps(step)) < 10_000
    for copied in (pickle.loads(pickle.dumps(step)), copy.deepcopy(step)):
        assert copied.work == step.work


def test_parquet_takes_reports_as_json(tmp_path: Path) -> None:
    problem = [("code", pyarrow.string()), ("text", pyarrow.string())]
    metadata = [("report", pyarrow.string()), ("problem", pyarrow.struct(problem))]
    fields = [("id", pyarrow.string()), ("text", pyarrow.string()), ("metadata", pyarrow.struct(metadata))]
    out, _ = cleaned(document(DIRTY), document(PAGE), document(BROKEN), report_as="json", max_bytes=len(PAGE))
    list(ParquetWriter(str(tmp_path), schema=pyarrow.schema(fields)).run(out))
    rows = parquet.read_table(tmp_path).to_pylist()
    assert restore(rows[0]["text"], loads(rows[0]["metadata"]["report"])) == DIRTY.encode()
    assert [(row["metadata"]["problem"] or {}).get("code") for row in rows] == [None, None, "unsupported"]


def started(source: Path, dest: Path) -> subprocess.Popen[str]:
    program = "import sys; from tests.integrations.pipeline_of_lines import main; main(*sys.argv[1:])"
    command = [sys.executable, "-c", program, str(source), str(dest)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)


def finished(source: Path, dest: Path) -> str:
    """A run to its end; its log."""
    running = started(source, dest)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 0, told
    return told


def output(dest: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(dest).items() if not name.startswith("logs")}


def times(dest: Path) -> dict[str, int]:
    return {name: (dest / name).stat().st_mtime_ns for name in output(dest)}


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    source, whole, killed = tmp_path / "in", tmp_path / "whole", tmp_path / "killed"
    source.mkdir()
    numbers = {0: range(40), 1: range(100), 2: range(50), 3: range(50)}
    for name, those in numbers.items():
        texts = [f"{DIRTY}\nNote {n} ends here.\n" for n in those]
        texts[7] = "POISON: crash" if name == 2 else PAGE
        rows = [json.dumps({"id": f"{name}-{n}", "text": text, "url": URL}) for n, text in enumerate(texts)]
        (source / f"{name}.jsonl").write_text("\n".join(rows))

    finished(source, whole)
    expected = output(whole)
    assert sorted(expected) == [f"{folder}/0000{n}.jsonl" for folder in ("clean", "removed") for n in range(4)]
    for name, those in numbers.items():
        documents = lines(whole / "clean" / f"0000{name}.jsonl")
        assert [one["id"] for one in documents] == [f"{name}-{n}" for n in those]
        assert len(lines(whole / "removed" / f"0000{name}.jsonl")) == len(those) - (name == 2)
        assert [one["metadata"]["problem"]["code"] for one in documents if "problem" in one["metadata"]] == (
            ["crash"] if name == 2 else []
        )
    _, stats, _ = (step["stats"] for step in json.loads((whole / "logs" / "stats.json").read_text()))
    assert (stats["total"], stats["forwarded"], stats["failed"], stats["failed_crash"]) == (240, 240, 1, 1)
    assert stats["category/subscription"] == 236

    running = started(source, killed)
    completions = killed / "logs" / "completions"
    deadline = time.monotonic() + 30
    while not (completions.is_dir() and os.listdir(completions)) and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    done = sorted(map(int, os.listdir(completions)))
    assert 0 < len(done) < 4
    assert output(killed) != expected
    before = times(killed)

    finished(source, killed)
    assert output(killed) == expected
    after = times(killed)
    assert {name for name in after if before.get(name) == after[name]} == {
        f"{folder}/0000{n}.jsonl" for folder in ("clean", "removed") for n in done
    }

    assert "Not doing anything as all 4 tasks have already been completed" in finished(source, killed)
    assert times(killed) == after


@pytest.fixture
def _libmagic(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that datatrove's reader calls, for machines that do not have it."""
    spec = find_spec("pylibmagic")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = spec.submodule_search_locations[0]
    monkeypatch.setenv("LD_LIBRARY_PATH", os.pathsep.join([folder, os.environ.get("LD_LIBRARY_PATH", "")]))
    monkeypatch.setenv("DYLD_LIBRARY_PATH", folder)
    monkeypatch.setenv("MAGIC", os.path.join(folder, "magic.mgc"))


@pytest.mark.usefixtures("_libmagic")
def test_the_example_makes_json_lines_of_web_archives(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl"
    crawl.mkdir()
    for name in "ab":
        archive = Archive().add(b"\x89PNG", mime="image/png")
        for kind, page in (("article", PAGE), ("picture", NO_TEXT)):
            archive.add(page.encode(), url=f"https://example.com/{name}/{kind}")
        (crawl / f"{name}.warc.gz").write_bytes(archive.data)
    program = EXAMPLES / "datatrove_pipeline.py"
    run("-W", "error", program, crawl, "out", cwd=tmp_path)
    for number, name in enumerate("ab"):
        url = f"https://example.com/{name}/article"
        (clean,) = lines(tmp_path / "out" / "clean" / f"0000{number}.jsonl.gz")
        removed, picture = lines(tmp_path / "out" / "removed" / f"0000{number}.jsonl.gz")
        assert (
            clean["text"] == cleaner.clean(PAGE, url=url).text == f"# The ferry\n\n{PARAGRAPH}\n\n{PARAGRAPH[::-1]}\n"
        )
        assert clean["metadata"]["page"]["title"] == "The ferry"
        assert clean["metadata"]["report"]["input"]["url"] == clean["metadata"]["url"] == url
        assert b"[Home]" in restore(clean["text"], from_dict(clean["metadata"]["report"]))
        assert removed["id"] == clean["id"]
        assert removed["text"] == "[Home](https://example.com/) [News](https://example.com/a)"
        assert picture["text"] == f"![](https://example.com/{name}/a.png)"
    again = run("-W", "error", program, crawl, "out", cwd=tmp_path)
    assert "Not doing anything as all 4 tasks have already been completed" in again


# --- its package, its page ----------------------------------------------------------------------


def test_without_datatrove_there_is_a_hint() -> None:
    program = "import sys; sys.modules['datatrove'] = None; import cleaner.integrations.datatrove"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == (
        "ImportError: cleaner.integrations.datatrove needs one more package: "
        "pip install '.[datatrove]' in a clone of cleaner"
    )
    assert done.stderr.count("Traceback") == 1


def test_options_and_counts_on_the_page_are_those_there_are() -> None:
    section = DOCS.split("\n## datatrove\n")[1].split("\n## ")[0]
    options, counts = section.split("| count |")
    own = {name for name in CleanerStep.__init__.__annotations__ if name not in ("return", "arguments")}
    first = r"^\| (`.*?) \|"
    assert {name for cell in re.findall(first, options, re.M) for name in re.findall(r"`(\w+)`", cell)} == own
    told = {name for cell in re.findall(first, counts, re.M) for name in re.findall(r"`([\w/]+)`", cell)}
    docstring = (CleanerStep.__doc__ or "").split("Counts in the statistics:")[1].split("\n\n")[0]
    assert told == set(re.findall(r"`([\w/]+)`", docstring))
