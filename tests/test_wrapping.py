"""The lines of a wrapped text, held against a wrapping that goes from character to character."""

from hypothesis import given
from hypothesis import strategies as st

from xltool.heights import length, lines

CLOSING, OPENING = "、。，；：？！）》」』】〕”’…％·", "（《「『【〔“‘"
TEXTS = st.text(st.sampled_from("经济成本指标" * 3 + "，。；）（《》“”…％ab 3.%"), min_size=1, max_size=60)


def unparted(text: str) -> list[str]:
    """What stays on one line: a Latin word with the blanks before it, a character with the marks around it, a bracket
    with the number before or behind it."""
    words: list[str] = []
    for at, character in enumerate(text):
        before = text[at - 1] if at else ""
        latin = character > " " and character.isascii() and before and (before.isascii() or before in CLOSING)
        glued = (character in CLOSING and before and not before.isascii()) or (character in OPENING and " " < before <= "~")
        if words and (latin or glued or (character == before == " ") or (words[-1][-1] in OPENING)):
            words[-1] += character
        else:
            words.append(character)
    return words


def wrapped(text: str, room: int) -> int:
    count, used = 1, 0
    for word in unparted(text):
        need = length(word)
        if used + need <= room:
            used += need
        elif need <= room:
            count, used = count + 1, need
        else:
            count, used = count + -(-(used + need) // room) - 1, (used + need) % room or room
    return count


@given(TEXTS, st.integers(2, 40))
def test_lines_are_those_of_a_wrapping_character_by_character(text, room):
    assert (1 if length(text) <= room else wrapped(text, room)) == lines(text, room)


def test_bracket_behind_a_number_stays_with_it():
    """LibreOffice prints the sign, the number with its bracket, and the rest."""
    assert 3 == lines("＜7723.00（元/家）", 12)
