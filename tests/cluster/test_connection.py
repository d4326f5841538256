"""How the command finds Ray."""

from __future__ import annotations

import os

import pytest
import ray

from cleaner.cluster import run


@pytest.mark.parametrize(("said", "told"), [(None, "0"), ("1", "1")])
def test_ray_tells_nobody_of_a_run_unless_asked_to(
    said: str | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    if said:
        monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", said)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", lambda **_: seen.append(os.environ.get("RAY_USAGE_STATS_ENABLED")))
    monkeypatch.setattr(ray, "shutdown", lambda: None)
    with run._connected(None):
        pass
    assert seen == [told]
