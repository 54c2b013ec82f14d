"""Signs that a row is two, or ends elsewhere, each on rows drawn as their lines: name | value | reason, as the reading has them.

A form feed parts pages; * stands before a level name's place, ? before a word that may as well be a value.
"""

import pytest

from xltool.library import forms
from xltool.recovery.atoms import split
from xltool.recovery.row_counts import AMID, ENDS, TWO, UNFILLED, miscounted
from xltool.recovery.row_doubts import HEADLESS, shared
from xltool.recovery.row_signs import Row
from xltool.recovery.rows import Cut
from xltool.recovery.shapes import shapes_of
from xltool.recovery.stretch import Columns, Evidence, Stretch

FORM = forms()["self-evaluation"]
COLUMNS = Columns("name", (("target", "target"),), "reason")


def drawn(text, rows, pairs=(), ragged=False):
    """The list of a text, its rows, and the words of the text that may as well be values."""
    atoms = split(text.replace("*", "").replace("?", "")).atoms
    marked = [word for word in text.split() if word not in ("|",)]
    crossed, other = ([mark in word for word in marked] for mark in "*?")
    evidence = Evidence(pairs=frozenset(pairs), ragged=ragged, name_width=None if ragged else 14)
    stretch = Stretch(atoms, shapes_of(atoms, FORM, frozenset()), [atom.gap for atom in atoms], crossed, COLUMNS, evidence)
    free, made = list(range(len(atoms))), []
    for cells in rows:
        fields = {field: [_taken(free, atoms, word) for word in cell.split()] for field, cell in zip(("name", "target", "reason"), cells, strict=False) if cell}
        made.append(Row(min(number for numbers in fields.values() for number in numbers), fields, {}))
    return stretch, made, other


def _taken(free, atoms, word):
    at = next(at for at in free if atoms[at].text == word)
    free.remove(at)
    return at


def told(text, rows, why, margin=0.5, **known):
    """The rows and fields of the signs of one kind."""
    stretch, made, other = drawn(text, rows, **known)
    found = Cut([], [margin if one else 99.0 for one in other], 0.0, ["values" if one else "" for one in other])
    return sorted((one.row, one.field) for one in miscounted(stretch, list(range(len(other))), made, found) if one.why == why)


@pytest.mark.parametrize(
    ("text", "margin", "wrong"),
    [
        ("电梯加装\n?符合标准\n河道保洁\n研究完成数 ＝3(件)", 0.5, [(-1, "")]),
        ("电梯加装\n?符合标准\n河道保洁\n研究完成数 ＝3(件)", 1.5, []),
        ("电梯加装\n符合标准\n河道保洁\n?研究完成数 ＝3(件)", 0.5, []),
        ("电梯加装\n?符合标准 河道保洁\n研究完成数 ＝3(件)", 0.5, []),
        ("电梯加装\n?符合标准及\n河道保洁\n研究完成数 ＝3(件)", 0.5, []),
        ("电梯加装\n?符合(标准\n河道)保洁\n研究完成数 ＝3(件)", 0.5, []),
    ],
    ids=["two names and a value between", "surely a name", "the name's last line", "not the end of its line", "the line is not whole", "a bracket is open"],
)
def test_list_is_doubted_where_a_line_of_a_name_may_be_a_value(text, margin, wrong):
    name = text.replace("?", "").rpartition(" ")[0]
    assert wrong == told(text, [(name, "＝3(件)")], TWO, margin)


HEADS = ("苗木补植设备", "危房改造监督", "街道社区食堂", "养老护理人员")
FULL = "".join(f"{head}\n及时率\n≥9个\n" for head in HEADS) + "示范工作 ≥9个\n"
"""Names of which six letters fill a line."""
ROWS = [*((f"{head} 及时率", "≥9个") for head in HEADS), ("示范工作", "≥9个")]


@pytest.mark.parametrize(
    ("text", "rows", "known", "wrong"),
    [
        ("智慧校园工作 ≥7个\n减排量\n公交候车亭人\n员情况\n≥6个", [("智慧校园工作", "≥7个"), ("减排量 公交候车亭人 员情况", "≥6个")], {}, [5, 6]),
        ("智慧校园工 ≥7个\n减排量\n公交候车亭人\n员情况\n≥6个", [("智慧校园工", "≥7个"), ("减排量 公交候车亭人 员情况", "≥6个")], {}, []),
        ("智慧校园工作 ≥7个\n城市公共交通\n公交候车亭人\n员情况\n≥6个", [("智慧校园工作", "≥7个"), ("城市公共交通 公交候车亭人 员情况", "≥6个")], {}, []),
        ("智慧校园工作 ≥7个\n城市公共交通\n公交候车亭人\n员情况\n≥6个", [("智慧校园工作", "≥7个"), ("城市公共交通 公交候车亭人 员情况", "≥6个")], {"pairs": ["作城"]}, [5, 6]),
        ("智慧校园工程 ≥7个\n城市公共交通\n公交候车亭人\n员情况\n≥6个", [("智慧校园工程", "≥7个"), ("城市公共交通 公交候车亭人 员情况", "≥6个")], {}, [5, 6]),
        ("智慧校园工作 ≥7个\f城市公共交通\n公交候车亭人\n员情况\n≥6个", [("智慧校园工作", "≥7个"), ("城市公共交通 公交候车亭人 员情况", "≥6个")], {}, [5, 6]),
        ("智慧校园工作 ≥7个\n*减排量\n公交候车亭人\n员情况\n≥6个", [("智慧校园工作", "≥7个"), ("减排量 公交候车亭人 员情况", "≥6个")], {}, []),
        ("智慧校园工作 ≥7个\n减排量 ≥6个", [("智慧校园工作", "≥7个"), ("减排量", "≥6个")], {}, []),
        ("智慧校园工作 ≥7个\nAPP减排\n公交候车亭人\n员情况\n≥6个", [("智慧校园工作", "≥7个"), ("APP减排 公交候车亭人 员情况", "≥6个")], {}, []),
        ("5G基站工作 ≥7个\n减排量\n公交候车亭人\n员情况\n≥6个", [("5G基站工作", "≥7个"), ("减排量 公交候车亭人 员情况", "≥6个")], {}, [5, 6]),
        ("智慧校园工作 ≥7个\n减排量可达\n高、低水平的\n情况\n≥6个", [("智慧校园工作", "≥7个"), ("减排量可达 高、低水平的 情况", "≥6个")], {}, []),
        ("智慧校园工作 ≥7个 天气\n减排量\n公交候车亭人\n员情况\n≥6个", [("智慧校园工作", "≥7个", "天气"), ("减排量 公交候车亭人 员情况", "≥6个")], {}, []),
    ],
    ids=["short line behind a full one", "room above", "full lines", "letters that stand together elsewhere", "no other name ends so", "a page's begin", "a level name between", "a name of one line", "Latin letters are wider", "and may fill a line", "a mark that begins no line", "a reason between"],
)
def test_first_line_of_a_name_may_be_the_end_of_the_one_above(text, rows, known, wrong):
    assert wrong == sorted({row for row, _ in told(FULL + text, [*ROWS, *rows], ENDS, **known)})


def test_lines_of_any_length_tell_no_full_line():
    text = FULL + "绿化率工作养护\n面积\n≥9\n绿化率工\n面积\n≥9\n智慧校园工作 ≥7个\n减排量\n公交候车\n员情况\n≥6个"
    rows = [*ROWS, ("绿化率工作养护 面积", "≥9"), ("绿化率工 面积", "≥9"), ("智慧校园工作", "≥7个"), ("减排量 公交候车 员情况", "≥6个")]
    assert [] == told(text, rows, ENDS, ragged=True)


def test_row_of_a_name_alone_may_be_the_end_of_the_name_above():
    assert [(0, "name"), (0, "target"), (1, "")] == told("社区食堂系统运维环 合理\n境污染程度", [("社区食堂系统运维环", "合理"), ("境污染程度", "")], UNFILLED)


def test_name_alone_behind_a_level_name_is_no_end_of_the_one_above():
    assert [] == told("社区食堂系统运维环 合理\n*境污染程度", [("社区食堂系统运维环", "合理"), ("境污染程度", "")], UNFILLED)


def test_level_name_inside_a_row_doubts_it_and_the_reason_before():
    text, rows = "及时率 ≥9个 未按\n时发放\n*热线成\n本\n≥8个", [("及时率", "≥9个", "未按"), ("时发放 热线成 本", "≥8个")]
    assert [(0, "reason"), (1, "")] == told(text, rows, AMID)
    assert [] == told(text.replace("*", ""), rows, AMID)


@pytest.mark.parametrize(
    ("text", "rows", "wrong"),
    [
        ("完成率 ≥9个\n生态效益指 ≥8个\n标率\n合格率\n≥7个\n知晓率 ≥6个", ["完成率 ≥9个", "生态效益指 ≥8个", "标率,合格率 ≥7个", "知晓率 ≥6个"], [1, 2, 3]),
        ("完成率 ≥9个\n生态效益指 ≥8个\n标率\n合格率\n≥7个\n*知晓率 ≥6个", ["完成率 ≥9个", "生态效益指 ≥8个", "标率,合格率 ≥7个", "知晓率 ≥6个"], [1, 2]),
        ("完成率 ≥9个\n生态效益 ≥8个\n指标率\n合格率\n≥7个", ["完成率 ≥9个", "生态效益 ≥8个", "指标率,合格率 ≥7个"], [1, 2]),
        ("完成率 ≥9个\n生态效益指 ≥8个\n验收率\n合格率\n≥7个", ["完成率 ≥9个", "生态效益指 ≥8个", "验收率,合格率 ≥7个"], [1, 2]),
        ("完成率 ≥9个\n新增 生态效益指 ≥8个", ["完成率 ≥9个", "新增,生态效益指 ≥8个"], []),
        ("完成率 ≥9个\n生态效益 ≥8个\n验收率\n合格率\n≥7个", ["完成率 ≥9个", "生态效益 ≥8个", "验收率,合格率 ≥7个"], []),
    ],
    ids=["to the list's end", "to the next level name", "its rest begins a line", "all but one letter", "inside a line", "a name of its own"],
)
def test_begin_of_a_level_name_doubts_the_rows_below_it(text, rows, wrong):
    stretch, made, other = drawn(text, [(row.split()[0].replace(",", " "), row.split()[1]) for row in rows])
    found = shared(stretch, list(range(len(other))), made, stretch.atoms, ("生态效益", "生态效益指标", "社会效益指标"))
    assert wrong == [one.row for one in found if one.why == HEADLESS]
