"""A rollup as a workbook.

Nothing is imported here: a process that only draws forms needs none of what puts the workbook together.
"""
