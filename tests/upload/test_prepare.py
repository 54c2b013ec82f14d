"""The copy for the state platform: what is changed for it, and what it is known to drop or change."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.canonical import complete
from xltool.filing import Entry, Filing, Item, Scalar, Section
from xltool.jobs import convert, kinds, reading
from xltool.library import forms
from xltool.problems import ProblemError
from xltool.upload import Prepared, named, prepare
from xltool.upload.importer import read
from xltool.values import parse_target

PLATFORM = named("platform")
FULL: dict[str, Scalar] = {
    "project.name": "堤防巡查", "project.department": "水务局", "project.unit": "水文站", "year": 2026, "goals.annual": "巡查十二次",
    **{path: Decimal(120_000) for path in ("funding.project.total", "funding.project.fiscal", "funding.annual.total", "funding.annual.fiscal")},
    **{path: Decimal(0) for path in ("funding.project.other", "funding.annual.carried_over", "funding.annual.other")},
}  # fmt: skip


def entry(*rows: tuple[str, str, str], form: str = "target-declaration", changes: dict[str, Scalar] | None = None, **changed: Scalar) -> Entry:
    items: list[Item] = [{"level1": one, "level2": two, "name": name, "target": parse_target("≥2(次)")} for one, two, name in rows or [("产出指标", "数量指标", "巡查次数")]]
    return complete(forms()[form], FULL | {path.replace("__", "."): value for path, value in changed.items()} | (changes or {}), {"indicators": items})


def filing(*entries: Entry) -> Filing:
    return Filing((Section(None, entries),))


def ready(*entries: Entry, stored: Filing | None = None) -> Prepared:
    return prepare(filing(*entries), forms(), PLATFORM, stored)


def told(made: Prepared) -> list[tuple[str, dict[str, str]]]:
    return [(note.code, dict(note.words)) for note in made.notes]


def names(made: Prepared) -> list[object]:
    return [item["name"] for one in made.filing.entries for item in one.lists["indicators"]]


def test_a_filing_that_the_platform_takes_as_it_is_stays_as_it_is():
    one = entry(("产出指标", "数量指标", "巡查次数"), ("效益指标", "社会效益指标", "知晓率"))
    assert (filing(one), []) == ((made := ready(one)).filing, told(made))


def test_a_name_is_one_line_without_what_nobody_sees():
    made = ready(entry(("产出指标", "数量指标", "巡查\n次数\u200b "), project__name=" 堤防 巡查"))
    (one,) = made.filing.entries
    assert ("堤防巡查", ["巡查次数"]) == (one.values["project.name"], names(made))
    assert [
        ("upload-name", {"caption": "项目名称", "found": " 堤防 巡查", "wanted": "堤防巡查"}),
        ("upload-name", {"caption": "三级指标", "found": "巡查⏎次数␣ ", "wanted": "巡查次数"}),
    ] == told(made)


@pytest.mark.parametrize(
    ("level1", "level2", "wanted"),
    [
        pytest.param("产出", "数量", ("产出指标", "数量指标"), id="without 指标"),
        pytest.param("满意度指标", "社会公众或服务对象满意度指标", ("满意度指标", "服务对象满意度指标"), id="a word that it holds"),
    ],
)
def test_levels_are_spelled_as_the_taxonomy_spells_them(level1, level2, wanted):
    made = ready(entry((level1, level2, "甲")))
    item = next(made.filing.entries).lists["indicators"][0]
    assert wanted == (item["level1"], item["level2"])
    assert {"upload-level"} == {code for code, _ in told(made)}


def test_a_level_that_the_taxonomy_does_not_know_stays_and_is_named():
    made = ready(entry(("产出指标", "新型指标", "甲")))
    assert "新型指标" == next(made.filing.entries).lists["indicators"][0]["level2"]
    assert [("upload-level-unknown", {"item": "甲", "found": "新型指标"})] == told(made)


def test_rows_stand_in_the_order_of_the_taxonomy_and_else_as_they_stood():
    made = ready(entry(("效益指标", "社会效益指标", "丁"), ("产出指标", "质量指标", "丙"), ("产出指标", "数量指标", "乙"), ("产出指标", "数量指标", "甲")))
    assert ["乙", "甲", "丙", "丁"] == names(made)
    assert [("upload-order", {})] == told(made)


def test_what_the_platform_will_change_is_said_before():
    made = ready(entry(goals__annual="一、巡查\n二、清淤", funding__annual__other=None, funding__annual__total=Decimal("120000.55")))
    assert [
        ("upload-breaks", {"caption": "年度总体目标"}),
        ("upload-zero", {"captions": "其他资金（年度）"}),
        ("upload-places", {"caption": "年度资金申请总额", "found": "120000.55", "wanted": "120001"}),
    ] == told(made)
    assert filing(entry(goals__annual="一、巡查\n二、清淤", funding__annual__other=None, funding__annual__total=Decimal("120000.55"))) == made.filing


def test_an_importer_that_says_nothing_of_decimals_keeps_them_all():
    one = filing(entry(funding__annual__total=Decimal("120000.55")))
    assert [] == told(prepare(one, forms(), read("importer: x\nnames: [project]\n", "x.yaml"), None))


def test_ten_thousands_keep_four_decimals():
    amounts: dict[str, Scalar] = {path: Decimal("12.3456") for path in FULL if path.startswith("funding")}
    assert [] == told(ready(entry(changes=amounts | {"money_unit": "万元"})))
    over = ready(entry(changes=amounts | {"money_unit": "万元", "funding.annual.total": Decimal("12.34567")}))
    assert [("upload-places", {"caption": "年度资金申请总额", "found": "12.34567", "wanted": "12.3457"})] == told(over)


def test_a_row_whose_name_the_platform_does_not_hold_is_named_with_the_nearest():
    stored = filing(entry(("产出指标", "数量指标", "巡查次数"), ("效益指标", "社会效益指标", "群众知晓率")))
    made = ready(entry(("产出指标", "数量指标", "巡查次数"), ("效益指标", "社会效益指标", "群众的知晓率")), stored=stored)
    assert [("upload-dropped", {"item": "群众的知晓率", "near": "群众知晓率"})] == told(made)


def test_a_name_that_the_platform_holds_as_it_is_stays_byte_for_byte():
    one = entry(("产出指标", "数量指标", "巡查 次数"), project__name="堤防 巡查")
    made = ready(one, stored=filing(one))
    assert (filing(one), []) == (made.filing, told(made))


def test_a_name_that_the_platform_holds_with_other_blanks_is_spelled_as_there():
    stored = filing(entry(("产出指标", "数量指标", "巡查 次数"), project__name="堤防 巡查"))
    made = ready(entry(("产出指标", "数量指标", "巡查次数"), project__name="堤防巡查"), stored=stored)
    assert [("upload-spelled", "堤防 巡查"), ("upload-spelled", "巡查 次数")] == [(code, words["wanted"]) for code, words in told(made)]
    assert stored == made.filing


def test_of_two_spellings_neither_is_chosen():
    stored = filing(entry(("产出指标", "数量指标", "巡查 次数"), ("产出指标", "质量指标", "巡 查次数")))
    made = ready(entry(("产出指标", "数量指标", "巡查次数")), stored=stored)
    assert ["upload-dropped"] == [code for code, _ in told(made)]


def test_amounts_of_several_rows_are_told_apart():
    done = {"funding.total.executed": Decimal("120000.55"), "funding.fiscal.executed": Decimal("120000.55")}
    made = prepare(filing(complete(forms()["self-evaluation"], done, {"indicators": []})), forms(), PLATFORM)
    assert ["年度资金总额·全年执行数", "其中：当年财政拨款·全年执行数"] == [words["caption"] for code, words in told(made) if code == "upload-places"]


def test_a_project_that_the_platform_does_not_hold_is_named():
    assert [("upload-project", {"found": "堤防巡查（本级）"})] == told(ready(entry(project__name="堤防巡查（本级）"), stored=filing(entry())))


@given(st.lists(st.tuples(st.sampled_from(["产出指标", "效益", "别的"]), st.sampled_from(["数量", "质量指标", "社会效益指标", "无"]), st.text("甲乙 \n\t", min_size=1).filter(str.strip)), max_size=6))
def test_a_copy_of_a_copy_is_the_copy_and_loses_no_row(rows):
    made = ready(entry(*rows))
    assert made.filing == prepare(made.filing, forms(), PLATFORM).filing
    assert len(rows or [1]) == len(names(made))


@pytest.mark.parametrize("form", sorted(forms()))
def test_the_copy_of_every_form_is_a_workbook_that_reads_back_as_it(form):
    made = ready(entry(form=form) if form in ("target-declaration",) else complete(forms()[form], {"project.name": "甲\n项目"}, {}))
    data = convert.render(made.filing, forms(), kinds.XLSX)
    assert made.filing.sections[0].entries == reading.read_bytes(data, "copy.xlsx", forms()).filing.sections[0].entries


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("importer: x\nnames: [projekt]\n", ["word-expected"], id="no role"),
        pytest.param("importer: x\nplaces: four\nordered: yes\n", ["word-expected", "number-expected"], id="words for numbers"),
        pytest.param("names: project\n", ["yaml-missing-key", "yaml-shape"], id="no id, no list"),
        pytest.param("importer: x\nlevel: {}\n", ["yaml-unknown-key"], id="a key misspelled"),
    ],
)
def test_every_fault_of_an_importer_is_named_at_once(text, codes):
    with pytest.raises(ProblemError) as caught:
        read(text, "x.yaml")
    assert sorted(codes) == sorted(one.code for one in caught.value.problems)


def test_an_importer_of_the_users_own_comes_first(tmp_path):
    (tmp_path / "importers").mkdir()
    (tmp_path / "importers" / "platform.yaml").write_text("importer: platform\nnames: [project]\n", "utf-8")
    assert ("project",) == named("platform", (str(tmp_path),)).names
    with pytest.raises(ProblemError, match="importer-unknown"):
        named("no-such")
