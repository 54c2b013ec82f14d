"""A copy of a filing as an importer expects it, and a preflight of what the importer is known to drop or change."""

from xltool.upload.importer import Importer, named
from xltool.upload.prepare import Prepared, prepare

__all__ = ["Importer", "Prepared", "named", "prepare"]
