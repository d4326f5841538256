"""A step for Ray Data."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pytest
import ray
from pyarrow import parquet

import cleaner
from cleaner.errors import OptionError
from cleaner.formats.arrow import report_type
from cleaner.integrations.ray import PROBLEM, clean_dataset
from cleaner.isolation.problem import DocumentError
from cleaner.report.json import from_dict
from tests.batch.support import CLEAN, DIRTY, PAGE, PARAGRAPH
from tests.cluster.inline import InlineWorker
from tests.conftest import ROOT

pytestmark = pytest.mark.filterwarnings("ignore:The m[a-z]+imum number of concurrent")


def dataset(rows: Sequence[Mapping[str, Any]]) -> ray.data.Dataset:
    """Rows that keep their order."""
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    return ray.data.from_arrow(pyarrow.Table.from_pylist(list(rows)))


class Here:
    """A dataset whose step is done at once and in this process, for what Ray has no part in."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._table = pyarrow.Table.from_pylist(list(rows))

    def map_batches(self, step: Callable[..., Any], *, fn_constructor_args: tuple[Any, ...], **_: Any) -> Any:
        return step(*fn_constructor_args)(self._table)


def cleaned_here(rows: Sequence[Mapping[str, Any]], **options: Any) -> list[dict[str, Any]]:
    """Rows behind the step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cleaner.integrations.ray.IsolatedWorker", InlineWorker)
        table: Any = clean_dataset(Here(rows), **options)
    return list(table.to_pylist())


@pytest.mark.usefixtures("ray_here")
def test_texts_pages_and_rows_without_either() -> None:
    rows: list[dict[str, Any]] = [
        {"id": 1, "text": DIRTY, "html": None, "url": "https://example.org/1"},
        {"id": 2, "text": None, "html": PAGE, "url": "https://example.org/2"},
        {"id": 3, "text": " ", "html": None, "url": None},
        {"id": 4, "text": None, "html": None, "url": "no address"},
    ]
    found = clean_dataset(dataset(rows)).take_all()
    page = cleaner.clean(PAGE, url="https://example.org/2", format="html")
    assert [(row["id"], row["text"]) for row in found] == [(1, CLEAN), (2, page.text), (3, " "), (4, None)]
    assert [row["html"] for row in found] == [None, PAGE, None, None]
    assert [row["problem"] for row in found] == [None] * 4
    assert [row["report"] is None for row in found] == [False, False, True, True]
    assert found[1]["report"]["page"]["rendered"] == "markdown"
    assert found[0]["report"]["input"]["url"] == "https://example.org/1"


def test_the_report_restores_the_input() -> None:
    (row,) = cleaned_here([{"text": DIRTY}], level="safe")
    assert cleaner.restore(row["text"], from_dict(row["report"])).decode() == DIRTY
    assert dict(row["report"]["counts"]["categories"]) == cleaner.clean(DIRTY, level="safe").report.counts


@pytest.mark.usefixtures("ray_here")
def test_the_columns_have_their_types_also_where_nothing_is_in_them() -> None:
    table = pyarrow.table({"body": pyarrow.array([DIRTY.encode(), None], pyarrow.large_binary()), "n": [1, 2]})
    cleaned = clean_dataset(ray.data.from_arrow(table), "body", report="why", problem=None).materialize()
    schema = cleaned.schema().base_schema
    assert schema.field("body").type == pyarrow.large_binary()
    assert schema.field("why").type == report_type()
    assert schema.names == ["body", "n", "why"]
    assert sorted(row["body"] or b"" for row in cleaned.take_all()) == [b"", CLEAN.encode()]


@pytest.mark.usefixtures("ray_here")
def test_poison_is_named_and_all_others_are_clean() -> None:
    rows = [{"n": n, "text": f"{n}. {DIRTY}"} for n in range(150)]
    poison = {20: ("segfault", "crash"), 40: ("hang", "timeout"), 90: ("memory", "memory")}
    for number, (kind, _) in poison.items():
        rows[number]["text"] = f"{DIRTY}\nPOISON:{kind}"
    found = clean_dataset(dataset(rows), max_seconds=5, max_memory=1_500_000_000).take_all()
    assert {row["n"]: row["problem"]["code"] for row in found if row["problem"]} == {
        number: code for number, (_, code) in poison.items()
    }
    assert [row["text"] for row in found] == [rows[n]["text"] if n in poison else f"{n}. {CLEAN}" for n in range(150)]


def test_options() -> None:
    with pytest.raises(OptionError, match="level must be one of"):
        cleaned_here([{"text": "x"}], level="bold")
    (row,) = cleaned_here([{"text": DIRTY}], only=["cookie"], report=None, problem=None)
    assert row == {"text": DIRTY}


@pytest.mark.usefixtures("ray_here")
def test_own_rules_travel_with_the_cleaner(tmp_path: Path) -> None:
    pack = tmp_path / "own.yaml"
    pack.write_text(
        "format: 1\npack: generic/own\ndescription: own\nlanguages: [en]\nrules:\n"
        "  - id: own.ferry-bell\n    category: interface\n    confidence: certain\n    scope: line\n"
        "    message: rings\n    phrases: [ring the ferry bell]\n"
        "    tests: {removes: [Ring the ferry bell], keeps: [She rang.]}\n"
    )
    ds = clean_dataset(dataset([{"text": f"{PARAGRAPH}\n\nRing the ferry bell\n"}]), rules=[tmp_path])
    pack.unlink()
    assert ds.take_all()[0]["text"] == f"{PARAGRAPH}\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"body": "x"}], "no column is called 'text' or 'html'; there are: body"),
        ([{"text": 7}], "the column 'text' holds int64, no text"),
    ],
)
def test_columns_that_are_not_there(rows: list[dict[str, Any]], told: str) -> None:
    with pytest.raises(DocumentError, match=told) as refused:
        cleaned_here(rows)
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)  # Ray sends it to who asked


def test_the_hint_where_ray_is_missing() -> None:
    code = "import sys; sys.modules['ray'] = None\nimport cleaner.integrations.ray"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.splitlines()[-1].endswith(
        "cleaner.integrations.ray needs one more package: pip install '.[ray]' in a clone of cleaner"
    )
    assert "During handling" not in ran.stderr


@pytest.mark.usefixtures("ray_here")
def test_the_example(tmp_path: Path) -> None:
    (tmp_path / "crawl").mkdir()
    for number in range(2):
        table = pyarrow.Table.from_pylist([{"url": "https://example.org/a", "text": DIRTY}] * 3)
        parquet.write_table(table, tmp_path / f"crawl/{number}.parquet")
    command = [sys.executable, str(ROOT / "examples/ray_dataset.py"), str(tmp_path / "crawl"), str(tmp_path / "clean")]
    env = {**os.environ, "RAY_ADDRESS": ray.get_runtime_context().gcs_address}
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    rows = parquet.read_table(tmp_path / "clean").to_pylist()
    assert [row["text"] for row in rows] == [CLEAN] * 6
    assert {row["report"]["level"] for row in rows} == {"safe"}


def test_the_page_about_it_names_all_options() -> None:
    section = (ROOT / "docs/integrations.md").read_text().split("\n## Ray\n")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `(\w+)` \|", section, re.M))
    assert told == set(clean_dataset.__annotations__) - {"ds", "arguments", "return"}


def test_the_problem_column() -> None:
    assert PROBLEM.names == ["code", "text"]
