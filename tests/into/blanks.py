"""Blanks as bureaus make them, by hand: each in a style of its own, with everything around the form that must stay.

What openpyxl cannot write (shapes, conversations, extensions, parts of other programs) is put into the
package behind it.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

THIN = Side(style="thin")
THICK = Side(style="medium")


@dataclass(frozen=True)
class Blank:
    """A blank: the sheet and the id of its form, the first and last row of its list, the columns that the form owns there."""

    data: bytes
    sheet: str
    form: str
    top: int
    bottom: int
    owned: str


def grid(picture: str) -> list[list[str]]:
    """The squares of a drawn table: < goes on from the left, ^ from above."""
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in picture.strip().splitlines()]


def draw(sheet: Worksheet, picture: str, top: int, left: int, font: Font, plain: int = 0) -> None:
    """The drawn table on a sheet, its first ``plain`` rows without lines."""
    squares = grid(picture)
    for row, line in enumerate(squares):
        for column, text in enumerate(line):
            cell = sheet.cell(top + row, left + column)
            cell.font = font
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if row >= plain:
                cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
            if text not in ("", "<", "^"):
                cell.value = text
    for row, line in enumerate(squares):
        for column, text in enumerate(line):
            if text in ("<", "^"):
                continue
            right = column + 1
            while right < len(line) and line[right] == "<":
                right += 1
            down = row + 1
            while down < len(squares) and squares[down][column] == "^":
                down += 1
            if (down - row) * (right - column) > 1:
                sheet.merge_cells(start_row=top + row, start_column=left + column, end_row=top + down - 1, end_column=left + right - 1)


def widths(sheet: Worksheet, *found: float) -> None:
    for column, width in enumerate(found, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def logo(colour: str) -> Image:
    held = io.BytesIO()
    Picture.new("RGB", (48, 48), colour).save(held, "PNG")
    held.seek(0)
    return Image(held)


def begun(title: str) -> tuple[Workbook, Worksheet]:
    """A new workbook, and its one sheet under this name."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return book, sheet


def saved(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes]) -> bytes:
    """The package with parts changed and others added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for one in source.infolist():
            made.writestr(one, change(one.filename, source.read(one.filename)))
        for name, part in more.items():
            made.writestr(name, part)
    return held.getvalue()


DECLARATION = """
| 2025年度部门预算项目支出绩效目标申报（审批）材料 | < | < | < | < | < | < | < |
| 财政项目支出绩效目标申报表 | < | < | < | < | < | < | < |
| （    年度） | < | < | < | < | < | < | < |
| 项目名称 |  | < | 项目性质 |  | 项目类别 |  | 备注 |
| 主管部门 |  | < | 实施单位 |  | < | < |  |
| 计划开始日期 |  | < | 计划完成日期 |  | < | < |  |
| 项目资金（元） | 项目资金总额 |  | 年度资金申请总额 | < |  | < | 与预算一致 |
| ^ | 其中：财政资金 |  | 其中：当年财政拨款 | < |  | < |  |
| ^ |  |  | 上年结转资金 | < |  | < |  |
| ^ | 其他资金 |  | 其他资金 | < |  | < |  |
| 项目绩效目标 | 项目总目标 | < | < | 年度总体目标 | < | < |  |
| ^ |  | < | < |  | < | < |  |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | < | 年度指标值 | < | 财政审核意见 |
| ^ |  |  |  | < |  | < |  |
| ^ |  |  |  | < |  | < |  |
| ^ |  |  |  | < |  | < |  |
| ^ |  |  |  | < |  | < |  |
| ^ |  |  |  | < |  | < |  |
| ^ |  |  |  | < |  | < |  |
"""


def district() -> Blank:
    """An extra column, notes below, a logo, drop-downs from another sheet, names, print set-up, sheets before and after."""
    book, note = begun("填报说明")
    note["A1"] = "请在“申报表”中填写；项目名称须与预算一致。"
    note["A3"] = "=申报表!F7"
    note["A4"] = "=SUM(申报表!F8:F10)-申报表!$F$7"
    sheet = book.create_sheet("申报表")
    draw(sheet, DECLARATION, 1, 1, Font(name="仿宋_GB2312", size=12), plain=3)
    sheet["A2"].font = Font(name="方正小标宋简体", size=20, bold=True)
    widths(sheet, 13, 16, 15, 14, 12, 11, 11, 16)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height, sheet.row_dimensions[12].height = 36, 30, 90
    for row in range(14, 20):
        sheet.row_dimensions[row].height = 22
        sheet.cell(row, 8).fill = PatternFill("solid", fgColor="FFF2F2F2")
        sheet.cell(row, 4).alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    for row in range(7, 11):
        for column in (3, 6):
            sheet.cell(row, column).number_format = "#,##0.00_ ;[Red]-#,##0.00 "
    for square in ("B6", "E6"):
        sheet[square].number_format = 'yyyy"年"m"月"d"日"'
    sheet["A20"] = "填表说明：1．指标值须量化；2．本表一式两份。"
    sheet.merge_cells("A20:H20")
    sheet["A21"], sheet["D21"], sheet["G21"] = "填表人：", "联系电话：", "填报日期："
    sheet["H21"] = "=COUNTA(D14:D19)"
    sheet.row_dimensions[21].height = 33
    sheet.add_image(logo("navy"), "H1")
    sheet.add_image(logo("darkred"), "H22")
    nature = DataValidation(type="list", formula1="字典!$A$1:$A$3", showErrorMessage=False)
    nature.add("E4")
    level = DataValidation(type="list", formula1='"成本指标,产出指标,效益指标,满意度指标"', showErrorMessage=False)
    level.add("B14:B19")
    signed = DataValidation(type="textLength", operator="lessThan", formula1="LEN($A$21)+20")
    signed.add("B21")
    for one in (nature, level, signed):
        sheet.add_data_validation(one)
    sheet.conditional_formatting.add("F7", FormulaRule(formula=["$F$7<>SUM($F$8:$F$10)"], fill=PatternFill(bgColor="FFFF0000")))
    sheet.conditional_formatting.add("D14:D19", FormulaRule(formula=["LEN($D14)>40"], font=Font(color="FFFF0000")))
    sheet.conditional_formatting.add("A21:H21", CellIsRule(operator="equal", formula=["$A$20"], font=Font(bold=True)))
    sheet["B4"].comment = Comment("与预算系统中的名称一致", "预算处")
    sheet["A21"].comment = Comment("经办人签字", "预算处")
    sheet.freeze_panes = "A4"
    sheet.print_area = "A1:H21"
    sheet.print_title_rows = "1:3"
    sheet.row_breaks.append(Break(id=20))
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.scale = "portrait", 9, 82
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet["G21"].hyperlink = "#填报说明!A1"
    listed = book.create_sheet("字典")
    for row, text in enumerate(("经常性项目", "一次性项目", "其他经常性项目"), 1):
        listed.cell(row, 1, text)
    listed["C1"] = "=申报表!H21*2"
    book.defined_names["年度资金"] = DefinedName("年度资金", attr_text="申报表!$F$7")
    book.defined_names["指标区"] = DefinedName("指标区", attr_text="申报表!$A$13:$H$19")
    book.defined_names["签字栏"] = DefinedName("签字栏", attr_text="申报表!$A$21:$H$21")
    book.active = 1
    return Blank(saved(book), "申报表", "target-declaration", 14, 19, "BCDF")


SELF_EVALUATION = """
| 财政项目支出绩效自评表 | < | < | < | < | < | < | < | < |
| （     年度） | < | < | < | < | < | < | < | < |
| 项目名称 | < |  | < | < | < | < | < | < |
| 主管部门 | < |  | < | 实施单位 | < |  | < | < |
| 项目资金（元） |  | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | < |  |  |  |  |  |  |
| ^ | 其中：当年财政拨款 | < |  |  |  | — |  |  |
| ^ | 上年结转资金 | < |  |  |  | — |  |  |
| ^ | 其他资金 | < |  |  |  | — |  |  |
| 年度总体目标 | 预算目标 | < | < | < | 实际完成情况 | < | < | < |
| ^ |  | < | < | < |  | < | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标完成情况 | < | 评分 | < | 偏差原因分析及改进措施 |
| ^ | ^ | ^ | ^ | 年度指标值 | 实际完成值 | 分值 | 得分 | ^ |
| ^ |  |  |  |  |  |  |  |  |
| 总分 | < | < | < | < | < |  |  |  |
"""


def two_row_captions() -> Blank:
    """The form in the middle of a sheet, captions over two rows, one row for the list, live formulas, colours, a signature below."""
    book, sheet = begun("自评表 (2023)")
    sheet["A1"], sheet["A2"] = "附件3", "表号：财绩03"
    draw(sheet, SELF_EVALUATION, 4, 3, Font(name="楷体", size=11), plain=2)
    widths(sheet, 3, 3, 7, 11, 12, 17, 12, 12, 8, 9, 20)
    sheet.row_dimensions[14].height = 60
    for row in range(6, 19):
        for column in range(3, 12):
            cell = sheet.cell(row, column)
            cell.border = Border(left=THICK if column == 3 else THIN, right=THICK if column == 11 else THIN, top=THICK if row == 6 else THIN, bottom=THICK if row == 18 else THIN)
    sheet["F9"], sheet["G9"], sheet["H9"] = '=IF(COUNT(F10:F12)=0,"",SUM(F10:F12))', '=IF(COUNT(G10:G12)=0,"",SUM(G10:G12))', '=IF(COUNT(H10:H12)=0,"",SUM(H10:H12))'
    sheet["J9"] = '=IF(G9="","",ROUND(H9/G9,4))'
    sheet["J9"].number_format = "0.00%"
    sheet["I18"] = "=SUM(I9,I17:I17)"
    sheet["J18"] = "=SUM(K9,J17:J17)"
    sheet["C20"], sheet["H20"] = "单位负责人（签字）：", "填表人："
    sheet["C20"].fill = PatternFill("solid", fgColor="FFFFFF99")
    sheet["M6"] = "执行率低于80%时须说明"
    sheet["M17"] = "=SUM(I$17:I17)"
    sheet.conditional_formatting.add("J17:J17", FormulaRule(formula=["$J17<$I17"], fill=PatternFill(bgColor="FFFFC000")))
    weights = DataValidation(type="decimal", operator="between", formula1="0", formula2="100", showErrorMessage=True, error="0—100")
    weights.add("I17:J17")
    sheet.add_data_validation(weights)
    sheet["K15"].comment = Comment("未达到指标值的说明原因", "绩效处")
    sheet.print_area = "C4:K20"
    sheet.sheet_view.zoomScale = 85
    sheet.sheet_properties.tabColor = "FF00B050"
    return Blank(saved(book), "自评表 (2023)", "self-evaluation", 17, 17, "DEFGHIJK")


TWO_LISTS = """
| 项目支出绩效目标申报表 | < | < | < | < | < | < | < |
| （    年度） | < | < | < | < | < | < | < |
| 项目名称 | < |  | < | < | < | < | < |
| 主管部门及代码 | < |  | < | < | 实施单位 |  | < |
| 项目属性 | < |  | < | < | 项目期 |  | < |
| 项目资金（万元） | < | 中期资金总额 |  | < | 年度资金总额 |  | < |
| ^ | < | 其中：财政拨款 |  | < | 其中：财政拨款 |  | < |
| ^ | < | 其他资金 |  | < | 其他资金 |  | < |
| 总体目标 | 中期目标（20××年—20××+n年） | < | < | < | 年度目标 | < | < |
| ^ |  | < | < | < |  | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
| ^ | 产出指标 | 数量指标 |  |  | 数量指标 |  |  |
| ^ | ^ | ^ |  |  | ^ |  |  |
| ^ | ^ | 质量指标 |  |  | 质量指标 |  |  |
| ^ | ^ | 时效指标 |  |  | 时效指标 |  |  |
| ^ | ^ | 成本指标 |  |  | 成本指标 |  |  |
| ^ | 效益指标 | 经济效益指标 |  |  | 经济效益指标 |  |  |
| ^ | ^ | 社会效益指标 |  |  | 社会效益指标 |  |  |
| ^ | ^ | 可持续影响指标 |  |  | 可持续影响指标 |  |  |
| ^ | 满意度指标 | 服务对象满意度指标 |  |  | 服务对象满意度指标 |  |  |
| 注：其他说明的问题 | < |  | < | < | < | < | < |
"""


def preprinted_levels() -> Blank:
    """Two lists side by side, levels printed beforehand and merged, a coloured look, an outline, hidden helper columns."""
    book, sheet = begun("表2-1")
    draw(sheet, TWO_LISTS, 1, 1, Font(name="等线", size=10, color="FF1F3864"), plain=2)
    widths(sheet, 6, 12, 14, 20, 13, 14, 20, 13)
    for column in range(1, 9):
        sheet.cell(11, column).fill = PatternFill("solid", fgColor="FFDDEBF7")
        sheet.cell(11, column).font = Font(name="等线", size=10, bold=True, color="FFFFFFFF")
    for row in (6, 7, 8):
        for column in (4, 7):
            sheet.cell(row, column).number_format = "#,##0.0000"
    sheet.row_dimensions.group(21, 21, outline_level=1)
    sheet["J12"] = "=LEN(D12)"
    sheet["J13"] = "=LEN(D13)"
    sheet.column_dimensions["J"].hidden = True
    sheet.auto_filter.ref = "A11:H20"
    sheet.print_title_rows = "1:2"
    book.create_sheet("封面", 0)["A1"] = "二〇二五年度"
    return Blank(saved(book), "表2-1", "declaration-2015", 12, 20, "BCDEFGH")


SICHUAN = """
| 报表编号：510000_0013zp | < | < | < | < | < | < | < | < | < | < |
| 部门预算项目支出绩效自评表（     年度） | < | < | < | < | < | < | < | < | < | < |
| 项目名称 |  | < | < | < | < | < | < | < | < | < |
| 主管部门 |  | < | < | 实施单位（盖章） | < |  | < | < | < | < |
| 项目基本情况 | 1.项目年度目标完成情况 | < | 项目年度目标 | < | < | < | 年度目标完成情况 | < | < | < |
| ^ | ^ | < |  | < | < | < |  | < | < | < |
| ^ | 2.项目实施内容及过程概述 | < |  | < | < | < | < | < | < | < |
| 预算执行情况（10分） | 年度预算数（万元） | < | 年初预算 | 调整后预算数 | 预算执行数 | < | 预算执行率 | 权重 | 得分 | 原因 |
| ^ | 总额 | < |  |  |  | < |  |  |  |  |
| ^ | 其中：财政资金 | < |  |  |  | < |  | / | / | ^ |
| ^ | 财政专户管理资金 | < |  |  |  | < |  | / | / | ^ |
| ^ | 单位资金 | < |  |  |  | < |  | / | / | ^ |
| ^ | 其他资金 | < |  |  |  | < |  | / | / | ^ |
| 绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析 |
| ^ |  |  |  |  |  |  |  |  |  |  |
| ^ |  |  |  |  |  |  |  |  |  |  |
| ^ |  |  |  |  |  |  |  |  |  |  |
| 合计 | < | < | < | < | < | < | < |  |  |  |
| 评价结论 |  | < | < | < | < | < | < | < | < | < |
| 存在问题 |  | < | < | < | < | < | < | < | < | < |
| 改进措施 |  | < | < | < | < | < | < | < | < | < |
| 项目负责人： | < | < | < | < | 财务负责人： | < | < | < | < | < |
"""


def charted() -> Blank:
    """Captions locked, a chart of the list on another sheet and one below the form, a table of records below."""
    book, sheet = begun("自评'表")
    draw(sheet, SICHUAN, 1, 1, Font(name="宋体", size=10), plain=2)
    widths(sheet, 9, 11, 12, 17, 9, 9, 9, 11, 8, 8, 17)
    for line in sheet.iter_rows(1, 22, 1, 11):
        for cell in line:
            cell.protection = Protection(locked=cell.value is not None)
    sheet.protection.sheet = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=9, min_row=14, max_row=17), titles_from_data=True)
    sheet.add_chart(chart, "A30")
    for row, texts in enumerate((("日期", "经办", "意见"), ("2024-03-01", "甲", "退回"), ("2024-03-09", "乙", "通过")), 25):
        for column, text in enumerate(texts, 1):
            sheet.cell(row, column, text)
    sheet.add_table(Table(displayName="记录", ref="A25:C27"))
    other = book.create_sheet("汇总")
    other["A1"], other["B1"] = "权重合计", "='自评''表'!I18"
    other["A2"], other["B2"] = "得分合计", "=SUM('自评''表'!J15:J17)+'自评''表'!J9"
    second = BarChart()
    second.add_data(Reference(sheet, min_col=10, min_row=14, max_row=17), titles_from_data=True)
    other.add_chart(second, "D2")
    return Blank(saved(book), "自评'表", "self-evaluation-sichuan", 15, 17, "BCDEFGHIJK")


NATIONAL = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < | < |
| （     年度） | < | < | < | < | < | < | < | < |
| 项目名称 | < |  | < | < | < | < | < | < |
| 主管部门 | < |  | < | 实施单位 | < |  | < | < |
| 项目资金（万元） |  | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | < |  |  |  |  |  |  |
| ^ | 其中：当年财政拨款 | < |  |  |  | — |  | — |
| ^ | 上年结转资金 | < |  |  |  | — |  | — |
| ^ | 其他资金 | < |  |  |  | — |  | — |
| 年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < |
| ^ |  | < | < | < |  | < | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| ^ |  |  |  |  |  |  |  |  |
| ^ |  |  |  |  |  |  |  |  |
| ^ |  |  |  |  |  |  |  |  |
| 总分 | < | < | < | < | < |  |  |  |
"""
SPREADSHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
SHAPE = (
    '<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>18</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>'
    '<xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>21</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>'
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="9" name="审核章"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></a:xfrm>'
    '<a:prstGeom xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" prst="ellipse"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>'
)
EXTENSION = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="expression" priority="9" id="{00000000-0000-0000-0000-000000000001}">'
    "<xm:f>$H13&lt;$G$16</xm:f></x14:cfRule><xm:sqref>H13:H15</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
)
THREAD = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A18" dT="2024-01-05T08:00:00.00" personId="{11111111-1111-1111-1111-111111111111}" '
    'id="{22222222-2222-2222-2222-222222222222}"><text>请补充</text></threadedComment></ThreadedComments>'
)
PERSONS = '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="审核员" id="{11111111-1111-1111-1111-111111111111}" userId="x" providerId="None"/></personList>'
OFFICE_2017 = "http://schemas.microsoft.com/office/2017/10/relationships"


def of_many_programs() -> Blank:
    """A shape, an extension, a conversation, print settings, a part that no standard knows; rows without numbers."""
    book, sheet = begun("自评表")
    draw(sheet, NATIONAL, 1, 1, Font(name="微软雅黑", size=10), plain=2)
    widths(sheet, 6, 10, 11, 15, 13, 13, 7, 8, 17)
    sheet["A18"] = "填报单位（公章）："
    sheet["A18"].comment = Comment("[Threaded comment]\n请补充", "tc={22222222-2222-2222-2222-222222222222}")
    sheet["C3"].comment = Comment("全称", "某")
    sheet.add_image(logo("green"), "A24")
    for row in range(13, 16):
        sheet.cell(row, 10, f"=SUM(G$13:G{row})")
    data = saved(book)

    def change(name: str, part: bytes) -> bytes:
        text = part.decode() if name.endswith((".xml", ".rels")) else ""
        if name == "xl/worksheets/sheet1.xml":
            text = re.sub(r"</worksheet>", EXTENSION + "</worksheet>", text)
            shared = '<f t="shared" ref="J13:J15" si="0">SUM(G$13:G13)</f>'
            text = text.replace("<f>SUM(G$13:G13)</f>", shared).replace("<f>SUM(G$13:G14)</f>", '<f t="shared" si="0"/>').replace("<f>SUM(G$13:G15)</f>", '<f t="shared" si="0"/>')
        elif name == "xl/worksheets/_rels/sheet1.xml.rels":
            more = (
                f'<Relationship Id="rIdT" Type="{OFFICE_2017}/threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
                '<Relationship Id="rIdP" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings" Target="../printerSettings/printerSettings1.bin"/>'
            )
            text = text.replace("</Relationships>", more + "</Relationships>")
        elif name == "xl/_rels/workbook.xml.rels":
            text = text.replace("</Relationships>", f'<Relationship Id="rIdQ" Type="{OFFICE_2017}/person" Target="persons/person.xml"/></Relationships>')
        elif name == "xl/drawings/drawing1.xml":
            text = re.sub(r"(</(?:\w+:)?wsDr>)", lambda found: SHAPE.replace("<xdr:twoCellAnchor>", f'<xdr:twoCellAnchor xmlns:xdr="{SPREADSHEET_DRAWING}">') + found[1], text)
        elif name == "[Content_Types].xml":
            more = (
                '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>'
                '<Override PartName="/xl/threadedComments/threadedComment1.xml" ContentType="application/vnd.ms-excel.threadedcomments+xml"/>'
                '<Override PartName="/xl/persons/person.xml" ContentType="application/vnd.ms-excel.person+xml"/>'
            )
            text = re.sub(r"(<Types[^>]*>)", lambda found: found[1] + more, text)
        return text.encode() if text else part

    more = {
        "xl/threadedComments/threadedComment1.xml": THREAD.encode(),
        "xl/persons/person.xml": PERSONS.encode(),
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 4,
        "kso/unknown.xml": b"<kso>\xe4\xbf\x9d\xe7\x95\x99</kso>",
    }
    return Blank(repacked(data, change, more), "自评表", "self-evaluation-2020", 13, 15, "BCDEFGHI")


def prefixed() -> Blank:
    """The same as the first, as another program writes it: every element of the sheet with a prefix."""
    blank = district()

    def change(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return part
        text = re.sub(r"<(/?)(\w)", r"<\1x:\2", part.decode())
        return text.replace('xmlns="http://schemas.openxmlformats.org/spreadsheetml', 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml').encode()

    return Blank(repacked(blank.data, change, {}), blank.sheet, blank.form, blank.top, blank.bottom, blank.owned)


BLANKS = {
    "district": district,
    "captions over two rows": two_row_captions,
    "levels printed beforehand": preprinted_levels,
    "charts and a table": charted,
    "parts of many programs": of_many_programs,
    "elements with a prefix": prefixed,
}
