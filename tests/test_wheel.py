"""What is released: built twice with the same bytes, checked, installed in an environment of its own, and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from email import message_from_bytes
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from cleaner import __version__
from cleaner.cli import COMMANDS, manual
from cleaner.rulebook import patterns
from cleaner.rulebook.store import Store

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_d0dcb1b4df1049bc.txt"
MOST_RULES = ("generic", "platforms")
EXPECTED = SEED.with_name("000_d0dcb1b4df1049bc.expected.txt").read_bytes()


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with nothing but what a build requires, as each build would make one for itself."""
    home = tmp_path_factory.mktemp("builder")
    venv.create(home)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    requires = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    install = [*pip, "install", "--quiet", "--no-compile", "build", *requires]
    subprocess.run(install, check=True, capture_output=True, env=_alone())
    return python


def _alone(**environment: str) -> dict[str, str]:
    """An environment in which this checkout is not importable."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment


def copied(folder: Path, without: tuple[str, ...] = ()) -> Path:
    """A copy of this checkout, without some folders of rules: to compile rules takes most of the time of a build."""
    skip = shutil.ignore_patterns(
        *(".git", ".venv", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis", "node_modules", "build")
    )
    source = Path(shutil.copytree(ROOT, folder / "source", ignore=skip))
    for name in without:
        shutil.rmtree(source / "rules" / name)
    return source


def build(builder: Path, source: Path, *what: str, **environment: str) -> dict[str, bytes]:
    """The distributions of a copy, by their names: the source, and the wheel that is built from it."""
    target = source.parent / "dist"
    command = [str(builder), "-m", "build", "--no-isolation", *what, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, env=_alone(**environment))
    return {path.name: path.read_bytes() for path in target.iterdir()}


@pytest.fixture(scope="module")
def built(builder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the distributions."""
    folder = tmp_path_factory.mktemp("built")
    build(builder, copied(folder))
    return folder / "dist"


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel."""
    (found,) = built.glob("*.whl")
    return found


def test_two_builds_are_the_same_byte_for_byte(builder: Path, tmp_path: Path) -> None:
    """But for most rules; that all are compiled to the same bytes elsewhere is asked of the whole wheel below."""
    first = build(builder, copied(tmp_path, MOST_RULES))
    folder = tmp_path / "some where" / "else"
    folder.mkdir(parents=True)
    before = os.umask(0o077)
    try:
        source = copied(folder, MOST_RULES)
        again = build(builder, source, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7", HOME=str(tmp_path))
    finally:
        os.umask(before)
    assert len(again) == 2
    assert again == first


def test_the_metadata_is_complete_and_checked(built: Path, wheel: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "twine", "--no-color", "check", "--strict", *sorted(built.iterdir())],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert (checked.returncode, checked.stdout.count("PASSED")) == (0, 2)
    (name,) = (name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".dist-info/METADATA"))
    stated = message_from_bytes(zipfile.ZipFile(wheel).read(name))
    for key in ("Summary", "Author", "License-Expression", "License-File", "Keywords", "Requires-Python"):
        assert stated[key], key
    assert stated["Description-Content-Type"] == "text/markdown"
    assert "Typing :: Typed" in stated.get_all("Classifier", [])


def test_the_source_holds_all_that_is_tested_and_built(built: Path) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in (
        "hatch_build.py",
        "build_core.py",
        "cleaner/core/core.h",
        "tests/test_wheel.py",
        "docs/site/conf.py",
        "integrations/obsidian/package-lock.json",
    ):
        assert name in names
    assert not [name for name in names if "node_modules" in name or name.endswith(".pyc")]


def test_it_brings_the_core_for_this_python_alone(built: Path, wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("cleaner/core/")]
    compiled = f"cleaner/core/_core{EXTENSION_SUFFIXES[0]}"
    assert sorted(names) == ["cleaner/core/__init__.py", compiled, "cleaner/core/_core.pyi"]
    _, _, python, _, platform = wheel.stem.split("-")
    assert python == f"cp{sys.version_info.major}{sys.version_info.minor}"
    assert platform != "any"
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        core = [name for name in archive.getnames() if "/cleaner/core/" in name]
    assert {".c", ".h"} < {Path(name).suffix for name in core}
    assert not [name for name in core if name.endswith(tuple(EXTENSION_SUFFIXES))]


def test_without_a_compiler_it_is_a_wheel_for_all(builder: Path, tmp_path: Path) -> None:
    source = copied(tmp_path, MOST_RULES)
    (name,) = build(builder, source, "--wheel", CC="/bin/false", CLEANER_CORE="")
    assert name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(tmp_path / "dist" / name) as archive:
        found = [name for name in archive.namelist() if name.startswith("cleaner/core/")]
    assert sorted(found) == ["cleaner/core/__init__.py", "cleaner/core/_core.pyi"]


def test_the_manual_page(wheel: Path) -> None:
    (name,) = (name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("/share/man/man1/cleaner.1"))
    page = zipfile.ZipFile(wheel).read(name).decode("ascii")
    assert page == manual.page()
    rows = page.splitlines()
    assert rows[0] == f'.TH CLEANER 1 "" "cleaner {__version__}" "User Commands"'
    sections = [row[4:] for row in rows if row.startswith(".SH ")]
    assert sections == ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", '"EXAMPLES"', "EXIT STATUS", "FILES"]
    told = [row[5:-1] for row in rows if row.startswith(".SS ")]
    assert [name for name in told if name.count(" ") == 1] == [f"cleaner {name}" for name in COMMANDS]
    requests = {row.split()[0] for row in rows if row.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".PP", ".TP", ".br", ".nf", ".fi"}
    assert "\\fB\\-o\\fR, \\fB\\-\\-output\\fR \\fIFILE\\fR" in rows


def test_pipx_runs_it(wheel: Path, tmp_path: Path) -> None:
    """Installed in an environment of its own, with what it says that it depends on."""
    run = subprocess.run(
        [sys.executable, "-m", "pipx", "run", "--spec", str(wheel), "cleaner", str(SEED)],
        cwd=tmp_path,
        env=_alone(
            PIPX_HOME=str(tmp_path), PIPX_DEFAULT_PYTHON=sys.executable, PIP_NO_COMPILE="1", CLEANER_CONFIG="off"
        ),
        capture_output=True,
        check=False,
    )
    assert run.stdout == EXPECTED, run.stderr.decode()


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
    assert patterns.ENTRY in built
    here = Path(os.environ["CLEANER_CACHE"], "rules")  # where they were compiled for the tests
    assert Store().payload
    assert {name for name in built if name != patterns.ENTRY} <= {path.name for path in here.iterdir()}
    assert [name for name in built if name != patterns.ENTRY and built[name] != (here / name).read_bytes()] == []


def test_it_cleans_the_seed(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "wheel")
    kept = tmp_path / "cache"
    env = _alone(PYTHONPATH=str(tmp_path / "wheel"), CLEANER_CACHE=str(kept))
    command = [sys.executable, "-m", "cleaner", str(SEED)]
    run = subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env=env)
    assert (run.stdout, run.stderr) == (EXPECTED, b"")
    written = [path.name for path in kept.rglob("*") if path.is_file()]
    assert not [name for name in written if not name.endswith(".stamp")]  # the first start has nothing to compile
