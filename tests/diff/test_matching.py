"""Which row, form and title is which: rows drawn as «name target level», forms as «# project amount», titles behind ==."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool import library
from xltool.canonical import complete
from xltool.diff.matching import match_documents, match_items
from xltool.diff.tree import SECTION, Node, nodes_of
from xltool.filing import Filing, Scalar, Section
from xltool.values import parse_target

FORMS = library.forms()
FORM = FORMS["target-declaration"]


def nodes(picture: str, form: str = FORM.id) -> list[Node]:
    sections: list[Section] = []
    for line in filter(None, map(str.strip, picture.splitlines())):
        mark, *words = line.split()
        if mark == "==":
            sections.append(Section(words[0], ()))
        elif mark == "#":
            values: dict[str, Scalar] = {"project.name": words[0], "funding.annual.total": Decimal(words[1]), "year": int(words[2]) if words[2:] else 2026}
            sections = sections or [Section(None, ())]
            sections[-1] = Section(sections[-1].title, (*sections[-1].entries, complete(FORMS[form], values, {})))
        else:
            last = sections[-1].entries[-1]
            item = {"level1": "产出指标", "level2": words[1] if words[1:] else "数量指标", "name": None if mark == "…" else mark, "target": parse_target(words[0], FORM.units)}
            more = complete(FORM, last.values, {"indicators": (*last.lists["indicators"], item)})
            sections[-1] = Section(sections[-1].title, (*sections[-1].entries[:-1], more))
    return list(nodes_of(Filing(tuple(sections)), FORMS))


def rows(*lines: str) -> tuple[Node, ...]:
    return nodes("# 养护 1\n" + "\n".join(lines))[-1].lists["indicators"]


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        (("甲 =1次", "乙 =2次"), ("乙 =2次", "甲 =1次"), {0: 1, 1: 0}),
        (("甲 =1次", "甲 =1次"), ("甲 =1次",), {0: 0}),
        (("检查次数 =5次",), ("检查次数 及时 质量指标",), {0: 0}),
        (("定点机构检查次数 =5次",), ("定点机构现场检查次数 =5次",), {0: 0}),
        (("检查次数 =5次",), ("印制手册 ≥900册",), {}),
        (("检查 =5次",), ("检查 及时", "检查 =5次 质量指标"), {0: 1}),
        (("检查 =5次",), ("检查 及时 质量指标", "检查 及时"), {0: 1}),
        (("检查 =1次", "检查 =2次"), ("检查 =3次", "检查 =4次"), {0: 0, 1: 1}),
        ((), ("甲 =1次",), {}),
        (("甲 =1次",), (), {}),
    ],
    ids=["exchanged", "one of two is left", "the name is the same", "renamed", "nothing in common", "the same target before the same level", "the same level", "equally alike, the nearest", "nothing before", "nothing behind"],
)  # fmt: skip
def test_row_is_found_again(first, second, pairs):
    assert pairs == match_items(rows(*first), rows(*second), FORMS, "indicators")


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        (("甲 =1次", "… =5次", "丙 =3次"), ("甲 =1次", "… 及时", "丙 =3次"), {0: 0, 1: 1, 2: 2}),
        (("甲 =1次", "… =5次", "丙 =3次"), ("… 及时", "甲 =1次", "丙 =3次"), {0: 1, 2: 2}),
        (("甲 =1次", "… =5次", "丙 =3次"), ("甲 =1次", "… 及时"), {0: 0, 1: 1}),
        (("甲 =1次", "… =5次", "丙 =3次"), ("… 及时", "丙 =3次"), {1: 0, 2: 1}),
        (("… =5次", "甲 =1次"), ("… 及时", "甲 =1次"), {0: 0, 1: 1}),
        (("甲 =1次", "… =5次"), ("甲 =1次", "… 及时"), {0: 0, 1: 1}),
        (("甲 =1次", "… =5次"), ("… 及时", "甲 =1次"), {0: 1}),
        (("… =5次",), ("… 及时",), {0: 0}),
    ],
    ids=["between its neighbours", "elsewhere", "behind the one before it", "before the one behind it", "both the first", "both the last", "the first and the last", "alone"],
)  # fmt: skip
def test_row_without_a_name_is_found_again_by_its_place(first, second, pairs):
    """Its levels are the same, its target is not: the place decides."""
    assert pairs == match_items(rows(*first), rows(*second), FORMS, "indicators")


ROWS = "检查 =5次\n培训 ≥3次\n宣传 ≥2次"


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        (f"# 养护 300\n{ROWS}", "# 养护 500\n疏浚 =9公里", {0: 0}),
        (f"# 养护 300\n{ROWS}", f"# 管护 300\n{ROWS}", {0: 0}),
        ("# 养护 300 2025", "# 养护 300 2026", {0: 0}),
        ("# 养护 300 2025\n# 养护 300 2026", "# 养护 400 2026\n# 养护 400 2025", {0: 1, 1: 0}),
        (f"# 养护 300\n{ROWS}", "# 路灯 80\n疏浚 =9公里", {}),
        ("# 养护 300\n# 路灯 80", "# 路灯 80\n# 养护 300", {0: 1, 1: 0}),
    ],
    ids=["the project is the same", "the contents are", "another year", "each year with itself", "nothing is", "exchanged"],
)  # fmt: skip
def test_form_is_found_again(first, second, pairs):
    assert pairs == entries(first, second)


def entries(first: str, second: str) -> dict[int, int]:
    """The pairs of forms by their numbers among the forms."""
    a, b = nodes(first), nodes(second)
    numbers = [{at: number for number, at in enumerate(at for at, node in enumerate(each) if node.kind != SECTION)} for each in (a, b)]
    return {numbers[0][one]: numbers[1][other] for one, other in match_documents(a, b, FORMS).items() if one in numbers[0]}


def test_another_form_of_the_same_project_is_another_form():
    assert [] == [one for one, other in match_documents(nodes("# 养护 300"), nodes("# 养护 300", "declaration-2015"), FORMS).items() if one]


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        ("== 甲局\n# 一 1", "== 乙局\n# 九 9", {"甲局": "乙局"}),
        ("== 甲局\n# 一 1\n# 二 2\n== 乙局\n# 三 3", "== 丙站\n# 一 1\n# 二 2\n== 丁站\n# 三 3", {"甲局": "丙站", "乙局": "丁站"}),
        ("== 甲局\n# 一 1\n# 二 2\n== 乙局\n# 三 3", "== 丁站\n# 三 3\n== 丙站\n# 一 1\n# 二 2", {"甲局": "丙站", "乙局": "丁站"}),
        ("== 甲局\n# 一 1\n== 乙局\n# 二 2", "== 乙局\n# 八 8\n== 甲局\n# 九 9", {"甲局": "甲局", "乙局": "乙局"}),
        ("== 甲局\n# 一 1\n== 乙局\n# 二 2", "== 丙站\n# 八 8\n== 丁站\n# 九 9", {}),
        ("== 甲局\n# 一 1\n== 乙局\n# 二 2\n# 三 3", "== 甲局\n# 一 1\n# 二 2\n# 三 3", {"甲局": "甲局"}),
    ],
    ids=["alone on both sides", "the same forms", "the same forms in another order", "the same titles", "neither", "two become one"],
)  # fmt: skip
def test_title_is_found_again_by_itself_and_its_forms(first, second, pairs):
    a, b = nodes(first), nodes(second)
    found = match_documents(a, b, FORMS)
    assert pairs == {a[one].contents["title"]: b[other].contents["title"] for one, other in found.items() if a[one].kind == SECTION}
