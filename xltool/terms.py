"""Words that fill the holes of messages, each in the user's language: what was wanted, and what programs below say.

A word that stands here in no form stays as it is: a name, a number, what a file holds.
"""

from __future__ import annotations

import errno
import re
from pathlib import Path

TERMS: dict[str, tuple[str, str]] = {
    # What a key of a file should hold.
    "文本 (text)": ("文本", "text"),
    "文件 (file)": ("文件", "the file"),
    "键 (key)": ("键", "a key"),
    "text": ("文本", "text"),
    "key: value": ("键值表（key: value）", "a table (key: value)"),
    "键值表 (key: value)": ("键值表（key: value）", "a table (key: value)"),
    "键值表 (rule: …, reason: …)": ("键值表（rule: …, reason: …）", "a table (rule: …, reason: …)"),
    "文本列表 ([a, b])": ("文本列表（[a, b]）", "a list of texts ([a, b])"),
    "列表 ([[a, b], [c, d]])": ("列表（[[a, b], [c, d]]）", "a list of lists ([[a, b], [c, d]])"),
    "列表 (- relation: …)": ("列表（- relation: …）", "a list (- relation: …)"),
    "列表 (- rule: …)": ("列表（- rule: …）", "a list (- rule: …)"),
    # What the system says of files.
    "os-denied": ("没有权限", "permission denied"),
    "os-missing": ("路径不存在", "there is no such path"),
    "os-folder": ("这是文件夹", "it is a folder"),
    "os-not-folder": ("路径中有一段不是文件夹", "a part of the path is no folder"),
    "os-not-a-file": ("不是普通文件", "it is no ordinary file"),
    "os-name": ("文件名太长", "the name is too long"),
    "os-refused": ("系统不接受这个文件名", "the system does not take this name"),
    "os-read-only": ("磁盘只能读", "the disk is read-only"),
    "os-busy": ("正被其他程序使用", "another program is using it"),
    "os-links": ("链接成环", "its links run in a circle"),
    "os-large": ("文件超过系统允许的大小", "the file is larger than the system allows"),
    "os-device": ("读写出错，磁盘或网络可能有故障", "reading or writing failed; the disk or the network may be at fault"),
    "os-long": ("路径太长，Windows 通常最多 259 个字；请换一个层次少、名称短的文件夹", "the path is too long, Windows usually takes 259 characters; choose a folder that lies less deep"),
    # What hangs on a sheet.
    "XML 映射": ("XML 映射", "an XML map"),
    "查询表": ("查询表", "a query table"),
    "切片器": ("切片器", "a slicer"),
    "日程表": ("日程表", "a timeline"),
    "Web 加载项": ("Web 加载项", "a web add-in"),
    "批注会话": ("批注会话", "threaded comments"),
    "数据透视表": ("数据透视表", "a pivot table"),
    "表单控件": ("表单控件", "a form control"),
    "嵌入的对象": ("嵌入的对象", "an embedded object"),
    "图表": ("图表", "a chart"),
    "“表格”（套用表格格式的区域）": ("“表格”（套用表格格式的区域）", "a «table» (a range formatted as one)"),
    # What is wrong inside a file.
    "multipart": ("网页的各部分不全", "parts of the page are missing"),
    "text/html": ("里面没有网页", "it holds no page"),
    "the sheet's part is missing": ("缺少这张工作表的部件", "the sheet's part is missing"),
    "a part of a table stands outside one": ("表格的一部分在表格之外", "a part of a table stands outside one"),
    "no compound file": ("不是复合文件", "it is no compound file"),
    "sector size": ("扇区大小有误", "the size of its sectors is wrong"),
    "a sector lies outside the file": ("有扇区在文件之外", "a sector lies outside the file"),
    "a chain of sectors is damaged": ("扇区链已损坏", "a chain of sectors is damaged"),
    "its used range is wrong": ("已用区域有误", "its used range is wrong"),
    "the styles are missing": ("缺少样式部件", "the styles are missing"),
    "control characters": ("含有控制字符，不是文本", "it holds control characters and is no text"),
}
"""By the word as a problem carries it: Chinese and English."""

_DETAILS = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"not well-formed.*?line (\d+).*", r"XML 写法有误（第 \1 行）"),
        (r"no element found.*", "XML 没有内容或不完整"),
        (r"(?:mismatched tag|unclosed token|unclosed CDATA section|junk after document element).*?line (\d+).*", r"XML 的标签不成对（第 \1 行）"),
        (r"(?:undefined entity|reference to invalid character number|unbound prefix|duplicate attribute|unknown encoding).*?line (\d+).*", r"XML 的内容有误（第 \1 行）"),
        (r"File is not a zip file|Bad magic number for .*|.*[Zz]ip.*|.*central directory.*", "压缩结构已损坏"),
        (r"Bad CRC-32.*|Error -\d+ while decompressing.*|.*incomplete or truncated stream.*|.*invalid (?:stored|code|distance|block|bit).*", "压缩的数据已损坏"),
        (r"the part (.*) is missing", r"缺少部件 \1"),
        (r"unpack(?:_from)? requires .*|.*index out of range", "数据不完整"),
        (r"exit code (-?\d+)", r"退出码 \1"),
        (r"(\d+) s", r"\1 秒"),
        (r"Failed to load (?:document|page).*", "文件内容不全或已损坏"),
        (r"Expecting ',' delimiter.*|Expecting ':' delimiter.*", "缺少逗号或冒号"),
        (r"Expecting property name.*|Illegal trailing comma.*", "多了逗号，或键没有加双引号"),
        (r"Expecting value.*", "这里应有一个值"),
        (r"Unterminated string.*", "文本没有用双引号结束"),
        (r"Invalid control character.*", "文本里有控制字符"),
        (r"Invalid (?:\\\\)?.*escape.*", "反斜杠后的写法有误"),
        (r"Extra data.*", "结尾之后还有内容"),
        (r"mapping values are not allowed (?:here|in this context)", "这里不能有冒号；请检查缩进"),
        (r"found character (?:.* )?that cannot start any token", "含有不能这样用的字符（如制表符、@、`）；缩进要用空格"),
        (r"found a tab character.*", "用了制表符；缩进要用空格"),
        (r"but found another document", "文件里有两份 YAML（--- 之后是另一份）；请分成两个文件"),
        (r"did not find expected ',' or '[\]}]'", "方括号或花括号里的写法不完整"),
        (r"could not find expected ':'", "键后面要有半角冒号和一个空格"),
        (r"found unexpected end of stream|while scanning.*|expected <block end>.*|expected the node content.*|did not find expected.*", "写法不完整；请检查缩进、引号和括号"),
        (r"special characters are not allowed|control characters are not allowed", "含有控制字符"),
    )
)
"""What parsers say in English, told in Chinese."""

_SAID = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"没有找到栏目“(.*)”", r"no caption «\1» was found"),
        (r"没有找到所在的行", "its row was not found"),
        (r"没有空的单元格", "there is no empty cell"),
        (r"没有找到明细的栏目：(.*)", r"the list's captions were not found: \1"),
        (r"不是年份：(.*)", r"no year: \1"),
        (r"应为(.*)之一：(.*)", r"must be one of \1: \2"),
        (r"写了单位，而这份表的金额单位不能确定：(.*)", r"it has a unit, and the form's unit of money cannot be told: \1"),
        (r"按会计习惯，括号里的金额是负数：(.*)", r"an amount in brackets is negative in accounts: \1"),
        (r"不能确定是否为比率：(.*)", r"it cannot be told whether it is a rate: \1"),
        (r"不是数字：(.*)", r"no number: \1"),
        (r"没有百分号：(.*)", r"there is no %: \1"),
        (r"显示为百分比：(.*)", r"shown as a percentage: \1"),
        (r"不是完整的日期：(.*)", r"no full day: \1"),
        (r"太早，可能是把年份填进了日期格：(.*)", r"too early, perhaps a year in a cell for a day: \1"),
    )
)
"""What reading says of a cell that it doubts, where a problem repeats it, told in English."""

_NUMBERS = {
    errno.EACCES: "os-denied", errno.EPERM: "os-denied", errno.ENOENT: "os-missing", errno.EISDIR: "os-folder", errno.ENOTDIR: "os-not-folder",
    errno.ENAMETOOLONG: "os-name", errno.EROFS: "os-read-only", errno.EBUSY: "os-busy", errno.ELOOP: "os-links", errno.EIO: "os-device",
    errno.EINVAL: "os-refused", errno.EFBIG: "os-large",
}  # fmt: skip
FULL = frozenset(number for name in ("ENOSPC", "EDQUOT") if (number := getattr(errno, name, None)))
"""The system's numbers for a disk without room."""


_NUMBERS_OF_WINDOWS = dict.fromkeys((32, 33), "os-busy") | dict.fromkeys((53, 59, 64, 67, 121, 1231), "os-device")
"""What its own numbers tell apart: a file that another program holds, a share that is away. The numbers of C call both something else."""
LONGEST_PATH, TOO_LONG = 259, "os-long"
"""Of a longer path Windows says that there is none, unless somebody has allowed long ones; and the word for it."""


def of_system(error: OSError) -> str:
    """The word for what the system says of a file; its number where there is none."""
    of_windows = getattr(error, "winerror", None)
    if of_windows in _NUMBERS_OF_WINDOWS:
        return _NUMBERS_OF_WINDOWS[of_windows]
    if of_windows and error.errno == errno.ENOENT and len(str(Path(str(error.filename)).absolute())) > LONGEST_PATH:
        return TOO_LONG
    return _NUMBERS.get(error.errno or 0, f"errno {error.errno}" if error.errno else type(error).__name__)


_PLACES = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"第(\d+)行", r"line \1"),
        (r"第(\d+)—(\d+)行", r"lines \1–\2"),
        (r"第(\d+)段", r"paragraph \1"),
        (r"第(\d+)页(\(.*\))?", r"page \1\2"),
        (r"表(\d+)第(\d+)行", r"table \1 row \2"),
    )
)
"""Places as reading names them, told in English."""


def place_in_language(place: str, chinese: bool) -> str:
    """A place in a language; file, sheet and cell stay as they are."""
    if chinese:
        return place
    file, colon, spot = place.rpartition(": ")
    found = next((told.expand(english) for pattern, english in _PLACES if (told := pattern.fullmatch(spot))), spot)
    return f"{file}{colon}{found}"


def in_language(name: str, word: str, chinese: bool) -> str:
    """The word of a problem that fills the hole ``name``, in a language; what a file holds stays as it is."""
    if name not in ("wanted", "what", "key", "why"):
        return word
    if not chinese and name in ("what", "why"):
        for pattern, told in _SAID:
            if found := pattern.fullmatch(word):
                return found.expand(told)
    if word in TERMS and (name != "key" or "(" in word):
        return TERMS[word][0 if chinese else 1]
    if chinese and name == "what" and word.isascii():
        for pattern, told in _DETAILS:
            if found := pattern.fullmatch(word):
                return found.expand(told)
    return word
