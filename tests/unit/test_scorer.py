"""The trained judgement of blocks."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import lxml.html
import numpy as np
import pytest

from cleaner.html.blocks import Page
from cleaner.html.score.names import NAMES
from cleaner.html.score.reasons import FAMILIES, phrase
from cleaner.html.score.scorer import STEPS, Scorer, Scores, Trees, choose
from cleaner.html.walk import walk

PROSE = (
    "The harbour was quiet when the boats came in, and nobody on the quay could say who had left the ladder there. "
    "It had stood against the wall since the storm, the keeper of the light said, and it would stand there still."
)
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "News", "Sport", "Weather", "Contact"))
ARTICLE = "<h1>A ladder in the harbour</h1>" + "".join(f"<p>{number}. {PROSE}</p>" for number in range(8))
PAGE = f"""<body><nav class="menu"><ul>{MENU}</ul></nav><main><article>{ARTICLE}</article></main>
<aside class="related"><h2>Related stories</h2><ul>{MENU}</ul></aside>
<footer class="footer"><p>© 2021 The Paper. All rights reserved. <a href="/p">Privacy</a></p></footer></body>"""


def page_of(html: str) -> Page:
    return walk(lxml.html.document_fromstring(html).body)


def score(page: Page) -> Scores:
    return Scorer.load().score(page, title="A ladder in the harbour", kind="article")


def kept(page: Page, recall: float = 1.0) -> list[str]:
    scores = score(page)
    chosen = choose(scores.probability, scores.words, recall)
    return [block.text for block, keep in zip(page.blocks, chosen, strict=True) if keep]


def test_prose_stays_and_furniture_goes() -> None:
    texts = kept(page_of(PAGE))
    assert sum(PROSE in text for text in texts) == 8
    assert not {"Home", "Sport", "Related stories"} & set(texts)
    assert not any("rights reserved" in text for text in texts)


def test_clipping_that_is_article_throughout_stays_throughout() -> None:
    page = page_of(f"<body><article>{ARTICLE}</article></body>")
    texts = kept(page)
    assert [text for text in texts if PROSE in text] == [block.text for block in page.blocks if PROSE in block.text]


def test_without_class_words() -> None:
    plain = PAGE.replace(' class="menu"', "").replace(' class="related"', "").replace(' class="footer"', "")
    texts = kept(page_of(plain))
    assert sum(PROSE in text for text in texts) == 8
    assert "Sport" not in texts


def test_article_that_stands_twice_is_kept_once() -> None:
    texts = kept(page_of(f"<body><article>{ARTICLE}</article><article>{ARTICLE}</article></body>"))
    assert sum(PROSE in text for text in texts) == 8


def constant(steps: int) -> Scorer:
    """A scorer that gives every block the same probability."""
    return Scorer(
        Trees(
            feature=np.zeros((1, 1), np.int16),
            border=np.zeros((1, 1), np.float32),
            leaves=np.full((1, 2), steps, np.int16),
            cover=np.ones((1, 2), np.float32),
            steps=np.arange(1, STEPS, dtype=np.int32),
        )
    )


@pytest.mark.parametrize(("steps", "stay"), [(STEPS * 19 // 20, 3), (STEPS // 2, 1)])
def test_a_chorus_stays_and_a_doubtful_copy_goes(steps: int, stay: int) -> None:
    verse = "<div><p>And the ladder stood there in the rain, oh, in the rain.</p><p>One</p></div>"
    scores = constant(steps).score(page_of(f"<body>{verse * 3}</body>"), title="", kind=None)
    scores = replace(scores, probability=scores.probability[::2], copies=scores.copies[::2])
    assert (scores.probability > 0).tolist() == [number < stay for number in range(3)]
    assert scores.copies.tolist() == [number >= stay for number in range(3)]


def test_what_repeats_among_its_brothers_is_a_refrain() -> None:
    chorus = "<p>And the ladder stood there in the rain, oh, in the rain.</p>"
    scores = constant(STEPS // 2).score(page_of(f"<body>{chorus * 3}</body>"), title="", kind=None)
    assert not scores.copies.any()


def test_short_texts_are_no_copies() -> None:
    scores = constant(STEPS // 2).score(page_of("<body><h2>Pros</h2><p>a</p><h2>Pros</h2></body>"), title="", kind=None)
    assert not scores.copies.any()


STEP = "<li>Open the page of all numbers in the console of the service.</li>"


@pytest.mark.parametrize(
    ("tag", "other", "copies"),
    [("ol", "Call it.", 0), ("ul", "Call it.", 1), ("ol", "", 1), ("ol class='posts'", "Call it.", 1)],
)
def test_a_step_goes_with_its_list_or_stays_with_it(tag: str, other: str, copies: int) -> None:
    lists = (f"<div><{tag}>{STEP}<li>{own}</li></{tag[:2]}></div>" for own in ("Write to it.", other))
    scores = constant(STEPS // 2).score(page_of(f"<body>{''.join(lists)}</body>"), title="", kind=None)
    assert scores.copies.sum() == copies


def test_blocks_without_words_have_no_score() -> None:
    page = page_of(f"<body><article>{ARTICLE}<img src='a.png' alt=''><hr></article></body>")
    scores = score(page)
    for block, probability, words in zip(page.blocks, scores.probability, scores.words, strict=True):
        assert np.isnan(probability) == (words == 0)
        assert bool(words) == bool(block.text.strip("-"))


def test_probabilities_are_whole_steps() -> None:
    probability = score(page_of(PAGE)).probability
    assert probability.dtype == np.float32
    assert (probability * STEPS == np.rint(probability * STEPS)).all()


def test_empty_page() -> None:
    scores = score(page_of("<body></body>"))
    assert scores.probability.shape == scores.words.shape == (0,)
    assert choose(scores.probability, scores.words).shape == (0,)


def test_reasons_say_something_for_and_against() -> None:
    page = page_of(PAGE)
    scores = score(page)
    menu = next(number for number, block in enumerate(page.blocks) if block.text == "Sport")
    prose = next(number for number, block in enumerate(page.blocks) if PROSE in block.text)
    (against, in_favour) = scores.reasons([menu, prose])
    assert 1 <= len(against) <= 3
    assert against[0].startswith("- ")
    assert in_favour[0].startswith("+ ")
    assert all(len(reason) > 4 for found in scores.reasons(range(len(page.blocks))) for reason in found)


@pytest.mark.parametrize("value", [0, 1])
@pytest.mark.parametrize("family", range(len(FAMILIES)), ids=FAMILIES)
def test_every_family_has_words(family: int, value: int) -> None:
    said = phrase(family, np.full(len(NAMES), value, np.float32))
    assert said
    assert "nan" not in said


def test_many_blocks_are_judged_in_linear_time() -> None:
    page = page_of("<body>" + "<p>short text here</p>" * 20_000 + "</body>")
    start = time.process_time()
    assert len(score(page).probability) == 20_000
    assert time.process_time() - start < 10


def test_recall_keeps_more() -> None:
    probability = np.array([0.9, 0.6, 0.4, 0.2], np.float32)
    words = np.array([10, 10, 10, 10])
    sizes = [int(choose(probability, words, recall).sum()) for recall in (0.2, 1.0, 4.0)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_choice_is_the_best_by_expectation() -> None:
    draw = np.random.default_rng(5)
    for _ in range(50):
        steps = draw.integers(1, STEPS, 8)
        words = draw.integers(1, 50, 8)
        probability = (steps / STEPS).astype(np.float32)
        chosen = choose(probability, words)

        def measure(keep: np.ndarray, steps: np.ndarray = steps, words: np.ndarray = words) -> float:
            return float((steps * words)[keep].sum() / (words[keep].sum() + (steps * words).sum() / STEPS))

        every = [np.array([bool(number >> bit & 1) for bit in range(8)]) for number in range(1, 256)]
        assert measure(chosen) == pytest.approx(max(measure(keep) for keep in every))


def test_nothing_is_likely() -> None:
    chosen = choose(np.array([0, np.nan], np.float32), np.array([5, 0]))
    assert not chosen.any()


def test_trees_ask_in_order() -> None:
    trees = Trees(
        feature=np.array([[0, 1]], np.int16),
        border=np.array([[0.5, 0.5]], np.float32),
        leaves=np.array([[0, 1, 2, 3]], np.int16),
        cover=np.ones((1, 4), np.float32),
        steps=np.arange(1, STEPS, dtype=np.int32),
    )
    matrix = np.array([[0, 1, 0, 1], [0, 0, 1, 1]], np.float32)
    assert trees.where(matrix).tolist() == [[0, 1, 2, 3]]
    assert trees.probability(matrix).tolist() == [0, 1, 2, 3]


def test_cover_is_a_share() -> None:
    assert Scorer.load().trees.cover.sum(axis=1) == pytest.approx(1, abs=0.01)


def test_pulls_add_up_to_the_way_from_the_mean() -> None:
    trees = Scorer.load().trees
    matrix = np.random.default_rng(2).random((len(NAMES), 5)).astype(np.float32)
    leaves = trees.leaves.reshape(-1)[trees.where(matrix)].sum(axis=0, dtype=np.int64)
    cover = trees.cover + 1e-6
    mean = ((trees.leaves * cover).sum(axis=1) / cover.sum(axis=1)).sum()
    assert trees.pull(matrix).sum(axis=0) == pytest.approx(leaves - mean, abs=trees.feature.size)


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_broken_model(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"broken\.npz: "):
        Scorer.load(path)


def test_model_for_other_features(tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    np.savez(path, names=np.array(["length"]))
    with pytest.raises(ValueError, match="train it again"):
        Scorer.load(path)


def test_missing_model(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"none\.npz"):
        Scorer.load(tmp_path / "none.npz")
