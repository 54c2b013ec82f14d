"""Profiles: what they take over, every fault of one at once and by line, and where they are found."""

from __future__ import annotations

import textwrap

import pytest

from tests.check.made import DECLARATION, EVALUATION, NATIONAL, SICHUAN, filing, findings
from xltool.check import check, named, profiles, usual
from xltool.check.profiles import read
from xltool.problems import ProblemError
from xltool.yamlfile import load

OWN = """
    profile: own
    title: {zh: 本局, en: ours}
    rules:
      name-long:
        test: compare
        severity: warning
        left: amount
        sign: "≤"
        number: "1000"
        what: {zh: "“{caption}”是 {found}，超过 {limit}", en: "«{caption}» is {found}, over {limit}"}
        do: {zh: 请核对, en: check it}
"""


def profile(text: str):
    return read(textwrap.dedent(text), "own.yaml")


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemError) as error:
        profile(text)
    return [(one.place, one.code) for one in error.value.problems]


def test_a_rule_of_ones_own_is_data_alone():
    found = check(filing(DECLARATION), profile=profile(OWN))
    assert [("name-long", "warning", "funding.annual.total")] == [(one.rule, one.severity, one.path) for one in found]
    assert ("“年度资金申请总额”是 341,875.25，超过 1,000", "«年度资金申请总额» is 341,875.25, over 1,000") == (found[0].what.text("zh"), found[0].what.text("en"))


def changed(old: str, new: str) -> str:
    assert old in OWN
    return OWN.replace(old, new)


def added(rule: str) -> str:
    return OWN.rstrip() + "\n      more: " + rule.replace("{test", "{what: {zh: 甲, en: a}, do: {zh: 乙, en: b}, test", 1) + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (changed("left: amount", "left: money"), [("own.yaml:8", "word-expected")]),
        (changed("test: compare", "test: eval"), [("own.yaml:6", "word-expected")]),
        (changed("severity: warning", "severity: fatal"), [("own.yaml:7", "word-expected")]),
        (changed('number: "1000"', "number: many"), [("own.yaml:10", "number-expected")]),
        (changed('number: "1000"', "number: 1e999999"), [("own.yaml:10", "number-expected")]),
        (changed("{found}，", "{left}，"), [("own.yaml:11", "rule-hole")]),
        (changed("{found}，", "{found.__class__}，"), [("own.yaml:11", "rule-hole")]),
        (changed("{found}，", "{found!r}，"), [("own.yaml:11", "rule-hole")]),
        (changed("{found}，", "{found:>99999999}，"), [("own.yaml:11", "rule-hole")]),
        (changed("{found}，", "{，"), [("own.yaml:11", "rule-hole")]),
        (changed('sign: "≤"', 'sign: "≤"\n        within: hint'), [("own.yaml:5", "rule-tolerance")]),
        (added("{test: parts-add-up, severity: error, tolerance: {元: '1'}}"), [("own.yaml:13", "rule-tolerance")]),
        (changed('sign: "≤"', "script: import os"), [("own.yaml:9", "yaml-unknown-key"), ("own.yaml:6", "yaml-missing-key")]),
        (changed("        do: {zh: 请核对, en: check it}\n", ""), [("own.yaml:5", "yaml-missing-key")]),
        (changed("en: check it", "fr: voir"), [("own.yaml:12", "yaml-unknown-key"), ("own.yaml:12", "yaml-missing-key")]),
        (changed('sign: "≤"', 'sign: "≤"\n        unless: [name-lng]'), [("own.yaml:10", "word-expected")]),
        (changed("rules:", "forms: all\n    rules:"), [("own.yaml:4", "yaml-shape")]),
        (changed('sign: "≤"', 'sign: "≤"\n        unless: [name-long]'), [("own.yaml:5", "rule-circle")]),
        (added("{test: caps, severity: error, most: {low: '59', '1e99999999': '3', '0.5': '59'}}"), [("own.yaml:13", "number-expected")] * 2),
        (added("{test: parts-add-up, severity: error, tolerance: {元: '1', 里拉: '7'}, because: {zh: 甲, en: a}}"), [("own.yaml:13", "word-expected")]),
        (added("{test: product, severity: error, of: score, factors: [weight], most: {rate: '1'}}"), [("own.yaml:13", "word-expected")]),
        (added("{test: quotient, severity: error, of: score, dividend: score, divisor: weight, decimals: '19999999999999'}"), [("own.yaml:13", "word-expected")]),
        (added("{test: quotient, severity: error, of: score, dividend: score, divisor: weight, decimals: '2.5'}"), [("own.yaml:13", "word-expected")]),
        (added("{test: left-over, severity: error, roles: [goal], parts: [甲, '  ']}"), [("own.yaml:13", "rule-word-empty")]),
        (added("{test: grade, severity: error, least: {'': '0', 优: '90'}}"), [("own.yaml:13", "rule-word-empty")]),
        ("profile: own\ntitle: {zh: 本局, en: ours}\nrules: none", [("own.yaml:3", "yaml-shape")]),
        ("profile: own\ntitle: 本局\nrules: {a: b}", [("own.yaml:3", "yaml-shape"), ("own.yaml:2", "yaml-shape")]),
    ],
    ids=["role", "operator", "severity", "number", "number too long", "hole", "attribute", "conversion", "width", "open brace", "within without its reason", "tolerance without its reason", "unknown key", "no words", "language", "a rule that is none", "forms", "a rule that silences itself", "a rate that is no number", "a unit of no money", "a cap on no role", "more decimals than any number has", "half a decimal", "an empty word", "an empty grade", "rules", "several"],
)
def test_faults_of_a_profile_are_named_by_line(text, expected):
    assert sorted(expected) == sorted(faults(text))


def test_all_faults_of_a_profile_come_at_once():
    text = changed("left: amount", "left: money").replace("warning", "fatal").replace("{found}", "{x}").replace('"1000"', "many")
    assert 5 == len(faults(text))


def test_rules_that_silence_one_another_are_told_once_and_in_short():
    rules = "".join(f"  z{at}: {{test: has-rows, severity: hint, unless: [z{(at + 1) % 60}], what: {{zh: 甲, en: a}}, do: {{zh: 乙, en: b}}}}\n" for at in range(60))
    with pytest.raises(ProblemError) as error:
        read(f"profile: own\ntitle: {{zh: 本局, en: ours}}\nrules:\n{rules}", "own.yaml")
    [one] = error.value.problems
    assert ("own.yaml:4", "rule-circle") == (one.place, one.code)
    assert "z0 → z1 → z2 → z3 → … → z0；" in one.text("zh")


@pytest.mark.parametrize(("count", "chain"), [(1, "z0 → z0"), (3, "z0 → z1 → z2 → z0"), (5, "z0 → z1 → z2 → z3 → z4 → z0"), (6, "z0 → z1 → z2 → z3 → … → z0")])
def test_a_short_circle_is_written_out(count, chain):
    text = OWN + "".join(f"      z{at}: {{test: has-rows, severity: hint, unless: [z{(at + 1) % count}], what: {{zh: 甲, en: a}}, do: {{zh: 乙, en: b}}}}\n" for at in range(count))
    with pytest.raises(ProblemError) as error:
        profile(text)
    assert [{"chain": chain}] == [dict(one.words) for one in error.value.problems]


def test_a_rule_that_is_not_there_is_told_with_the_names_nearest_to_it():
    text = added("{test: has-rows, severity: hint, unless: [name-lang]}")
    with pytest.raises(ProblemError) as error:
        profile(text)
    assert {"key": "unless", "known": "name-long, more", "found": "name-lang"} == dict(error.value.problems[0].words)


def test_a_profile_takes_over_what_it_does_not_say():
    national, hubei = named("national"), named("hubei")
    assert list(national.rules) == list(hubei.rules)[: len(national.rules)]
    assert national.rules["tiers"].what == hubei.rules["tiers"].what
    assert ("hint", "warning") == (national.rules["level-weight-usual"].severity, hubei.rules["level-weight-usual"].severity)


def test_a_rule_that_is_off_is_gone():
    assert "level-weight-usual" in named("national").rules
    assert "level-weight-usual" not in named("shanghai").rules


@pytest.mark.parametrize(("form", "expected"), [(DECLARATION, "shanghai"), (EVALUATION, "shanghai"), (SICHUAN, "sichuan"), (NATIONAL, "national"), ("declaration-2015", "national")])
def test_each_form_has_its_usual_profile(form, expected):
    assert expected == usual(form, profiles()).id


def test_unknown_profile_is_told_with_those_there_are():
    with pytest.raises(ProblemError, match="national") as error:
        named("atlantis")
    assert ["profile-unknown"] == [one.code for one in error.value.problems]


@pytest.mark.parametrize(
    ("text", "code"),
    [("extends: atlantis", "profile-unknown"), ("extends: own", "extends-circle")],
)
def test_extends_that_leads_nowhere_or_round_is_told(text, code):
    table = load(f"profile: own\n{text}\nrules: {{}}\n", "own.yaml")
    with pytest.raises(ProblemError) as error:
        read(f"profile: own\n{text}\nrules: {{}}\n", "own.yaml", {"own": table}.get)
    assert [("own.yaml:2", code)] == [(one.place, one.code) for one in error.value.problems]


def test_profiles_of_ones_own_folder_go_before_those_of_xltool(tmp_path):
    (tmp_path / "profiles").mkdir()
    own = textwrap.dedent(OWN).replace("title:", f"extends: shanghai\nforms: [{DECLARATION}]\ntitle:")
    (tmp_path / "profiles" / "own.yaml").write_text(own, "utf-8")
    found = check(filing(DECLARATION), mappings=(str(tmp_path),))
    assert ["name-long"] == [one.rule for one in found]


def test_a_profile_may_be_a_file_that_extends_a_known_one(tmp_path):
    file = tmp_path / "stricter.yaml"
    file.write_text("profile: stricter\ntitle: {zh: 从严, en: strict}\nextends: national\nrules: {verbs-only: {severity: error}}\n", "utf-8")
    found = findings(DECLARATION, {"indicators[4].target": "逐步提高"}, str(file))
    assert ("verbs-only", "error") in [(one.rule, one.severity) for one in found]


def test_a_profile_file_is_known_by_its_suffix_however_that_is_written(tmp_path):
    for name in ("own.yaml", "own.yml", "OWN.YAML"):
        (tmp_path / name).write_text(textwrap.dedent(OWN), "utf-8")
        assert "own" == named(str(tmp_path / name)).id


def test_a_file_that_extends_an_unknown_profile_is_told_those_there_are(tmp_path):
    (tmp_path / "own.yaml").write_text(textwrap.dedent(OWN).replace("title:", "extends: atlantis\ntitle:"), "utf-8")
    with pytest.raises(ProblemError) as error:
        named(str(tmp_path / "own.yaml"))
    assert {"profile": "atlantis", "known": ", ".join(profiles())} == dict(error.value.problems[0].words)


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "file-missing"), (b"\xff\xff\x80", "text-encoding"), (b"a: [", "yaml-syntax"), (b"a: &x b\nc: *x", "yaml-alias")],
)
def test_profile_file_that_cannot_be_read_is_told(tmp_path, content, code):
    file = tmp_path / "p.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ProblemError) as error:
        named(str(file))
    assert code in [one.code for one in error.value.problems]


def test_two_profiles_of_one_name_are_told(tmp_path):
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "national.yaml").write_text(textwrap.dedent(OWN).replace("own", "national"), "utf-8")
    with pytest.raises(ProblemError) as error:
        profiles((str(tmp_path),))
    assert "profile-twice" in [one.code for one in error.value.problems]
