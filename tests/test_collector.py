"""The collector of cyclic garbage while a document is read."""

import gc
from threading import Barrier, Thread

import pytest

from tests.edits.made import DECLARATIONS, read, written
from xltool.collector import paused


@pytest.fixture(autouse=True)
def _collector_on():
    gc.enable()
    yield
    gc.enable()


def test_the_collector_rests_until_the_last_pause_ends():
    with paused():
        with paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_ends_the_pause():
    with pytest.raises(ValueError, match="broken"), paused():
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    with paused():
        pass
    assert not gc.isenabled()


def test_pauses_of_two_threads_end_with_the_later_one():
    began, ended, seen = Barrier(2), Barrier(2), []

    def first():
        with paused():
            began.wait()
        ended.wait()

    def second():
        with paused():
            began.wait()
            ended.wait()
            seen.append(gc.isenabled())

    threads = [Thread(target=first), Thread(target=second)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert seen == [False]
    assert gc.isenabled()


def test_reading_a_workbook_leaves_no_cycles():
    data = written(DECLARATIONS)
    read(data)
    gc.collect()
    with paused():
        read(data)
        assert gc.collect() == 0
