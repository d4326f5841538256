"""The one place that decides: which claims get their text, which lose it to a veto, and why."""

from cleaner.decide.decision import Decision, Taken, decide, judge, settle, taken_by

__all__ = ["Decision", "Taken", "decide", "judge", "settle", "taken_by"]
