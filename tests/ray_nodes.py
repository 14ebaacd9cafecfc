"""A Ray cluster of three nodes on this machine's own address: prints HOST:PORT, and ends it with standard input."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # 127.0.0.1 is not replaced by the machine's address on its network
}
"""What is set before Ray is imported, on the nodes and by who joins them."""


def main() -> None:
    """Start the nodes, and wait."""
    os.environ.update(ENVIRONMENT)
    # Ray's own module for tests: the command `ray start` would let the nodes listen on all of the machine's addresses.
    ray: Any = import_module("ray.cluster_utils")
    node = {"num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False}
    with TemporaryDirectory(prefix="ray-") as folder:
        os.environ["RAY_TMPDIR"] = folder  # where all of Ray's files go, in a folder "ray" that it does not make itself
        (Path(folder) / "ray").mkdir()
        cluster = ray.Cluster(initialize_head=True, head_node_args=node)
        try:
            for _ in range(2):
                cluster.add_node(wait=False, **node)
            cluster.wait_for_nodes()
            print(cluster.address, flush=True)
            sys.stdin.read()
        finally:
            cluster.shutdown()


if __name__ == "__main__":
    main()
