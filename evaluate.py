"""Researchers measure: `python evaluate.py` is `wellread evaluate` by its old name."""

import sys

from wellread.cli.doors import evaluate

if __name__ == "__main__":
    sys.exit(evaluate())
