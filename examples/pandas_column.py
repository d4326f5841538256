"""Clean a column of a CSV file with pandas, and write it with the reports beside it.

pip install pandas
python pandas_column.py clippings.csv clean.csv
"""

from __future__ import annotations

import sys

import pandas as pd

from cleaner.integrations.frames import clean_column

source, target = sys.argv[1:]
frame = pd.read_csv(source)
frame["text"], frame["text_report"] = clean_column(frame["text"], url=frame["url"], report=True)
frame.to_csv(target, index=False)
