"""What the block scorer learns of a page and of its altered copies."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from cleaner.html.parse import parse
from cleaner.html.walk import walk
from tests.shells import paragraph
from training import alter
from training.pages import WHOLE, Sample, samples
from training.sources import Source

ARTICLE, NOTICE = range(10), range(10, 20)
FLAT = "page 42"  # its copies are a flat one


def _paragraphs(numbers: range) -> str:
    return "".join(f"<p>{paragraph(number)}</p>" for number in numbers)


def _learnt(page: str, folder: Path) -> dict[str, Sample]:
    path = folder / "page.html.gz"
    path.write_bytes(gzip.compress(f"<body>{page}</body>".encode()))
    source = Source(FLAT, "", "article", path, (" ".join(map(paragraph, ARTICLE)),))
    return {sample.form: sample for sample in samples([source], folder / "samples.pkl")}


@pytest.mark.parametrize("form", [WHOLE, "flat"])
def test_what_follows_an_article_is_learnt_of_all_copies(form: str, tmp_path: Path) -> None:
    found = _learnt(f"<main>{_paragraphs(ARTICLE)}</main><footer>{_paragraphs(NOTICE)}</footer>", tmp_path)
    assert (found[form].share < 0.5).sum() > len(NOTICE) / 2  # blocks of few words are drawn


@pytest.mark.parametrize("form", [WHOLE, "flat"])
def test_where_a_reference_ends_early_the_rest_teaches_nothing(form: str, tmp_path: Path) -> None:
    found = _learnt(f"<main>{_paragraphs(ARTICLE)}{_paragraphs(NOTICE)}</main>", tmp_path)
    assert (found[form].share >= 0.5).all()


def test_a_longer_article_says_nothing_twice() -> None:
    root = parse(f"<body><main>{_paragraphs(ARTICLE)}</main><footer>{_paragraphs(NOTICE)}</footer></body>").root
    page = walk(root)
    share = np.array([float(number in ARTICLE) for number in range(len(page.blocks))])
    longer = alter.longer(root, page, "", share, 10, exact=False)
    assert longer is not None
    texts = [block.text for block in walk(longer.root).blocks]
    assert len(texts) == len(longer.origins) == 10 * len(ARTICLE) + len(NOTICE)
    assert len(set(texts)) == len(texts)
