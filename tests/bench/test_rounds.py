"""Medians, ratios and goals, with a clock that the test sets."""

import json

import pytest

from bench import table
from bench.rounds import Measured, Work, measure


def measured(ratio: float, first: float | None, then: float | None, faster: bool = False) -> Measured:
    return Measured("work", "peer", 0.5, 0.25, ratio, first, then, faster)


@pytest.mark.parametrize(
    ("row", "reached"),
    [
        pytest.param(measured(1.0, 1.3, 1.0), "then", id="at the farther goal"),
        pytest.param(measured(1.2, 1.3, 1.0), "first", id="between the two"),
        pytest.param(measured(1.4, 1.3, 1.0), "no", id="beyond both"),
        pytest.param(measured(41, 15, 40, True), "then", id="faster than asked"),
        pytest.param(measured(16, 15, 40, True), "first", id="fast enough"),
        pytest.param(measured(14, 15, 40, True), "no", id="not fast enough"),
        pytest.param(measured(1.2, None, 1.25), "then", id="one goal, reached"),
        pytest.param(measured(1.3, None, 1.25), "no", id="one goal, missed"),
        pytest.param(measured(9.9, None, None), "", id="no goal"),
    ],
)
def test_goal_is(row, reached):
    assert reached == row.reached


def clocked(seconds: dict[str, list[float]], **more: object) -> tuple[Measured, list[str]]:
    """What is measured where each run of «own» and «peer» takes the next of its seconds."""
    order: list[str] = []

    def clock(run, number) -> float:
        order.append(run(number))
        return seconds[order[-1]].pop(0)

    return measure(Work("w", "p", lambda _: "own", lambda _: "peer", clock=clock, **more), 3), order  # type: ignore[arg-type]


def test_first_round_is_thrown_away_and_the_median_of_the_ratios_counts():
    row, _ = clocked({"own": [99, 1, 2, 9], "peer": [99, 1, 1, 1]})
    assert (2, 1, 2.0) == (row.seconds, row.peer_seconds, row.ratio)


def test_work_and_peer_take_turns_at_going_first():
    _, order = clocked({"own": [1] * 4, "peer": [1] * 4})
    assert ["peer", "own", "own", "peer", "peer", "own", "own", "peer"] == order


def test_each_round_is_told_its_number():
    told: list[int] = []

    def clock(run, number) -> float:
        run(number)
        return 1.0

    measure(Work("w", "p", told.append, lambda _: None, clock=clock), 2)
    assert [0, 1, 2] == told


def test_faster_turns_the_ratio_round():
    row, _ = clocked({"own": [1] * 4, "peer": [5] * 4}, faster=True)
    assert 5.0 == row.ratio


def test_cost_of_a_part_is_held_against_the_cost_of_a_part():
    row, _ = clocked({"own": [64] * 4, "peer": [8] * 4}, parts=(64, 8))
    assert (1.0, 1.0, 1.0) == (row.seconds, row.peer_seconds, row.ratio)


def test_table_has_a_line_a_row_and_names_the_goals():
    drawn = table.text([measured(1.4, 1.3, 1.0), measured(41, 15, 40, True)]).splitlines()
    assert 4 == len(drawn)
    assert ["work", "peer", "500.0", "250.0", "1.40", "≤", "1.3", "≤", "1", "no"] == drawn[2].split()
    assert ["work", "peer", "500.0", "250.0", "41.00×", "≥", "15", "≥", "40", "then"] == drawn[3].split()


def test_json_holds_what_the_table_holds():
    found = json.loads(table.as_json([measured(1.2, 1.3, 1.0)], {"xltool --help": 7}))
    assert (1.2, "first", {"xltool --help": 7}) == (
        found["rows"][0]["ratio"], found["rows"][0]["reached"], found["instructions"],
    )  # fmt: skip
