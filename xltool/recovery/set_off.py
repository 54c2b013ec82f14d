"""Captions and level names that a person has counted or set off: 一、成本指标, （一）数量指标, ◆质量指标, 【时效指标】."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce

from xltool.form import Form
from xltool.recovery.atoms import Text
from xltool.recovery.vocabulary import vocabulary
from xltool.values import caption_key, normal

_SET_OFF = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[.．、)）]|[①-⑳]|[【〔\[「〖]|[◆◇●○■□▪▫•·★☆►▶➤✦※*#－-])+(?=[^\d\s])(.+?)[】〕\]」〗]?[:：]?")
HABIT = 3
"""So many such words are a habit; one is a sentence's."""
SHORTEST = 4
"""Letters of such a word; shorter ones (得分) stand in sentences too."""


def without_marks(text: Text, forms: Iterable[Form]) -> Text:
    """The text, in which the captions and level names that are counted or set off, and level names before a colon with nothing
    behind it, are those words alone."""
    text = _without_colons(text, forms)
    spoken = {number: found[1] for number, atom in enumerate(text.atoms) if (found := _SET_OFF.fullmatch(atom.text))}
    if len(spoken) < HABIT:
        return text
    keys: set[str] = reduce(set.union, map(_keys, forms), set())
    bare = {number: word for number, word in spoken.items() if caption_key(word) in keys and text.atoms[number].key not in keys}
    if len(bare) < HABIT:
        return text
    return text._replace(atoms=tuple(atom._replace(text=word, key=normal(word)) if (word := bare.get(number)) else atom for number, atom in enumerate(text.atoms)))


def _without_colons(text: Text, forms: Iterable[Form]) -> Text:
    """The text, in which level names that end in a colon (质量指标：) are the names."""
    if not any(atom.text.endswith((":", "：")) for atom in text.atoms):
        return text
    levels: set[str] = reduce(set.union, (set(vocabulary(form).levels.keys) for form in forms), set())
    atoms = (atom._replace(text=bare, key=normal(bare)) if (bare := atom.text.rstrip(":：")) != atom.text and normal(bare) in levels else atom for atom in text.atoms)
    return text._replace(atoms=tuple(atoms))


def _keys(form: Form) -> set[str]:
    """The captions and level names of a form."""
    words = vocabulary(form)
    return {key for key in (*words.plain, *words.levels.keys) if len(key) >= SHORTEST}
