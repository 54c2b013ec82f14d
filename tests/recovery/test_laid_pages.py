"""Text in columns that runs over pages: rows and texts that a page cuts, amounts beside a text, a level's name twice."""

from decimal import Decimal

from tests.recovery.test_laid_doubts import ASIDE, doubted
from tests.recovery.test_laid_text import DECLARATION, one, rows
from xltool.library import forms
from xltool.recovery import laid_fields, laid_list
from xltool.recovery.atoms import split
from xltool.recovery.claims import Account
from xltool.recovery.laid_columns import CROSSED, STRAYED, Ruler, _crossing, ruler, spread, wavering
from xltool.recovery.laid_fields import _cost
from xltool.recovery.laid_height import Heights, torn
from xltool.recovery.laid_items import Items, Laid
from xltool.recovery.laid_list import GROUP, NAME, TARGET, TEXT, Measure, columns_of
from xltool.recovery.laid_rows import Cut, Parted
from xltool.recovery.laid_words import Word
from xltool.values import Value


def test_row_that_a_page_cuts_may_be_centred_in_both_parts():
    name, value = [0, 1, 3], [0, 2]
    assert torn([name, value], 4, 1) < 0.5 < torn([name, [0, 3]], 4, 1)


def line(*parts: tuple[str, int]) -> list[Word]:
    """The words of one line; a word one blank behind the one before is close to it."""
    found: list[Word] = []
    for text, x in parts:
        found.append(Word(text, text, x, x + len(text), 1, 1, len(found), not found or x > found[-1].end + 1))
    return found


def test_word_close_behind_another_may_be_drawn_far_to_the_left():
    at = Ruler((0, 20, 40), (None, None, None))

    def cost(word: Word, column: int) -> float:
        return 1.0 * (column != 2) if word.text == "级" else 0.0

    close, apart = line(("名称", 18), ("级", 21)), line(("名称", 18), ("级", 26))
    assert [2, 1] == [next(at for at, own in enumerate(spread(at, words, cost)) if words[1] in own) for words in (close, apart)]


def test_column_that_should_have_a_word_takes_one_from_beside():
    at, words = Ruler((0, 21), (None, None)), line(("—", 20))
    assert [words, []] == spread(at, words, lambda word, column: 0.0)
    assert [[], words] == spread(at, words, lambda word, column: 0.0, [1])


GOES_ON = """\
                      知晓率，加强对重点环节的监督，
                      持续改善周边环境，按季公开。
"""


def test_text_with_a_list_head_beside_it_goes_on_where_lines_stand_alone_below_each_other():
    text = ASIDE.replace("\f", "\f" + GOES_ON)
    entry = one(DECLARATION[: DECLARATION.index("               项目总目标")] + text)
    assert str(entry.values["goals.annual"]).endswith("排除安全知晓率，加强对重点环节的监督，持续改善周边环境，按季公开。")
    assert ["检查次数", "合格率"] == [row[2] for row in rows(entry)]
    assert "indicators" not in doubted(entry)


FOOT = """\
         产出指标        数量指标      检查次数                ≥1(个)
                                   电梯加装监督检查能
                                                <=5937(元/季度)
                                   耗数量(2023-2025 年)
                                   养老护理项目环境污               有效压降
                                   染物减量
\f                       质量指标      合格率               ≥90(%)
"""


def test_value_and_other_text_below_it_are_two_rows_at_the_foot_of_a_page():
    assert [("电梯加装监督检查能耗数量(2023-2025年)", "<=5937(元/季度)"), ("养老护理项目环境污染物减量", "有效压降"), ("合格率", "≥90(%)")] == [row[2:] for row in rows(one(DECLARATION + FOOT))][1:]


def test_strange_word_beside_the_head_of_a_list_is_a_doubt_on_the_list():
    row = "         产出指标        数量指标      检查次数              ≥1(个)\n"
    head = "年度(/项目)指标值\n"
    assert "indicators" not in doubted(one(DECLARATION + row))
    assert "indicators" in doubted(one(DECLARATION.replace(head, head[:-1] + "     备查\n") + row))


def test_level_name_stands_astray_rather_than_in_a_column_of_other_words():
    form = forms()["self-evaluation"]
    columns = columns_of(form, form.blocks[0])
    measure = Measure(form, columns, form.words)
    costs = {column.kind: measure.cost(line(("经济效益指标", 0))[0], at, False) for at, column in enumerate(columns)}
    assert costs[NAME] > STRAYED < costs[TARGET]
    assert costs[TEXT] > STRAYED


def test_number_stands_in_no_text_beside_amounts_and_none_without_its_sign_in_a_rate():
    form = forms()["self-evaluation-sichuan"]
    cells = {name: next(cell for cell in form.layout.cells if cell.holes == (name,)) for name in ("原因", "总额·执行率", "总额·执行")}

    def costs(text: str, money: bool) -> list[float]:
        return [_cost(form, line((text, 0))[0], cell, money) for cell in cells.values()]

    assert max(costs("12.50", True)[:2]) > 0.5 > costs("12.50", True)[2]
    assert min(costs("12.50", True)[:2]) > 0.5 > max(costs("12.50", False)[:2])
    assert costs("/", True)[0] > 0.5 > costs("补齐", True)[0]


REASON = "".join(f"                                                                                {text}\n" for text in ("台账不全，", "须由各所逐", "月补齐，并", "按季核对，") * 8)
BEHIND = REASON.replace("                ", "            ", 5)
EVALUATION = (
    """\
报表编号：510681_0013zp
                           部门预算项目支出绩效自评表（2021 年度）
项目名称                                         河道保洁
主管部门        子局                       实施单位（盖章）                         丑所
               项目年度目标                                       年度目标完成情况
项目基本 1.项目年度目标
          完成情况         保洁六次。                                  已保洁六次。
情况
     2.项目实施内容及
       过程概述        全年保洁。
预算执行     年度预算数       年初预算     调整后预算数          预算执行数        预算执行率     权重     得分      原因
情况（10    （元）
 分）       总额          98.88       120,000.00     100,000.60    83.33%    10     8    购置专用设
"""
    + REASON[:500]
    + """\
         其中：财政资金        98.88       120,000.00                          /     /    备四台，
"""
    + REASON[:500]
    + """\
         财政专户管理资金        0.00             0.00     100,000.60    83.33%     /     /    备四台，
         单位资金                                                          /     /    备四台，
         其他资金          0.00             0.00          0.00              /     /    备四台，
"""
    + REASON
    + "\f"
    + BEHIND
    + """\
绩效指标  一级指标   二级指标     三级指标     指标性质   指标值    度量单位   完成值    权重   得分   未完成原因分析
（90分）
      成本指标   经济成本指标   巡查单价     ≤      10     元      9      10   10
             社会成本指标   停工天数     ≤      5      天      4      10   10
      产出指标   数量指标     检查次数     ≥      1      个      1      30   30
             成本指标     保洁单价     ≤      20     元      18     40   40
                            合计                                   90     90
"""
)


def test_text_beside_amounts_that_goes_on_over_a_page_leaves_the_rows_of_the_list_and_the_amounts():
    entry = one(EVALUATION)
    assert ["巡查单价", "停工天数", "检查次数", "保洁单价"] == [item["name"] for item in entry.lists["indicators"]]
    assert [Decimal(10), Decimal(8), Decimal("0.8333")] == [entry.values[f"funding.total.{name}"] for name in ("weight", "score", "execution_rate")]
    assert Decimal("100000.6") == entry.values["funding.special_account.executed"]
    assert {} == entry.marks
    reason = str(entry.values["funding.reason"]).replace("\n", "")
    assert reason.startswith("购置专用设台账不全") and reason.endswith("按季核对，") and "/" not in reason


def test_name_of_both_levels_is_the_one_of_its_column():
    entry = one(EVALUATION)
    assert [("成本指标", "经济成本指标"), ("成本指标", "社会成本指标"), ("产出指标", "数量指标"), ("产出指标", "成本指标")] == [(item["level1"], item["level2"]) for item in entry.lists["indicators"]]
    assert not [path for path in doubted(entry) if path.startswith("indicators")]


def test_begin_of_a_name_of_both_levels_may_stand_in_either_column():
    form = forms()["self-evaluation-sichuan"]
    columns = columns_of(form, form.blocks[0])
    measure = Measure(form, columns, form.words)
    assert [0, 0] == [measure.cost(line(("成本", 0))[0], at, False) for at, column in enumerate(columns) if column.kind == GROUP]


def test_targets_in_parts_stand_in_their_rows():
    assert [Value("10", "≤", Decimal(10), "元"), Value("5", "≤", Decimal(5), "天")] == [item["target"] for item in one(EVALUATION).lists["indicators"]][:2]


def at_places(*words: tuple[str, int]) -> str:
    """A line with each word at its place."""
    text = ""
    for word, x in words:
        text = text.ljust(x) + word
    return text + "\n"


def amounts(*, head: int) -> str:
    """A form whose amounts end below each other; the last three captions of their head stand at ``head`` and further right."""
    begin = """\
                          财政项目支出绩效自评表
                              （2021年度）
项目名称                             河道保洁
主管部门    子局                        实施单位                     丑所
"""
    end = """\
                   预算目标                               实际完成情况
年度总体目标 保洁。                                    已保洁。
      一级指标   二级指标      三级指标       年度指标值     实际完成值   分值    得分   偏差原因分析及改进措施
绩效指标  产出指标   数量指标      检查次数       ≥1(个)      1       50    50
                    总分                                   100   95
"""
    lines = [
        (("年初预算数", 20), ("全年预算数", 35), ("全年执行数", 53), ("分值", head), ("执行率", head + 4), ("得分", head + 11)),
        (("年度资金总额", 5), ("10,100,000.00", 19), ("10,100,000.00", 33), ("8,413,300.00", 53), ("10", 71), ("83.30%", 76), ("8.33", 86)),
        (("其中：当年财政拨款", 2), ("10,100,000.00", 19), ("10,100,000.00", 33), ("8,413,300.00", 53), ("—", 71)),
        (("上年结转资金", 5), ("0.00", 27), ("0.00", 46), ("—", 71)),
        (("其他资金", 6), ("0.00", 27), ("0.00", 46), ("—", 71)),
    ]
    return begin + "".join(at_places(*line) for line in lines) + end


def test_short_amount_is_of_the_column_whose_amounts_end_where_it_does():
    values = one(amounts(head=70)).values
    assert [Decimal(0), Decimal(0), None, None] == [values[f"funding.{row}.{column}"] for column in ("annual_budget", "executed") for row in ("carried_over", "other")]


def test_head_that_is_drawn_to_the_left_leaves_the_amounts_their_columns():
    values = one(amounts(head=60)).values
    assert [Decimal(10), Decimal("0.833"), Decimal("8.33")] == [values[f"funding.total.{name}"] for name in ("weight", "execution_rate", "score")]


def test_caption_out_of_its_column_weighs_less_than_a_value_in_a_wrong_one():
    form = forms()["self-evaluation-sichuan"]
    amount = next(cell for cell in form.layout.cells if cell.holes == ("总额·执行",))
    assert _cost(form, line(("补齐", 0))[0], amount, True) > laid_fields.PINNED
    columns = columns_of(form, form.blocks[0])
    name = next(at for at, column in enumerate(columns) if column.kind == NAME)
    assert Measure(form, columns, form.words).cost(line(("社会成本指标", 0))[0], name, False) > laid_list.PINNED


def test_line_that_reaches_a_place_over_a_border_costs_less_than_one_that_reaches_far():
    slightly, far = (_crossing(line(("行" * length, 0)), [0, 20, 99])[1] for length in (21, 40))
    assert 0 < slightly < far == CROSSED


def test_word_that_stands_as_well_in_the_column_beside_wavers():
    at, words = Ruler((0, 20), (None, None)), line(("同比", 20))
    assert [(words[0], 0)] == wavering(at, words, lambda word, column: 0.5 * column)
    assert [] == wavering(at, line(("同比", 30)), lambda word, column: 0.5 * column)
    assert [] == wavering(at, words, lambda word, column: 0.0, [1])
    assert [] == wavering(at, words, lambda word, column: 0.5 * column, [1])
    assert [(words[0], 1)] == wavering(at, line(("同比", 20)), lambda word, column: 0.5 * column - 0.2 * (column == 1), [0])


def test_word_between_two_columns_of_a_list_is_a_doubt_on_both_cells():
    form = forms()["target-declaration"]
    columns = columns_of(form, form.blocks[0])
    own = [at for at, column in enumerate(columns) if column.kind in (NAME, TARGET)]
    account = Account(split("社区 保洁 常态").atoms)
    words = [Word(text, text, number * 10, number * 10 + 2, 0, 1, number, True) for number, text in enumerate(("社区", "保洁", "常态"))]
    cells = [tuple(words[:2]) if at == own[0] else tuple(words[2:]) if at == own[1] else () for at in range(len(columns))]
    Items(form, account, Laid(), "indicators", columns, [()] * len(columns), {1: own[1]}).read(Parted([Cut(tuple(cells), 0, 0, False)], [], Heights({0: (0.0, 0.0)}, ((0.0, 1.0),), (0.5,))))
    assert {"indicators[0].name", "indicators[0].target"} <= {doubt.path for doubt in account.doubts}


def test_amount_between_two_columns_is_a_doubt_on_both():
    cells = {"funding.carried_over.annual_budget", "funding.carried_over.executed"}
    row = (("上年结转资金", 5), ("0.00", 27), ("0.00", 46), ("—", 71))

    def doubts(place: int) -> set[str]:
        return cells & doubted(one(amounts(head=70).replace(at_places(*row), at_places(*row[:2], ("0.00", place), row[3]))))

    assert [set(), cells, set()] == [doubts(place) for place in (42, 51, 61)]


def test_values_of_a_page_have_names_though_these_read_as_levels():
    def cost(word: Word, column: int) -> float:
        return {"服务对象满意度": (0.0, 2.0, 0.5), "=85(%)": (2.5, 2.5, 0.0)}.get(word.text, (0.0, 2.0, 2.0))[column]

    words = [Word(text, text, x, x + len(text), number, 1, number, True) for number, (text, x) in enumerate((("满意度指标", 8), ("服务对象满意度", 17), ("=85(%)", 30)))]
    assert (8, 30, 30) == ruler(words, 3, cost).begins
    assert (8, 17, 30) == ruler(words, 3, cost, pairs=[(1, 2)]).begins
