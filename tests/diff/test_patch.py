"""A patch as JSON: accepted by its schema, the same when it is read again, and plain to read."""


from hypothesis import given, settings

from tests.diff.made import FORMS, changed_pairs
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
