"""Numbers and their units, parted by a typesetter's blank, as one word of a list; rows are drawn as their lines."""

import pytest

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.row_whole import joined_at, whole
from xltool.recovery.thin_blanks import thin

KNOWN = forms()
HABIT = "项目 5 个 5G 基站 3 个 12 家\n"
"""Words that show the habit of a typesetter's blanks."""


def words(text, form="target-declaration", habit=HABIT):
    """The words of the lines behind the first one, | between two."""
    atoms = split(habit + text).atoms
    own = [at for at, atom in enumerate(atoms) if atom.line > habit.count("\n")]
    numbers, units = whole(atoms, own, thin(atoms, KNOWN[form]), KNOWN[form])
    return "|".join(joined_at(atoms, number, units).text for number in numbers)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("培训人次 ≥200 人次", "培训人次|≥200 人次"),
        ("面积 ≥1.2 亩坪 ≥8 亩坪", "面积|≥1.2 亩坪|≥8 亩坪"),
        ("完工 15 11 月底前", "完工|15|11 月底前"),
        ("里程 =46 公里 每少 1 公里扣 0.5 分", "里程|=46 公里|每少|1|公里扣|0.5|分"),
        ("每增加 1%扣\n1 分", "每增加|1%扣|1|分"),
        ("评级 ≥90 良好", "评级|≥90|良好"),
        ("合格率 =100% 有 1 处", "合格率|=100%|有|1|处"),
        ("安防 ≥120 按完成比例计分", "安防|≥120|按完成比例计分"),
    ],
    ids=["a unit", "a unit that nobody knows", "a day behind a weight", "numbers inside words", "a number that begins a line", "a known value", "a value that is whole", "a long word"],
)  # fmt: skip
def test_sign_number_and_unit_are_one_word(text, drawn):
    assert drawn == words(text)


def test_units_stay_in_a_column_of_their_own_and_days_are_one_word():
    assert "≥|9|件|9 月前" == words("≥ 9 件 9 月前", "self-evaluation-sichuan").replace("≥ 9", "≥|9")


def test_day_with_its_year_is_one_word_in_any_form_of_a_typesetters_blanks():
    assert "完成时间|2024 年 12 月 31 日前" == words("完成时间 2024 年 12 月 31 日前", "self-evaluation")


def test_blanks_part_words_where_the_text_has_no_such_habit():
    assert "培训人次|≥200|人次" == words("培训人次 ≥200 人次", habit="（2024年度）\n")


@pytest.mark.parametrize(
    ("text", "drawn", "form"),
    [
        ("完成时间 2024 年 12 月 31 日前", "完成时间|2024 年 12 月 31 日前", "target-declaration"),
        ("完成时间 2024年12月 31日前 及时", "完成时间|2024年12月 31日前|及时", "target-declaration"),
        ("完成时间 2024年 12月底前", "完成时间|2024年 12月底前", "target-declaration"),
        ("完成时间 2024年 12月底前", "完成时间|2024年|12月底前", "self-evaluation"),
        ("完成时间 2024年12月 31日前", "完成时间|2024年12月 31日前", "self-evaluation"),
        ("完成时间 2024年12月 31日后", "完成时间|2024年12月|31日后", "target-declaration"),
        ("完成时间\n2024 年 12月 31 日\n前", "完成时间|2024 年 12月 31 日 前", "target-declaration"),
        ("完成时间 2024年12月 31日\n及时", "完成时间|2024年12月|31日|及时", "target-declaration"),
        ("完成时间 2024年12月\n31日前", "完成时间|2024年12月|31日前", "target-declaration"),
    ],
    ids=["a typesetter's blanks", "a blank inside", "behind the year", "a year may be a value beside another", "a month is none", "no limit", "its last letter below", "no letter of it below", "on two lines"],
)
def test_day_with_its_year_is_one_word(text, drawn, form):
    assert drawn == words(text, form, habit="（度）\n")


@pytest.mark.parametrize(("text", "word"), [("增加 1%扣\n1 分", "1%扣"), ("增加 95%左右", "")], ids=["inside a word", "a limit is a value"])
def test_rate_with_a_word_behind_it_belongs_to_the_words_before(text, word):
    atoms = split(HABIT + text).atoms
    assert word in [atoms[at].text for at in thin(atoms, KNOWN["target-declaration"])] + [""] * (not word)
    assert "95%左右" not in [atoms[at].text for at in thin(atoms, KNOWN["target-declaration"])]
