"""Clean a folder of Parquet files with Ray Data, on this machine or on the cluster that it is part of.

pip install '.[ray]'  # in a clone of cleaner
python ray_dataset.py crawl/ clean/
"""

from __future__ import annotations

import sys

import ray

from cleaner.integrations.ray import clean_dataset

source, target = sys.argv[1:]
crawl = ray.data.read_parquet(source)
clean = clean_dataset(crawl, url="url", level="safe")
clean.write_parquet(target)
