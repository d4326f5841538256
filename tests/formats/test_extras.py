"""Files that need a package more: without it they are set aside, and the way out is named."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from cleaner.formats import container_of
from cleaner.formats.extras import need
from cleaner.isolation.problem import DocumentError
from tests.batch.support import DIRTY, Recorder, batch, contents, fill


@pytest.mark.parametrize(
    ("module", "name", "extra"),
    [
        ("fastwarc", "crawl.warc.gz", "warc"),
        ("fastwarc", "crawl.wacz", "warc"),
        ("pyarrow", "table.parquet", "parquet"),
    ],
)
def test_the_hint(monkeypatch: pytest.MonkeyPatch, module: str, name: str, extra: str) -> None:
    for loaded in [known for known in sys.modules if known.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    container = container_of(name)
    assert container is not None
    with pytest.raises(DocumentError) as caught:
        container.available()
    assert caught.value.problem.code == "missing"
    assert f"pip install '.[{extra}]' in a clone of cleaner" in caught.value.problem.text


def test_need_gives_the_module() -> None:
    assert need("json", "none", "this") is sys.modules["json"]


def test_a_run_without_the_package_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    source = fill(tmp_path / "in", {"a.txt": DIRTY, "t.parquet": b"PAR1"})
    show = Recorder()
    batch(source, dest=tmp_path / "out", show=show)
    assert show.codes() == {"t.parquet": "missing"}
    assert set(contents(tmp_path / "out")) == {"a.txt"}
    monkeypatch.undo()
    batch(source, dest=tmp_path / "out", show=show)  # it is tried again without being asked to
    assert show.codes() == {"t.parquet": "broken"}


def test_without_an_extra_no_engine_is_installed() -> None:
    plain = [Requirement(one) for one in requires("clipping-cleaner") or ()]
    names = {one.name for one in plain if one.marker is None or one.marker.evaluate({"extra": ""})}
    assert "trafilatura" in names
    assert not names & {"ray", "datatrove", "fsspec", "pyarrow", "pandas", "fastwarc"}
    extras = {
        extra: {one.name for one in plain if one.marker is not None and one.marker.evaluate({"extra": extra})}
        for extra in ("ray", "datatrove")
    }
    assert "ray" in extras["ray"]
    assert "datatrove" in extras["datatrove"]


def test_what_cleans_imports_no_engine() -> None:
    code = (
        "import sys, cleaner, cleaner.batch.run, cleaner.cli.batch, cleaner.cli.stats, cleaner.cli.cluster\n"
        "print({'ray', 'datatrove', 'fsspec', 'pyarrow', 'pandas'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
