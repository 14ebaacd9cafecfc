"""Trains the adapter of the built-in model: lay questions to the passages and sentences that answer them."""
