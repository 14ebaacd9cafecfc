"""Researchers measure: `python evaluate.py` is `wellread evaluate`."""

import sys

from wellread.cli.evaluate import main

if __name__ == "__main__":
    sys.exit(main())
