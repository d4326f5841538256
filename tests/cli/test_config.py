"""Settings in files, as people meet them on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.batch.clippings import Clippings
from cleaner.batch.options import BatchOptions
from cleaner.cluster.job import ClusterOptions
from cleaner.options import each_option
from cleaner.settings.find import places
from cleaner.settings.keys import KEYS
from tests.batch.support import fill
from tests.cli.conftest import CLEAN, CLIP, PACK, Call

SAFE = CLIP.replace("Zonk the quuxes\n\n", "")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without settings, in a folder of their own."""
    monkeypatch.delenv("CLEANER_CONFIG")
    home = tmp_path / "home" / "cleaner"
    monkeypatch.setenv("APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME", str(home.parent))
    monkeypatch.chdir(fill(tmp_path / "vault", {"notes/clip.txt": CLIP}))
    return home


def settings(text: str) -> None:
    Path("cleaner.toml").write_text(text, encoding="utf-8")


def test_what_holds_and_where_it_stands(call: Call, home: Path) -> None:
    settings('# mine\nlevel = "safe"\n\nmax-megabytes = 0.5\nclipping-folders = ["Clippings"]\n')
    fill(home, {"cleaner.toml": 'level = "aggressive"\nskip = ["share", "legal"]\n', "rules/a.yaml": PACK})
    fill(Path(), {".cleaner/rules/b.yaml": PACK})
    vault, user = os.getcwd(), home
    ran = call("config", "notes/clip.txt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == (
        f"# settings: {vault}/cleaner.toml\n"
        f"# settings: {user}/cleaner.toml\n"
        f"# rules: {vault}/.cleaner/rules\n"
        f"# rules: {user}/rules\n"
        "\n"
        f'level = "safe"                    # {vault}/cleaner.toml:2\n'
        "only = []                         # default\n"
        f'skip = ["share", "legal"]         # {user}/cleaner.toml:2\n'
        "rules = []                        # default\n"
        "# line-counts =                   # default\n"
        'to = "markdown"                   # default\n'
        "images = true                     # default\n"
        "front-matter = false              # default\n"
        "title = true                      # default\n"
        f"max-megabytes = 0.5               # {vault}/cleaner.toml:4\n"
        "max-seconds = 120.0               # default\n"
        "dates = false                     # default\n"
        'extractor = "cleaner"             # default\n'
        f'clipping-folders = ["Clippings"]  # {vault}/cleaner.toml:5\n'
        "clipping-tags = []                # default\n"
        "include = []                      # default\n"
        "exclude = []                      # default\n"
        "hidden = false                    # default\n"
        "copy-others = false               # default\n"
        "# jobs =                          # default\n"
        "max-memory = 4000                 # default\n"
        'records = "same"                  # default\n'
        'text-field = "text"               # default\n'
        'html-field = "html"               # default\n'
        'url-field = "url"                 # default\n'
        "# report-field =                  # default\n"
        "# metadata-field =                # default\n"
        'color = "auto"                    # default\n'
    )
    told = json.loads(call("config", "--json").out)
    assert told["files"] == [f"{vault}/cleaner.toml", f"{user}/cleaner.toml"]
    assert told["values"]["level"] == {"value": "safe", "file": f"{vault}/cleaner.toml", "line": 2}
    assert told["values"]["to"] == {"value": "markdown", "file": None, "line": None}


def test_every_option_of_cleaning_is_a_key() -> None:
    assert {name for name, _, _ in each_option()} == {key.field for key in KEYS.values() if key.cleaning}


def test_nothing_is_said_of_files_that_are_not_there(call: Call, home: Path) -> None:
    ran = call("config")
    assert ran.out.decode().startswith(
        "# no cleaner.toml and no pyproject.toml with [tool.cleaner] is read: "
        f"there is none here or above, or in {home}\n\nlevel = "
    )
    assert call("config", "nowhere").err == "cleaner: nowhere: no such file or folder; name one that is there\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('level = "safe"\nlvel = "safe"\n', "cleaner.toml:2: unknown key 'lvel'; did you mean level?; cleaner config"),
        ("max_bytes = 3\n", "cleaner.toml:1: unknown key 'max_bytes'; did you mean max-megabytes?; cleaner config"),
        ("no-images = true\n", "cleaner.toml:1: unknown key 'no-images'; did you mean images?; cleaner config"),
        ("\n[vault]\nx = 1\n", "cleaner.toml:2: unknown key 'vault'; cleaner config lists all of them"),
        (
            'level = "sfae"\n',
            "cleaner.toml:1: level must be one of safe, normal, aggressive, not 'sfae'; did you mean safe?",
        ),
        ("skip = 'shares'\n", "cleaner.toml:1: skip: unknown category 'shares'; did you mean share?; known: "),
        ("images = 'no'\n", "cleaner.toml:1: images must be True or False, not 'no'"),
        ("title = 1\n", "cleaner.toml:1: title must be True or False, not 1"),
        ("max-megabytes = -1\n", "cleaner.toml:1: max-megabytes must be a number above 0, not -1"),
        ("jobs = 1.5\n", "cleaner.toml:1: jobs must be a whole number above 0, not 1.5"),
        ("max-seconds = nan\n", "cleaner.toml:1: max-seconds must be a number above 0, not nan"),
        ("text-field = 3\n", "cleaner.toml:1: text-field must be a text, not 3"),
        ("rules = [3]\n", "cleaner.toml:1: rules must be a path, not 3"),
        ('level = "safe"\nskip = [\n', "cleaner.toml: no TOML: "),
        ('a = 1\nlevel = = "safe"\n', "cleaner.toml:2: no TOML: Invalid value"),
        ('level = "\udcff"\n', "cleaner.toml: settings must be UTF-8; save them so"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(text: str, told: str, call: Call) -> None:
    Path("cleaner.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    for args in (["config"], ["notes/clip.txt"], [], ["batch", "--in-place", "-j", "1", "."], ["rules", "list"]):
        ran = call(*args, stdin=b"hi\n")
        assert (ran.code, ran.out) == (2, b"")
        assert ran.err.startswith(f"cleaner: {os.getcwd()}/{told}")
        assert ran.err.count("\n") == 1


def test_a_file_that_cannot_be_read(call: Call) -> None:
    Path("cleaner.toml").mkdir()
    Path("pyproject.toml").mkdir()
    assert call("-", stdin=b"hi\n").code == 0  # a folder of that name may well be one of rules
    assert call("--config", "no.toml", "-", stdin=b"hi\n").err == (
        "cleaner: no.toml: settings cannot be read: No such file or directory\n"
    )


@pytest.mark.parametrize("args", [[], ["-"], ["--no-title"], ["notes/clip.txt"]])
def test_they_apply_to_the_filter(args: list[str], rules: str, call: Call) -> None:
    settings(f'level = "safe"\nrules = ["{Path(rules).as_posix()}"]\n')
    assert call(*args, stdin=CLIP.encode()).out.decode() == SAFE
    assert call(*args, "--level", "normal", stdin=CLIP.encode()).out.decode() == CLEAN
    assert call(*args, "--no-config", stdin=CLIP.encode()).out.decode() == CLIP


def test_they_apply_to_lines(rules: str, call: Call) -> None:
    settings(f'level = "safe"\nrules = ["{Path(rules).as_posix()}"]\n')
    line = json.dumps({"text": CLIP}).encode() + b"\n"
    assert json.loads(call("--jsonl", stdin=line).out)["text"] == SAFE
    Path("notes/x.jsonl").write_bytes(line)
    assert json.loads(call("--jsonl", "notes/x.jsonl").out)["text"] == SAFE


def test_they_apply_to_what_explains_and_shows(rules: str, call: Call) -> None:
    settings(f'level = "safe"\nrules = ["{Path(rules).as_posix()}"]\n')
    assert "  7   The second paragraph has wibble wobble now in it" in call("explain", "notes/clip.txt").out.decode()
    assert "<dd>safe</dd>" in call("view", "notes/clip.txt").out.decode()
    Path("cleaner.toml").unlink()
    assert "<dd>normal</dd>" in call("view", "notes/clip.txt").out.decode()


def test_looking_for_them_costs_no_import(tmp_path: Path) -> None:
    """Without settings nothing that reads them is imported, on the quick way or on the other."""
    program = (
        "import sys\nfrom cleaner.cli import main\ncode = main([])\n"
        "print([name for name in sys.modules if name in ('tomllib', 'cleaner.settings.load', 'cleaner.settings.keys')])"
    )
    for text in (b"hi\n", CLIP.encode() + b"\nAdvertisement\n"):
        done = subprocess.run([sys.executable, "-c", program], input=text, capture_output=True, check=True)
        assert done.stdout.endswith(b"\n[]\n")


def test_those_of_the_file_hold_and_not_those_of_where_one_is(
    rules: str, call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings(f'level = "safe"\nrules = ["{Path(rules).as_posix()}"]\n')
    fill(tmp_path / "other", {"cleaner.toml": 'to = "text"\n', "clip.txt": CLIP})
    monkeypatch.chdir(tmp_path / "other")
    assert call("../vault/notes/clip.txt").out.decode() == SAFE
    both = call("../vault/notes/clip.txt", "clip.txt")
    assert both.out.decode() == SAFE + CLIP


def test_rules_beside_the_settings_need_no_mention(call: Call, rules: str) -> None:
    fill(Path(), {".cleaner/rules/mine.yaml": PACK})
    assert call("notes/clip.txt").out.decode() == CLEAN
    assert call(stdin=CLIP.encode()).out.decode() == CLEAN
    assert b"clitest.line" in call("rules", "list").out
    assert call("notes/clip.txt", "--rules", ".cleaner/rules/mine.yaml").out.decode() == CLEAN  # not twice
    assert call("notes/clip.txt", "--rules", ".cleaner/rules").out.decode() == CLEAN


def test_paths_count_from_the_file_that_names_them(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    settings('rules = "house"\n')
    fill(Path(), {"house/mine.yaml": PACK})
    monkeypatch.chdir("notes")
    assert call("clip.txt").out.decode() == CLEAN


def test_a_project_of_python(call: Call, rules: str) -> None:
    fill(Path(), {"pyproject.toml": '[project]\nname = "x"\n\n[tool.cleaner]\nskip = ["donation"]\nlvel = 1\n'})
    ran = call("notes/clip.txt")
    assert ran.err.startswith(f"cleaner: {os.getcwd()}/pyproject.toml:6: unknown key 'lvel'")
    fill(Path(), {"pyproject.toml": '[tool.cleaner]\nskip = ["donation"]\n[tool.other]\nlvel = 1\n'})
    assert call("notes/clip.txt", "--rules", rules).out.decode() == CLEAN.replace(
        "The second", "Zonk the quuxes\n\nThe second"
    )
    fill(Path(), {"cleaner.toml": 'level = "normal"\n'})  # it goes before the project
    assert call("notes/clip.txt", "--rules", rules).out.decode() == CLEAN
    fill(Path("notes"), {"pyproject.toml": "[tool.other]\n"})  # it has none, so those above hold
    assert call("notes/clip.txt", "--rules", rules).out.decode() == CLEAN


def test_one_file_or_none(call: Call, rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(Path(), {"mine.toml": 'skip = ["donation"]\n', "cleaner.toml": 'skip = ["interface"]\n'})
    asked = ("notes/clip.txt", "--rules", rules)
    without = CLEAN.replace("The second", "Zonk the quuxes\n\nThe second")
    assert call(*asked, "--config", "mine.toml").out.decode() == without
    monkeypatch.setenv("CLEANER_CONFIG", "mine.toml")
    assert call(*asked).out.decode() == without
    monkeypatch.setenv("CLEANER_CONFIG", "off")
    assert call(*asked).out.decode() == CLEAN
    assert call(*asked, "--config", "mine.toml", "--no-config").err.startswith(
        "cleaner: argument --no-config: not allowed with argument --config"
    )


def test_runs_have_them_too(call: Call, rules: str) -> None:
    settings(f'level = "safe"\nrules = ["{Path(rules).as_posix()}"]\nexclude = ["drafts"]\nmax-seconds = 7\n')
    fill(Path("notes"), {"drafts/a.txt": CLIP})
    assert call("batch", "-q", "-j", "1", "notes", "out").code == 0
    assert {str(path): path.read_text() for path in Path("out").rglob("*.txt")} == {"out/clip.txt": SAFE}
    fill(Path(), {"other/cleaner.toml": "", "other/a.txt": CLIP})
    ran = call("batch", "notes", "other", "out")
    assert (ran.code, ran.err) == (
        2,
        "cleaner: the sources have different settings; clean one after the other, or name one --config FILE\n",
    )


def test_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", gone)
    assert places("") == ()


@pytest.mark.parametrize("source", ["notes", "s3://bucket/crawl"])
def test_clusters_have_them_too(source: str, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a folder of this machine, and of the current one for what is elsewhere."""
    asked: list[ClusterOptions] = []

    def refuse(options: ClusterOptions, show: object) -> None:
        asked.append(options)
        raise OSError(5, "no cluster here")

    monkeypatch.setattr("cleaner.cli.cluster.ClusterRun", refuse)
    settings('level = "safe"\nexclude = ["drafts"]\nmax-seconds = 7\ntext-field = "body"\n')
    assert call("cluster", source, "out", "--text-field", "words").code == 4
    (options,) = asked
    assert (options.cleaning.level, options.cleaning.max_seconds, options.exclude) == ("safe", 7, ("drafts",))
    assert options.cleaning.fields.text == "words"


def test_watching_has_them_too(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[BatchOptions] = []

    def refuse(options: BatchOptions, show: object) -> None:
        asked.append(options)
        raise OSError(5, "nothing to watch")

    monkeypatch.setattr("cleaner.cli.batch.Batch", refuse)
    settings('level = "safe"\nclipping-tags = ["clip"]\nclipping-folders = ["Web"]\njobs = 1\n')
    assert call("watch", "notes").code == 4
    (options,) = asked
    assert (options.cleaning.level, options.cleaning.max_seconds, options.jobs) == ("safe", 60, 1)
    assert options.clippings == Clippings(("Web",), ("clip",), os.getcwd())
