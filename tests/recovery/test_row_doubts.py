"""Signs that a row shares its words with the row beside it."""

import pytest

from tests.recovery.test_stream_order import HEAD, KNOWN, one, words
from xltool.recovery.list_reading import SURE, _spread
from xltool.recovery.row_doubts import followed, shared
from xltool.recovery.row_signs import Row
from xltool.recovery.shapes import shapes_of
from xltool.recovery.stretch import Columns, Evidence, Stretch
from xltool.recovery.thin_blanks import thin

NAME, TARGET, REASON = "三级指标", "年度指标值", "偏差原因"
COLUMNS = Columns(NAME, ((TARGET, "target"),), REASON)


def told(drawn, **evidence):
    """The rows and fields that signs speak against. A row is drawn as name | value | reason, ~ between the words of a cell,
    / where a line ends; the order of the cells is that of the text, n: v: r: before each."""
    text, rows = "", []
    for line in drawn.split("\n"):
        fields = {}
        for cell in line.split(" | "):
            kind, said = cell[0], cell[2:]
            begin = len(words(text)) if text else 0
            text += said.replace("/", "\n").replace("~", " ")
            fields[{"n": NAME, "v": TARGET, "r": REASON}[kind]] = list(range(begin, len(words(text))))
            text += "" if text.endswith("\n") else " "
        rows.append(Row(min(at for numbers in fields.values() for at in numbers), fields, {}))
        text = text.rstrip(" ") + ("" if text.endswith("\n") else "\n")
    atoms = words(text)
    form = KNOWN["self-evaluation"]
    stretch = Stretch(atoms, shapes_of(atoms, form, frozenset()), [atom.gap for atom in atoms], [False] * len(atoms), COLUMNS, Evidence(**{"wraps": (9, 9), **evidence}), thin(atoms, form), units=frozenset({"人"}))
    return stretch, rows, {(sign.row, sign.field) for sign in shared(stretch, range(len(atoms)), rows, atoms, frozenset({"效益指标", "成本"}))}


SPACED = "n:5G 基站 3 期 | v:≥8\n"
PLAIN = "n:检查次数/ | v:≥8/ | r:前期调研不足，/目标偏高/"


@pytest.mark.parametrize(
    ("drawn", "signs"),
    [
        (PLAIN, set()),
        ("n:预算执行偏差/率效益指标（36分） | v:≥8", {(0, "")}),
        ("n:单位成本 | v:≥8", set()),
        (f"{PLAIN}\nn:检查次数 | v:≥8 | r:前期调研不/足，目标偏高/\n{PLAIN}", {(1, ""), (2, "")}),
        ("n:检查次数 | v:≥8 | r:前期调研不/足，目标偏高/\n" * 2 + PLAIN, set()),
        (f"{PLAIN}\nr:覆盖率/ | n:巡查次数 | v:≥8\n{PLAIN}", {(0, NAME), (1, NAME), (1, REASON)}),
        ("n:单位成本/ | v:≥8/ | r:（万元）", {(0, NAME), (0, REASON)}),
        ("n:单位成本/ | v:≥8/ | r:受天气影响，部分/（万元）/工作推迟", {(0, NAME), (0, REASON)}),
        ("n:单位成本/ | v:≥8/ | r:受天气影响，部分/（万元）工作推迟", set()),
        ("n:单位成本/ | v:≥8/ | r:宣传模式单一，/\nn:覆盖面不及预期完成率/ | v:≥8", {(0, NAME), (0, REASON), (1, NAME)}),
        ("n:单位成本/ | v:≥8/ | r:（万元）有余", set()),
        ("n:批次数/ | v:≥8/ | r:两次抽检合格的", {(0, NAME), (0, REASON)}),
        (SPACED + "n:DIP 支付方式/ | v:计划规范性 165 人", {(1, NAME), (1, TARGET)}),
        (SPACED + "n:DIP 支付方式 | v:计划规范性 165 人", set()),
        (SPACED + "n:DIP 支付方式/ | v:不少于 165", set()),
        (SPACED + "n:DIP 支付方式/ | v:3 次 5 人", set()),
        (f"{PLAIN}\n" + "r:覆盖率/ | n:巡查次数 | v:≥8\n" * 2 + PLAIN, set()),
    ],
    ids=[
        "nothing", "a level name in a name", "two letters of one", "a reason on the line of its value", "most of them there",
        "a reason before its name", "a reason in brackets", "brackets amid a reason", "and words behind them", "a reason that ends with a comma", "brackets and more", "a reason that is not done",
        "words and a number with its unit", "on the line of the name", "no unit", "a number before", "several reasons before their names",
    ],
)  # fmt: skip
def test_row_that_may_share_its_words_is_named(drawn, signs):
    assert signs == told(drawn)[2]


def test_level_list_has_words_and_a_number_in_one_cell():
    assert set() == told(SPACED + "n:DIP 支付方式/ | v:计划规范性 165 人", level=True)[2]


def test_reason_stands_anywhere_where_lines_wrap_anywhere():
    assert set() == told(f"{PLAIN}\nn:检查次数 | v:≥8 | r:前期调研不/足，目标偏高/\n{PLAIN}", ragged=True)[2]


def test_rows_that_a_page_and_a_cut_label_have_mixed_are_all_doubted():
    """The last of them, 象满意度 | ≥100(%), looks whole; those before it do not."""
    text = HEAD + "产出指标 数量指标 5G 基站 12 个 ≥8 个\n质量指标 DIP 系统合格率 ≥95%\n满意度指标 服务对象满意度指 苗木补植数据采集、分析处理 =3(份)\n\x0c标\n服务对象满意度（含新增）\n12\n家\n居家服务机\n构活动服务\n对\n象满意度\n≥100(%)\n"
    entry = one(text)
    rows = [at for at, item in enumerate(entry.lists["indicators"]) if item["name"] in ("居家服务机", "象满意度")]
    assert rows and {f"indicators[{at}]" for at in rows} <= {doubt.path for doubt in entry.source.doubts}


def test_rows_behind_a_doubted_one_are_doubted_up_to_a_plain_one():
    """What may be a part of the row before goes on where its value is no number and no known word."""
    stretch, rows, _ = told("n:居家服务机 | v:构活动\nn:服务 | v:对象满意\nn:满意度 | v:≥8\nn:次数 | v:构活动\nn:另一 | v:≥9")
    assert [1, 2] == list(followed(stretch, range(len(stretch.atoms)), rows, {0}))


@pytest.mark.parametrize(("value", "unsure"), [([1, 2], True), ([1], False)], ids=["of two words", "of one word"])
def test_what_makes_a_value_of_several_words_unsure_makes_its_name_so(value, unsure):
    """12345 热线完成时 / 间 12 月中旬前完成: where the value begins is where the name ends."""
    row = Row(0, {NAME: [0], TARGET: value}, {NAME: 5.0, TARGET: 0.4})
    _spread([row], Columns(NAME, ((TARGET, "target"),)))
    assert unsure == (row.margin[NAME] < SURE)


@pytest.mark.parametrize(
    ("drawn", "wraps", "doubted"),
    [
        ("n:复壮古树数量/建立古树档案 | v:≥8", 1, True),
        ("n:复壮古树数量/建立古树档案 | v:≥8", 2, False),
        ("n:复壮古树数量/（二期工程） | v:≥8", 1, False),
        ("n:复壮古树数量和/建立古树档案 | v:≥8", 1, False),
        ("n:复壮古树数量/档案 | v:≥8", 1, False),
    ],
    ids=["no other wraps", "others wrap", "a bracket", "a word that joins", "hardly a word"],
)
def test_name_of_two_lines_where_no_other_has_may_be_two_names(drawn, wraps, doubted):
    assert ({(-1, "")} if doubted else set()) == told(drawn, wraps=(wraps, wraps))[2]


@pytest.mark.parametrize(
    ("tail", "doubted"),
    [("急救站点工作响应时间 12 月中旬前完成", True), ("00周年 3 项", False), ("急救站点工作响应 时间和有关事项", False)],
    ids=["words and a number", "hardly a word", "no number"],
)
def test_line_behind_a_value_with_a_number_among_its_words_may_be_a_row(tail, doubted):
    text = f"办结时效 ≤38（天）\n{tail}\n巡查次数 ≥8"
    atoms = words(text)
    form = KNOWN["self-evaluation"]
    stretch = Stretch(atoms, shapes_of(atoms, form, frozenset()), [atom.gap for atom in atoms], [False] * len(atoms), COLUMNS, Evidence(wraps=(9, 9)))
    last = len(atoms) - 2
    rows = [Row(0, {NAME: [0, *range(2, last)], TARGET: [1]}, {}), Row(last, {NAME: [last], TARGET: [last + 1]}, {})]
    signs = {(sign.row, sign.field) for sign in shared(stretch, range(len(atoms)), rows, atoms, frozenset())}
    assert ({(-1, "")} if doubted else set()) == signs
