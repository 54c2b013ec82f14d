"""Every message stands wholly in the user's language, the words in its holes included."""

import ast
import errno
import re
from pathlib import Path

import pytest

import xltool
from xltool import yamlfile
from xltool.messages import CATALOGUE, where
from xltool.problems import Problem, ProblemError, problem
from xltool.surfaces.xlsx_edit import risks
from xltool.terms import FULL, TERMS, in_language, of_system

SOURCES = sorted(Path(xltool.__file__).parent.rglob("*.py"))
CHINESE = re.compile("[\u4e00-\u9fff]")


def literals(name: str) -> set[str]:
    """The texts that are given to problems under a name, those with holes left out."""
    return {
        word.value.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) in ("problem", "fault", "note")
        for word in node.keywords
        if word.arg == name and isinstance(word.value, ast.Constant) and isinstance(word.value.value, str)
    }  # fmt: skip


@pytest.mark.parametrize("name", ["wanted", "key"])
def test_words_in_two_languages_are_told_in_one(name):
    both = {word for word in literals(name) if CHINESE.search(word) and re.search("[A-Za-z]{3}", word)}
    assert set() == both - set(TERMS)


def test_what_readers_say_of_a_damaged_file_is_told_in_chinese():
    said = {
        node.args[0].value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "BrokenError" and isinstance(node.args[0], ast.Constant)
    }
    assert said
    for word in [*said, "the styles are missing", "unpack_from requires a buffer of at least 8 bytes", "list index out of range"]:
        assert not re.search("[A-Za-z]{3}", problem("workbook-broken", "", what=word).text("zh").partition("[")[0])


def test_english_words_are_told_in_chinese():
    wordy = {word for word in literals("what") if word[0].islower() and len(re.findall("[a-z]{3,}", word)) > 1}
    assert set() == {word for word in wordy if problem("file-kind", "", what=word).text("zh").count(word)}


@pytest.mark.parametrize(
    ("place", "told"),
    [
        pytest.param("a.txt: 第5行", "a.txt: line 5", id="a line of a file"),
        pytest.param("第5—7行", "lines 5–7", id="lines"),
        pytest.param("第3页(10,20,30,40)", "page 3(10,20,30,40)", id="a box on a page"),
        pytest.param("a.docx: 表2第3行", "a.docx: table 2 row 3", id="a table's row"),
        pytest.param("a.docx: 第4段", "a.docx: paragraph 4", id="a paragraph"),
        pytest.param("表1!C5", "表1!C5", id="a cell of a sheet"),
        pytest.param("第3行的表.xlsx", "第3行的表.xlsx", id="a file's name"),
    ],
)
def test_places_are_told_in_the_users_language(place, told):
    assert problem("file-empty", place).text("en").startswith(f"{told}: ")
    assert problem("file-empty", place).text("zh").startswith(f"{place}: ")
    assert (told, place) == (where(place, "en"), where(place, "zh"))


def test_what_hangs_on_a_sheet_is_told_in_english():
    assert set() == {word for word in (*risks._NAMED.values(), *(one for one in literals("what") if CHINESE.search(one))) if CHINESE.search(problem("edit-copy", what=word).text("en"))}


@pytest.mark.parametrize("name", ["what", "why"])
@pytest.mark.parametrize(
    ("said", "told"), [("没有找到栏目“项目名称”", "no caption «项目名称» was found"), ("不是数字：甲", "no number: 甲"), ("没有找到所在的行", "its row was not found")]
)
def test_what_reading_says_of_a_cell_is_told_in_english(name, said, told):
    assert told == in_language(name, said, chinese=False)
    assert said == in_language(name, said, chinese=True)
    assert said == in_language("found", said, chinese=False)


@pytest.mark.parametrize("word", TERMS)
def test_term_stands_in_either_language(word):
    chinese, english = TERMS[word]
    assert CHINESE.search(chinese) and not CHINESE.search(english)


@pytest.mark.parametrize("code", CATALOGUE)
def test_english_sentence_has_chinese_only_as_what_the_form_says(code):
    """Quoted words, names of files and what the clerk clicks may be Chinese; a sentence is not."""
    english = re.sub("«[^»]*»|“[^”]*”|\\([^)]*\\)|《[^》]*》", "", CATALOGUE[code][1])
    assert not re.search("[\u4e00-\u9fff]{3,}[，；。：]", english), english


@pytest.mark.parametrize(
    ("said", "chinese"),
    [
        ("not well-formed (invalid token): line 3, column 5", "XML 写法有误（第 3 行）"),
        ("File is not a zip file", "压缩结构已损坏"),
        ("Bad CRC-32 for file 'xl/workbook.xml'", "压缩的数据已损坏"),
        ("exit code -9", "退出码 -9"),
        ("Failed to load document (PDFium: Data format error).", "文件内容不全或已损坏"),
    ],
)
def test_what_a_parser_says_is_told_in_the_users_language(said, chinese):
    one = problem("workbook-broken", "a.xlsx", what=said)
    assert (True, True) == (chinese in one.text("zh"), said in one.text("en"))


def test_what_a_file_holds_stays_as_it_is():
    one = problem("word-expected", "a.yaml:3", key="test", known="text, number", found="text")
    assert "text, number" in one.text("zh") and "“text”" in one.text("zh")


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.EISDIR, errno.ENAMETOOLONG, errno.EROFS, errno.EIO])
def test_what_the_system_says_is_told_in_the_users_language(number):
    one = Problem("file-unreadable", "a.txt", (("what", of_system(OSError(number, "said by the system"))),))
    assert "said" not in one.text("en")
    assert CHINESE.search(one.text("zh").partition("：")[2])


class OfWindows(OSError):
    """What Windows says, with its own number beside that of C."""

    def __init__(self, number: int, own: int, name: str) -> None:
        super().__init__(number, "said by the system", name)
        self.winerror = own


@pytest.mark.parametrize(
    ("number", "own", "word"),
    [(errno.EACCES, 32, "os-busy"), (errno.EACCES, 33, "os-busy"), (errno.EACCES, 5, "os-denied")] + [(errno.ENOENT, own, "os-device") for own in (53, 59, 64, 67, 121, 1231)],
)
def test_windows_own_number_tells_apart_what_that_of_c_does_not(number, own, word):
    assert (word, True) == (of_system(OfWindows(number, own, "a.txt")), word in TERMS)


@pytest.mark.parametrize(("length", "number", "own", "word"), [(259, errno.ENOENT, 3, "os-missing"), (260, errno.ENOENT, 3, "os-long"), (260, errno.EACCES, 5, "os-denied"), (260, errno.ENOENT, None, "os-missing")])
def test_windows_knows_no_path_of_more_than_259_characters(length, number, own, word):
    root = Path.cwd().anchor
    name = root + "x" * (length - len(root))
    error = OSError(number, "?", name) if own is None else OfWindows(number, own, name)
    assert word == of_system(error)


def test_an_error_without_a_number_is_called_by_its_kind():
    assert "BrokenPipeError" == of_system(BrokenPipeError())


@pytest.mark.parametrize(
    ("name", "word", "told"),
    [
        ("wanted", "text", "文本"),
        ("key", "text", "text"),
        ("key", "键 (key)", "键"),
        ("found", "text", "text"),
        ("what", "5 s", "5 秒"),
        ("key", "5 s", "5 s"),
        ("wanted", "5 s", "5 s"),
        ("what", "汇总.zip 的第一页", "汇总.zip 的第一页"),
    ],
)
def test_a_word_is_told_where_it_is_the_programs_and_not_the_files(name, word, told):
    assert told == in_language(name, word, chinese=True)


def test_number_of_the_system_that_has_no_word_is_shown():
    assert "errno 99" in problem("file-unreadable", "a", what=of_system(OSError(99, "?"))).text("zh")


def test_no_module_tells_what_the_system_says_in_its_own_words():
    assert [] == [source.name for source in SOURCES if "strerror" in source.read_text("utf-8")]


def test_full_disk_has_its_numbers():
    assert errno.ENOSPC in FULL


@pytest.mark.parametrize("text", ["a:\n\tb: 1\n", "a: 1\nb:2\nc: 3\n", "a: b: c\n", "a: [1,2\n", "a: \"b\n", "a: @b\n", "- a\n b: 1\n", "a:\n  b: 1\n\tc: 2\n", "a: 1\n---\nb: 2\n", "a: [b{c}]\n"], ids=["tab", "no blank", "two colons", "bracket", "quote", "sign", "indent", "tab behind blanks", "two documents", "braces in a list"])
def test_what_is_wrong_with_yaml_is_told_in_chinese(text):
    with pytest.raises(ProblemError) as caught:
        yamlfile.load(text, "m.yaml")
    assert all(not re.search("[a-z]{3,}", one.text("zh").replace("m.yaml", "").replace("[yaml-syntax]", "")) for one in caught.value.problems)
