"""Wellread: a knowledge base of health articles that answers questions with the articles' own words."""
