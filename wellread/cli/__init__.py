"""The `wellread` command."""
