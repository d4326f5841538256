"""All files that are made from others: ``python -m cleaner.tools.generate [--check] [ROOT]``.

They are pages and schemas in `docs`, made from the rules, the options and the layouts of rule files and reports.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import cleaner.report.schema as report_schema
from cleaner.errors import RuleError
from cleaner.rulebook.nodes import parse
from cleaner.rulebook.schema import json_schema
from cleaner.rulebook.store import Store, shipped_rules
from cleaner.tools import docs_format, docs_options, docs_rules

_RULES = "docs/rules"


def generate() -> dict[str, str]:
    """All generated files: their contents by their paths, which are relative and have forward slashes."""
    home = shipped_rules()
    files = [(os.path.relpath(path, home).replace(os.sep, "/"), data) for path, data in Store().files]
    packs = Store.of(files).packs()
    contents = dict(files)
    pages = {
        "docs/options.md": docs_options.page(),
        "docs/rule-format.md": docs_format.page(),
        "docs/rules.schema.json": _json(json_schema()),
        "docs/report.schema.json": _json(report_schema.json_schema()),
        f"{_RULES}/index.md": docs_rules.index(packs),
    }
    for pack in packs:
        pages[f"{_RULES}/{docs_rules.page_name(pack)}"] = docs_rules.page(pack, parse(contents[pack.path], pack.path))
    return pages


def write(root: str) -> list[str]:
    """Bring the generated files under `root` up to date; the paths of those that were written or removed."""
    pages = generate()
    changed = _stale(root, pages)
    for path in changed:
        where = os.path.join(root, *path.split("/"))
        if path not in pages:
            os.remove(where)
            continue
        os.makedirs(os.path.dirname(where), exist_ok=True)
        with open(where, "wb") as file:
            file.write(pages[path].encode())
    return changed


def stale(root: str) -> list[str]:
    """The generated files under `root` that are missing, out of date, or of a pack that is no more."""
    return _stale(root, generate())


def _stale(root: str, pages: dict[str, str]) -> list[str]:
    old = [path for path, content in pages.items() if _content(root, path) != content.encode()]
    folder = os.path.join(root, *_RULES.split("/"))
    present = os.listdir(folder) if os.path.isdir(folder) else []
    extra = [f"{_RULES}/{name}" for name in present if name.endswith(".md") and f"{_RULES}/{name}" not in pages]
    return sorted(old + extra)


def _content(root: str, path: str) -> bytes | None:
    try:
        with open(os.path.join(root, *path.split("/")), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the docs, or with `--check` only say which are out of date; 0 if all is well, 1 if not, 2 on errors."""
    roots = [argument for argument in arguments if argument != "--check"] or [os.curdir]
    if len(roots) != 1 or roots[0].startswith("-"):
        sys.stderr.write("usage: python -m cleaner.tools.generate [--check] [ROOT]\n")
        return 2
    try:
        old = stale(roots[0]) if "--check" in arguments else write(roots[0])
    except RuleError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if "--check" not in arguments:
        sys.stdout.writelines(f"{path}\n" for path in old)
        return 0
    for path in old:
        sys.stderr.write(f"{path} is out of date; run `python -m cleaner.tools.generate {roots[0]}`\n")
    return 1 if old else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
