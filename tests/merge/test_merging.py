"""Three filings into one, drawn: a title after ==, a project with its amount after #, its rows below with their targets."""

from decimal import Decimal

import pytest

from xltool import library
from xltool.canonical import complete
from xltool.diff import Patch, apply
from xltool.diff.changes import Ref
from xltool.diff.tree import Node
from xltool.filing import Entry, Filing, Scalar, Section
from xltool.merge import BASE, OURS, THEIRS, merge
from xltool.merge.conflicts import CONTENT, PLACE, REMOVAL
from xltool.values import Value, parse_target

FORM = library.forms()["target-declaration"]


def drawn(picture: str) -> Filing:
    sections: list[Section] = []
    for line in picture.strip().splitlines():
        mark, *words = line.split()
        match mark:
            case "==":
                sections.append(Section(words[0] if words else None, ()))
            case "#":
                sections = sections or [Section(None, ())]
                values: dict[str, Scalar] = {"project.name": words[0], "year": 2026, "funding.annual.total": Decimal(words[1]) if words[1:] else None}
                sections[-1] = Section(sections[-1].title, (*sections[-1].entries, complete(FORM, values, {})))
            case name:
                entry = sections[-1].entries[-1]
                item = {"level1": "产出指标", "level2": "数量指标", "name": name, "target": parse_target(words[0], FORM.units) if words else None}
                more = complete(FORM, entry.values, {"indicators": (*entry.lists["indicators"], item)})
                sections[-1] = Section(sections[-1].title, (*sections[-1].entries[:-1], more))
    return Filing(tuple(sections))


def said(filing: Filing) -> str:
    lines = []
    for section in filing.sections:
        lines += [f"== {section.title}"] if section.title or len(filing.sections) > 1 else []
        for entry in section.entries:
            lines += [f"# {_words(entry.values['project.name'], entry.values['funding.annual.total'])}", *_rows(entry)]
    return "\n".join(lines)


def _rows(entry: Entry) -> list[str]:
    return [_words(item["name"], item["target"]) for item in entry.lists["indicators"]]


def _words(*found) -> str:
    return " ".join(str(one.text if isinstance(one, Value) else one) for one in found if one is not None)


def text(picture: str) -> str:
    return "\n".join(line.strip() for line in picture.strip().splitlines())


BOOK = """\
    # 养护 300
    株数 =146株
    成活率 ≥95%
    满意度 ≥90%
"""


def changed(*pairs: tuple[str, str]) -> str:
    found = BOOK
    for old, new in pairs:
        assert old in found
        found = found.replace(old, new)
    return found


GONE = ("    成活率 ≥95%\n", "")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (BOOK, BOOK, BOOK),
        (changed(("300", "350")), BOOK, changed(("300", "350"))),
        (changed(("300", "350")), changed(("300", "350")), changed(("300", "350"))),
        (changed(("300", "350")), changed(("=146株", "=150株")), changed(("300", "350"), ("=146株", "=150株"))),
        (changed(("≥95%", "≥96%")), changed(("≥90%", "≥92%")), changed(("≥95%", "≥96%"), ("≥90%", "≥92%"))),
        (changed(GONE), BOOK, changed(GONE)),
        (changed(GONE), changed(GONE), changed(GONE)),
        (changed(GONE), changed(("≥90%", "≥92%")), changed(GONE, ("≥90%", "≥92%"))),
        (BOOK + "    投诉数 ≤2次", BOOK + "    投诉数 ≤2次", BOOK + "    投诉数 ≤2次"),
        (BOOK + "    投诉数 ≤2次", BOOK + "    培训数 ≥3次", BOOK + "    培训数 ≥3次\n    投诉数 ≤2次"),
        (BOOK + "    投诉数 ≤2次\n    投诉数 ≤2次", BOOK + "    投诉数 ≤2次", BOOK + "    投诉数 ≤2次\n    投诉数 ≤2次"),
        (BOOK + "    株数 =146株\n", BOOK, BOOK + "    株数 =146株\n"),
        (BOOK + "    株数 =146株\n", BOOK + "    株数 =146株\n    株数 =146株\n", BOOK + "    株数 =146株\n    株数 =146株\n"),
        (BOOK + "    投诉数 ≤2次\n    投诉数 ≤3次\n", BOOK + "    投诉数 ≤3次\n", BOOK + "    投诉数 ≤2次\n    投诉数 ≤3次\n"),
        (BOOK + "    # 绿道 90\n", BOOK, BOOK + "    # 绿道 90\n"),
        (BOOK + "    # 绿道 90\n", BOOK + "    # 绿道 90\n", BOOK + "    # 绿道 90\n"),
        (BOOK + "    # 绿道 90\n", BOOK + "    # 路灯 80\n", BOOK + "    # 路灯 80\n    # 绿道 90\n"),
        ("    == 甲\n" + BOOK, "    == 甲\n" + BOOK, "    == 甲\n" + BOOK),
        ("    == 甲\n" + BOOK, BOOK, "    == 甲\n" + BOOK),
    ],
    ids=[
        "nobody changed anything", "an amount by one", "the same by both", "two cells", "two rows", "a row less by one", "a row less by both", "a row less and another changed",
        "the same row by both", "another row by each", "a row twice and once", "a row of the base doubled", "doubled by one, trebled by the other", "two of one name and one of them", "a form by one", "the same form by both", "another form by each", "a title by both", "a title by one",
    ],
)  # fmt: skip
def test_what_does_not_contradict_is_merged_whoever_is_ours(ours, theirs, expected):
    for sides in ((ours, theirs), (theirs, ours)):
        found = merge(drawn(BOOK), drawn(sides[0]), drawn(sides[1]))
        assert (text(expected), ()) == (said(found.filing), found.conflicts)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "kept", "kind", "path", "chosen"),
    [
        (BOOK, changed(("300", "350")), changed(("300", "360")), BOOK, CONTENT, "funding.annual.total", (BOOK, changed(("300", "350")), changed(("300", "360")))),
        (BOOK, changed(("≥95%", "≥96%")), changed(("≥95%", "≥97%")), BOOK, CONTENT, "target", (BOOK, changed(("≥95%", "≥96%")), changed(("≥95%", "≥97%")))),
        (BOOK, changed((" 300", "")), changed(("300", "360")), BOOK, CONTENT, "funding.annual.total", (BOOK, changed((" 300", "")), changed(("300", "360")))),
        (BOOK, changed(GONE), changed(("≥95%", "≥96%")), BOOK, REMOVAL, "", (BOOK, changed(GONE), changed(("≥95%", "≥96%")))),
        (BOOK, BOOK + "    投诉数 ≤2次", BOOK + "    投诉数 ≤3次", BOOK + "    投诉数", CONTENT, "target", (BOOK, BOOK + "    投诉数 ≤2次", BOOK + "    投诉数 ≤3次")),
        (BOOK + "    # 绿道 90", BOOK, BOOK + "    # 绿道 95", BOOK + "    # 绿道 90", REMOVAL, "", (BOOK + "    # 绿道 90", BOOK, BOOK + "    # 绿道 95")),
        (BOOK, BOOK + "    # 绿道 90", BOOK + "    # 绿道 95", BOOK + "    # 绿道", CONTENT, "funding.annual.total", (BOOK, BOOK + "    # 绿道 90", BOOK + "    # 绿道 95")),
        ("    == 甲\n" + BOOK, "    == 乙\n" + BOOK, "    == 丙\n" + BOOK, "    == 甲\n" + BOOK, CONTENT, "title", tuple(f"    == {title}\n{BOOK}" for title in "甲乙丙")),
    ],
    ids=["an amount", "a target", "an amount that one emptied", "a row removed and changed", "a row that both added", "a form removed and changed", "a form that both added", "a title"],
)  # fmt: skip
def test_what_contradicts_is_a_conflict_and_each_choice_gives_its_side(base, ours, theirs, kept, kind, path, chosen):
    for sides, order in (((ours, theirs), (BASE, OURS, THEIRS)), ((theirs, ours), (BASE, THEIRS, OURS))):
        found = merge(drawn(base), drawn(sides[0]), drawn(sides[1]))
        [one] = found.conflicts
        assert (text(kept), kind, path, 1) == (said(found.filing), one.kind, one.path, one.number)
        assert [text(each) for each in chosen] == [said(apply(Patch(one.choices[choice]), found.filing)) for choice in order]


def test_conflict_holds_all_three_values():
    [one] = merge(drawn(BOOK), drawn(changed(("300", "350"))), drawn(changed(("300", "360")))).conflicts
    assert (Decimal(300), Decimal(350), Decimal(360)) == (one.side(BASE), one.side(OURS), one.side(THEIRS))
    [one] = merge(drawn(BOOK), drawn(changed(GONE)), drawn(changed(("≥95%", "≥96%")))).conflicts
    assert one.ours is None
    assert isinstance(one.theirs, Node)
    assert parse_target("≥96%", FORM.units) == one.theirs.contents["target"]


def rows(order: str) -> str:
    return "    # 养护 300\n" + "".join(f"    {name} ≥1次\n" for name in order)


def forms(order: str) -> str:
    return "".join(f"    # {name} 10\n    株数 =1株\n" for name in order)


@pytest.mark.parametrize("made", [rows, forms], ids=["rows", "forms"])
def test_what_was_put_in_two_places_stays_until_one_is_chosen(made):
    base, ours, theirs = made("一二三四五"), made("二三一四五"), made("二三四五一")
    found = merge(drawn(base), drawn(ours), drawn(theirs))
    [one] = found.conflicts
    assert isinstance(one.ours, Ref)
    assert isinstance(one.theirs, Ref)
    assert (text(base), PLACE, 2, 4) == (said(found.filing), one.kind, one.ours.at[-1], one.theirs.at[-1])
    assert [text(base), text(ours), text(theirs)] == [said(apply(Patch(one.choices[choice]), found.filing)) for choice in (BASE, OURS, THEIRS)]


@pytest.mark.parametrize("made", [rows, forms], ids=["rows", "forms"])
def test_first_place_may_be_the_one_that_is_chosen(made):
    base, ours, theirs = made("一二三四五"), made("五一二三四"), made("一五二三四")
    found = merge(drawn(base), drawn(ours), drawn(theirs))
    [one] = found.conflicts
    assert [text(ours), text(theirs)] == [said(apply(Patch(one.choices[choice]), found.filing)) for choice in (OURS, THEIRS)]


def test_conflicts_are_counted_in_reading_order():
    base = "    == 甲\n" + BOOK + "    # 绿道 90\n    长度 ≥3公里\n"
    ours = base.replace("甲", "乙").replace("300", "350").replace("≥95%", "≥96%").replace("≥3公里", "≥4公里")
    theirs = base.replace("甲", "丙").replace("300", "360").replace("≥95%", "≥97%").replace("≥3公里", "≥5公里")
    found = merge(drawn(base), drawn(ours), drawn(theirs)).conflicts
    assert [(1, "title"), (2, "funding.annual.total"), (3, "target"), (4, "target")] == [(one.number, one.path) for one in found]


def test_mark_and_value_contradict_each_other():
    base, ours = drawn(BOOK), drawn(changed(("300", "350")))
    [section] = drawn(changed((" 300", ""))).sections
    marked = Filing((Section(section.title, (Entry(FORM.id, FORM.title, section.entries[0].values, section.entries[0].lists, {"funding.annual.total": "—"}),)),))
    [one] = merge(base, ours, marked).conflicts
    assert ("funding.annual.total", Decimal(350)) == (one.path, one.ours)
    chosen = next(apply(Patch(one.choices[THEIRS]), merge(base, ours, marked).filing).entries)
    assert (None, {"funding.annual.total": "—"}) == (chosen.values["funding.annual.total"], chosen.marks)
