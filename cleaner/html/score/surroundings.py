"""What stands around each block: containers, their class words, the main prose, its like, the record it is part of."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import numpy as np

from cleaner.html.blocks import Page
from cleaner.html.score.names import FAR, KINDS, LEVELS, TAGS, Ints, Table
from cleaner.html.score.texts import Texts
from cleaner.html.words import BITS, GROUPS

_TAG_NUMBER = {tag: number for number, tag in enumerate(TAGS)}
_SHORT = 10  # words
_RECORDS = 3  # like containers side by side that make a list of records
_MAIN = 0.4
"""The share of the page's prose from which a container is the main one, whatever its class words say is beside it."""
_BESIDE = sum(
    BITS[name]
    for name in (
        *("nav", "header", "footer", "sidebar", "related", "share", "newsletter", "ad", "consent", "paywall", "pager"),
        *("form", "modal", "cta"),
    )
)
_NUMBERED = re.compile(r"\d+")
_ITEM = KINDS.index("item")


class Surroundings:
    """The containers of a page, measured.

    Attributes:
        around: shape (2, levels, blocks): the containers around each block hold ``blocks[low:high]``.
        group: for each block the number of the blocks that look the same, with what is around them.
        counted: for each item the number of the outermost ordered list around it, -1 for none.
    """

    def __init__(self, page: Page, texts: Texts, table: Table) -> None:
        self.page = page
        self.texts = texts
        self.table = table
        self.count = texts.count
        self._containers()
        self._classes()
        self._levels()
        self._candidates()
        self._looks()
        self._alike()
        self._records()
        self._copies()
        self._lists()

    def _containers(self) -> None:
        texts = self.texts
        facts = np.array(
            [(c.parent, c.first, c.last, c.words, _TAG_NUMBER.get(c.tag, -1)) for c in self.page.containers], np.int64
        )
        self.parent, self.first, self.last, self.own, self.tag = facts.T
        self.parents = self.parent.tolist()
        depth = [0] * len(self.parents)
        for number, parent in enumerate(self.parents):
            if parent >= 0:
                depth[number] = depth[parent] + 1
        self.depth: Ints = np.array(depth, np.int64)
        order = np.argsort(self.depth, kind="stable")
        bounds = np.searchsorted(self.depth[order], np.arange(int(self.depth.max()) + 2))
        self.by_depth = [order[low:high] for low, high in pairwise(bounds.tolist())]
        self.size = self.last - self.first
        self.all_words = max(1.0, float(texts.words.sum()))
        short = np.where(texts.words < _SHORT, texts.words, 0.0)
        sums = [
            np.concatenate([[0.0], np.cumsum(values)])
            for values in (texts.words, texts.linked, texts.prose, texts.chars, short)
        ]
        self.total, self.link, self.prosaic, letters, brief = (s[self.last] - s[self.first] for s in sums)
        self.letters = np.maximum(1.0, letters)
        self.facts = {
            "words": self.total,
            "link share": self.link / self.letters,
            "share of page": self.total / self.all_words,
            "prose share": self.prosaic / np.maximum(1, self.total),
            "blocks": self.size,
            "words per block": self.total / np.maximum(1, self.size),
            "short share": brief / np.maximum(1, self.total),
        }

    def _classes(self) -> None:
        """How many levels up the next element with a group of class words, or a tag, is; `FAR`: none is."""
        groups = len(GROUPS)
        has = np.zeros((len(self.parent), groups + len(TAGS)), bool)
        own = np.where(self.prosaic >= _MAIN * max(1.0, float(self.prosaic[0])), self.own & ~_BESIDE, self.own)
        has[:, :groups] = (own[:, None] & np.array(list(BITS.values()), np.int64)) > 0
        tagged = np.flatnonzero(self.tag >= 0)
        has[tagged, groups + self.tag[tagged]] = True
        near = np.full(has.shape, FAR, np.int8)
        for here in self.by_depth:
            above = self.parent[here]
            if above[0] >= 0:
                near[here] = np.minimum(near[above] + 1, FAR)
            near[here] = np.where(has[here], 0, near[here])
        rows = near[self.texts.at].T
        self.table.put_all(f"near {next(iter(GROUPS))}", rows)
        inside = (rows < FAR).astype(np.float64)
        shares = ((inside * self.texts.words).sum(axis=1) / self.all_words)[:, None]
        self.table.put_all(f"page: {next(iter(GROUPS))} share", np.broadcast_to(shares, rows.shape))

    def _levels(self) -> None:
        """The containers around, wrappers around the very same blocks left out."""
        index = np.arange(self.count)
        at = self.texts.at
        # A paragraph's own element says nothing that the block does not: begin with the first one that holds more.
        wider = self._wider()
        here = np.where((self.size[at] <= 1) & (self.parent[at] >= 0), wider[at], at)
        self.around: Ints = np.empty((2, LEVELS, self.count), np.int64)
        put = self.table.put
        for level in range(LEVELS):
            self.around[:, level] = self.first[here], self.last[here]
            for name, values in self.facts.items():
                put(f"container {level}: {name}", values[here])
            place = index - self.first[here]
            put(f"container {level}: place", place / np.maximum(1, self.size[here]))
            put(f"container {level}: first", place == 0)
            put(f"container {level}: last", index == self.last[here] - 1)
            here = wider[here]

    def _wider(self) -> Ints:
        """For each container the next one around it that holds more blocks; the outermost: itself."""
        sizes = self.size.tolist()
        wider = list(range(len(sizes)))
        for number, parent in enumerate(self.parents):
            if parent >= 0:
                wider[number] = parent if sizes[parent] > sizes[number] else wider[parent]
        return np.array(wider, np.int64)

    def _candidates(self) -> None:
        """Where the block stands towards the deepest container with most of the prose, in two strengths."""
        index = np.arange(self.count)
        for share in (50, 80):
            most = self.prosaic * 100 >= share * max(float(self.prosaic[0]), 1e-9)
            deepest = int(np.argmax(np.where(most, self.depth, -1)))
            low, high = self.first[deepest], self.last[deepest]
            inside = (index >= low) & (index < high)
            up = set()
            walk = deepest
            while walk >= 0:
                up.add(walk)
                walk = self.parents[walk]
            climb = [0] * len(self.parents)  # levels from a container to the line of the candidate's ancestors
            for number, parent in enumerate(self.parents):
                if number not in up:
                    climb[number] = climb[parent] + 1
            place = np.where(index < low, -1.0, 2.0)
            put = self.table.put
            put(f"prose {share}: inside", inside)
            put(f"prose {share}: climb", np.array(climb, np.int64)[self.texts.at])
            put(f"prose {share}: depth", float(self.depth[deepest]))
            put(f"prose {share}: place", np.where(inside, (index - low) / max(1, high - low), place))
            put(f"prose {share}: share of page", float(self.total[deepest]) / self.all_words)
            put(f"prose {share}: link share", float(self.link[deepest] / self.letters[deepest]))

    def _looks(self) -> None:
        """Elements with the same tag and class look the same; numbers in a class only tell one from another."""
        names: dict[tuple[str, str], int] = {}
        self.looks: Ints = np.array(
            [
                names.setdefault((c.tag, unnumbered(c.attributes.get("class", ""))), len(names))
                for c in self.page.containers
            ],
            np.int64,
        )
        self.kinds_of_looks = len(names)

    def _alike(self) -> None:
        """Blocks that look the same: by their element alone, and with two around it."""
        texts = self.texts
        key = self.looks[texts.at] * len(KINDS) + texts.kind
        put = self.table.put
        for depth in (1, 3):
            if depth == 3:
                up = np.maximum(0, self.parent[texts.at])
                above = np.maximum(0, self.parent[up])
                key = (key * self.kinds_of_looks + self.looks[up]) * self.kinds_of_looks + self.looks[above]
            _, begin, of = np.unique(key, return_index=True, return_inverse=True)
            of = self.group = of.reshape(-1)
            size = np.bincount(of)
            total = np.bincount(of, texts.words)
            mean = total / size
            spread = np.bincount(of, texts.words**2) / size - mean**2
            linked = np.bincount(of, texts.linked) / np.maximum(1, np.bincount(of, texts.chars))
            put(f"alike {depth}: blocks", size[of])
            put(f"alike {depth}: words per block", mean[of])
            put(f"alike {depth}: spread", (spread / np.maximum(1, mean**2))[of])
            put(f"alike {depth}: link share", linked[of])
            put(f"alike {depth}: share of page", (total / self.all_words)[of])
            put(f"alike {depth}: first", begin[of] / self.count)
        put("words beside alike", texts.words / np.maximum(1, mean[of]))
        put("link share beside alike", texts.density / np.maximum(0.05, linked[of]))

    def _records(self) -> None:
        """The innermost element around a block, not its own, that is one of several like ones side by side."""
        key = self.parent * self.kinds_of_looks + self.looks
        _, of, size = np.unique(key, return_inverse=True, return_counts=True)
        of = of.reshape(-1)
        siblings = size[of]
        listed = (siblings >= _RECORDS) & (self.size > 1) & (self.parent >= 0)
        record = np.where(listed, np.arange(len(listed)), -1)
        for here in self.by_depth[1:]:
            above = record[self.parent[here]]
            record[here] = np.where(listed[here], here, above)
        mine = record[self.texts.at]
        some = np.maximum(0, mine)
        known = mine >= 0
        first = np.full(len(size), len(listed), np.int64)
        np.minimum.at(first, of, self.first)
        last = np.zeros(len(size), np.int64)
        np.maximum.at(last, of, self.last)
        put = self.table.put
        put("record: siblings", np.where(known, siblings[some], 0))
        put("record: climb", np.where(known, self.depth[self.texts.at] - self.depth[some], -1))
        for name in ("words", "link share", "blocks"):
            put(f"record: {name}", np.where(known, self.facts[name][some], -1))
        together = np.bincount(of, self.total) / self.all_words
        put("record: share of page", np.where(known, together[of[some]], 0))
        begin, end = first[of[some]], last[of[some]]
        put("record: place", np.where(known, (np.arange(self.count) - begin) / np.maximum(1, end - begin), -1))
        put("page: records", np.where(known, siblings[some], 0).max())
        put("page: records share", float(self.texts.words[known].sum()) / self.all_words)
        put("page: articles", int((self.tag == _TAG_NUMBER["article"]).sum()))
        put("page: containers per block", len(self.parent) / self.count)

    def _copies(self) -> None:
        """Copies of a block's text elsewhere; what repeats among its own brothers is a refrain."""
        same = self.texts.same
        beside = same * len(self.parent) + np.maximum(0, self.parent[self.texts.at])
        _, of, here = np.unique(beside, return_inverse=True, return_counts=True)
        of = self.refrain = of.reshape(-1)
        elsewhere = np.bincount(same)[same] - here[of]
        self.table.put("copies", elsewhere)
        _, first = np.unique(same, return_index=True)
        self.table.put("copies before", (elsewhere > 0) & (of != of[first[same]]))

    def _lists(self) -> None:
        self.counted: Ints = np.full(self.count, -1, np.int64)
        for one in reversed(self.page.containers):
            if one.tag == "ol" and not one.counts_nothing:
                self.counted[one.first : one.last] = one.number
        self.counted[self.texts.kind != _ITEM] = -1


@lru_cache(maxsize=50_000)
def unnumbered(name: str) -> str:
    """A class without its numbers, which only tell one element from another."""
    return _NUMBERED.sub("", name)
