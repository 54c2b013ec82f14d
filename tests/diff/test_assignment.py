"""Pairs from scores, what stays of an order, and how alike texts are."""

from difflib import SequenceMatcher
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.diff import assignment
from xltool.diff import likeness as likeness_of
from xltool.diff.assignment import best_pairs, equal_pairs, staying
from xltool.diff.likeness import FINE, likeness, runs

sizes = st.integers(1, 5)
texts = st.text("水质抽检合格率ab1 。，\n", max_size=30)


@st.composite
def all_scores(draw):
    rows, columns = draw(sizes), draw(sizes)
    pairs = [(row, column) for row in range(rows) for column in range(columns) if draw(st.booleans())]
    return {pair: draw(st.integers(1, 9)) for pair in pairs}


def best_of(scores) -> float:
    """The most that a pairing can add up to, all of them tried."""
    rows = sorted({row for row, _ in scores})
    columns = [*sorted({column for _, column in scores}), *[None] * len(rows)]
    return max((sum(scores.get(pair, 0) for pair in zip(rows, way, strict=True)) for way in permutations(columns, len(rows))), default=0)


@settings(max_examples=60)
@given(all_scores())
def test_no_other_pairing_adds_up_to_more(scores):
    found = best_pairs(scores)
    assert len(set(found.values())) == len(found)
    assert best_of(scores) == pytest.approx(sum(scores[pair] for pair in found.items()))


@pytest.mark.parametrize(
    ("scores", "pairs"),
    [
        pytest.param({(2, 0): 3, (2, 2): 3, (2, 4): 3}, {2: 2}, id="one row"),
        pytest.param({(0, 2): 3, (2, 2): 3, (4, 2): 3}, {2: 2}, id="one column"),
        pytest.param({(2, 0): 4, (2, 2): 3, (2, 4): 3}, {2: 0}, id="the better before the nearer"),
        pytest.param({(3, 0): 3, (3, 4): 3}, {3: 4}, id="the nearer lies behind"),
    ],
)
def test_of_equally_good_ones_the_nearest_is_the_pair(scores, pairs):
    assert pairs == best_pairs(scores) == best_pairs(dict(reversed(scores.items())))


def test_of_too_many_the_best_pair_goes_first(monkeypatch):
    monkeypatch.setattr(assignment, "LARGEST", 1)
    scores = {(0, 0): 5, (0, 1): 4, (1, 0): 4}
    assert {0: 0} == best_pairs(scores)


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_equal_ones_are_paired_as_often_as_both_have_them(first, second):
    found = equal_pairs(first, second)
    assert all(first[a] == second[b] for a, b in found.items())
    assert len(found) == len(set(found.values())) == sum(min(first.count(one), second.count(one)) for one in "abc")


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        pytest.param("aba", "ba", {1: 0, 2: 1}, id="the second of two that stand alike"),
        pytest.param("a", "aa", {0: 0}, id="one that came twice is the first"),
        pytest.param("ab", "ba", {0: 1, 1: 0}, id="exchanged"),
        pytest.param("xaya", "aa", {1: 0, 3: 1}, id="two without what stood between"),
    ],
)
def test_equal_ones_in_the_same_order_are_paired_first(first, second, pairs):
    assert pairs == equal_pairs(first, second)


@given(st.permutations(range(6)))
def test_the_longest_rising_run_stays(order):
    kept = sorted(staying(order))
    assert [order[at] for at in kept] == sorted(order[at] for at in kept)
    longest = max(count for count in range(1, 7) for run in combinations(order, count) if list(run) == sorted(run))
    assert longest == len(kept)


@given(texts, texts)
def test_runs_are_both_texts(old, new):
    found = runs(old, new)
    assert (old, new) == ("".join(was for was, _ in found), "".join(now for _, now in found))


def test_a_very_long_text_is_compared_by_sentences_first(monkeypatch):
    """Thousands of characters, one number changed: never more than FINE words of one text are compared with each other."""
    sizes = []

    def compared(junk, a, b, autojunk):
        sizes.append(max(len(a), len(b)))
        return SequenceMatcher(junk, a, b, autojunk=autojunk)

    monkeypatch.setattr(likeness_of, "SequenceMatcher", compared)
    old = "".join(f"第{at}条，按规定办理并归档。" for at in range(FINE // 2))
    found = runs(old, old.replace("第900条", "第901条", 1))
    assert [("900", "901")] == [(was, now) for was, now in found if was != now]
    assert max(sizes) <= FINE


def test_numbers_and_words_change_as_a_whole():
    assert [("每年", "每年"), ("12.5", "13.5"), ("km", "km")] == runs("每年12.5km", "每年13.5km")


@given(texts, texts)
def test_likeness_is_a_share_and_knows_no_sides(first, second):
    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    assert 1 == likeness(first, first)


def test_a_name_of_one_other_word_is_more_alike_than_another_name():
    assert 0 == likeness("抽检水样数量", "及时") < likeness("抽检水样数量", "抽检农村水厂数量") < likeness("抽检水样数量", "抽检水样总数量") < 1
