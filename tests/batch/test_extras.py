"""Files that need a package more: without it they are set aside, and the way out is named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cleaner.batch.extras import need
from cleaner.batch.formats import container_of
from cleaner.batch.problem import Trouble
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
    with pytest.raises(Trouble) as caught:
        container.available()
    assert caught.value.problem.code == "missing"
    assert f"pip install 'clipping-cleaner[{extra}]'" in caught.value.problem.text


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
