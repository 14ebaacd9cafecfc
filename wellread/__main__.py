"""`python -m wellread` is the `wellread` command."""

import sys

from wellread.cli.main import main

sys.exit(main())
