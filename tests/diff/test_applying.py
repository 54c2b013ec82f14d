"""A patch applied to a filing that is not quite its base: rows are found again, and what follows what still does."""

from __future__ import annotations

import pytest

from xltool import library
from xltool.canonical import complete
from xltool.diff.applying import apply, named
from xltool.diff.changes import CHANGED, MOVED, Change, Patch, Ref, diff
from xltool.diff.tree import ENTRY, ITEM, SECTION, TITLE
from xltool.filing import Entry, Filing, Section
from xltool.problems import ProblemError

FORMS = library.forms()
EVALUATION = FORMS["self-evaluation"]


def entry(rows: str = "", project: str = "养护", form: str = "self-evaluation") -> Entry:
    """A form whose rows are called by the letters."""
    items = [{"level1": "产出指标", "level2": "数量指标", "name": one} for one in rows]
    return complete(FORMS[form], {"project.name": project, "project.department": "某局"}, {"indicators": items} if items else {})


def filing(*entries: Entry | str) -> Filing:
    return Filing((Section(None, tuple(one if isinstance(one, Entry) else entry(one) for one in entries)),))


def rows(found: Filing) -> str:
    (one,) = found.entries
    return "".join(str(item["name"]) for item in one.lists["indicators"])


@pytest.mark.parametrize(
    ("first", "second", "base", "expected"),
    [
        pytest.param("abcde", "cdeab", "xabcde", "xcdeab", id="two moved, the second behind the first"),
        pytest.param("abac", "abaxc", "abac", "abaxc", id="behind the second of two that are called alike"),
        pytest.param("abac", "abaxc", "zabac", "zaxbac", id="behind the first of two where neither stands there"),
        pytest.param("abcde", "abxcde", "acde", "acxde", id="behind one that is gone: where it stands in the result"),
        pytest.param("abcde", "abcdxe", "ab", "abx", id="behind one that is gone, of fewer rows: at the end"),
        pytest.param("abcda", "abcd", "abcdea", "abcde", id="of two that are equal the nearest is removed"),
        pytest.param("abc", "xabc", "bc", "xbc", id="before everything"),
        pytest.param("abc", "abxyc", "zabc", "zabxyc", id="two added, the second behind the first"),
    ],
)
def test_rows_stand_behind_what_they_follow(first, second, base, expected):
    assert expected == rows(apply(diff(filing(first), filing(second)), filing(base)))


def test_a_form_behind_one_that_is_gone_is_the_last():
    one, gone, two = (entry("a", name) for name in ("甲", "乙", "丙"))
    patch = diff(filing(one, gone, two), filing(one, gone, entry("b", "丁"), two))
    assert ["甲", "丙", "丁"] == [found.values["project.name"] for found in apply(patch, filing(one, two)).entries]


def test_a_form_is_known_by_its_kind_too():
    """The declaration and the evaluation of one project say the same of it."""
    other = entry(form="target-declaration")
    patch = diff(filing("a"), filing(complete(EVALUATION, {"project.name": "养护", "project.department": "另局"}, {"indicators": entry("a").lists["indicators"]})))
    assert [CHANGED] == [change.kind for change in patch.changes]
    assert ["某局", "另局"] == [found.values["project.department"] for found in apply(patch, filing(other, "a")).entries]


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        (Ref(ITEM, (2,), (("level1", "产出指标"), ("level2", None), ("name", "甲"))), "产出指标 / 甲"),
        (Ref(ITEM, (2,), (("level1", None), ("name", None))), "#3"),
        (Ref(ENTRY, (0, 1), (("project.name", None), ("year", None))), "#1.2"),
        (Ref(SECTION, (1,), ((TITLE, None),)), "#2"),
    ],
)
def test_what_a_patch_names_has_the_words_of_its_key_or_its_number(ref, words):
    assert words == named(ref)


def test_a_row_without_a_name_that_is_not_there_is_told_by_its_number():
    of, listed = Ref(ENTRY, (0, 0), (("project.name", "养护"), ("year", None), ("project.unit", None)), EVALUATION.id), "indicators"
    gone = Change(MOVED, Ref(ITEM, (4,), (("level1", None), ("level2", None), ("name", None))), of, listed, to=(0,))
    with pytest.raises(ProblemError) as error:
        apply(Patch((gone,)), filing("ab"))
    assert [("patch-missing", "#5")] == [(one.code, dict(one.words)["what"]) for one in error.value.problems]
