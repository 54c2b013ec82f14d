"""Texts that a program which prints has cut off inside a bracket."""

from dataclasses import replace

import pytest

from tests.pdf.paper import pdf
from tests.pdf.printer import Press, printed
from tests.pdf.test_hard_pages import drawn
from xltool.filing import Filing
from xltool.jobs.reading import forms_of, read_bytes


def with_name(name: str) -> Filing:
    """A filing whose first indicator has that name."""
    filing = drawn("self-evaluation-2020")
    section = filing.sections[0]
    entry = section.entries[0]
    [(key, items)] = entry.lists.items()
    changed = replace(entry, lists={key: ({**items[0], "name": name}, *items[1:])})
    return replace(filing, sections=(replace(section, entries=(changed, *section.entries[1:])),))


@pytest.mark.parametrize(
    ("name", "height", "doubted"),
    [
        pytest.param("培训人数（二", 400, True, id="a bracket left open"),
        pytest.param("培训人数（二期）", 400, False, id="a bracket that closes"),
        pytest.param("培训人数（二", 4000, False, id="a page without end"),
    ],
)
def test_a_text_that_ends_inside_a_bracket_is_doubted_where_pages_end(name, height, doubted):
    leaves = printed(with_name(name), Press(height=height))
    assert (height < 1000) == (len(leaves) > 1)
    entry = next(read_bytes(pdf(leaves), "a.pdf", forms_of()).filing.entries)
    [items] = entry.lists.values()
    assert name == items[0]["name"]
    assert doubted == any(one.path.endswith("[0].name") and one.why == "文字在引号或括号之内断了，未必完整" for one in entry.source.doubts)
