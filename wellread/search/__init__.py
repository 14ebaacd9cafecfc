"""A question to an Answer: candidates, ranking, confidence, urgent notice, highlights."""
