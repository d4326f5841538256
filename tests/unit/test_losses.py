"""The count of pages that lose a part of their article."""

from __future__ import annotations

import gzip
from pathlib import Path

from benchmarks.losses import Loss, lines, loss
from training.sources import Source

PROSE = "The boats that had come in the evening before lay at the quay, and nobody in the town knew why they stayed."


def test_what_is_gone_is_told_from_what_was_never_there(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    body = "".join(f"<p>{number}. {PROSE}</p>" for number in range(5))
    path.write_bytes(gzip.compress(f"<body><div class='x'>{body}</div></body>".encode()))
    source = Source("a", "", "article", path, (f"{PROSE} And somebody else wrote this.",))
    assert loss(source, None).share == 0


def test_losses_without_a_warning_are_named() -> None:
    found = [Loss("a", "article", 0.5, True), Loss("b", "article", 0.2, False), Loss("c", "listing", 0.1, False)]
    assert [line.split() for line in lines(found)[1:]] == [
        ["all", "3", "2", "1"],
        ["article", "2", "2", "1"],
        ["listing", "1", "0", "0"],
        ["b", "(article):", "20%"],
    ]
