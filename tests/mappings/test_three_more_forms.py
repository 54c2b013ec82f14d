"""The national declaration of 2015, the national self-evaluation of 2020 and the one of Sichuan:
declared in YAML alone, filled by hand, drawn here as the official form shows them."""

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import jsonschema_rs
import openpyxl
import pytest

from xltool import caption_rule
from xltool.arrange import blank, place, text_of
from xltool.canonical import differences, from_json, to_json
from xltool.library import forms
from xltool.recovery.grid_reading import read_book
from xltool.schema import of_forms
from xltool.surfaces import xlsx_reader, xlsx_writer

HERE = Path(__file__).parent

DECLARATION = """
| 项目支出绩效目标申报表 | < | < | < | < | < | < | < |
| （2017年度） | < | < | < | < | < | < | < |
| 项目名称 | < | 山洪灾害防治 | < | < | < | < | < |
| 主管部门及代码 | < | 水利局[301] | < | < | 实施单位 | 青棠市水文站 | < |
| 项目属性 | < | 延续项目 | < | < | 项目期 | 3年 | < |
| 项目资金（万元） | < | 中期资金总额 | 360 | < | 年度资金总额 | 120.5 | < |
| ^ | < | 其中：财政拨款 | 300 | < | 其中：财政拨款 | 120.5 | < |
| ^ | < | 其他资金 | 60 | < | 其他资金 | — | < |
| 总体目标 | 中期目标（2017年—2019年） | < | < | < | 年度目标 | < | < |
| ^ | 三年内建成雨量站12处。 | < | < | < | 目标1：建成雨量站4处；目标2：培训预警员。 | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
| ^ | 产出指标 | 数量指标 | 雨量站 | 12处 | 数量指标 | 雨量站 | 4处 |
| ^ | ^ | ^ | 预警广播 | ≥90套 |  |  |  |
| ^ | ^ | 质量指标 | 验收合格率 | =100% | ^ |  |  |
| ^ | 效益指标 | 社会效益指标 | 受益人口 | 2万人左右 | 社会效益指标 | 受益人口 | 8000人 |
| ^ | ^ |  |  |  | ^ | 预警及时性 | 及时 |
| ^ | 满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 服务对象满意度指标 | 村民满意度 | ≥85% |
"""
NATIONAL = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < | < |
| （2022年度） | < | < | < | < | < | < | < | < |
| 项目名称 | < | 校舍维修 | < | < | < | < | < | < |
| 主管部门 | < | 青棠市教育局 | < | 实施单位 | < | 青棠市第三小学 | < | < |
| 项目资金（万元） |  | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | < | 90 | 89.974 | 71.9792 | 10 | 0.8 | 8 |
| ^ | 其中：当年财政拨款 | < | 90 | 89.974 | 71.9792 | — | 0.8 | — |
| ^ | 上年结转资金 | < |  |  |  | — |  | — |
| ^ | 其他资金 | < | 0 | 0 | 0 | — | / | — |
| 年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < |
| ^ | 维修教室6间。 | < | < | < | 已维修教室6间。 | < | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| ^ | 产出指标（50分） | 数量指标 | 教室 | =6间 | 6间 | 30 | 30 |  |
| ^ | ^ | 时效指标 | 完工 | 8月底前 | 9月完工 | 20 | 15 | 雨季停工 |
| ^ | 效益指标（30分） | 社会效益指标 | 学习环境 | 改善 | 达成预期指标 | 30 | 30 |  |
| ^ | 满意度指标 | 服务对象满意度指标 | 师生满意度 | ≥95% |  | 10 | 10 |  |
| 总分 | < | < | < | < | < | 100 | 93 |  |
"""
SICHUAN = """
| 报表编号：510000_0013zp | < | < | < | < | < | < | < | < | < | < |
| 部门预算项目支出绩效自评表（2023年度） | < | < | < | < | < | < | < | < | < | < |
| 项目名称 | 51000023T000000000001-养老服务补贴 | < | < | < | < | < | < | < | < | < |
| 主管部门 | 青棠县民政局部门 | < | < | 实施单位（盖章） | < | 青棠县民政局 | < | < | < | < |
| 项目基本情况 | 1.项目年度目标完成情况 | < | 项目年度目标 | < | < | < | 年度目标完成情况 | < | < | < |
| ^ | ^ | < | 按月发放补贴。 | < | < | < | 已按月发放。 | < | < | < |
| ^ | 2.项目实施内容及过程概述 | < | 每月15日前发放。 | < | < | < | < | < | < | < |
| 预算执行情况（10分） | 年度预算数（万元） | < | 年初预算 | 调整后预算数 | 预算执行数 | < | 预算执行率 | 权重 | 得分 | 原因 |
| ^ | 总额 | < | 40 | 36 | 36 | < | 1 | 10 | 10 | 年中调减4万元。 |
| ^ | 其中：财政资金 | < | 40 | 36 | 36 | < | 1 | / | / | ^ |
| ^ | 财政专户管理资金 | < | 0 | 0 | 0 | < | 0 | / | / | ^ |
| ^ | 单位资金 | < | 0 | 0 | 0 | < | 0 | / | / | ^ |
| ^ | 其他资金 | < |  |  |  | < |  | / | / | ^ |
| 绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析 |
| ^ | 产出指标 | 数量指标 | 补贴人数 | ≥ | 300 | 人 | 312人 | 22.5 | 22.5 |  |
| ^ | ^ | ^ | 发放次数 | = | 12 | 次 | 12次 | 22.5 | 22.5 |  |
| ^ | ^ | 时效指标 | 发放及时性 | 定性 | 高 |  | 中 | 22.5 | 20 | 2月晚发3天 |
| ^ | 效益指标 | 社会效益指标 | 老人生活 | 定性 |  |  |  | 22.5 | 22.5 |  |
| 合计 | < | < | < | < | < | < | < | 100 | 97.5 |  |
| 评价结论 | 完成较好。 | < | < | < | < | < | < | < | < | < |
| 存在问题 | 2月发放不及时。 | < | < | < | < | < | < | < | < | < |
| 改进措施 | 提前核对名单。 | < | < | < | < | < | < | < | < | < |
| 项目负责人：甲某 | < | < | < | < | 财务负责人： | < | < | < | < | < |
"""
PICTURES = {
    "declaration-2015": DECLARATION,
    "self-evaluation-2020": NATIONAL,
    "self-evaluation-sichuan": SICHUAN,
}


@pytest.fixture(params=PICTURES)
def form_id(request) -> str:
    return str(request.param)


def filled(form_id: str) -> dict:
    return json.loads((HERE / f"{form_id}.json").read_text("utf-8"), parse_float=Decimal)


def drawn(form, entry) -> list[str]:
    """The arranged form as a picture: text at a cell's origin, < and ^ on its continuations."""
    cells = place(form, entry)
    squares: dict[tuple[int, int], str] = {}
    for one in cells:
        text = (one.text or text_of(one.value)).replace("\n", "")
        for row in range(one.row, one.last_row + 1):
            for column in range(one.column, one.last_column + 1):
                assert (row, column) not in squares, "two cells on one square"
                squares[row, column] = "<" if column > one.column else "^"
        squares[one.row, one.column] = text
    rows = max(one.last_row for one in cells)
    return [
        "| " + " | ".join(squares[row, column] for column in range(1, form.layout.columns + 1)) + " |"
        for row in range(1, rows + 1)
    ]


def test_filled_form_is_the_same_after_json(form_id):
    assert filled(form_id) == to_json(from_json(filled(form_id), forms()), forms())


def test_filled_form_keeps_to_its_schema(form_id):
    document = json.loads((HERE / f"{form_id}.json").read_text("utf-8"))
    faults = jsonschema_rs.Draft202012Validator(of_forms(forms())).iter_errors(document)
    assert [] == [f"{fault.instance_path}: {fault.message}" for fault in faults]


def test_filled_form_is_arranged_as_drawn(form_id):
    entry = next(from_json(filled(form_id), forms()).entries)
    assert PICTURES[form_id].split("\n")[1:-1] == drawn(forms()[form_id], entry)


def test_names_of_fields_are_spelled_by_their_captions(form_id):
    assert [] == caption_rule.check(forms()[form_id])


@pytest.mark.parametrize("stacked", [False, True], ids=["a sheet a form", "stacked"])
def test_filled_form_comes_back_from_a_workbook(form_id, stacked):
    filing = from_json(filled(form_id), forms())
    again = read_book(
        xlsx_reader.read(xlsx_writer.write(filing, forms(), stacked=stacked), "book.xlsx"),
        forms(),
        "book.xlsx",
    )
    assert [] == differences(filing, again)


@pytest.mark.parametrize("printed", ["项目周期", "项目期限"])
def test_period_is_read_by_either_of_its_captions(printed):
    """As the state platform and some provinces print it."""
    filing = from_json(filled("declaration-2015"), forms())
    book = openpyxl.load_workbook(BytesIO(xlsx_writer.write(filing, forms())))
    caption = next(cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == "项目期")
    caption.value = printed
    out = BytesIO()
    book.save(out)
    again = read_book(xlsx_reader.read(out.getvalue(), "book.xlsx"), forms(), "book.xlsx")
    assert ([], []) == (differences(filing, again), [doubt.path for entry in again.entries for doubt in entry.source.doubts])


@pytest.mark.parametrize(
    ("form_id", "printed"),
    [
        pytest.param("self-evaluation", "项目资金（元）", id="元 where the province prints 元"),
        pytest.param("self-evaluation-2020", "项目资金（万元）", id="万元 in the national form"),
        pytest.param("declaration-2015", "项目资金（万元）", id="万元 in 2015"),
        pytest.param("declaration-2015", "中期目标（20××年—20××+n年）", id="years to be filled in"),
        pytest.param("self-evaluation-sichuan", "报表编号：510000_0013zp", id="number of the report"),
        pytest.param("self-evaluation-sichuan", "年度预算数（万元）", id="万元 in Sichuan"),
    ],
)
def test_blank_form_prints(form_id, printed):
    form = forms()[form_id]
    assert printed in [one.text for one in place(form, blank(form))]


def test_level_one_stands_beside_the_longer_of_two_lists_whichever_it_is():
    document = filled("declaration-2015")
    entry = document["sections"][0]["forms"][0]
    entry["indicators_project"] = []
    form = forms()["declaration-2015"]
    placed = place(form, next(from_json(document, forms()).entries))
    assert [("产出指标", 12, 12), ("效益指标", 13, 14), ("满意度指标", 15, 15)] == [
        (one.value, one.row, one.last_row) for one in placed if one.field and one.field.name == "一级指标"
    ]
