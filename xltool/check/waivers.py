"""Waivers: findings that somebody has accepted, with the reason, by what they say and never by row numbers.

    waivers:
      - rule: score-deducted
        project: 业务培训
        indicator: 培训及时性
        reason: 财政科已同意，见备注

A waiver accepts the findings to which everything that it names applies; a reason must be given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xltool import yamlfile
from xltool.check.finding import Finding
from xltool.problems import ProblemError
from xltool.values import is_mark, normal
from xltool.yaml_reader import TableReader
from xltool.yamlfile import Table, Text

KEYS = ("rule", "form", "project", "path", "indicator", "reason")
_NUMBERED = re.compile(r"\[\d+\]")
DRAFT = "待填写"
"""The reason of a draft: it stands for one that has not been given yet, and accepts nothing."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted finding, or several: what is empty says nothing. ``path`` has no row numbers: ``indicators.score``."""

    rule: str
    reason: str
    form: str = ""
    project: str = ""
    path: str = ""
    indicator: str = ""
    place: str = ""

    def accepts(self, finding: Finding) -> bool:
        """True where everything that the waiver names is the finding's."""
        wanted = (self.form, normal(self.project), self.path, normal(self.indicator))
        found = (finding.form, normal(finding.project), plain_path(finding.path), normal(finding.item))
        return self.rule == finding.rule and all(one in ("", other) for one, other in zip(wanted, found, strict=True))


def plain_path(path: str) -> str:
    """A path without row numbers."""
    return _NUMBERED.sub("", path)


def read(text: str, name: str) -> tuple[Waiver, ...]:
    """The waivers of a file.

    Raises:
        ProblemError: with every fault of the file.
    """
    table = yamlfile.load(text, name, "waivers_size")
    reader = TableReader(table)
    reader.known(table, ("waivers",))
    node = table.get("waivers")
    if not isinstance(node, yamlfile.Sequence):
        reader.fault("yaml-shape", node, key="waivers", wanted="列表 (- rule: …)")
        raise ProblemError(reader.faults)
    found = [_waiver(item, reader) for item in node.items]
    if reader.faults:
        raise ProblemError(reader.faults)
    return tuple(one for one in found if one)


def _waiver(node: yamlfile.Node, reader: TableReader) -> Waiver | None:
    if not isinstance(node, Table):
        reader.fault("yaml-shape", node, key="waivers", wanted="键值表 (rule: …, reason: …)")
        return None
    reader.known(node, KEYS)
    told = {key.text: value for key, value in node.entries if key.text in KEYS}
    said = {key: reader.text_of(value, key).strip() for key, value in told.items()}
    said = {key: text for key, text in said.items() if isinstance(told[key], Text)}
    for key in ("rule", "reason"):
        if key not in said:
            reader.fault("yaml-missing-key", node, key=key)
    if (reason := said.get("reason")) is not None and (reason in ("", "0", DRAFT) or is_mark(reason)):
        reader.fault("waiver-reason", node)
    for key in KEYS:
        if key != "reason" and said.get(key) == "":
            reader.fault("waiver-empty", node, key=key)
    if _NUMBERED.search(said.get("path", "")):
        reader.fault("waiver-path", node, found=said["path"], wanted=plain_path(said["path"]))
    return Waiver(**{"rule": "", "reason": "", **said}, place=node.place)


def apply(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> Iterator[Finding]:
    """The findings, those that a waiver accepts with its reason."""
    index = _Index(waivers)
    for one in findings:
        found = next((waivers[at] for at in index.about(one) if waivers[at].accepts(one)), None)
        yield replace(one, accepted=found.reason) if found else one


def unused(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> tuple[Waiver, ...]:
    """The waivers that accept none of the findings: what they were written for is gone."""
    index = _Index(waivers)
    used = {at for one in findings for at in index.about(one) if waivers[at].accepts(one)}
    return tuple(waiver for at, waiver in enumerate(waivers) if at not in used)


class _Index:
    """The numbers of waivers by rule and project: a year's findings are not held against a year's waivers one by one."""

    def __init__(self, waivers: Sequence[Waiver]) -> None:
        self._by: dict[tuple[str, str], list[int]] = {}
        for at, waiver in enumerate(waivers):
            self._by.setdefault((waiver.rule, normal(waiver.project)), []).append(at)

    def about(self, finding: Finding) -> list[int]:
        """The waivers of the finding's rule and project, and those that name no project, in the file's order."""
        own = self._by.get((finding.rule, normal(finding.project)), [])
        return sorted({*own, *self._by.get((finding.rule, ""), [])})


def draft(findings: Iterable[Finding], kept: Sequence[Waiver] = ()) -> str:
    """A file of waivers: those that are kept, then one for each finding that counts and is not accepted, its reason to be filled in."""
    lines = ["waivers:"]
    written = [(one, one.reason) for one in kept]
    fresh = dict.fromkeys(Waiver(one.rule, DRAFT, one.form, one.project, plain_path(one.path), one.item) for one in findings if one.counts)
    for waiver, reason in (*written, *((one, DRAFT) for one in fresh)):
        said = {"rule": waiver.rule, "form": waiver.form, "project": waiver.project, "path": waiver.path, "indicator": waiver.indicator, "reason": reason}
        pairs = [f"{key}: {quoted(text)}" for key, text in said.items() if text]
        lines.append("  - " + "\n    ".join(pairs))
    return "\n".join(lines) + "\n" if len(lines) > 1 else "waivers: []\n"


def quoted(text: str) -> str:
    """A text as a YAML scalar that reads back as it is."""
    escaped = "".join(_ESCAPES.get(one, one) if (ord(one) >= 0x20 and one not in "\x7f\x85\u2028\u2029\ufeff") or one in _ESCAPES else f"\\u{ord(one):04x}" for one in text)
    return f'"{escaped}"'


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
