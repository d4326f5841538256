"""The one place that decides: which claims get their text, which lose it to a veto, and why."""
