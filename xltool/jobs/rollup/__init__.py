"""Rollup: any readable sources into one workbook in which no money counts twice, every figure with its origin.

Nothing is imported here: a process that only reads sources needs none of what writes the workbook.
"""
