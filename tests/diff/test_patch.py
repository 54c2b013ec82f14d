"""A patch as JSON: accepted by its schema, the same when it is read again, and plain to read."""

import json
import re
from pathlib import Path

from hypothesis import given, settings

from tests.diff.made import FORMS, changed_pairs
from tests.edits.made import DECLARATIONS
from xltool.canonical import differences
from xltool.diff import apply, diff
from xltool.diff.patch_json import from_json, to_json
from xltool.diff.patch_schema import of_patch
from xltool.surfaces import json_file

RULES = of_patch(FORMS)


@settings(max_examples=20)
@given(changed_pairs())
def test_a_patch_written_and_read_makes_the_same(pair):
    before, after = pair
    data = json_file.encode(to_json(diff(before, after, FORMS), FORMS)).encode()
    patch = from_json(json_file.load_by(data, RULES, "patch.json"), FORMS, "patch.json")
    assert [] == differences(after, apply(patch, before, FORMS))


DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_schema_in_the_documents_is_that_of_the_program():
    assert of_patch({}) == json.loads((DOCS / "patch.schema.json").read_text("utf-8"))


def test_the_patch_in_the_documents_is_accepted_and_applied():
    written = re.search(r"^```json\n(.*?)^```$", (DOCS / "patch.md").read_text("utf-8"), re.M | re.S)
    assert written
    patch = from_json(json_file.load_by(written[1].encode(), RULES, "patch.md"), FORMS, "patch.md")
    made = apply(patch, DECLARATIONS, FORMS)
    assert ["sections[0].forms[0].indicators[1].target"] == differences(DECLARATIONS, made)


def test_the_python_in_the_documents_runs(monkeypatch):
    monkeypatch.chdir(DOCS.parent)
    for block in re.findall(r"^```python\n(.*?)^```$", (DOCS / "patch.md").read_text("utf-8"), re.M | re.S):
        exec(block, {})
