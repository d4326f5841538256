"""What is decided on the blocks of a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleaner.html.blocks import Block
from cleaner.model import Rule
from cleaner.outcome import Telling
from cleaner.reasons import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """A block goes.

    Attributes:
        rule: that takes it.
        place: the number of the hit on whose account it goes, -1 for a rule of the engine.
        evidence: says what else speaks for it.
    """

    rule: Rule
    place: int = -1
    evidence: Telling = tuple


@dataclass(slots=True)
class Judgement:
    """What was decided on a page's blocks, by their numbers.

    Attributes:
        gone: the blocks that go.
        kept: blocks that a rule wanted and did not get, with the rule and the veto.
        headline: the block that holds the page's own headline.
        standfirst: the block between headline and text that sums the article up.
        scored: whether the scorer judged the blocks.
    """

    gone: dict[int, Verdict] = field(default_factory=dict)
    kept: list[tuple[int, Rule, Reason]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    headline: int | None = None
    standfirst: int | None = None
    scored: bool = False


def wordless(block: Block) -> bool:
    """Whether a block says nothing: a picture, a line, a bullet."""
    text = block.text
    return not text[:1].isalnum() and not any(map(str.isalnum, text))
