"""The catalogue: each code is used, is named by a test, and says the same in both languages."""

import re
import string
from pathlib import Path

import pytest

from xltool.messages import CATALOGUE, language_of_user, sentence
from xltool.problems import ProblemError, problem

ROOT = Path(__file__).resolve().parents[1]
# Codes that are put together from a prefix and a word.
COMPOSED = {"json-wants-": ("number", "integer", "string", "object", "array"), "json-needs-": ("number", "integer", "string", "boolean")}


def _text_of(folder: str) -> str:
    files = sorted((ROOT / folder).rglob("*.py"))
    return "\n".join(path.read_text("utf-8") for path in files if path.name not in ("messages.py", "test_messages.py"))


@pytest.fixture(scope="module")
def program() -> str:
    return _text_of("xltool")


@pytest.fixture(scope="module")
def tests() -> str:
    return _text_of("tests")


def test_every_code_is_used(program):
    composed = {prefix + word for prefix, words in COMPOSED.items() for word in words if prefix in program}
    assert [] == [code for code in CATALOGUE if f'"{code}"' not in program and code not in composed]


def test_every_code_is_named_by_a_test(tests):
    assert [] == [code for code in CATALOGUE if not re.search(rf"(?<![\w-]){code}(?![\w-])", tests)]


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_sentence_says_the_same_words_in_both_languages(code):
    chinese, english = CATALOGUE[code]
    assert _holes(chinese) == _holes(english)


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"XLTOOL_LANG": "zh", "LC_ALL": "C"}, "zh"),
    ],
)
def test_language_is_the_users(monkeypatch, environment, language):
    for name in ("XLTOOL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language == language_of_user()


def test_a_sentence_begins_with_the_place_and_ends_with_the_code():
    assert "a.txt: the file is empty; check that it is the right one [file-empty]" == sentence("file-empty", "a.txt", {}, "en")
    assert "a.txt: 文件是空的；请检查是否存错了文件 [file-empty]" == problem("file-empty", "a.txt").text("zh")


def test_an_error_carries_all_its_problems_in_order():
    error = ProblemError([problem("file-empty", "a"), problem("file-missing", "b")])
    assert ["a", "b"] == [one.place for one in error.problems]
    assert 2 == len(str(error).splitlines())
