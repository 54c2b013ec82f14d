"""Invented filings, printed as damaged text, and the score of a reader against them."""
