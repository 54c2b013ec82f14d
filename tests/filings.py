"""Random filings of any known form, drawn by Hypothesis from the form itself."""

from decimal import Decimal

from hypothesis import strategies as st

from xltool.canonical import complete, has_parts
from xltool.filing import Entry, Filing, Section
from xltool.form import Field, Form
from xltool.library import forms
from xltool.values import Value, parse_target, shortest

# No blanks and marks at the ends: a cell's text is as printed, and a lone mark is no text.
words = st.text("绩效目标完成率及时性服务对象abc12（）、。=≥%", min_size=1, max_size=12).map(lambda text: "甲" + text + "乙")
numbers = st.decimals(-(10**9), 10**9, places=4).map(shortest)
days = st.dates().map(lambda day: day.isoformat())
targets = st.builds(
    lambda sign, number, unit: f"{sign}{number}{unit}",
    st.sampled_from(["=", "≥", "≤", "＝", ">", ""]),
    st.integers(0, 10**6),
    st.sampled_from(["%", "(元/家)", "（次）", "人次", "", "左右"]),
)


def _value(one: Field, form: Form):
    if one.type == "target" and has_parts(form, one):
        numbered = st.builds(
            lambda number, sign, unit: Value(str(number), sign, Decimal(number), unit),
            st.integers(0, 999), st.sampled_from(["=", "≥", None]), st.sampled_from(["次", "%", None]),
        )  # fmt: skip
        return numbered | words.map(lambda text: Value(text, kind="定性"))
    if one.type == "target":
        return st.one_of(words, targets).map(lambda text: parse_target(text, form.units))
    if one.choices:
        return st.sampled_from([choice for choice in one.choices if choice != one.absent])
    return {
        "year": st.integers(1990, 2100),
        "date": days,
        "money": numbers,
        "number": numbers,
        "percent": st.decimals(0, 2, places=4).map(shortest),
        "paragraphs": st.lists(words, min_size=1, max_size=3).map("\n".join),
    }.get(one.type, words)


@st.composite
def entries(draw, form: Form, printed: bool = False) -> Entry:
    """A filled form, any cell of it perhaps empty; an empty number perhaps with a mark.

    ``printed`` asks for items as paper has them: on a sheet an empty group cell means the one above,
    and a row in which nothing but groups stands is no item.
    """
    values = {one.path: draw(st.none() | _value(one, form)) for one in form.scalars}
    lists = {}
    for name, spec in form.lists.items():
        fields = [form.fields[field] for field in spec.fields if form.fields[field].type not in ("operator", "unit")]
        filled = {*spec.groups, spec.own[0]} if printed else set()
        item = st.fixed_dictionaries({one.path: _value(one, form) if one.name in filled else st.none() | _value(one, form) for one in fields})
        lists[name] = draw(st.lists(item, max_size=4))
    marked = [one.path for one in form.scalars if one.type in ("money", "number") and values[one.path] is None]
    marks = {path: draw(st.sampled_from(["—", "/"])) for path in marked if draw(st.booleans())}
    return complete(form, values, lists, marks)




def _filings(printed: bool):
    entry = st.sampled_from(list(forms().values())).flatmap(lambda form: entries(form, printed))
    section = st.builds(Section, st.none() | words, st.lists(entry, min_size=1, max_size=2).map(tuple))
    return st.lists(section, min_size=1, max_size=2).map(lambda sections: Filing(tuple(sections)))


filings = _filings(False)
printed_filings = _filings(True)

