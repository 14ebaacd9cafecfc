"""Where generations live: files, manifest, passages, postings and vectors."""
