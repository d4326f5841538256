"""The clipping that started the project."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import cleaner

SEEDS = Path(__file__).parent.parent / "seeds"
SEED = (SEEDS / "000_d0dcb1b4df1049bc.txt").read_bytes()
EXPECTED = (SEEDS / "000_d0dcb1b4df1049bc.expected.txt").read_bytes()
BOXES = SEED.index(b"Sponsored Content")


def test_the_seed_gives_exactly_the_article(shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(SEED)
    assert result.text.encode() == EXPECTED
    assert cleaner.restore(result.text, result.report) == SEED
    assert result.report.site is not None
    assert (result.report.site.pack, result.report.site.how) == ("sites/nikkei-asia", "fingerprints")


def test_with_crlf(shipped: cleaner.Cleaner) -> None:
    source = SEED.replace(b"\n", b"\r\n")
    result = shipped.clean(source)
    assert result.text.encode() == EXPECTED.replace(b"\n", b"\r\n")
    assert cleaner.restore(result.text, result.report) == source


def _sentence_breaks_moved(seed: int) -> bytes:
    """The boxes with line breaks between words put where they were not, and taken away where they were."""
    random_ = random.Random(seed)
    blocks = SEED[BOXES:].decode().split("\n\n")
    moved = []
    for block in blocks:
        lines = block.split("\n")
        if len(lines) > 1 and not any(line.strip().startswith("•") for line in lines) and random_.random() < 0.7:
            lines = [re.sub(r" ([.,;])", r"\1", " ".join(lines))]
        broken = [
            "".join(w + ("\n" if w == " " and random_.random() < 0.12 else "") for w in re.split("( )", line))
            for line in lines
        ]
        moved.append("\n".join(line.replace(" \n", "\n") for line in broken))
    return SEED[:BOXES] + "\n\n".join(moved).encode()


@pytest.mark.parametrize("seed", range(25))
def test_with_line_breaks_in_the_boxes_moved(seed: int, shipped: cleaner.Cleaner) -> None:
    source = _sentence_breaks_moved(seed)
    result = shipped.clean(source)
    assert result.text.encode() == EXPECTED
    assert cleaner.restore(result.text, result.report) == source


def test_with_each_box_on_one_line(shipped: cleaner.Cleaner) -> None:
    head, boxes = SEED[:BOXES], SEED[BOXES:]
    source = head + b"\n\n".join(b" ".join(block.split(b"\n")) for block in boxes.split(b"\n\n"))
    assert shipped.clean(source).text.encode() == EXPECTED


def test_without_the_site_pack_only_its_slogans_stay(shipped: cleaner.Cleaner) -> None:
    result = shipped.clean(SEED, url="https://news.example.com/story")
    assert result.report.site is None
    assert result.text.encode().startswith(EXPECTED)
    assert "numberArticlesLeft" not in result.text
    assert "$" not in result.text[len(EXPECTED.decode()) :]
