"""What holds of every merge."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diff.made import FORMS, changed_pairs, changed_triples
from xltool.canonical import differences
from xltool.diff import Patch, apply
from xltool.merge import BASE, OURS, THEIRS, merge


@settings(max_examples=20)
@given(changed_pairs())
def test_what_one_side_alone_changed_is_kept(pair):
    base, changed = pair
    for sides in ((base, changed), (changed, base), (changed, changed)):
        found = merge(base, *sides, FORMS)
        assert ([], ()) == (differences(changed, found.filing), found.conflicts)


@settings(max_examples=20)
@given(changed_triples())
def test_the_sides_may_be_exchanged(triple):
    base, ours, theirs = triple
    one, other = merge(base, ours, theirs, FORMS), merge(base, theirs, ours, FORMS)
    assert [] == differences(one.filing, other.filing)
    swapped = {(conflict.kind, conflict.of, conflict.path, conflict.base, conflict.theirs, conflict.ours) for conflict in other.conflicts}
    assert {(conflict.kind, conflict.of, conflict.path, conflict.base, conflict.ours, conflict.theirs) for conflict in one.conflicts} == swapped


@settings(max_examples=20)
@given(changed_triples(), st.sampled_from([BASE, OURS, THEIRS]))
def test_every_choice_can_be_made(triple, choice):
    base, ours, theirs = triple
    merged = merge(base, ours, theirs, FORMS)
    added = {(conflict.of, conflict.entry) for conflict in merged.conflicts if conflict.choices[BASE]}
    changes = [change for conflict in merged.conflicts for change in conflict.choices[choice]]
    made = apply(Patch(tuple(changes)), merged.filing, FORMS)
    assert choice != BASE or bool(added) == bool(differences(merged.filing, made))
