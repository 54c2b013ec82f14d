"""What stands around and in a text: pages of prose, page numbers, other widths of the same characters."""

import random
import re
from dataclasses import replace
from typing import Any, Final

from tests.damage import vocabulary as words
from tests.damage.streams import PRESSES, pages_of_filing, text_of

CAPTIONS: Final = (
    "项目名称",
    "项目性质",
    "项目类别",
    "主管部门",
    "实施单位",
    "项目总目标",
    "年度总体目标",
    "预算目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "得分",
    "总分",
)
NARROW: Final = str.maketrans({chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)})
WIDE: Final = str.maketrans(
    {str(digit): chr(0xFF10 + digit) for digit in range(10)}
    | {"(": "（", ")": "）", "%": "％", ":": "：", "=": "＝", ">": "＞", "<": "＜", "-": "－", ".": "．", ",": "，"}
)


def print_among(filing: dict[str, Any], rng: random.Random) -> str:
    """The forms among pages of prose, each page with its number."""
    base = rng.choice(
        ("stream", "stream-wrapped")
        if filing["sections"][0]["forms"][0]["form"] == words.DECLARATION
        else ("stream", "selfeval-stream")
    )
    press = replace(PRESSES[base], style=replace(PRESSES[base].style, cuts_rows=False))
    pages = [prose(rng)]
    for page in pages_of_filing(filing, press, rng):
        if any(line.text in words.TITLES.values() for line in page) and rng.random() < 0.4:
            pages.append(prose(rng))
        pages.append(text_of(page))
    pages.append(prose(rng))
    number = rng.choice(("— {} —", "- {} -", "第{}页 共{}页", "第 {} 页"))
    mark = rng.choice(("\f", "\n\n\n\n", "\n\f"))
    return mark.join(f"{page}\n\n{number.format(place, len(pages))}" for place, page in enumerate(pages, 1)) + "\n"


def prose(rng: random.Random) -> str:
    """A page of prose as reports have it."""
    return "\n\n".join(rng.sample(words.PROSE, rng.randint(2, 6)))


def print_widths(filing: dict[str, Any], rng: random.Random) -> str:
    """A stream whose lines are in full-width or half-width characters, captions spaced out, blanks that do not break."""
    pages = [text_of(page) for page in pages_of_filing(filing, PRESSES["stream"], rng)]
    lines = "\n\n\n\n".join(pages).split("\n")
    return "\n".join(respelled(line, rng) for line in lines) + "\n"


def respelled(line: str, rng: random.Random) -> str:
    """A line in another width of the same characters."""
    for caption in CAPTIONS:
        if rng.random() < 0.3:
            line = re.sub(
                rf"(^| ){caption}(?=[ ：:]|$)",
                lambda found: found[1] + rng.choice((" ", "　")).join(found[0].strip()),
                line,
            )
    roll = rng.random()
    if roll < 0.3:
        line = line.translate(WIDE)
    elif roll < 0.6:
        line = line.translate(NARROW)
    return line.replace(" ", "\xa0") if rng.random() < 0.25 else line
