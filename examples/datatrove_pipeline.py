"""Make clean articles of the pages in web archives, one JSON object a line, with what was removed beside them.

    pip install '.[datatrove]'  # in a clone of cleaner
    python datatrove_pipeline.py crawl/ out/

If it is stopped, or killed, the same command goes on where it was: files that are done are not read again.
"""

from __future__ import annotations

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers import JsonlWriter

from cleaner.integrations.datatrove import CleanerStep


def executor(source: str, dest: str) -> LocalPipelineExecutor:
    """What cleans the archives (`.warc.gz`) in one folder into another one."""
    pipeline = [
        WarcReader(source, glob_pattern="*.warc.gz"),
        CleanerStep(page_key="page", exclusion_writer=JsonlWriter(f"{dest}/removed")),
        JsonlWriter(f"{dest}/clean"),
    ]
    # What is done is remembered in the folder for logs, so that must be the same one each time.
    return LocalPipelineExecutor(pipeline, tasks=4, workers=2, logging_dir=f"{dest}/logs")


if __name__ == "__main__":  # the workers import this file
    executor(*sys.argv[1:]).run()
