"""How sure a rule must be at which level."""

from __future__ import annotations

from cleaner.model import CONFIDENCES, Level

RANK = {confidence: rank for rank, confidence in enumerate(reversed(CONFIDENCES))}
NEEDS: dict[Level, int] = {"safe": RANK["certain"], "normal": RANK["high"], "aggressive": RANK["medium"]}
