"""PDF on the command line and in the samples."""

import io

import pytest
from PIL import Image

from tests.pdf.paper import Leaf, pdf, say
from tests.pdf.printer import Press, printed
from tests.pdf.test_hard_pages import drawn
from xltool.canonical import differences
from xltool.jobs.convert import debug_image
from xltool.jobs.reading import forms_of, read_bytes
from xltool.problems import ProblemError
from xltool.surfaces import pdf as surface


@pytest.mark.parametrize("form", ["target-declaration", "self-evaluation"])
def test_sample_print_reads_as_the_sample(samples, form):
    found = read_bytes((samples / form / "filing.pdf").read_bytes(), "filing.pdf", forms_of()).filing
    truth = read_bytes((samples / form / "filing.json").read_bytes(), "filing.json", forms_of()).filing
    assert [] == differences(truth, found)


def test_suffix_does_not_matter():
    data = pdf(printed(drawn("self-evaluation-2020"), Press()))
    assert "pdf" == read_bytes(data, "filing.txt", forms_of()).kind


def test_picture_shows_sides_of_cells_where_rules_are():
    """A table of one cell at 100, 50: the corner of its picture is red, its middle is not."""
    rules = "100 792 m 300 792 l S 100 692 m 300 692 l S 100 792 m 100 692 l S 300 792 m 300 692 l S "
    data = pdf([Leaf(595, 842, rules + say(150, 80, "正文", 842))])
    image = Image.open(io.BytesIO(surface.picture(data, surface.read(data, "x"), "x")))
    red = (220, 40, 40)
    assert (red, True) == (image.getpixel((150, 75)), image.getpixel((300, 200)) != red)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("sideways", [False, True])
def test_picture_of_a_turned_page_has_its_grid_on_its_rules(turn, sideways):
    """Every dark point of the rules is covered by the grid that is drawn."""
    rules = "100 792 m 300 792 l S 100 692 m 300 692 l S 100 792 m 100 692 l S 300 792 m 300 692 l S "
    data = pdf([Leaf(595, 842, rules + say(150, 80, "正文正文", 842), turn, sideways)])
    image = Image.open(io.BytesIO(surface.picture(data, surface.read(data, "x"), "x")))
    marks = [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == (220, 40, 40)]
    inside = surface.read(data, "x").pages[0].tables[0].box
    wide, high = (inside.width, inside.height) if not (turn % 180 and sideways) else (inside.height, inside.width)
    across, down = [max(one) - min(one) for one in zip(*marks, strict=True)]
    assert (pytest.approx(wide * 1.5, abs=4), pytest.approx(high * 1.5, abs=4)) == (across, down)


def test_picture_is_of_one_pdf_only(tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("正文", "utf-8")
    with pytest.raises(ProblemError) as refused:
        debug_image([str(source)], tmp_path / "out.png")
    assert ["debug-image"] == [one.code for one in refused.value.problems]
