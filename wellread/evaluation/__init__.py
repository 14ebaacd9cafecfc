"""Experiments: systems, testbeds, runs, statistics and the report."""
