"""What an officer decided about relations: read from YAML, drafted as YAML. Keyed by contents, never by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xltool.problems import ProblemError
from xltool.rollup.evidence import money
from xltool.rollup.model import Decided, Relation, Row
from xltool.yaml_reader import TABLE_WANTED, TableReader
from xltool.yamlfile import Node, Table, Text, load
from xltool.yamlfile import Sequence as Items

WORDS: dict[str, Decided] = {"": "", "confirm": "confirm", "确认": "confirm", "reject": "reject", "否认": "reject"}
KEYS = ("relation", "decision", "counts")
HEAD = """\
# 汇总关系的决定 · decisions about relations
# decision: confirm（确认：同一笔钱，只计一次）或 reject（否认：都计）；留空：certain 只计一次，doubtful 都计
# decision: confirm (the same money, counted once) or reject (all of it counts); empty: certain counts once, doubtful counts all
# counts: 要计入的那一份的编号（仅用于重复报送），留空由程序选定 · the number of the form that is to count (doubles only)
"""
GONE = "# 以下各条不符合本次的任何关系 · the following fit no relation of this run\n"


@dataclass(frozen=True, slots=True)
class Decisions:
    """By relation key: ``confirm`` or ``reject``; by relation key, the content hash of the double that is to count."""

    decided: Mapping[str, Decided] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)


NONE = Decisions()


def read_decisions(text: str, name: str) -> Decisions:
    """The decisions of a file's text; ``name`` is what its faults are placed by.

    Raises:
        ProblemError: every fault of the file, by line.
    """
    # Comments are most of a draft and say nothing; their lines stay, so that faults keep theirs.
    table = load("\n".join("" if line.lstrip().startswith("#") else line for line in text.split("\n")), name, "decisions_size")
    reader = TableReader(table)
    reader.known(table, ("decisions",))
    decided: dict[str, Decided] = {}
    counts: dict[str, str] = {}
    lines: dict[str, int] = {}
    for item in _items(table.get("decisions"), reader):
        reader.known(item, KEYS)
        key, word, chosen = (reader.text_of(item.get(each), each).strip() for each in KEYS)
        if not key:
            reader.fault("yaml-missing-key", item, key="relation")
        elif key in lines:
            reader.fault("decision-twice", item, relation=key, line=lines[key])
        word = word.lower()
        if word not in WORDS:
            reader.unknown("word-expected", item, word, ("confirm", "reject"), key="decision", found=word)
        lines.setdefault(key, item.line)
        if decision := WORDS.get(word, ""):
            decided[key] = decision
        if chosen:
            counts[key] = chosen
    if reader.faults:
        raise ProblemError(reader.faults)
    return Decisions(decided, counts)


def _items(node: Node | None, reader: TableReader) -> Iterator[Table]:
    if node is None:
        reader.fault("yaml-missing-key", None, key="decisions")
    elif isinstance(node, Items):
        for item in node.items:
            if isinstance(item, Table):
                yield item
            else:
                reader.fault("yaml-shape", item, key="decisions", wanted=TABLE_WANTED)
    elif not (isinstance(node, Text) and not node.text):
        reader.fault("yaml-shape", node, key="decisions", wanted="列表 (- relation: …)")


def draft(rows: Sequence[Row], relations: Sequence[Relation], decisions: Decisions = NONE) -> str:
    """The side file: every relation with its forms and evidence as comments, and what has been decided so far.

    Reading it gives ``decisions`` back; those that fit no relation any more stand at its end.
    """
    parts = [HEAD, "decisions:\n" if relations or decisions.decided or decisions.counts else "decisions: []\n"]
    for one in relations:
        parts.append(_entry(one.key, decisions, one.kind != "parent"))
        parts.extend(f"    # {_line(text)}\n" for text in _about(one, rows))
    gone = sorted((decisions.decided.keys() | decisions.counts.keys()) - {one.key for one in relations})
    if gone:
        parts.append(GONE)
        parts.extend(_entry(key, decisions, key in decisions.counts) for key in gone)
    return "".join(parts)


def _entry(key: str, decisions: Decisions, doubles: bool) -> str:
    said = decisions.decided.get(key, "")
    chosen = f"    counts: {decisions.counts.get(key, '')}".rstrip() + "\n" if doubles else ""
    return f'  - relation: "{key}"\n' + f"    decision: {said}".rstrip() + f"\n{chosen}"


def _about(one: Relation, rows: Sequence[Row]) -> Iterator[str]:
    yield f"{one.kind} {one.certainty}"
    for place, number in enumerate(one.rows):
        form = rows[number].signature
        amount = "—" if form.amount is None else money(form.amount)
        yield f"{'*' if place == 0 else '-'} {form.hash} {form.project} {amount} {form.where.shown}"
    for piece in one.evidence:
        yield piece.text("zh")
    for found in one.differences:
        yield f"≠ {found.field}{f'[{found.item}]' if found.item else ''}: {found.counted} | {found.other}"


def _line(text: str) -> str:
    """The text on one line of characters that a YAML comment may hold."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())
