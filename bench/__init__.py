"""The ratios of xltool to its peers: the same work, in the same run, in rounds that take turns.

Absolute times drift with the machine; a ratio inside one round hardly does.
"""
