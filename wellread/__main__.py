"""`python -m wellread` is the `wellread` command."""

import sys

from wellread.cli import main

sys.exit(main())
