"""Two rows that are read on one line of text: they may be one, whose name a picture's reader has cut by blanks."""

from xltool.library import forms
from xltool.recovery.text_reading import read_text

TEXT = """\
财政项目支出绩效目标申报表
（2024年度）
项目名称 科普场馆补助 项目性质 经常性项目 项目类别 特定目标类
主管部门 某区科协 实施单位 某区科技馆
计划开始日期 2024-01-01 计划完成日期 2024-12-31
项目资金（元） 项目资金总额 年度资金申请总额 100.00
其中：财政资金 其中：当年财政拨款 100.00
上年结转资金 0.00
其他资金 其他资金 0.00
项目绩效目标 项目总目标 年度总体目标
完成全年各项任务。
绩效指标 一级指标 二级指标 三级指标 年度(/项目)指标值
成本指标 经济成本指标 展品维护单件成本 ≤6000.00(元/件)
产出指标 数量指标 免费开放天数 ≥305.00(天)
接待观众 ≥15.00(万人次)
展品更新完成及时性 及时
效益指标 社会效益指标 公民 科学素质 比例提升 ≥0.80(%)
青少年科学兴趣 增强
满意度指标 服务对象满意度指标 观众满意度 ≥95.00(%)
"""


def test_rows_that_may_be_one_are_both_doubted():
    (entry,) = read_text(TEXT, forms()).filing.entries
    named = [str(item["name"]) for item in entry.lists["indicators"]]
    cut = [at for at, name in enumerate(named) if name.replace(" ", "") in ("公民", "比例提升")]
    assert {f"indicators[{at}]" for at in cut} == {doubt.path for doubt in entry.source.doubts if doubt.path.endswith("]")}
    assert {"公民科学素质比例提升", "公民"} & set(named)
