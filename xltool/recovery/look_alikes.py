"""Captions and level names of which a program that reads pictures took one letter for another like it: 计划完成曰期, 数里指标, or
lost one that is a mere stroke: 级指标.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from xltool.filing import Repair
from xltool.recovery.atoms import Atom
from xltool.recovery.claims import place
from xltool.recovery.vocabulary import Vocabulary

SHORTEST = 4
"""Letters of a caption or level name that is told by the others."""
_ALIKE = (
    "日曰目白 己已巳 末未 量里 时吋肘 标际栎 位仕拉 人入八 干千于 土士上 大太犬 项顶预 名各 称秭 主王生 管菅 部郎 实买卖 施旋 单早 计汁 划戈 开井升 成戍戌戊 期朋斯 资贸货"
    " 金全 总怠 额颔 其具 中申 财贝 政玫 当肖 年午 拨拔 款欵 结绐 转较 他地 绩债缋 效郊敖 度庋 体休 级极 指拍脂 值植 数教 质贡 社杜 会佘 经径 济挤 态恋 环坏 境镜 本木 产严 益盖"
    " 可司 持特 续读 影彩 响晌 满潢 意竟 服眼 务夯 对时 象像 评坪 预顶 算箕 执扶 行仃 率宰 分兮 得碍 偏徧编 差羌 原厚 因囚团 及乃 改攻 进迸 措借 性牲 类粪 别刖 初衤 完宄 况沉 源渊 善着"
)
"""Letters that look like each other, in groups."""
_STROKES = "一"
"""What is lost as if it were a line of the table."""
_LIKE = {letter: frozenset(other for group in _ALIKE.split() if letter in group for other in group) for letter in _ALIKE if letter != " "}


def as_meant(words: Vocabulary, atoms: Sequence[Atom]) -> tuple[Sequence[Atom], tuple[Repair, ...]]:
    """The atoms with such words as the form spells them, and a repair for each."""
    slips = _slips(frozenset(key for key in (*words.plain, *words.levels.keys) if len(key) >= SHORTEST))
    meant = {number: word for number, atom in enumerate(atoms) if (word := slips.get(atom.key.rstrip(":")))}
    if not meant:
        return atoms, ()
    made = [atom._replace(text=word, key=word) if (word := meant.get(number)) else atom for number, atom in enumerate(atoms)]
    return made, tuple(Repair("letter-misread", place(atoms[number].line), f"“{atoms[number].text}”有一字认错，按“{word}”读入") for number, word in meant.items())


@lru_cache(maxsize=64)
def _slips(known: frozenset[str]) -> Mapping[str, str]:
    """Every misreading of these words with the one word that it can be of; none of them is a word itself."""
    found: dict[str, set[str]] = {}
    for word in known:
        for at, letter in enumerate(word):
            for like in _LIKE.get(letter, frozenset()) | (frozenset([""]) if letter in _STROKES else frozenset()):
                found.setdefault(word[:at] + like + word[at + 1 :], set()).add(word)
    return {slip: next(iter(of)) for slip, of in found.items() if len(of) == 1 and slip not in known}
