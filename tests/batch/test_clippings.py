"""A vault in which clippings stand beside notes that somebody has written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cleaner.batch.clippings import Clippings
from tests.batch.support import CLEAN, DIRTY, batch, contents, fill
from tests.cli.conftest import CLIP, PACK, Call

pytestmark = pytest.mark.usefixtures("inline")

SOURCE = "---\nsource: https://example.com/a\n---\n\n"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (SOURCE + DIRTY, True),
        ('---\r\nurl: "https://example.com/a"\r\n---\r\n' + DIRTY, True),
        ("\ufeff" + SOURCE + DIRTY, True),
        ("+++\nsource = 'https://example.com/a'\n+++\n" + DIRTY, True),
        (DIRTY, False),
        ("---\ntitle: Mine\n---\n" + DIRTY, False),
        ("---\nsource: Anna\n---\n" + DIRTY, False),
        ("---\nsource: '[[Anna]]'\n---\n" + DIRTY, False),
        ("---\npermalink: https://me.example/a\n---\n" + DIRTY, False),  # of one's own blog
        ("source: https://example.com/a\n" + DIRTY, False),  # no front matter
        ("", False),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_front_matter_that_names_a_page(note: str, expected: bool, encoding: str) -> None:
    assert Clippings().holds("a.md", note.encode(encoding)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/vault/Clippings/a.md", True),
        ("/vault/Clippings/2024/a.md", True),
        ("/vault/deep/Clippings/a.md", True),
        ("/vault/Read/Web/a.md", True),
        ("/vault/Read/Books/a.md", False),
        ("/vault/deep/Read/Web/a.md", False),  # a path counts from the settings
        ("/vault/inbox-3/a.md", True),
        ("/vault/a.md", False),
        ("/vault/Clippings.md", False),
        ("/Clippings/vault/a.md", False),
        ("/vault/My Clippings/a.md", False),
        ("/named.md", True),
    ],
)
def test_folders_of_them(path: str, expected: bool) -> None:
    known = Clippings(("Clippings", "Read/Web/", "inbox-*"), (), "/vault", frozenset({"/named.md"}))
    assert known.holds(path, DIRTY.encode()) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("---\ntags: [thought, Clippings]\n---\n" + DIRTY, True),
        ("---\ntags:\n  - thought\n  - clippings/news\n---\n" + DIRTY, True),
        ("---\ntags: thought, clippings\n---\n" + DIRTY, True),
        ("---\ntags: '#clippings'\n---\n" + DIRTY, True),
        ("---\ntag: clippings\n---\n" + DIRTY, True),
        (DIRTY + "\nread later #clippings\n", True),
        (DIRTY + "\n#clippings/news\n", True),
        (DIRTY + "\n`#clippings`, https://x.org/#clippings and a#clippings\n", False),
        (DIRTY + "\n```\n#clippings\n```\n", False),
        ("---\ntags: [clippings-of-mine]\n---\n" + DIRTY + "#clippingsxyz\n", False),
        ("---\ntitle: clippings\n---\n" + DIRTY, False),
        ("---\ntags: 3\n---\n" + DIRTY, False),
        ("---\ntags: [a, &b *b\nx: {\n---\n" + DIRTY, False),
    ],
)
def test_tags_of_them(note: str, expected: bool) -> None:
    assert Clippings((), ("#clippings",)).holds("a.md", note.encode()) == expected


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = fill(
        tmp_path / "vault",
        {
            "a.md": SOURCE + DIRTY,
            "Web/b.md": DIRTY,
            "tagged.md": f"---\ntags: [clip]\n---\n{DIRTY}",
            "mine.md": DIRTY,
            "mine too.md": DIRTY + "\nGrault.\n",
            "plan.png": b"\x89PNG",
        },
    )
    monkeypatch.chdir(tmp_path)
    return folder


def test_notes_are_left_alone_and_counted(vault: Path, call: Call) -> None:
    before = contents(vault)
    for documents in ("1 document cleaned, 1 lost something", "0 documents cleaned, 0 lost something"):
        ran = call("batch", "--in-place", "-j", "1", "vault")
        assert ran.code == 0
        assert ran.err.startswith(documents)
        assert "\n  left alone: 4 notes that are no clippings; --all-notes cleans them, too, at level safe\n" in ran.err
        assert contents(vault) == before | {"a.md": (SOURCE + CLEAN).encode()}
    ran = call("batch", "--in-place", "--all-notes", "-j", "1", "vault", "--json")
    assert ran.out.splitlines()[-1].startswith(b'{"event": "done", "documents": 4')
    assert contents(vault)["mine.md"] == CLEAN.encode()
    assert call("undo", "--all", "vault").code == 0
    assert contents(vault) == before


def test_a_folder_and_a_tag_of_the_settings(vault: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CONFIG", "vault/cleaner.toml")
    fill(vault, {"cleaner.toml": 'clipping-folders = ["Web"]\nclipping-tags = ["clip"]\n'})
    before = contents(vault)
    ran = call("batch", "--in-place", "--dry-run", "-j", "1", "vault")
    assert [row.split()[-2] for row in ran.out.decode().splitlines()] == [
        "vault/Web/b.md",
        "vault/a.md",
        "vault/tagged.md",
    ]
    assert "left alone: 2 notes that are no clippings" in ran.err
    assert call("batch", "--in-place", "-q", "-j", "1", "vault/Web").code == 0
    assert contents(vault) == before | {"Web/b.md": CLEAN.encode()}


def test_the_others_are_cleaned_at_safe(vault: Path, call: Call, tmp_path: Path) -> None:
    fill(tmp_path, {"rules.yaml": PACK, "vault/doubt.md": CLIP, "vault/clip.md": SOURCE + CLIP})
    assert call("batch", "--in-place", "--all-notes", "-q", "-j", "1", "--rules", "rules.yaml", "vault").code == 0
    assert "wibble wobble now" in (vault / "doubt.md").read_text()  # what is certain went, and nothing else
    assert "Zonk" not in (vault / "doubt.md").read_text()
    assert "wibble wobble now" not in (vault / "clip.md").read_text()


def test_what_was_no_clipping_is_looked_at_again(vault: Path) -> None:
    known = Clippings(base=str(vault))
    assert batch(vault, clippings=known, all_notes=True).tally.documents == 5
    assert batch(vault, clippings=known, all_notes=True).tally.documents == 0
    more = Clippings(("Web",), base=str(vault))
    assert batch(vault, clippings=more, all_notes=True).tally.documents == 1  # at its own level now


def test_into_another_folder_all_are_cleaned(vault: Path, call: Call) -> None:
    assert call("batch", "-q", "-j", "1", "vault", "out").code == 0
    assert len(contents(Path("out"))) == 5
    assert call("batch", "--all-notes", "vault", "out").err == (
        "cleaner: --all-notes goes with --in-place; into another folder all notes are cleaned anyway\n"
    )


def test_rules_beside_the_memory_may_be_kept_in_a_repository(vault: Path, call: Call) -> None:
    subprocess.run(["git", "init", "-q", "vault"], check=True)
    assert call("batch", "--in-place", "-q", "-j", "1", "vault").code == 0
    fill(vault, {".cleaner/rules/sites/mine.yaml": "", ".cleaner/other": ""})
    shown = subprocess.run(
        ["git", "-C", "vault", "status", "--porcelain", "-uall", ".cleaner"], capture_output=True, text=True, check=True
    )
    assert shown.stdout == "?? .cleaner/rules/sites/mine.yaml\n"
