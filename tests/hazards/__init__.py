"""Hostile and broken files: every kind of hazard has a row, every reader is fed with files that were altered."""
