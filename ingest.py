"""Editors publish: `python ingest.py` is `wellread ingest`."""

import sys

from wellread.cli.ingest import main

if __name__ == "__main__":
    sys.exit(main())
