"""A filing printed as text through one named kind of damage."""

import random
from collections.abc import Callable
from typing import Any, Final

from tests.damage import around, tables
from tests.damage import vocabulary as words
from tests.damage.streams import PRESSES, print_stream

TABLES: Final[dict[str, Callable[[dict[str, Any], random.Random], str]]] = {
    "tsv": tables.print_tsv,
    "tsv-shifted": tables.print_shifted,
    "markdown": tables.print_markdown,
    "other-text": around.print_among,
    "width": around.print_widths,
}
SEEN: Final = ("stream", "stream-wrapped", "selfeval-stream", "tsv", "tsv-shifted", "markdown")
HARSHER: Final = (
    "wrap-anywhere", "page-anywhere", "one-cell-a-line", "run-on", "blank-lines", "label-after", "no-blank-lines", "other-text", "width",
)  # fmt: skip
KINDS: Final = SEEN + HARSHER


def kinds_of(form: str) -> tuple[str, ...]:
    """The kinds of damage that a form is printed through; one of them is the self-evaluation's own."""
    return tuple(kind for kind in KINDS if kind != "selfeval-stream" or form == words.EVALUATION)


def print_filing(filing: dict[str, Any], kind: str, seed: int) -> str:
    """The text of a canonical filing through one kind of damage; the same seed gives the same text."""
    rng = random.Random(f"print:{kind}:{seed}")
    if kind in TABLES:
        return TABLES[kind](filing, rng)
    return print_stream(filing, PRESSES[kind], rng)
