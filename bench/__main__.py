"""`python -m bench`: every ratio in one table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import chain

from bench import batch, pdfs, rollups, startup, table, texts, workbooks
from bench.profiling import profile
from bench.rounds import Work, measure


def main(arguments: Sequence[str] | None = None) -> int:
    """0, with the table on stdout: a goal that is missed is no failure."""
    asked = _parser().parse_args(arguments)
    works = [work for work in _works(asked) if not asked.only or any(word in work.name for word in asked.only)]
    if asked.profile:
        for work in works:
            print(f"== {work.name}\n{profile(work)}")
        return 0
    rows = []
    for number, work in enumerate(works, 1):
        print(f"bench: {number}/{len(works)} {work.name.strip()}", file=sys.stderr, flush=True)
        rows.append(measure(work, asked.rounds))
    counts = startup.instructions() if asked.instructions else {}
    if asked.json:
        print(table.as_json(rows, counts), end="")
        return 0
    print(table.text(rows), end="")
    for name, count in counts.items():
        print(f"{count:>15,} instructions  {name}")
    return 0


def _works(asked: argparse.Namespace) -> Iterator[Work]:
    small, large = (int(part) for part in asked.lengths.split(","))
    return chain(workbooks.works(asked.forms, asked.rounds), texts.works(small, large), pdfs.works(asked.forms, asked.rounds), batch.works(asked.files) if asked.files else (), rollups.works(asked.workbooks) if asked.workbooks else (), startup.works())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--forms", type=int, default=50, help="forms in the workbooks (50)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each work (5)")
    parser.add_argument("--lengths", default="8,64", help="forms in the short and the long document (8,64)")
    parser.add_argument("--files", type=int, default=200, help="files in the folder of mixed ones (200); 0 leaves them out")
    parser.add_argument("--workbooks", type=int, default=200, help="workbooks that are rolled up (200); 0 leaves them out")
    parser.add_argument("--only", action="append", metavar="WORD", help="works whose name holds WORD; may be repeated")
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    parser.add_argument("--instructions", action="store_true", help="count the instructions of start-up too (perf or valgrind)")
    parser.add_argument("--profile", action="store_true", help="show where the time goes instead of the table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
