"""A pool of processes: each item is answered or lost by itself, whatever another does to its process."""

import os
import sys
import threading
import time
import types
from typing import Any

import pytest

from tests.jobs import poison
from xltool.jobs import pool
from xltool.jobs.pool import Lost, Pool
from xltool.problems import ProblemError


def answers(words, jobs=2, seconds=20, memory=1024):
    """The answers by number, without the number of the process."""
    found: dict[int, Any] = dict(Pool(poison.answer, jobs, seconds, memory).answers(words))
    assert list(range(len(words))) == sorted(found)
    return [found[at] if isinstance(found[at], Lost) else found[at].split()[0] for at in range(len(words))]


def test_every_item_is_answered_once_by_as_many_processes_as_asked():
    words = [f"w{number}" for number in range(60)]
    said: dict[int, Any] = dict(Pool(poison.answer, 2, 20, 1024).answers(words))
    assert [word.upper() for word in words] == [said[at].split()[0] for at in range(60)]
    processes = {one.split()[1] for one in said.values()}
    assert 2 == len(processes)
    assert str(os.getpid()) not in processes


def test_nothing_to_do_starts_nothing():
    assert [] == answers([])


@pytest.mark.parametrize(
    ("word", "why"),
    [
        pytest.param("dies", "died", id="its process is killed"),
        pytest.param("panics", "died", id="a library gives up"),
        pytest.param("swells", "memory", id="more memory than there is"),
        pytest.param("sleeps", "time", id="endless"),
    ],
)
def test_a_poisoned_item_costs_itself_alone(word, why):
    words = ["a", "b", word, "c", "d", "e", "f", "g", "h"]
    said = answers(words, jobs=1, seconds=2)
    assert ["A", "B", why, "C", "D", "E", "F", "G", "H"] == [one.why if isinstance(one, Lost) else one for one in said]


def test_items_that_are_all_poisoned_are_all_named():
    assert ["died"] * 3 == [one.why for one in answers(["dies"] * 3)]


def test_what_killed_the_process_is_told():
    [lost] = answers(["dies"])
    assert "SIGABRT" == lost.what or "exit code" in lost.what


def test_an_item_is_blamed_when_two_processes_died_of_it(tmp_path):
    """The system kills a process that is in another's way; its item is innocent."""
    assert ["A", "LOSES"] == answers(["a", f"loses one:{tmp_path / 'met'}"])


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no limit of memory for a process")
def test_memory_is_held_to_the_limit_and_not_below_it():
    import resource

    soft = dict(Pool(limit, 1, 20, 700).answers([None]))[0]
    assert 700 * 2**20 == soft != resource.getrlimit(resource.RLIMIT_AS)[0]


def limit(_: object) -> int:
    """The limit of memory of the process."""
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0]


def test_a_pool_that_is_left_early_leaves_no_process():
    found = Pool(poison.answer, 2, 20, 1024)
    said = found.answers(["a"] * 50)
    next(said)
    processes = [one.process for one in found._workers]
    said.close()
    assert [False, False] == [one.is_alive() for one in processes]


def test_a_process_that_cannot_start_is_a_problem(monkeypatch):
    """Its work stands in a module that the process does not find."""

    def work(item):
        return item

    module = types.ModuleType("known_to_the_parent_only")
    work.__module__, work.__qualname__ = module.__name__, "work"
    monkeypatch.setattr(module, "work", work, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    with pytest.raises(ProblemError) as caught:
        list(Pool(work, 2, 20, 1024).answers(["a"]))
    assert ["pool-start"] == [one.code for one in caught.value.problems]


def test_a_pool_runs_in_a_thread_too():
    """A web page or a window calls it from one; signals are the main thread's."""
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.extend(answers(["a"])))
    thread.start()
    thread.join(60)
    assert ["A"] == said


def test_time_is_counted_from_when_an_item_is_begun_and_not_from_when_it_waits(monkeypatch):
    """Nine items of half a second in one process, each with two seconds, wait longer than that."""
    found = dict(Pool(nap, 1, 2, 1024).answers([0.5] * 9))
    assert [0.5] * 9 == [found[at] for at in range(9)]
    assert pool.AHEAD * 0.5 >= 2


def test_an_answer_in_time_counts_however_long_the_others_take_to_be_used():
    said = Pool(nap, 2, 1, 1024).answers([0.7] * 4)
    for _, one in said:
        time.sleep(1.2)
        assert 0.7 == one


def nap(seconds: float) -> float:
    """The seconds, after them."""
    time.sleep(seconds)
    return seconds
