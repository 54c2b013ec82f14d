"""The command with the smallest sizes: it runs and prints its table. Nothing here is timed."""

import json

import pytest

from bench.__main__ import main

TINY = ["--forms", "2", "--rounds", "1", "--lengths", "1,2", "--files", "0", "--workbooks", "0"]


def test_every_work_runs_and_has_its_line(capsys, monkeypatch):
    monkeypatch.delenv("XLTOOL_FILINGS", raising=False)
    assert 0 == main([*TINY, "--json"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [
        "write 2 forms",
        "write 2 forms, stacked",
        "write 2 forms and verify",
        "write 2 forms",
        "read 2 forms",
        "read 2 forms of shapes read before",
        "read 2 forms",
        "recover the samples",
        "recover 1,000 characters of 2 forms",
        "read 2 forms of a PDF",
        "read the prints of the samples",
        "xltool --help",
    ] == [row["name"] for row in rows]
    assert all(row["ratio"] > 0 for row in rows)


def test_only_the_works_named_run(capsys):
    assert 0 == main([*TINY, "--only", "stacked"])
    drawn = capsys.readouterr().out.splitlines()
    assert 3 == len(drawn)
    assert drawn[2].startswith("write 2 forms, stacked")


@pytest.mark.parametrize("word", ["stacked"])
def test_profile_names_the_functions(word, capsys):
    assert 0 == main([*TINY, "--only", word, "--profile"])
    assert "Ordered by: internal time" in capsys.readouterr().out
