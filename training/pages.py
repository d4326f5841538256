"""The pages of WCXB as samples: features, labels, and what is needed to score a choice of blocks.

Besides the page as it is there are two altered copies of some pages, so that the scorer copes with clippings too: only
the element that holds the article, and the page without class words that mean anything.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
from lxml.etree import _Element as Element

from cleaner.html.facts import facts
from cleaner.html.parse import parse
from cleaner.html.score.features import Features, Floats, features
from cleaner.html.walk import walk
from training.labels import f1, labels, words

FOLDS = 5
WHOLE, FRAGMENT, BARE = "whole", "fragment", "bare"
_NAMES = ("class", "id", "role", "itemprop", "data-testid", "data-component")


@dataclass(frozen=True, slots=True)
class Source:
    """A page of the benchmark; `present` and `absent` are snippets that its main text has, or must not have."""

    id: str
    url: str
    type: str
    html: Path
    reference: str
    present: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, or an altered copy of one, as the scorer sees it.

    Attributes:
        form: `WHOLE`, `FRAGMENT` or `BARE`.
        fold: the same for all pages of a registered domain.
        share: of each block's words that belong to the main text.
        bags: words of each block; empty unless `form` is `WHOLE`.
        best: F1 of keeping every block with half its words in the main text: what this page allows.
    """

    id: str
    url: str
    type: str
    form: str
    fold: int
    features: Features
    share: Floats
    bags: tuple[Counter[str], ...]
    wanted: Counter[str]
    best: float


def sources(bench: Path) -> Iterator[Source]:
    """The pages of the development split below `bench`."""
    for path in sorted((bench / "dev" / "ground-truth").glob("*.json")):
        item = json.loads(path.read_text("utf-8"))
        truth = item.get("ground_truth")
        if not isinstance(truth, dict):
            continue
        kind = (item.get("_internal") or {}).get("page_type") or "article"
        kind = kind.get("primary", "article") if isinstance(kind, dict) else kind
        kind = "collection" if kind == "category" else kind
        html = bench / "dev" / "html" / f"{path.stem}.html.gz"
        yield Source(
            id=path.stem,
            url=item.get("url") or "",
            type=kind,
            html=html,
            reference=truth.get("main_content") or "",
            present=tuple(truth.get("with") or ()),
            absent=tuple(truth.get("without") or ()),
        )


def domain(url: str) -> str:
    """The registered domain, near enough: two labels, three where the last two are short."""
    names = (urlsplit(url).hostname or "").split(".")
    short = len(names) > 2 and len(names[-2]) <= 3 and len(names[-1]) == 2
    return ".".join(names[-3:] if short else names[-2:])


def fold(url: str) -> int:
    """Which fifth of the domains a page belongs to."""
    return zlib.crc32(domain(url).encode()) % FOLDS


def read(source: Source) -> str:
    """The page as text."""
    return gzip.decompress(source.html.read_bytes()).decode("utf-8", "replace")


def samples(bench: Path, cache: Path, workers: int = 2) -> list[Sample]:
    """All samples of a benchmark; kept in `cache`, which is not looked into but for its being there."""
    if cache.exists():
        with cache.open("rb") as file:
            found: list[Sample] = pickle.load(file)
        return found
    with ProcessPoolExecutor(workers) as pool:
        found = [sample for some in pool.map(_samples, sources(bench), chunksize=8) for sample in some]
    with cache.open("wb") as file:
        pickle.dump(found, file)
    return found


def _samples(source: Source) -> list[Sample]:
    root = parse(read(source)).root
    found = [_sample(source, root, WHOLE)]
    draw = zlib.crc32(source.id.encode()) % 100
    part = _clipping(root)
    if part is not None and draw % 2:
        clipping = lxml.html.tostring(part, encoding="unicode", with_tail=False)
        found.append(_sample(source, parse(clipping).root, FRAGMENT))
    if draw >= 75:
        _strip(root, hashed=draw >= 87)
        found.append(_sample(source, root, BARE))
    return found


def _sample(source: Source, root: Element, form: str) -> Sample:
    said = facts(root)
    page = walk(root)
    known = features(page, title=said.headline or said.title or "", kind=said.kind)
    texts = [block.text for block in page.blocks]
    found = [words(text) for text in texts]
    share = labels(texts, source.reference)
    wanted = Counter(words(source.reference))
    best = f1(Counter(word for some, value in zip(found, share, strict=True) if value >= 0.5 for word in some), wanted)
    return Sample(
        source.id,
        source.url,
        source.type,
        form,
        fold(source.url),
        known,
        share,
        tuple(map(Counter, found)) if form == WHOLE else (),
        wanted if form == WHOLE else Counter(),
        best,
    )


def _clipping(root: Element) -> Element | None:
    """The element people would clip: the longest `article`, else `main`."""
    for tag in ("article", "main"):
        found: Sequence[Element] = root.findall(f".//{tag}")
        if found:
            return max(found, key=lambda element: len("".join(element.itertext())))
    return None


def _strip(root: Element, *, hashed: bool) -> None:
    """Takes the meaning out of class words, as style tools do, or the words themselves, as sanitisers do."""
    for element in root.iter():
        for name in _NAMES:
            value = element.get(name) if isinstance(element.tag, str) else None
            if value is None:
                continue
            if hashed and name == "class":
                element.set(name, " ".join("x" + hashlib.md5(word.encode()).hexdigest()[:6] for word in value.split()))
            else:
                del element.attrib[name]
