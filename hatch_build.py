"""Compiles the shipped rules when a wheel is built, so that the first start takes what every start takes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the entries of the cache into the wheel, as `cleaner/compiled`; the same rules make the same bytes."""

    PLUGIN_NAME = "custom"
    _folder = ""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # there the rules change
        sys.path.insert(0, self.root)
        os.environ["CLEANER_CACHE"] = "off"
        from cleaner.rulebook import cache
        from cleaner.rulebook.store import Store

        self._folder = tempfile.mkdtemp()
        for name, value in Store().entries().items():
            Path(self._folder, name).write_bytes(cache.framed(value))
        build_data["force_include"][self._folder] = "cleaner/compiled"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
