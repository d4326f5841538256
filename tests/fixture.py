"""What a fixture is, and how a new one is made:

    python -m tests.fixture NAME FILE

A fixture is a folder in `tests/fixtures`.  `expected.*` is what a careful person would leave of `input.*`, and is never
written by the program, but for the first draft, which is the whole input: the person takes out what is a leftover.
Where the program does not get there yet, `today.*` holds what it gives.  `expected.report.json` is why.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cleaner
from cleaner.categories import CATEGORIES
from cleaner.report import to_dict
from cleaner.report.wording import words

FIXTURES = Path(__file__).parent / "fixtures"
PAGES = "html--"
"""How the names of fixtures begin that are web pages; others begin with a category, or with `mixed`."""
_NAME = re.compile(rf"(?:html|mixed|{'|'.join(CATEGORIES)})--[a-z0-9]+(?:-[a-z0-9]+)*")
_SUFFIXES = (".txt", ".md", ".html")


def is_page(folder: Path) -> bool:
    """Whether a fixture is a web page."""
    return folder.name.startswith(PAGES)


def source(folder: Path) -> Path:
    """The input."""
    (found,) = folder.glob("input.*")
    return found


def expected(folder: Path) -> Path:
    """What a careful person would leave."""
    return folder / ("expected.md" if is_page(folder) else f"expected{source(folder).suffix}")


def today(folder: Path) -> Path:
    """What the program leaves; not there if that is what is expected."""
    return expected(folder).with_name(f"today{expected(folder).suffix}")


def clean(folder: Path, cleaner: cleaner.Cleaner) -> cleaner.Result:
    """What comes of the input."""
    path = source(folder)
    return cleaner.clean(path.read_bytes(), name=path.name)


def snapshot(folder: Path, result: cleaner.Result) -> dict[str, Any]:
    """What went and why, in words, without what changes with every release; of a page without numbers that follow."""
    report = result.report
    if is_page(folder):
        return {
            "warnings": list(report.warnings),
            "removals": [[r.rule, r.category, r.path, r.text] for r in report.removals],
            "kept": [[k.rule, words(k.veto), k.text] for k in report.kept],
        }
    plain = {key: value for key, value in to_dict(report).items() if key not in ("version", "cleaner")}
    for one, removal in zip(plain["removals"], report.removals, strict=True):
        one["evidence"] = [{"rule": evidence.rule, "saw": words(evidence.saw)} for evidence in removal.evidence]
    for one, kept in zip(plain["kept"], report.kept, strict=True):
        one["veto"] = words(kept.veto)
    return plain


def metadata(result: cleaner.Result) -> dict[str, str | None]:
    """What a page says of itself."""
    facts = result.metadata
    day = (facts.published or "")[:10] or None
    return {
        "title": facts.title,
        "author": facts.author,
        "published": day,
        "language": facts.language,
        "site": facts.site,
        "url": facts.url,
    }


def update(folder: Path, result: cleaner.Result) -> None:
    """Write what the program gives, where that is not what is expected, and the report."""
    _keep(today(folder), result.text.encode() if result.text != read(expected(folder)) else None)
    _keep(folder / "expected.report.json", _json(snapshot(folder, result)))
    if is_page(folder):
        wanted = json.loads((folder / "expected.metadata.json").read_text(encoding="utf-8"))
        other = {name: value for name, value in metadata(result).items() if value != wanted[name]}
        _keep(folder / "today.metadata.json", _json(other) if other else None)


def read(path: Path) -> str:
    """A text with its line ends as they are."""
    return path.read_bytes().decode()


def make(name: str, file: Path) -> Path:
    """Make a fixture of a file; what is expected is the whole of it.

    Raises:
        ValueError: the name, or the kind of file, is none of a fixture; it is there already.
    """
    folder, suffix = FIXTURES / name, ".html" if file.suffix == ".htm" else file.suffix
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r}: a name is html, mixed or a category, then -- and words in lower case joined by -")
    if suffix not in _SUFFIXES or (suffix == ".html") != is_page(folder):
        raise ValueError(f"{file}: clippings are .txt or .md, pages .html with a name that begins with {PAGES}")
    if folder.exists():
        raise ValueError(f"{folder} is there already")
    data = file.read_bytes()
    folder.mkdir()
    (folder / f"input{suffix}").write_bytes(data)
    result = clean(folder, cleaner.Cleaner())
    expected(folder).write_bytes(result.source.encode() if is_page(folder) else data)
    if is_page(folder):
        _keep(folder / "expected.metadata.json", _json(metadata(result)))
    update(folder, result)
    return folder


def _keep(path: Path, content: bytes | None) -> None:
    """Write a file; None removes it."""
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def main(arguments: Sequence[str]) -> int:
    """Make a fixture, and say what is to be done next."""
    parser = argparse.ArgumentParser(prog="python -m tests.fixture", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("name", help="of the fixture: share--buttons-below-the-text")
    parser.add_argument("file", type=Path, help="the clipping or page, written by you: nobody else's text")
    asked = parser.parse_args(arguments)
    try:
        folder = make(asked.name, asked.file)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    test = "tests/test_html_fixtures.py" if is_page(folder) else "tests/test_fixtures.py"
    sys.stdout.write(
        f"{folder}\n"
        f"1. take every leftover out of {expected(folder).name}, and nothing else"
        f"{'; correct expected.metadata.json' if is_page(folder) else ''}\n"
        f"2. python -m pytest {test} -k {folder.name}    fails and shows what is still there\n"
        f"3. write rules until it passes; record what they do not reach: add --update-snapshots, read the diff\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
