"""Every form that comes with xltool has its page, and the page speaks of it."""

import re
from pathlib import Path

import pytest

from xltool.library import forms

PAGES = Path(__file__).resolve().parents[2] / "docs" / "forms"


def test_every_form_has_a_page_and_every_page_a_form():
    assert sorted(forms()) == sorted(page.stem for page in PAGES.glob("*.md"))


@pytest.mark.parametrize("form_id", forms())
def test_page_begins_with_id_and_title(form_id):
    first = (PAGES / f"{form_id}.md").read_text("utf-8").splitlines()[0]
    assert f"# {form_id} · {forms()[form_id].title}" == first


@pytest.mark.parametrize("form_id", forms())
def test_captions_that_a_page_says_vary_are_captions_of_the_form(form_id):
    """Left column: captions of the layout or the title; right: their alternates in the mapping."""
    form = forms()[form_id]
    text = (PAGES / f"{form_id}.md").read_text("utf-8")
    table = text.split("| 版面上的栏目 | 也印作 |\n|---|---|\n")[1].split("\n\n")[0]
    drawn = {cell.caption for cell in form.layout.cells}
    for line in table.splitlines():
        caption, others = (re.split("、", part.strip()) for part in line.strip("|").split("|"))
        known = [one for one in caption if one in form.captions or one in form.titles]
        mixed = [one for one in caption if re.sub("万?元", "", one) in drawn]
        assert known or mixed or caption[0] in form.taxonomy.children, caption
        alternates = {alias for one in known for alias in (*form.captions.get(one, ()), *form.titles)}
        assert not known or set(others) <= alternates, others
