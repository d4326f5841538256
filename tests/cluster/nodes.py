"""A cluster of node processes, in a process of its own: says where they are, and ends them when its input ends.

python -m tests.cluster.nodes COUNT
"""

from __future__ import annotations

import json
import sys

from ray.cluster_utils import Cluster

HEALTH = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 500, "health_check_failure_threshold": 4}
"""How soon a dead node is missed; by default that takes most of a minute."""
BARE = {"include_dashboard": False, "include_log_monitor": False, "no_monitor": True}
"""Nodes without the processes of Ray that nobody needs here."""


def main(count: int) -> None:
    """Start so many nodes with one core each."""
    each = {"num_cpus": 1, **BARE}
    cluster = Cluster(initialize_head=True, head_node_args={**each, "_system_config": HEALTH})
    try:
        for _ in range(count - 1):
            cluster.add_node(**each)
        raylets = {node.node_id: node.all_processes["raylet"][0].process.pid for node in cluster.list_all_nodes()}
        print(json.dumps({"address": cluster.address, "raylets": raylets}), flush=True)
        sys.stdin.read()
    finally:
        cluster.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]))
