"""The encoding of a text, told by its bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltool.problems import ProblemError
from xltool.text_file import decode

TEXT = "财政项目支出绩效目标申报表\n（2024年度）\n项目名称 医保监管 金额 1,234.50元\n=100%\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_same_text_in_any_encoding(encoding):
    assert TEXT == decode(TEXT.encode(encoding), "a.txt")


def test_utf_16_be_with_a_mark():
    assert TEXT == decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.txt")


@given(st.text("项目名称绩效目标财政资金 \n0123456789", min_size=4).filter(lambda text: any(one >= "一" for one in text)))
def test_gb18030_is_never_taken_for_utf_8(text):
    assert text == decode(text.encode("gb18030"), "a.txt")


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        pytest.param(TEXT.encode()[:-30] + b"\xe8" + TEXT.encode()[-30:], "text-encoding", "a.txt:3", id="UTF-8 with a byte too many"),
        pytest.param(b"abc\xff\xfe\xfd\n" * 3, "text-encoding", "a.txt:1", id="bytes of no encoding"),
        pytest.param("Ärger, größer, naïve café\n".encode("latin-1"), "text-encoding", "a.txt:1", id="Latin-1"),
        pytest.param(b"\xef\xbb\xbfabc\xff", "text-encoding", "a.txt:1", id="a mark of UTF-8 and then none"),
        pytest.param(b"\xff\xfea", "text-encoding", "a.txt:1", id="half a character of UTF-16"),
        pytest.param(b"ab\n\0\0\0cd", "text-nul", "a.txt:2", id="NUL"),
        pytest.param(b"\xef\xbb\xbfab\n\0", "text-nul", "a.txt:2", id="NUL behind a mark"),
        pytest.param(bytes(range(1, 32)) * 50, "file-kind", "a.txt", id="control characters"),
    ],
)
def test_what_is_no_text(data, code, place):
    with pytest.raises(ProblemError) as caught:
        decode(data, "a.txt")
    assert [(code, place)] == [(one.code, one.place) for one in caught.value.problems]


def test_utf_8_read_as_gb18030_is_not_believed():
    """Cut in the middle of a character, the text is no UTF-8, and would be GB18030: 璐㈡斂椤圭洰."""
    cut = "财政项目支出绩效目标申报表项目名称".encode()[:-1]
    cut = cut[: len(cut) - len(cut) % 2]
    assert cut.decode("gb18030", "ignore")
    with pytest.raises(ProblemError):
        decode(cut, "a.txt")
