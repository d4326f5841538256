"""What is made when a wheel is built: the compiled core, where a C compiler works; the compiled rules, so that a first
start takes what every start takes; and the manual page."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Made(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the core, the entries of the cache, as `cleaner/compiled`, and the manual page into the wheel.

    The same source gives the same bytes, by the same compiler.
    """

    PLUGIN_NAME = "custom"
    _folder = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        import build_core

        if version == "editable":
            build_core.build_here()
            return  # there the rules change
        self._folder = tempfile.mkdtemp()
        core = build_core.build(Path(self._folder))
        if core:
            build_data["force_include"][str(core)] = f"cleaner/core/{core.name}"
            build_data["pure_python"], build_data["infer_tag"] = False, True
        os.environ["CLEANER_CACHE"] = os.environ["CLEANER_CORE"] = "off"
        from cleaner.cli import manual
        from cleaner.rulebook import cache
        from cleaner.rulebook.store import Store

        compiled, page = Path(self._folder, "compiled"), Path(self._folder, "cleaner.1")
        compiled.mkdir()
        for name, value in Store().packaged().items():
            (compiled / name).write_bytes(cache.framed(value))
        build_data["force_include"][str(compiled)] = "cleaner/compiled"
        page.write_text(manual.page(), "ascii", newline="\n")
        build_data["shared_data"][str(page)] = "share/man/man1/cleaner.1"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
