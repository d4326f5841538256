"""The hooks of `.pre-commit-hooks.yaml`, run by pre-commit in a repository, with the command that is installed here."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.integrations.spider_of_items import DIRTY, STORY

pytestmark = pytest.mark.slow

pytest.importorskip("pre_commit")

MANIFEST = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
CLEAN = f"{STORY}\n"
PACK = """\
format: 1
pack: generic/hook-test
description: Nonsense.
languages: [any]
rules:
  - id: hooktest.line
    category: donation
    confidence: certain
    scope: line
    message: begs in nonsense
    phrases: [zonk the quuxes]
    tests: {removes: [Zonk the quuxes], keeps: [They zonk the quuxes daily.]}
"""


@dataclass(frozen=True)
class Repository:
    folder: Path
    env: dict[str, str]

    def call(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=60)

    def write(self, name: str, data: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def hook(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run one hook over everything, as a commit of all of it would."""
        assert self.call("git", "add", "--all").returncode == 0
        return self.call(sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose", name)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    scripts = os.path.dirname(sys.executable)
    env = {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "CLEANER_CACHE": os.environ["CLEANER_CACHE"],
    }
    some = Repository(tmp_path / "repository", env)
    # The hooks as they are, but for the environment that pre-commit would install them into.
    hooks = [{**hook, "language": "system"} for hook in yaml.safe_load(MANIFEST.read_text())]
    some.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
    assert some.call("git", "init", "-q").returncode == 0
    return some


def test_pre_commit_takes_the_manifest(repository: Repository) -> None:
    done = repository.call(sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_cleaner_cleans_clippings_and_fails_once(repository: Repository) -> None:
    clippings = [
        repository.write(name, DIRTY)
        for name in ("Clippings/The wall at night.md", "vault/Clippings/-Größe.txt", "clippings/deep/er/c.md")
    ]
    broken = repository.write("Clippings/broken.txt", CLEAN.encode() + b"\xff\xfe\0 rest\n")
    others = [repository.write(name, DIRTY) for name in ("README.md", "Clippings/code.py", "MyClippings/a.md")]
    before = broken.read_bytes()
    done = repository.hook("cleaner")
    assert done.returncode == 1, done.stdout
    assert "files were modified by this hook" in done.stdout
    assert [path.read_text() for path in clippings] == [CLEAN] * 3
    assert [path.read_text() for path in others] == [DIRTY] * 3
    assert broken.read_bytes() == before
    again = repository.hook("cleaner")
    assert again.returncode == 0, again.stdout
    assert ".cleaner" not in repository.call("git", "ls-files").stdout


def test_cleaner_check_changes_nothing(repository: Repository) -> None:
    clipping = repository.write("Clippings/a.md", DIRTY)
    repository.write("Clippings/b.md", CLEAN)
    done = repository.hook("cleaner-check")
    assert done.returncode == 1, done.stdout
    assert "files were modified" not in done.stdout
    assert "Clippings/a.md" in done.stdout
    assert "Clippings/b.md" not in done.stdout
    assert clipping.read_text() == DIRTY
    clipping.write_text(CLEAN)
    assert repository.hook("cleaner-check").returncode == 0
    assert sorted(path.name for path in repository.folder.rglob("*.md")) == ["a.md", "b.md"]
    assert not (repository.folder / "Clippings" / ".cleaner").exists()


def test_cleaner_rules_lints_packs(repository: Repository) -> None:
    repository.write("rules/generic/hook-test.yaml", PACK)
    repository.write("rules/generic/bad.yaml", PACK.replace("donation", "begging"))
    repository.write(".github/workflows/ci.yml", "on: push\n")
    done = repository.hook("cleaner-rules")
    assert done.returncode == 1, done.stdout
    assert "rules/generic/bad.yaml:7: error [format] category: 'begging'" in done.stdout
    assert "2 files checked: 1 error, 0 warnings" in done.stdout
