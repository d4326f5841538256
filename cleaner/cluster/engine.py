"""What is asked of Ray Data: the stages as a dataset."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ray
from ray.data import ActorPoolStrategy, DataContext

from cleaner.cluster.helpers import cores_here, few
from cleaner.cluster.job import Cleaned, End, Job, Lost, Source
from cleaner.cluster.stages import PartWorker, Reader, message_in, packed


def messages(
    job: Job, sources: list[Source], worker: type[PartWorker[Any, Any]], jobs: int
) -> Iterator[Cleaned | End | Lost]:
    """Read files on all nodes and do their parts; gives what is done as it comes, in no order.

    Args:
        worker: what does a part.
        jobs: workers at most; 0: as many as there is room for.
    """
    cores = cores_here()
    with _context():
        rows = ray.data.from_items([packed(source) for source in sources], override_num_blocks=len(sources))
        parts = rows.flat_map(
            Reader,
            fn_constructor_args=(job,),
            compute=ActorPoolStrategy(size=few(len(sources), cores)),
            num_cpus=0,  # or they would take the cores that the cleaning needs
        )
        done = parts.map(
            worker,
            fn_constructor_args=(job,),
            compute=ActorPoolStrategy(min_size=min(cores, jobs or cores), max_size=jobs or None),
            num_cpus=1,
        )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The minimum number of concurrent actors")  # a small crawl
        yield from map(message_in, done.iter_rows())


@contextmanager
def _context() -> Iterator[None]:
    """A ``with`` block whose datasets have blocks of one part each, and keep to themselves what they do."""
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context = DataContext.get_current()
    wanted = {
        "target_max_block_size": 1,
        "enable_progress_bars": False,
        "max_errored_blocks": -1,  # files that do not come to their end are named
    }
    before = {name: getattr(context, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(context, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(context, name, value)
