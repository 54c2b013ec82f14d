"""YAML as text with lines: no type changes, nothing hostile gets through, all faults at once."""

import pytest

from xltool.budgets import limit
from xltool.problems import ProblemError
from xltool.yamlfile import Sequence, Table, Text, load


def faults(text: str) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        load(text, "m.yaml")
    return [f"{one.code} {one.place}" for one in caught.value.problems]


@pytest.mark.parametrize("word", ["no", "007", "12:30", "2024-01-05", "~", "null", "1e3", "0x10", "=", "true", "<<"])
def test_a_scalar_stays_the_text_it_is(word):
    found = load(f"a: {word}", "m.yaml").get("a")
    assert isinstance(found, Text)
    assert word == found.text


def test_every_node_knows_its_line():
    table = load("form: x\nfields:\n  甲: {json: a}\n  乙: [b]\n", "m.yaml")
    fields = table.get("fields")
    assert isinstance(fields, Table)
    assert ["m.yaml:3", "m.yaml:4"] == [key.place for key, _ in fields.entries]
    assert isinstance(fields.get("乙"), Sequence)


def test_a_block_begins_at_the_first_line_of_its_content():
    found = load("form: x\nlayout: |\n  | a |\n  | b |\n", "m.yaml").get("layout")
    assert isinstance(found, Text)
    assert ("m.yaml:3", "| a |\n| b |\n") == (found.place, found.text)


# 271 bytes that expand to millions of nodes where aliases are followed.
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("a: 1\nb:2\nc: 3", ["yaml-syntax m.yaml:2"], id="no blank behind a colon"),
        pytest.param("a: 1\nb：2\nc: 3", ["yaml-syntax m.yaml:2"], id="a full-width colon"),
        pytest.param("a:\n\tb: 2", ["yaml-syntax m.yaml:2"], id="a tab"),
        pytest.param("a: [", ["yaml-syntax m.yaml:2"], id="a bracket left open"),
        pytest.param("unit: %", ["yaml-syntax m.yaml:1"], id="a bare %"),
        pytest.param("a: 1\n---\nb: 2", ["yaml-syntax m.yaml:2"], id="two documents"),
        pytest.param("a: \x00", ["yaml-control m.yaml:1"], id="NUL"),
        pytest.param("a: 1\nb: \"x\\0\"", ["yaml-control m.yaml:2"], id="NUL as an escape"),
        pytest.param("a: 1\nb: x\x0by\x0bz", ["yaml-control m.yaml:2"], id="a vertical tab, twice"),
        pytest.param("a: \ud800", ["yaml-control m.yaml:1"], id="half a character"),
        pytest.param("a: &x 1\nb: *x", ["yaml-alias m.yaml:1", "yaml-alias m.yaml:2"], id="an alias"),
        pytest.param("a: !!python/object:os.system 1", ["yaml-tag m.yaml:1"], id="a tag that runs code"),
        pytest.param("a: !x 1\nb: &y 2", ["yaml-tag m.yaml:1", "yaml-alias m.yaml:2"], id="a tag and an anchor"),
        pytest.param("a: 1\nb: 2\na: 3", ["yaml-repeated-key m.yaml:3"], id="a repeated key"),
        pytest.param("a:\n  b: 1\n  b: 2\nc: 1\nc: 2", ["yaml-repeated-key m.yaml:3", "yaml-repeated-key m.yaml:5"], id="two repeated keys"),
        pytest.param("? [a]\n: b", ["yaml-shape m.yaml:1"], id="a list as key"),
        pytest.param("- a", ["yaml-shape m.yaml"], id="a list as file"),
        pytest.param("", ["yaml-shape m.yaml"], id="an empty file"),
        pytest.param("a: " + "[" * limit("mapping_depth") + "]" * limit("mapping_depth"), ["yaml-depth m.yaml:1"], id="one level too deep"),
        pytest.param("a: " + "[" * 50_000, ["yaml-depth m.yaml:1"], id="brackets without end"),
        pytest.param("a: " + "x" * limit("mapping_size"), ["yaml-size m.yaml"], id="too large"),
    ],
)
def test_what_is_refused(text, wanted):
    assert wanted == faults(text)


def test_an_alias_bomb_is_refused_before_it_grows():
    assert {"yaml-alias"} == {fault.split()[0] for fault in faults(BOMB)}


def test_depth_up_to_the_limit_is_fine():
    assert load("a: " + "[" * (limit("mapping_depth") - 1) + "]" * (limit("mapping_depth") - 1), "m.yaml").get("a")


def test_a_file_that_is_too_large_is_told_in_the_unit_of_its_budget():
    with pytest.raises(ProblemError) as caught:
        load("a: " + "x" * limit("mapping_size"), "m.yaml")
    assert "larger than 256 KB" in caught.value.problems[0].text("en")
