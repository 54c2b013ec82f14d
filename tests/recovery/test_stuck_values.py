"""Names that have lost the blank before their value, and names that end with one."""

from tests.edits.made import FORMS
from xltool.recovery import stuck_values
from xltool.recovery.atoms import split


def words(text: str) -> list[str]:
    atoms, _ = stuck_values.parted(FORMS["target-declaration"], split(text).atoms, 0)
    return [atom.text for atom in atoms]


def test_two_names_that_a_value_ends_make_known_words_at_the_ends_of_lines_values():
    assert ["处置率", "=100%", "检查次数", "≥6(次)", "数据上传及时性", "及时"] == words("处置率=100%\n检查次数≥6(次)\n数据上传及时性及时\n")


def test_one_name_that_ends_with_a_value_is_no_habit_however_often_it_stands_there():
    assert "周边群众满意" in words("误差<2%\n误差<2\n周边群众满意\n")
