"""What stands on stdout where that is a terminal, of another encoding for instance."""

import io
import json
import sys

import pytest

from xltool.cli import main


class Terminal(io.TextIOWrapper):
    """A terminal of an encoding."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch):
    """A function that runs the command in a terminal of an encoding: its exit code, what the terminal was given, what was said."""
    monkeypatch.setenv("XLTOOL_LANG", "zh")

    def run(encoding, *words):
        shown, said = io.BytesIO(), io.BytesIO()
        monkeypatch.setattr(sys, "stdout", out := Terminal(shown, encoding))
        monkeypatch.setattr(sys, "stderr", err := Terminal(said, encoding))
        code = main(list(map(str, words)))
        out.flush()
        err.flush()
        return code, shown.getvalue(), said.getvalue()

    return run


def test_json_on_a_terminal_of_gbk_is_in_gbk(terminal, samples):
    source = samples / "target-declaration" / "filing.json"
    code, data, _ = terminal("gbk", "convert", source, "--quiet")
    assert (0, source.read_text("utf-8")) == (code, data.decode("gbk").replace("\r\n", "\n"))


def test_characters_that_a_terminal_lacks_stand_as_json_writes_them(terminal, samples, tmp_path):
    """GBK has ㎡ and neither ² nor 𠮷, which is two units in JSON."""
    text = (samples / "target-declaration" / "filing.json").read_text("utf-8").replace("农村供水水质抽检费", "㎡²𠮷")
    (tmp_path / "a.json").write_text(text, "utf-8")
    _, data, _ = terminal("gbk", "convert", tmp_path / "a.json", "--quiet")
    shown = data.decode("gbk")
    assert "㎡\\u00b2\\ud842\\udfb7" in shown
    assert "㎡²𠮷" == json.loads(shown)["sections"][0]["forms"][0]["project"]["name"]


@pytest.mark.parametrize("words", [["convert", "SOURCE", "--to", "xlsx", "-o", "-"], ["template", "target-declaration", "-o", "-"]], ids=["convert", "template"])
def test_no_workbook_goes_to_a_terminal(words, terminal, samples):
    code, data, said = terminal("utf-8", *[samples / "target-declaration" / "filing.json" if word == "SOURCE" else word for word in words])
    assert (2, b"", True) == (code, data, b"[out-terminal]" in said)
