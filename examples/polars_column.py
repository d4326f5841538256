"""Clean a column of a CSV file with Polars, and write it with the reports beside it.

pip install polars
python polars_column.py clippings.csv clean.csv
"""

from __future__ import annotations

import sys

import polars as pl

from cleaner.integrations.frames import clean_column

source, target = sys.argv[1:]
frame = pl.read_csv(source)
texts, reports = clean_column(frame["text"], url=frame["url"], report=True)
frame.with_columns(texts, reports).write_csv(target)
