"""What making an article of one file may cost, and what helps where it costs more."""

MAX_MEMORY = 2_000_000_000
"""Bytes of memory at most; the largest of the files that were tried took 400 MB."""

MAX_CPU_SECONDS = 20
"""Seconds of computing at most: three times what the largest files that are read took (6.1 a page and a Word file)."""

MAX_SECONDS = 180
"""Seconds at most, for systems that do not limit the seconds of computing. Long, as a busy machine is no fault of the
file: one that takes 2 seconds alone took 60 beside 13 others."""

MAX_START = 120.0
"""Seconds in which the process that reads files must be ready; it takes 1 on an idle machine."""

MAX_ANSWER = 100_000_000
"""Bytes at most of an article and its notes: an article has at most 5,000,000, and a file 50,000,000."""

REMEDY = "save it or print it anew, or copy its text into a new .txt article"
"""What helps where a file is beyond a limit, or broken."""
