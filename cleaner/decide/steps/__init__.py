"""The steps of a decision, in their order.

A new kind of evidence is a module with a `STEP` and an entry here.  Where it stands says what it sees and who checks
it: what is taken before `quotations` is given back where it is quoted, and the weak evidence of `neighbours` leans on
all that was taken before.
"""

from __future__ import annotations

from cleaner.decide.engine_rules import PAGE
from cleaner.decide.steps import (
    brackets,
    budget,
    conditions,
    coverage,
    frames,
    level,
    lines,
    menus,
    neighbours,
    offers,
    permalinks,
    quotations,
    sitewide,
    spans,
    tags,
    vetoes,
    wholes,
)

JUDGING = (conditions.STEP, vetoes.STEP)
"""Which claims are fit."""
TAKING = (
    coverage.STEP,
    quotations.STEP,
    neighbours.STEP,
    menus.STEP,
    tags.STEP,
    sitewide.STEP,
    lines.STEP,
    offers.STEP,
    wholes.STEP,
    brackets.STEP,
    spans.STEP,
    permalinks.STEP,
    frames.STEP,
)
"""Who takes what."""
CHECKING = (budget.STEP, level.STEP)
"""Whether enough is left, and who went away empty."""
STEPS = (*JUDGING, *TAKING, *CHECKING)

ENGINE = (*(rule for step in STEPS for rule in step.rules), *PAGE)
"""All rules that are no pack's."""
