"""Atoms run together without blanks, so that a word is found however it was wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltool.recovery.atoms import Atom
from xltool.recovery.vocabulary import Spelling, Vocabulary

TAIL = 40
"""Characters of a value that stands behind a caption in its cell."""


class Squeezed:
    """The keys of atoms as one string. ``starts`` are the atoms' offsets; an offset in ``ends`` is an atom's end."""

    __slots__ = ("ends", "starts", "text")

    def __init__(self, atoms: Sequence[Atom]) -> None:
        starts, offset = [], 0
        ends: dict[int, int] = {}
        for number, atom in enumerate(atoms):
            starts.append(offset)
            offset += len(atom.key)
            ends[offset] = number + 1
        self.text = "".join(atom.key for atom in atoms)
        self.starts = starts
        self.ends = ends


@dataclass(frozen=True, slots=True)
class Found:
    """A caption found over the atoms ``first`` to ``last`` (excluded); ``groups`` are the texts of its holes."""

    first: int
    last: int
    spelling: Spelling
    groups: tuple[str, ...] = ()
    others: tuple[Spelling, ...] = ()


def find_captions(words: Vocabulary, squeezed: Squeezed) -> list[Found]:
    """Every caption of the form that begins and ends where atoms do, the longest first; none overlaps another."""
    found: list[Found] = []
    text, ends, free = squeezed.text, squeezed.ends, 0
    for number, offset in enumerate(squeezed.starts):
        if number < free or offset >= len(text):
            continue
        spellings = words.spellings.get(text[offset])
        if not spellings:
            continue
        best = _longest(words, spellings, text, offset, ends)
        if best:
            last, spelling, groups, others = best
            found.append(Found(number, last, spelling, groups, others))
            free = last
    return found


def _longest(words: Vocabulary, spellings: list[Spelling], text: str, offset: int, ends: dict[int, int]) -> tuple[int, Spelling, tuple[str, ...], tuple[Spelling, ...]] | None:
    best: tuple[int, Spelling, tuple[str, ...]] | None = None
    others: list[Spelling] = []
    for spelling in spellings:
        if not text.startswith(spelling.key, offset):
            continue
        end = offset + len(spelling.key)
        groups: tuple[str, ...] = ()
        if spelling.pattern:
            matched = spelling.pattern.match(text, offset)
            if not matched:
                continue
            end, groups = matched.end(), matched.groups(default="")
            if spelling.tail:
                begin = end + (text[end : end + 1] == ":")
                end = begin if _is_caption(words, text, begin, ends) else next((at for at in range(begin + 1, min(begin + TAIL, len(text)) + 1) if at in ends), begin)
                groups = (text[begin:end],)
        if text[end : end + 1] == ":" and end + 1 in ends:
            end += 1
        if end not in ends:
            continue
        if best is None or ends[end] > best[0]:
            best, others = (ends[end], spelling, groups), []
        elif ends[end] == best[0] and spelling.cell is not best[1].cell:
            others.append(spelling)
    return (*best, tuple(others)) if best else None


def _is_caption(words: Vocabulary, text: str, offset: int, ends: dict[int, int]) -> bool:
    """True where a whole caption stands: the cell before it is empty."""
    for spelling in words.spellings.get(text[offset : offset + 1], ()):
        end = offset + len(spelling.key)
        if len(spelling.key) > 1 and text.startswith(spelling.key, offset) and (end in ends or (text[end : end + 1] == ":" and end + 1 in ends)):
            return True
    return False
