"""Two names of levels in one cell of a printed page: 社会效益指标 可持续影响指标. The rule between them was not drawn.

Which rows are whose, nothing tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xltool.filing import Doubt, Entry, Filing
from xltool.form import Form
from xltool.recovery.vocabulary import Levels, vocabulary
from xltool.values import normal

WHY = "这一格连着几个级别的名称，中间的框线没有画出，各行归于哪一个不能确定"


def with_doubts(filing: Filing, forms: Mapping[str, Form]) -> Filing:
    """The filing with a doubt on each level of an item that is several names."""
    return filing.with_entries(entry.doubted(Doubt(path, "", WHY) for path in _heaped(entry, forms[entry.form])) for entry in filing.entries)


def _heaped(entry: Entry, form: Form) -> Iterator[str]:
    levels = vocabulary(form).levels
    for name, items in entry.lists.items():
        paths = [form.fields[field].path for field in form.lists[name].groups if form.fields[field].type == "text"]
        for at, item in enumerate(items):
            yield from (f"{name}[{at}].{path}" for path in paths if isinstance(text := item.get(path), str) and _is_heap(normal(text), levels))


def _is_heap(key: str, levels: Levels) -> bool:
    """True for two names of levels or more behind each other."""
    return key not in levels.keys and any(key.startswith(name) and (key[len(name) :] in levels.keys or _is_heap(key[len(name) :], levels)) for name in levels.starts.get(key[:1], ()))
