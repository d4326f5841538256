"""The wheel: built, installed in an environment of its own, and run on the seed from an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from cleaner.rulebook import cache
from cleaner.rulebook.store import Store

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_d0dcb1b4df1049bc.txt"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing is left in the checkout."""
    source = tmp_path_factory.mktemp("source") / "cleaner"
    skip = shutil.ignore_patterns(".git", ".venv", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, source, ignore=skip)
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = target.glob("*.whl")
    return built


def test_it_holds_the_rules_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "cleaner/rules/sites/nikkei-asia.yaml" in names
    assets = [f"report/{name}.{kind}" for name in ("page", "view", "stats") for kind in ("css", "js")]
    data = ("py.typed", "html/score/scorer.npz", *assets)
    assert {f"cleaner/{name}" for name in data} <= set(names)
    rules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*.yaml")}
    assert {f"cleaner/{name}" for name in rules} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "seeds/", "benchmarks/", "training/"))]


def test_it_holds_the_compiled_rules_and_they_are_those_of_the_checkout(wheel: Path) -> None:
    built = {
        name.removeprefix("cleaner/compiled/"): zipfile.ZipFile(wheel).read(name)
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("cleaner/compiled/")
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANER_CACHE", "off")
        assert built == {name: cache.framed(value) for name, value in Store().entries().items()}


def test_it_cleans_the_seed(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    install = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, cwd=tmp_path)
    kept = tmp_path / "cache"
    env = {**{name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, "CLEANER_CACHE": str(kept)}
    run = subprocess.run([scripts / "cleaner", str(SEED)], check=True, capture_output=True, cwd=tmp_path, env=env)
    assert run.stdout == SEED.with_name("000_d0dcb1b4df1049bc.expected.txt").read_bytes()
    assert run.stderr == b""
    assert not kept.exists()  # the first start has nothing to compile
