"""The JSON Schema of a form: it is one, it takes every filing of the form, and it refuses what is none."""

import json

import jsonschema_rs
import pytest
from hypothesis import given

from tests.filings import filings
from xltool import schema
from xltool.canonical import to_json
from xltool.library import forms
from xltool.surfaces.json_file import encode


@pytest.mark.parametrize("form_id", sorted(forms()))
def test_it_is_a_schema_of_2020_12(form_id):
    made = schema.of_form(forms()[form_id])
    assert "https://json-schema.org/draft/2020-12/schema" == made["$schema"]
    jsonschema_rs.meta.validate(made)


@given(filings)
def test_every_filing_keeps_to_it(filing):
    document = json.loads(encode(to_json(filing, forms())))
    faults = jsonschema_rs.Draft202012Validator(schema.of_forms(forms())).iter_errors(document)
    assert [] == [f"{one.instance_path}: {one.message}" for one in faults]


def test_a_schema_of_one_form_refuses_another(samples):
    document = json.loads((samples / "self-evaluation" / "filing.json").read_text("utf-8"))
    validator = jsonschema_rs.Draft202012Validator(schema.of_form(forms()["target-declaration"]))
    assert not validator.is_valid(document)


def test_every_table_of_keys_is_closed():
    def open_ones(node, path=""):
        if isinstance(node, dict):
            if "properties" in node and "required" in node and "additionalProperties" not in node and path.split("/")[-1] != "items":
                yield path
            for key, value in node.items():
                yield from open_ones(value, f"{path}/{key}")
        elif isinstance(node, list):
            for at, value in enumerate(node):
                yield from open_ones(value, f"{path}/{at}")

    assert [] == list(open_ones(schema.of_forms(forms())["$defs"]))
