"""Which lines are covered, word for word, by the claims on them.

A claim of scope line gets its line only if the claims together leave no letter or digit of it: so a rule for the
words "Sign up" can never take a sentence that merely holds them, and a line glued together from three leftovers
falls to three small rules.  A claim over several lines needs all of them covered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cleaner.match.claims import Claim, covers
from cleaner.view import View


class Cover:
    """The cover a set of claims makes.

    Attributes:
        lines: the lines that are covered.
        standing: the claims that may act: spans, whole claims, and those of scope line whose lines are all covered.
    """

    def __init__(self, view: View, claims: Sequence[Claim]) -> None:
        self._view = view
        on_line: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            if not claim.whole:
                for line in range(claim.first, claim.last + 1):
                    on_line[line].append(claim)
        fallen: set[Claim] = set()
        self.lines = set(on_line)
        suspects = set(on_line)
        while suspects:
            bad = {n for n in suspects if n in self.lines and not self._covered(n, on_line[n], fallen)}
            self.lines -= bad
            fell = {c for n in bad for c in on_line[n] if not c.is_span and c not in fallen}
            fallen |= fell
            suspects = {n for c in fell for n in range(c.first, c.last + 1)}
        self.standing = {c for c in claims if c not in fallen}

    def _covered(self, line: int, claims: Sequence[Claim], fallen: set[Claim]) -> bool:
        spans = sorted((c.start, c.end) for c in claims if c not in fallen)
        return bool(spans) and covers(self._view, line, line, spans)
