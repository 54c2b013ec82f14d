"""``python -m xltool`` is the command ``xltool``."""

import sys

from xltool.cli import main

sys.exit(main())
