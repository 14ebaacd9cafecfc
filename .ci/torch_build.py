"""Tells, before anything is installed, which build of PyTorch pip would bring: the one for CUDA is many times larger.

usage: python .ci/torch_build.py
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable

WARNING = """\
PyTorch comes in its CUDA build here, with {count} packages for NVIDIA cards: several gigabytes, none of which Wellread
needs. To install the CPU build instead (about 0.8 GB on the disk), stop now with Ctrl-C and give pip the address of an
index that has CPU builds; PyTorch's own page on installing names one under "CPU":

    make run PIP_EXTRA_INDEX_URL=ADDRESS
"""


def cuda_packages(requirements: Iterable[str]) -> list[str]:
    """The packages for NVIDIA cards among what PyTorch requires on Linux, one extra or another aside."""
    return sorted(
        {
            requirement.split(";")[0].split("==")[0].strip(" ()<>=~")
            for requirement in requirements
            if requirement.startswith(("nvidia-", "cuda-", "triton")) and "extra ==" not in requirement
        }
    )


def main() -> int:
    """Ask pip what it would install for torch alone, and say so where that is the CUDA build."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run", "--no-deps"]
    # --ignore-installed: what is there already says nothing of what pip would bring.
    words = ["--ignore-installed", "--constraint", "constraints.txt", "--report", "-", "torch"]
    told = subprocess.run([*pip, *words], capture_output=True, text=True, check=False)  # noqa: S603
    if told.returncode:
        return 0  # pip says itself what is wrong, when it installs
    for package in json.loads(told.stdout)["install"]:
        found = cuda_packages(package["metadata"].get("requires_dist", []))
        if sys.platform == "linux" and found:
            print(WARNING.format(count=len(found)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
