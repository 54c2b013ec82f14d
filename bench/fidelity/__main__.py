"""`python -m bench.fidelity`: invented filings of every form, through every surface and back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.fidelity import table
from bench.fidelity.rounds import cases, measured
from bench.fidelity.surfaces import surfaces
from xltool.library import forms


def main(arguments: Sequence[str] | None = None) -> int:
    """0, with the table on stdout: a goal that is missed is no failure."""
    asked = _parser().parse_args(arguments)
    if asked.keep:
        return _bench(asked, asked.keep)
    with TemporaryDirectory() as folder:
        return _bench(asked, Path(folder))


def _bench(asked: argparse.Namespace, folder: Path) -> int:
    known = forms()
    seeds = asked.seed or range(asked.seeds)
    told = cases(known, asked.form or list(known), seeds, folder, asked.forms)
    rows = []
    if not asked.json:
        print(table.HEADING, flush=True)
    for row in measured(asked.surface or (), told, known, folder):
        rows.append(row)
        if not asked.json:
            print("\n".join([table.line(row), *table.by_form(row, asked.by_form), *table.shown(row, asked.show)]), flush=True)
    if asked.json:
        print(table.as_json(rows), end="")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.fidelity", description=__doc__)
    parser.add_argument("--seeds", type=int, default=4, help="filings of each form; odd ones are stacked on one sheet (4)")
    parser.add_argument("--seed", type=int, action="append", help="only this seed; may be repeated")
    parser.add_argument("--forms", type=int, default=2, help="forms in a filing (2)")
    parser.add_argument("--form", choices=list(forms()), action="append", help="only this form; may be repeated")
    parser.add_argument("--surface", choices=[one.name for one in surfaces() if one.goal], action="append", metavar="S", help="only this surface; may be repeated")
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="files stay there; what is newer than its source is not made again")
    parser.add_argument("--by-form", action="store_true", help="a line for each form below its surface")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the first N wrong fields and refusals of each surface")
    return parser


if __name__ == "__main__":
    sys.exit(main())
