"""How good retrieval is, and why: what `evaluate.py` measures, compares and reports."""
