"""Finds the packages; everything else is declared in pyproject.toml.

`find` alone cannot name the top-level folders of data that are packaged below xltool, and a
list by hand would forget new packages.
"""

from pathlib import Path

from setuptools import find_packages, setup

code = find_packages(include=["xltool", "xltool.*"])
data = [f"xltool.{name}" for name in ("mappings", "templates") if Path(name).is_dir()]
setup(packages=[*code, *data])
