"""The HTTP API: the answers of `wellread ask --json` for other programs and for other web sites."""
