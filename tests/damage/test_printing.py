"""Facts about invented filings and the text they are printed as."""

import re
import unicodedata
from collections import Counter
from typing import Any

import pytest

from tests.damage.forms import FORMS, NORMAL_WEIGHTS, random_filing
from tests.damage.printing import kinds_of, print_filing
from tests.damage.score import entries

CASES = [pytest.param(form, kind, id=f"{kind} {form}") for form in FORMS for kind in kinds_of(form)]
SEEDS = range(12)


def letters(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", text.replace("&lt;", "<").replace("&gt;", ">"))
    return Counter("".join(plain.split()))


def texts(form: dict[str, Any]) -> list[str]:
    rows = form["indicators"]
    found = [*form["project"].values(), *form["goals"].values(), *form.get("marks", {}).values()]
    found += [row["name"] + row["target"]["text"] for row in rows]
    found += [row["actual"]["text"] + (row["reason"] or "") for row in rows if "actual" in row]
    found += dict.fromkeys(row["level2"] for row in rows)
    return [text for text in found if text]


@pytest.mark.parametrize("form", FORMS)
def test_same_seed_gives_the_same_filing(form):
    assert random_filing(3, form) == random_filing(3, form)
    assert random_filing(3, form) != random_filing(4, form)


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_same_seed_gives_the_same_text(form, kind):
    filing = random_filing(3, form)
    assert print_filing(filing, kind, 3) == print_filing(filing, kind, 3)


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_every_letter_of_a_filing_is_printed(form, kind):
    for seed in SEEDS:
        filing = random_filing(seed, form)
        wanted = letters("".join(text for _, entry in entries(filing) for text in texts(entry)))
        assert not wanted - letters(print_filing(filing, kind, seed)), seed


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_every_form_is_printed_once_with_its_title(form, kind):
    for seed in SEEDS:
        filing = random_filing(seed, form)
        text = "".join(print_filing(filing, kind, seed).split())
        assert 3 == text.count(entries(filing)[0][1]["title"]), seed


def test_weights_mostly_make_a_hundred():
    totals = [
        entry["total"]["weight"] for seed in range(60) for _, entry in entries(random_filing(seed, "self-evaluation"))
    ]
    assert 0.8 < totals.count(100) / len(totals) < 1


def test_late_heading_stands_only_where_weights_decide():
    late = 0
    for seed in range(60):
        filing = random_filing(seed, "self-evaluation", 1)
        text = print_filing(filing, "selfeval-stream", seed)
        form = filing["sections"][0]["forms"][0]
        for level in ("效益指标", "满意度指标"):
            name = next(row["name"] for row in form["indicators"] if row["level1"] == level)
            heading = re.search(rf"^ ?(.* )?{level}(?= |$)", text, re.MULTILINE)
            if heading and heading.start() > text.find(name[:6]) > 0 and text.count(name[:6]) == 1:
                late += 1
                sums = {
                    one: sum(row["weight"] for row in form["indicators"] if row["level1"] == one)
                    for one in NORMAL_WEIGHTS
                }
                assert NORMAL_WEIGHTS == sums
    assert late > 3


@pytest.mark.parametrize("form", FORMS)
def test_names_and_goals_have_the_lengths_of_real_ones(form):
    forms = [entry for seed in range(60) for _, entry in entries(random_filing(seed, form))]
    names = [len(row["name"]) for entry in forms for row in entry["indicators"]]
    goals = [len(goal) for entry in forms for goal in entry["goals"].values() if goal]
    assert 4 <= min(names) <= 6 and 24 <= max(names) <= 26
    assert min(goals) < 40 and max(goals) > 300
