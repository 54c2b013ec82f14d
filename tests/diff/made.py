"""Filings and what people make of them: values changed, rows added, removed, moved and doubled, forms and sections too."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from tests.filings import entries, filings, words
from xltool import library
from xltool.diff.tree import ENTRY, SECTION, Mark, Node, filing_of, node_of, nodes_of
from xltool.filing import Filing

FORMS = library.forms()


def _other(draw, node: Node) -> Node:
    """The node with one of its contents taken from a form filled anew."""
    if node.kind == SECTION:
        return replace(node, contents={"title": draw(st.none() | words)})
    form = FORMS[node.form]
    again = node_of(draw(entries(form)), form)
    if node.kind == ENTRY:
        donor = again.contents
    else:
        name = next(name for name, spec in form.lists.items() if {form.fields[one].path for one in spec.fields} >= set(node.contents))
        donor = next(iter(again.lists[name]), node).contents
    path = draw(st.sampled_from(sorted(node.contents)))
    content = draw(st.sampled_from([donor.get(path), None]) | st.just(Mark("—")))
    return replace(node, contents={**node.contents, path: content})


def _edited_row(draw, row: list[Node], times: int, first: int = 0) -> list[Node]:
    """The row after a few edits; nothing comes before ``first``."""
    for _ in range(times):
        if len(row) <= first:
            break
        at = draw(st.integers(first, len(row) - 1))
        to = draw(st.integers(first, len(row) - 1))
        match draw(st.sampled_from(["change", "change", "remove", "double", "move", "inside"])):
            case "change":
                row[at] = _other(draw, row[at])
            case "remove":
                del row[at]
            case "double":
                row.insert(to, row[at])
            case "move":
                row.insert(to, row.pop(at))
            case "inside" if row[at].lists:
                name = draw(st.sampled_from(sorted(row[at].lists)))
                items = _edited_row(draw, list(row[at].lists[name]), 2)
                row[at] = replace(row[at], lists={**row[at].lists, name: tuple(items)})
    return row


@st.composite
def edits(draw) -> Callable[[Filing], Filing]:
    """A person's edits of any filing."""

    def edited(filing: Filing) -> Filing:
        nodes = list(nodes_of(filing, FORMS))
        return filing_of(_edited_row(draw, nodes, draw(st.integers(1, 4)), first=1))

    return edited


@st.composite
def changed_pairs(draw) -> tuple[Filing, Filing]:
    """A filing and what a person made of it."""
    filing = draw(filings)
    return filing, draw(edits())(filing)


@st.composite
def changed_triples(draw) -> tuple[Filing, Filing, Filing]:
    """A filing and what two persons made of it."""
    filing = draw(filings)
    return filing, draw(edits())(filing), draw(edits())(filing)
