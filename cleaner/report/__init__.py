"""The report: as JSON, as a diff or a summary for people, and as the way back to the input."""

from cleaner.report.json import dumps, from_dict, loads, to_dict
from cleaner.report.layout import SCHEMA_VERSION
from cleaner.report.restore import restore

__all__ = ["SCHEMA_VERSION", "dumps", "from_dict", "loads", "restore", "to_dict"]
