"""The version of the program that runs."""

from __future__ import annotations


def installed() -> str:
    """The number of the installed version; ? where the program runs from a folder that nobody installed."""
    # It takes longer to load than the help to be printed.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("xltool")
    except PackageNotFoundError:
        return "?"
