"""Texts to vectors: the protocol, sentence-transformers, the built-in model, the vector cache, rerankers."""
