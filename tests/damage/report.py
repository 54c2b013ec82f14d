"""A table of how well a reader reads damaged text: `python -m tests.damage.report --seeds 20`."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.damage.forms import FORMS, random_filing
from tests.damage.printing import KINDS, SEEN, kinds_of, print_filing
from tests.damage.score import Score, entries, score

Reader = Callable[[str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Cell:
    """The score of one kind of damage on one form; `failed` counts the texts that the reader refused."""

    kind: str
    form: str
    total: Score
    failed: int
    seeds: tuple[tuple[int, Score], ...]


def measured(read: Reader, kind: str, form: str, seeds: Sequence[int], forms: int = 3) -> Cell:
    """The score of a reader on the filings of these seeds, printed through one kind of damage."""
    scores, failed = [], 0
    for seed in seeds:
        truth = random_filing(seed, form, forms)
        try:
            scores.append((seed, score(truth, read(print_filing(truth, kind, seed)))))
        except Exception as error:  # a reader that refuses or breaks is a result here
            failed += 1
            scores.append((seed, Score(forms=len(entries(truth)))))
            sys.stderr.write(f"{kind} {form} seed {seed}: {type(error).__name__}: {error}\n")
    total = sum((one for _, one in scores), Score())
    return Cell(kind, form, total, failed, tuple(scores))


def row(cell: Cell) -> str:
    """A line of the table."""
    total = cell.total
    exact, right = total.exact / max(1, total.forms), total.right / max(1, total.fields)
    doubted = total.doubted_right / max(1, total.right)
    seen = "seen" if cell.kind in SEEN else ""
    return f"{cell.kind:16} {seen:5} {cell.form:19} {total.forms:6} {exact:7.1%} {right:8.2%} {len(total.silent):7} {doubted:8.2%} {cell.failed:7}"


HEADING = (
    f"{'kind':16} {'':5} {'form':19} {'forms':>6} {'exact':>7} {'right':>8} {'silent':>7} {'doubted':>8} {'failed':>7}"
)


def shown(cell: Cell, most: int) -> Iterator[str]:
    """The first wrong fields of a cell, with the seed that makes them; silent ones come first."""
    wrong = [(seed, one) for seed, each in cell.seeds for one in each.wrong]
    for seed, one in sorted(wrong, key=lambda pair: not pair[1].silent)[:most]:
        yield f"  seed {seed} {'SILENT' if one.silent else 'doubt'} {one.path}: true {one.true!r}, read {one.read!r}"


def dump(folder: Path, kind: str, form: str, seeds: Sequence[int], forms: int) -> None:
    """Write the text and the truth of each seed to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        truth = random_filing(seed, form, forms)
        name = f"{kind}-{form}-{seed}"
        (folder / f"{name}.txt").write_text(print_filing(truth, kind, seed), encoding="utf-8", newline="")
        (folder / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def reader_of(name: str) -> Reader:
    """The reader called `module:function`."""
    module, _, function = name.partition(":")
    found: Reader = getattr(importlib.import_module(module), function)
    return found


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.damage.report", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many filings for each kind and form")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="only this seed")
    parser.add_argument("--forms", type=int, default=3, help="forms in a filing")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only this kind of damage; may be repeated")
    parser.add_argument("--form", choices=FORMS, help="only this form")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="show the first N wrong fields of each line")
    parser.add_argument("--dump", type=Path, metavar="FOLDER", help="write texts and truths there, read nothing")
    parser.add_argument(
        "--reader", default="xltool:loads_text", metavar="MODULE:FUNCTION", help="text to canonical JSON"
    )
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None, read: Reader | None = None) -> int:
    """Print the table, or dump; `read` stands in for the reader named by --reader."""
    options = arguments(given)
    seeds = range(options.first, options.first + options.seeds) if options.seed is None else [options.seed]
    asked = [
        (kind, form)
        for form in FORMS
        if options.form in (None, form)
        for kind in kinds_of(form)
        if kind in (options.kind or KINDS)
    ]
    if options.dump:
        for kind, form in asked:
            dump(options.dump, kind, form, seeds, options.forms)
        return 0
    read = read or reader_of(options.reader)
    sys.stdout.write(HEADING + "\n")
    for kind, form in asked:
        cell = measured(read, kind, form, seeds, options.forms)
        sys.stdout.write("\n".join([row(cell), *shown(cell, options.show)]) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
