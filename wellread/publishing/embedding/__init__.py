"""Texts to vectors in the cache: by this process, by workers beside it, or by workers on a Ray cluster."""
