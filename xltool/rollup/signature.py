"""The signature of a form: what a rollup keeps of it, by the roles of its fields."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, islice
from operator import add
from typing import NamedTuple, cast

from xltool.columns import Column, Columns, columns_of, in_roles
from xltool.figures import UNITS
from xltool.filing import Entry, Scalar
from xltool.form import Form
from xltool.rollup.goals import clauses, items
from xltool.rollup.model import MONEY, Scored, Signature, Waiting, Where, is_scored
from xltool.rollup.names import code_of, normals, project_key, unit_key
from xltool.values import OPERATOR_START, Value, is_mark, plain
from xltool.worded import measurable

MOST_HASHES = 512
"""Hashes of each kind that are kept: more than any form that is filled by hand, so that a hostile one stays small."""
MOST_CONTENT = 32_000
"""Bytes of text that are kept: some 250 indicators. A longer form is compared by its hashes alone."""
BREAK, PART = "\x1e", "\x1f"
_EMPTY, _TEXTS, _NUMBERS, _VALUES = {type(None)}, {str}, {Decimal}, {Value}
"""The kinds of values of columns that are all of one."""
ITEM_ROLES = ("level1", "level2", "indicator", "target", "actual", "weight", "score", "reason")


class Indicators(NamedTuple):
    """The indicators of a form: each one's cells by role as text; and apart the levels, what is quantitative, weights and scores."""

    cells: list[tuple[str, ...]]
    levels: list[str]
    quantitative: int
    weights: list[Scalar]
    scores: list[Scalar]


def signature(
    entry: Entry, form: Form, where: Where, findings: Mapping[str, int] | None = None,
    keep: Callable[[bytes], Waiting] | None = None, columns: Mapping[str, Columns] | None = None,
) -> Signature:  # fmt: skip
    """The signature of a filled form; ``findings`` are how many errors, warnings and hints a check found in it.

    ``keep`` puts the text of goal and indicators elsewhere; without it the signature holds it, compressed. ``columns`` are
    those of its lists, where they are known.
    """
    columns = columns_of(entry) if columns is None else columns
    project, unit, department = (_text(entry, form, role) for role in ("project", "unit", "department"))
    goal_texts = [text for path in paths(form, "goal") if (text := _one(entry.values.get(path), _shown))]
    pieces = [piece for text in goal_texts for piece in items(text)]
    listed = _indicators(form, columns)
    names, targets = normals([cells[2] for cells in listed.cells]), normals([cells[3] for cells in listed.cells])
    year = next((value for path in paths(form, "year") if isinstance(value := entry.values.get(path), int)), None)
    return Signature(
        hash=content_hash(entry, columns), form=form.id, title=entry.title, family=family(form), year=year,
        project=project, project_key=project_key(project), unit=unit, unit_key=unit_key(unit),
        department=department, department_key=unit_key(department), where=where,
        amounts=_amounts(entry, form), money_unit=money_unit(entry, form), code=_text(entry, form, "code") or code_of(project),
        nature=_text(entry, form, "nature"), category=_text(entry, form, "category"), start=_text(entry, form, "start"), end=_text(entry, form, "end"),
        rows=packed(list(map(add, names, targets))), names=packed(names),
        clauses=packed(clause for piece in pieces for clause in clauses(piece)), items=packed(pieces) if len(pieces) > 1 else b"",
        goal=hashed("".join(pieces)) if pieces else 0, levels=tuple(Counter(listed.levels).items()), indicators=len(listed.cells),
        quantitative=listed.quantitative, scored=_scored(entry, form, listed) if is_scored(family(form)) else None,
        findings=tuple(sorted((findings or {}).items())), content=_content(goal_texts, listed.cells, keep),
    )  # fmt: skip


def family(form: Form) -> str:
    """``monitoring`` for a form that says what is expected at the year's end, ``evaluation`` for one that says what was spent
    or scored, ``declaration`` for one that asks for money; before it ``department-`` where a form is about no project, but about all
    that a department spends."""
    roles = form.roles.keys()
    found = "monitoring" if "forecast" in roles else "evaluation" if {"executed", "score", "total_score"} & roles else "declaration"
    return found if "project" in roles or "department" not in roles else f"department-{found}"



def paths(form: Form, role: str) -> list[str]:
    """The JSON paths of a role outside lists."""
    return [form.fields[name].path for name in form.roles.get(role, ()) if not form.fields[name].list]


def money_unit(entry: Entry, form: Form) -> str:
    """元 or 万元, as the form prints it or its mapping says; the contract's absent key is 元."""
    found = form.money_unit(entry.values)
    return found if found in UNITS else "元"


def hashed(text: str) -> int:
    """8 bytes of a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def packed(texts: Iterator[str] | list[str]) -> bytes:
    """The hashes of texts, one behind another, in their order."""
    return b"".join(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in islice(texts, MOST_HASHES))


def unpacked(hashes: bytes) -> list[bytes]:
    """The hashes one by one."""
    return [hashes[at : at + 8] for at in range(0, len(hashes), 8)]


def content_hash(entry: Entry, columns: Mapping[str, Columns] | None = None) -> str:
    """The hash of what a form says: blanks, line breaks, marks, source and empty fields do not count.

    Decisions are kept by it: another way of making it would lose them. ``columns`` are those of its lists, where they are known.
    """
    filled = {path: value for path, value in sorted(entry.values.items()) if value is not None}
    said = [entry.form, *map("{}={}".format, filled, _bare(list(filled.values())))]
    columns = columns_of(entry) if columns is None else columns
    for name, rows in sorted(entry.lists.items()):
        said.append(name)
        said.extend(_said(columns[name]) or [""] * len(rows))
    return blake2b(BREAK.join(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _said(columns: Columns) -> list[str]:
    """What each item says, a path beside another; nothing of a cell that is empty. Of empty items nothing comes back."""
    filled = [(path, column, set(map(type, column))) for path, column in sorted(columns.items())]
    filled = [(path, column, kinds) for path, column, kinds in filled if kinds != _EMPTY]
    texts = _bares([column for _, column, _ in filled], [kinds for *_, kinds in filled])
    if not any(type(None) in kinds for *_, kinds in filled):
        return list(map(PART.join(f"{path.replace('%', '%%')}=%s" for path, *_ in filled).__mod__, zip(*texts, strict=True)))
    cells = [
        [f"{path}={text}" for text in said] if type(None) not in kinds else ["" if value is None else f"{path}={text}" for value, text in zip(column, said, strict=True)]
        for (path, column, kinds), said in zip(filled, texts, strict=True)
    ]  # fmt: skip
    return [PART.join(filter(None, row)) for row in zip(*cells, strict=True)]


def _bare(column: Column) -> list[str]:
    """The values of a column as texts without blanks; empty cells as nothing."""
    return _bares([column], [set(map(type, column))])[0]


def _bares(columns: Sequence[Column], kinds: Sequence[set[type]]) -> list[list[str]]:
    """The values of columns as texts without blanks; empty cells as nothing."""
    texts = [_all(column, _parts, held) for column, held in zip(columns, kinds, strict=True)]
    # Few forms hold any blank: all of one are asked at once.
    whole = "".join(chain.from_iterable(texts))
    return texts if whole.split() in ([], [whole]) and not whole.isspace() else [["".join(text.split()) for text in said] for said in texts]


def _all(column: Column, said: Callable[[Value], str], kinds: set[type] | None = None) -> list[str]:
    """The values of a column as texts, what ``said`` makes of each target or actual value; empty cells as nothing."""
    kinds = set(map(type, column)) if kinds is None else kinds
    if kinds == _TEXTS:
        return list(cast(Sequence[str], column))
    if kinds == _NUMBERS:
        return list(map(_digits, cast(Sequence[Decimal], column)))
    if kinds == _VALUES:
        return list(map(said, cast(Sequence[Value], column)))
    return [value if type(value) is str else said(value) if type(value) is Value else "" if value is None else _one(value, said) for value in column]


def _one(value: Scalar, said: Callable[[Value], str]) -> str:
    if isinstance(value, Value):
        return said(value)
    return value if isinstance(value, str) else "" if value is None else _digits(value)


@lru_cache(maxsize=512)
def _digits(number: int | Decimal) -> str:
    """A number's shortest form."""
    return plain(number)


def _parts(value: Value) -> str:
    """All parts of a target or an actual value."""
    text, operator, _, unit, kind = value
    return f"{text or ''}|{operator or ''}|{unit or ''}|{kind or ''}"


def _shown(value: Value) -> str:
    """A target's text; a sign and a unit that stand in cells of their own come with the number."""
    said, sign, _, unit, kind = value
    text = said or ""
    if unit and not text[-1:].isdigit():
        unit = None
    if sign and text[:1] in OPERATOR_START:
        sign = None
    return f"{kind or ''}{sign or ''}{text}{unit or ''}" if sign or unit or kind else text


def _text(entry: Entry, form: Form, role: str) -> str:
    return next((text for path in paths(form, role) if (text := _one(entry.values.get(path), _shown))), "")


def _amounts(entry: Entry, form: Form) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for role in MONEY:
        one = next((form.fields[name] for name in form.roles.get(role, ()) if not form.fields[name].list), None)
        value = entry.values.get(one.path) if one else None
        if one and isinstance(value, Decimal):
            found[role] = value * UNITS.get(form.unit_of(one, entry.values), UNITS["元"])
    if "amount" not in form.roles and "annual_budget" in found:
        found = {"amount": found["annual_budget"], **found}
    return found


def _indicators(form: Form, columns: Mapping[str, Columns]) -> Indicators:
    """The indicators, read column by column: forms have many of them."""
    found = Indicators([], [], 0, [], [])
    for in_order in in_roles(form, columns, ITEM_ROLES):
        _, _, _, target, _, weight, score, _ = in_order
        texts = [_all(column, _shown) for column in in_order]
        found.cells.extend(zip(*texts, strict=True))
        found.levels.extend([form.taxonomy.aliases.get(level, level) for level in texts[0]])
        found.weights.extend(weight)
        found.scores.extend(score)
        found = found._replace(quantitative=found.quantitative + sum([isinstance(value, Value) and (value.value is not None or measurable(value, form.units)) for value in target]))
    return found


def _scored(entry: Entry, form: Form, listed: Indicators) -> Scored:
    total, execution = (
        next((value for path in paths(form, role) if isinstance(value := entry.values.get(path), Decimal)), None)
        for role in ("total_score", "execution_score")
    )
    levels: dict[str, tuple[Decimal, Decimal]] = {}
    short: list[str] = []
    for cells, level, weight, score in zip(listed.cells, listed.levels, listed.weights, listed.scores, strict=True):
        all_weight, all_score = levels.get(level, (Decimal(0), Decimal(0)))
        levels[level] = (all_weight + weight if isinstance(weight, Decimal) else all_weight, all_score + score if isinstance(score, Decimal) else all_score)
        if isinstance(weight, Decimal) and isinstance(score, Decimal) and score < weight:
            short.append(cells[-1])
    return Scored(
        total, execution, _text(entry, form, "grade"),
        tuple((name, weight, score) for name, (weight, score) in levels.items()),
        len(short), sum(map(_no_reason, short)),
    )  # fmt: skip


def _no_reason(text: str) -> bool:
    """True for what is no reason: nothing, a mark, 0, 无."""
    return not text or text == "0" or is_mark(text)


def _content(goals: list[str], listed: list[tuple[str, ...]], keep: Callable[[bytes], Waiting] | None) -> bytes | Waiting:
    text = BREAK.join([PART.join(goals), *map(PART.join, listed)])
    # A text that itself holds the marks between the parts cannot be taken apart again.
    if text.count(BREAK) != len(listed) or text.count(PART) != max(0, len(goals) - 1) + len(listed) * (len(ITEM_ROLES) - 1):
        return b""
    found = text.encode("utf-8", "surrogatepass")
    if len(found) > MOST_CONTENT:
        return b""
    return keep(found) if keep else zlib.compress(found, 1)


def told(one: Signature) -> tuple[str, list[tuple[str, ...]]] | None:
    """The goal and the indicators' cells (ITEM_ROLES) that a signature keeps; None where they were too long."""
    if not one.content:
        return None
    found = zlib.decompress(one.content) if isinstance(one.content, bytes) else one.content.read()
    goals, *rows = found.decode("utf-8", "surrogatepass").split(BREAK)
    return goals.replace(PART, "\n"), [tuple(row.split(PART)) for row in rows]
