"""A test over the forms of one source: a sheet that was copied to be changed, and was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltool.check.filled import Filled
from xltool.check.rule import Answer, Rule
from xltool.values import normal

Says = tuple[tuple[str, tuple[str, ...]], ...]
"""What a form says, role by role."""


def twins(forms: Sequence[Filled]) -> None:
    """Tells each form of a source which earlier one says the same; forms without a project say nothing."""
    seen: dict[tuple[str, str], list[Filled]] = {}
    for one in forms:
        project = one.one("project")
        if project is None or project.blank:
            continue
        alike = seen.setdefault((one.form.id, normal(project.text)), [])
        if alike:
            said = _says(one)
            one.twin = next((other.index for other in alike if _says(other) == said), None)
        if one.twin is None:
            alike.append(one)


def _says(filled: Filled) -> Says:
    """What the fields of all roles hold, outside lists and row by row, however it is wrapped."""
    scalars = ((role, tuple(normal(spot.text) for spot in filled.all(role))) for role in filled.form.roles)
    rows = ((role, tuple(normal(spot.text) for spot in filled.column(role))) for role in filled.form.roles)
    return (*scalars, *rows)


def copied(rule: Rule, filled: Filled) -> Iterator[Answer]:
    """A form that says in all fields that have a role what an earlier form of its source says."""
    if filled.twin is not None and (project := filled.one("project")):
        yield Answer((project,), found=project.text, holes=(("first", str(filled.twin + 1)), ("this", str(filled.index + 1))))
