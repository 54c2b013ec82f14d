"""What web pages and mails print below a text, behind a form: buttons, attachments, who made the page, who sent the mail. No
part of the form's last row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from xltool.recovery.atoms import Atom, Line
from xltool.recovery.vocabulary import Vocabulary
from xltool.values import caption_key

_BUTTONS = r"(?:[\[【〖]?(?:打印|关闭|下载|收藏|分享|纠错|返回|转发|编辑|评论|点赞|复制|翻译|朗读|提取文字)(?:本页|此页|窗口|顶部|首页|列表|上一页)?[\]】〗|·]*)+"
_SAID = (
    "责任编辑|编辑|校对|签发|来源|信息来源|文章来源|作者|发布时间|发布日期|发布机构|发布单位|发布人|主办单位?|承办单位?|技术支持|内容保障|版权所有|备案号|(?:政府)?网站标识码|网站(?:监督)?电话|邮编|分享到"
    "|(?:浏览|点击|阅读|访问)(?:次数|量|数)"
)
# «--» alone stands above the signature of a mail.
_FURNITURE = re.compile(
    rf"{_BUTTONS}|扫一扫.{{0,20}}|(?:相关)?(?:附件|链接|文档|阅读)(?:下载|列表)?:?|[上下]一[篇条页]:?.{{0,80}}|(?:{_SAID}):.{{0,100}}"
    r"|.{0,80}\.(?:xlsx?|docx?|wps|et|pdf|ofd|zip|rar)(?:\([^()]{0,20}\))?|[^,。]{2,20}(?:政府|办公室|局|委员会|中心)(?:主办|承办).{0,40}|.{0,60}(?:ICP备|公网安备).{0,60}|版权所有.{0,40}|[^|]{2,12}(?:\|[^|]{2,12})+"
    r"|--|(?:发自我的|来自|Sentfrommy|Getoutlookfor).{1,20}"
)


def above_furniture(words: Vocabulary, atoms: Sequence[Atom], lines: Sequence[Line], first: int, last: int) -> int:
    """Where a page's furniture begins that ends the atoms ``first`` to ``last`` (excluded) of a form: behind the last line
    that has a caption or a level name; ``last`` where there is none. ``lines`` are the document's."""
    own = lines[bisect_left(lines, first, key=attrgetter("first")) : bisect_left(lines, last, key=attrgetter("first"))]
    printed = {caption_key(cell.caption) for cell in words.form.layout.cells if cell.caption} | words.levels.keys.keys()
    behind = next((at for at in range(len(own), 0, -1) if any(atom.key.rstrip(":") in printed for atom in _words(atoms, own[at - 1]))), 0)
    return next((line.first for line in own[behind:] if _FURNITURE.fullmatch("".join(atom.key for atom in _words(atoms, line)))), last)


def _words(atoms: Sequence[Atom], line: Line) -> Sequence[Atom]:
    return atoms[line.first : line.last]
