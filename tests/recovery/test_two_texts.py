"""Two long texts side by side, of which only the order of the lines is left: `|` ends the left one, a form feed the page.

In the texts of a row that a page's end cuts `/` parts what stands before it from the rests behind it.
"""

import pytest

from tests.recovery.test_stream_order import HEAD, KNOWN, one
from xltool.recovery.atoms import split
from xltool.recovery.claims import Account
from xltool.recovery.learning import _ragged
from xltool.recovery.paragraphs import lines_of, next_item, pieces_of
from xltool.recovery.texts_in_lists import cut_off
from xltool.recovery.thin_blanks import thin
from xltool.recovery.two_texts import (
    Parting,
    _coincidence,
    _cost,
    _cut_cost,
    _ending,
    _evenness,
    _lead,
    part,
)


def lines(text):
    return lines_of(split(text).atoms)


def sides(text, *filled):
    """The texts of the left and of the right cell as they are parted; ``filled`` says what else is known of each."""
    left, right = part(lines(text), *filled).sides(lines(text))
    return ["".join(line.text for line in own) for own in (left, right)]


@pytest.mark.parametrize(
    "drawn",
    [
        "完善机制，压实各方责任，全年开展专题培训活动\n六场。|\n购置设备，加强监督，保障各项业务工作平稳有序\n开展。",
        "1.完善机制，压实各方责任，全年开展专题培训活\n动。\n2.购置设备，加强监督，保障各项业务工作平稳有\n3.落实通知，加强监督，保障各项业务工作平稳有\n序开展。|",
        "落实“关于印发<社区服务行动方案>的通\n知”精神，持续改善周边环境，提高居民对相关\n政策的知晓率。|",
        "进一步提升管理的规范化和科学化水平，压实主\n体责任，排除隐患。|",
        "全年开展专题培训，保障各项业务工作平稳有序推\n进并提高，推进“一网”和“通办”的有关窗口服\n务标准化。购置专用设备并完成验收，确保系统年\n运行。|",
        "全年检查全覆盖，加强重点环节监督，完善机\n≥95%，提高居民对相关政策的知晓程度，及时\n拨付补助资金。|",
        "护林\n|已护林",
    ],
    ids=["a line ends short", "its items go on", "a quotation is open", "a sentence is open", "quotation marks are wide", "no room for a number", "two short texts"],
)
def test_lines_part_where_the_left_text_ends(drawn):
    text = drawn.replace("|\n", "\n|").replace("\n|", "\n|")
    left, _, right = text.partition("|")
    assert [left.replace("\n", ""), right.replace("\n", "")] == sides(text.replace("|", ""), None, None)


TORN = "落实通知，购置设备，加强监督，保障各项工作平稳\n开展，提高居民对相关政策的知晓率，力争群众满意\n形成可推广的经验。及时足额拨付补助。\n\x0c度合格，加强对重点环节的监督，完善有关长效管理\n机制。"


def test_row_that_a_page_cuts_in_its_left_text_is_whole():
    """The right text was whole before the page's end: it has fewer lines there."""
    found = part(lines(TORN), None, None)
    left, right = sides(TORN, None, None)
    assert ("形成可推广的经验。及时足额拨付补助。", False) == (right, found.sure)
    assert left.startswith("落实通知") and "力争群众满意度合格" in left


def test_blank_lines_cut_no_row():
    text = TORN.replace("\n\x0c", "\n\n\n")
    assert "力争群众满意度合格" not in sides(text, None, None)[0]


def test_both_texts_go_on_behind_a_page_where_both_have_as_many_lines_before_it():
    text = "落实通知，购置设备，加强监督，保障各项工作平稳\n形成可推广的经验。及时足额拨付补助，压实各方责\n\x0c开展。\n任，排除隐患。"
    assert ["落实通知，购置设备，加强监督，保障各项工作平稳开展。", "形成可推广的经验。及时足额拨付补助，压实各方责任，排除隐患。"] == sides(text, None, None)


@pytest.mark.parametrize(("end", "sure"), [("。", True), ("，", False), ("、", False)])
def test_texts_that_part_behind_a_comma_are_not_sure(end, sure):
    first = "1.持续改善周边环境，压实主体责任，排除安全隐患，\n2.落实通知，加强监督，完善机制，保障平稳运行"
    assert sure is part(lines(f"{first}{end}\n1.及时足额拨付补助资金，购置设备，加强监督。\n2.形成可推广的经验。"), None, None).sure


def test_text_is_not_parted_inside_a_word_that_stands_elsewhere():
    """群众满意 stands in the last line, so 众 and 满 belong together; the other place is as good but for that."""
    text = TORN.replace("，加强对重点环节的监督，完善有关长效管理\n机制。", "，加强对重点环节的监督，完善群众满意\n机制。")
    assert "群众满意度合格" in sides(text, None, None)[0]


def test_item_behind_those_before_goes_on():
    assert [True, False, False] == [next_item(["1.完善。2.购置。"], text) for text in ("3.落实", "1.落实", "4.落实")]


def test_words_parted_by_a_thin_blank_are_one_piece():
    atoms = split("（2024 年度）\n5G 基站 3 期\nDIP 支付 12 家").atoms
    found = pieces_of(atoms, thin(atoms, KNOWN["target-declaration"]))
    assert ["（2024年度）", "5G基站3期", "DIP支付12家"] == [line.text for line in found]


def test_one_text_of_two_lines_is_not_parted_at_its_numbers():
    values = one(HEAD.replace("年度总体目标\n", "年度总体目标\n2020 年度，确保系统全年无间断运行，进一步完善\n长效管理机制，实现 189 家检查。\n") + "产出指标 数量指标 5G 基站 12 个 ≥8 个\n").values
    assert {None, "2020年度，确保系统全年无间断运行，进一步完善长效管理机制，实现189家检查。"} == {values.get("goals.project"), values.get("goals.annual")}


GOAL = "2024 年度，保障各项业务工作平稳有序\n开展，落实通知精神，压实主\n"
LIST = "产出指标 数量指标 5G 基站 12 个 ≥8 个\n质量指标 DIP 系统合格率 ≥95%\n"


def goal(rest, text=GOAL, page="\x0c"):
    """The long text of a form whose list's head stands at the end of a page, and the names of the rows behind it."""
    head, mark, heads = HEAD.replace("年度总体目标\n", f"年度总体目标\n{text}").partition("绩效指标 一级")
    entry = one(head + mark + heads + page + rest + LIST)
    return [entry.values.get(f"goals.{name}") for name in ("project", "annual")], [item["name"] for item in entry.lists["indicators"]], {doubt.path for doubt in entry.source.doubts}


def test_rest_of_a_long_text_behind_the_lists_head_goes_on():
    texts, names, doubts = goal("体责任，排除安全隐患。\n")
    assert [None, "2024年度，保障各项业务工作平稳有序开展，落实通知精神，压实主体责任，排除安全隐患。"] == sorted(texts, key=str)[::-1]
    assert 2 == len(names)
    assert doubts & {"goals.project", "goals.annual"}


@pytest.mark.parametrize(
    ("rest", "text"),
    [("体责任，排除安全隐患。\n", GOAL.replace("压实主", "压实责任。")), ("采购次数 ≥8次\n", GOAL), ("体责\n", GOAL)],
    ids=["the text ended before", "a value among the words", "hardly a word"],
)
def test_words_before_a_level_that_go_on_nothing_stay(rest, text):
    texts, _, _ = goal(rest, text)
    assert all("排除" not in str(said) and "采购" not in str(said) and "体责" not in str(said) for said in texts)


def test_whole_sentences_behind_the_lists_head_go_on():
    """The page ended where a sentence did; no row holds sentences."""
    texts, names, doubts = goal("体责任，排除安全隐患。提高居民对\n相关政策的知晓率。\n", GOAL.replace("压实主", "压实责任。"))
    assert any(str(said).endswith("压实责任。体责任，排除安全隐患。提高居民对相关政策的知晓率。") for said in texts)
    assert 2 == len(names)
    assert doubts & {"goals.project", "goals.annual"}


def test_sentence_behind_the_lists_head_that_may_go_on_is_a_doubt_on_the_text():
    _, _, doubts = goal("体责任，排除安全隐患。\n", GOAL.replace("压实主", "压实责任。"))
    assert doubts & {"goals.project", "goals.annual"}


def test_words_behind_the_lists_head_may_go_on_either_text():
    texts, _, doubts = goal("任，排除安全隐患。\n", "落实通知，购置设备，加强监督，保障各项工作平稳\n开展。\n形成可推广的经验。及时足额拨付补助，压实各方责\n")
    assert all(texts)
    assert {"goals.project", "goals.annual"} <= doubts


@pytest.mark.parametrize(("begin", "doubted"), [("平，", True), ("本年度，", False)], ids=["a letter and a comma", "a clause"])
def test_second_text_that_begins_in_a_word_may_be_the_rest_of_the_first(begin, doubted):
    """The end of a page that the text does not show: 科学化水 / 平, and the other text between."""
    text = f"落实通知，购置设备，加强监督，保障各项工作平稳\n开展。\n{begin}形成可推广的经验，及时足额拨付补助，压实各方责\n任，排除隐患。\n"
    texts, _, doubts = goal("", text)
    assert all(texts)
    assert doubted == ({"goals.project", "goals.annual"} <= doubts)


@pytest.mark.parametrize(
    ("left_over", "doubted"),
    [("务标准化。力争群众满意度", True), ("力争群众满意度有所提高", False), ("标准。", False)],
    ids=["a sentence", "no stop", "hardly a word"],
)
def test_prose_that_nothing_took_may_be_the_rest_of_a_text(left_over, doubted):
    account = Account(split(f"{left_over}\n绩效指标").atoms)
    account.claim((1,), "栏目 绩效指标", "")
    cut_off(KNOWN["target-declaration"], 1, {"goals.annual": "推进窗口服"}, account)
    assert doubted == any(doubt.path == "goals.annual" for doubt in account.doubts)


@pytest.mark.parametrize("taken", [(), (0, 1)], ids=["behind the form", "taken"])
def test_prose_behind_a_form_is_no_rest_of_its_texts(taken):
    account = Account(split("务标准化。力争群众满意度\n绩效指标").atoms)
    account.claim(taken, "goals.annual", "")
    cut_off(KNOWN["target-declaration"], 1, {"goals.annual": "推进窗口服"}, account)
    assert () == tuple(account.doubts)


def test_words_on_the_page_of_the_lists_head_go_on_nothing():
    texts, _, _ = goal("体责任，排除安全隐患。\n", page="")
    assert all("排除" not in str(said) for said in texts)


def test_sentence_that_nothing_took_is_a_doubt_on_the_texts_above():
    text = "完善机制，压实各方责任，全年开展专题培训活动\n六场。\n购置设备，加强监督，保障各项业务工作平稳有序\n开展。\n"
    assert set() == goal("", text)[2]
    assert {"goals.project", "goals.annual"} <= goal("体责任，排除安全隐患。\n", text, page="")[2]


def test_long_text_inside_a_quotation_goes_on():
    texts, _, _ = goal("的通知”精神，排除隐患。\n", "2024 年度，保障各项业务工作平稳有序\n开展，落实“关于加强管理。\n")
    assert any(str(said).endswith("关于加强管理。的通知”精神，排除隐患。") for said in texts)


def test_next_item_behind_the_lists_head_goes_on():
    texts, names, _ = goal("3.排除安全隐患。\n", "1.保障各项业务工作平稳有序开展。\n2.落实通知精神，压实责任。\n")
    assert any(str(said).endswith("3.排除安全隐患。") for said in texts)
    assert 2 == len(names)


def test_one_line_that_was_misread_makes_no_list_ragged():
    assert [False, True] == [_ragged([[width, 4] for width in widths]) for widths in ((26, 26, 25, 26, 60), (26, 18, 12, 8, 60, 60))]


def test_limit_in_words_behind_a_name_is_a_cell_of_its_own():
    """95%左右 is no end of a name, though only a blank between Chinese and Latin letters stands before it."""
    atoms = split("（2024 年度）\n5G 基站 3 期\nDIP 支付结构 95%左右").atoms
    marks = thin(atoms, KNOWN["target-declaration"])
    assert "95%左右" not in {atoms[at].text for at in marks}


def test_place_inside_a_word_that_stands_elsewhere_is_dear():
    apart, inside = (_cost(lines(f"力争群众\n满意合格。\n{last}"), 1, None, None) for last in ("好评。", "群众满意。"))
    assert inside > apart + 1


def test_rest_inside_a_word_that_stands_elsewhere_is_dear():
    cut = Parting(1, False, 2, 3)
    apart, inside = (_cut_cost(lines(f"力争群众\n满意合格。\n\x0c实现。\n{last}"), cut, None, None) for last in ("好评。", "群众满意。"))
    assert inside > apart + 1


def test_right_text_that_a_page_cuts_ends_as_a_text_ends():
    cut = Parting(1, False, 2, 3)
    ended, open_one = (_cut_cost(lines(f"力争群众\n{right}\n\x0c实现。"), cut, None, None) for right in ("合格。", "合格"))
    assert open_one > ended + 1


def test_quotation_that_is_open_goes_on():
    assert _ending(lines("落实“通知。")) > _ending(lines("落实通知。"))


def test_quotation_marks_may_be_as_wide_as_letters():
    assert _evenness(lines("推进“一网”和“通办”\n推进一网通办的各项内容\n完成。")) == 0


def test_line_wider_than_all_others_is_not_full_by_chance():
    wide, full = (_coincidence(lines(f"{first}。"), lines("推进一网通办工作\n完成。")) for first in ("推进一网通办各项重点工作", "推进一网通办工"))
    assert wide == 0 < full


@pytest.mark.parametrize(("text", "width"), [("平，委托", 4), ("平委托", 2), ("≥95%，提高", 6), ("12家", 2)], ids=["a mark behind a letter", "a letter", "a rate and its mark", "a number"])
def test_line_begins_with_what_is_not_broken(text, width):
    assert width == _lead(text)


def test_words_behind_a_page_may_be_the_rest_of_either_cell_of_a_row():
    doubts = {doubt.path for doubt in one(HEAD.replace("项目类别 特定", "项目类别 其他运转类\n\x0c目") + LIST).source.doubts}
    assert {"project.nature", "project.category"} <= doubts
    assert not {"project.nature", "project.category"} & {doubt.path for doubt in one(HEAD + LIST).source.doubts}


def test_text_of_many_lines_that_breaks_off_is_doubted():
    name = "水务局\n河道管理\n所及其下\n属各单位"
    assert [False, True] == ["project.unit" in {doubt.path for doubt in one(HEAD.replace("实施单位 水务局", f"实施单位 {text}") + LIST).source.doubts} for text in ("水务局", name)]
