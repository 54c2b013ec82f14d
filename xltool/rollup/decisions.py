"""What an officer decided about relations, keyed by their contents: read from YAML, drafted as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xltool.rollup.model import Decided


@dataclass(frozen=True, slots=True)
class Decisions:
    """By relation key: ``confirm`` or ``reject``; by relation key, the content hash of the double that is to count."""

    decided: Mapping[str, Decided] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)


NONE = Decisions()
