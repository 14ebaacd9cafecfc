"""Editors publish: `python ingest.py` is `wellread ingest` by its old name."""

import sys

from wellread.cli.doors import ingest

if __name__ == "__main__":
    sys.exit(ingest())
