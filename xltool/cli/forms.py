"""``xltool forms``: the group; each of its commands is a module of its own."""

from __future__ import annotations

from xltool.cli.frame import LazyGroup
from xltool.cli.words import say

COMMANDS = {"list": "forms_list", "show": "forms_show", "schema": "forms_schema", "check": "forms_check"}

command = LazyGroup("forms", COMMANDS, say("forms"), prefix="forms-")
