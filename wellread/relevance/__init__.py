"""Judged questions and the measures of retrieval."""
