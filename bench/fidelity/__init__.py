"""Fidelity: invented filings through programs that are not ours, read back and compared field by field."""
