"""Signs of targets that a converter wrote as ?: the value stays as printed, with a doubt."""

import pytest

from tests.recovery.test_one_line import TEXT
from xltool.library import forms
from xltool.recovery.text_reading import read_text
from xltool.values import Value


@pytest.mark.parametrize("mark", ["?", "？", "\ufffd", "□"])
def test_a_lost_sign_is_a_doubt_on_its_target(mark):
    text = TEXT.replace("公民 科学素质 比例提升", "科学素质提升比例").replace("≥305", f"{mark}305")
    (entry,) = read_text(text, forms()).filing.entries
    value = entry.lists["indicators"][1]["target"]
    assert isinstance(value, Value)
    assert (f"{mark}305.00(天)", None) == (value.text, value.value)
    assert "indicators[1].target" in {doubt.path for doubt in entry.source.doubts}
    assert "indicators[0].target" not in {doubt.path for doubt in entry.source.doubts}
