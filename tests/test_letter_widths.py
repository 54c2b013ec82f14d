"""How many places letters take: one measure for terminals, drawn tables and text in columns."""

import pytest

from xltool.letter_widths import WIDE, WIDER, letter_width, width_of
from xltool.picture import display_width


@pytest.mark.parametrize(
    ("text", "usual", "wider"),
    [
        pytest.param("abc 1", 5, 5, id="Latin"),
        pytest.param("项目", 4, 4, id="Chinese"),
        pytest.param("（％）", 6, 6, id="full width"),
        pytest.param("“≥”", 3, 6, id="marks that some fonts make wide"),
        pytest.param("e\u0301", 1, 1, id="a mark over a letter"),
    ],
)
def test_the_places_of_a_text(text, usual, wider):
    assert (usual, wider) == (width_of(text, WIDE), width_of(text, WIDER))
    assert usual == display_width(text) == sum(map(letter_width, text))
