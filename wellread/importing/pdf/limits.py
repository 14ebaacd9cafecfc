"""What reading a PDF may cost."""

MAX_MEMORY = 2_000_000_000
"""Bytes of memory at most; the largest of the files that were tried took 400 MB."""

MAX_CPU_SECONDS = 8
"""Seconds of computing at most: half as much again as a file with the most characters took."""
