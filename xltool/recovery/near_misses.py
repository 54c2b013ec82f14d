"""What is no known form but like one: how many of its captions stand there, and which do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xltool.form import Form
from xltool.problems import Problem, problem
from xltool.values import caption_key, normal

LIKE = 0.3
"""A form of which fewer captions stand in a text has nothing to do with it."""
WHOLE = 0.75
"""With so many of its captions the form itself is meant: they are there, but not as words of their own."""
LOOKED_AT = 200_000
"""Characters of a file that are looked at: a form's captions stand on a page or two."""
TITLE = 6
"""So many captions a whole title counts."""
NAMED = 6
"""So many missing captions are named; more tell no more."""


@dataclass(frozen=True, slots=True)
class Near:
    """A form and its captions that stand in a text, wherever, and those that do not."""

    form: Form
    found: tuple[str, ...]
    missing: tuple[str, ...]

    titled: float = 0.0
    """The part of the form's title, from its end, that stands there: 自评表, 绩效目标表."""

    @property
    def share(self) -> float:
        """The part of the captions that stand there."""
        return len(self.found) / max(1, len(self.found) + len(self.missing))

    @property
    def likeness(self) -> float:
        """How much speaks for the form: the words of its title and its captions, those that are missing half against it. A
        form of few captions is not the nearest for having the common ones."""
        return TITLE * self.titled + len(self.found) - len(self.missing) / 2


def no_form(name: str, texts: Iterable[str], forms: Mapping[str, Form]) -> Problem:
    """The problem that no known form stands in a file: the form most like it, where one is like it at all."""
    words = list(texts)
    text = normal("".join(words)[:LOOKED_AT])
    near = nearest(text, forms)
    known = "、".join(dict.fromkeys(form.title for form in forms.values()))
    if near is None or near.share < LIKE:
        return problem("no-form", name, known=known)
    if near.share >= WHOLE and not _apart(near, words):
        return problem("no-form-run-together", name, form=near.form.title, found=len(near.found), of=len(near.found) + len(near.missing))
    return problem("no-form-near", name, form=near.form.title, found=len(near.found), of=len(near.found) + len(near.missing), missing="、".join(near.missing[:NAMED]))


def _apart(near: Near, words: Sequence[str]) -> bool:
    """True where most of a form's captions that stand in a text are words of their own: nothing is run together."""
    keys = {caption_key(word) for word in words}
    return 2 * sum(caption_key(one) in keys for one in near.found) > len(near.found)


def nearest(text: str, forms: Mapping[str, Form]) -> Near | None:
    """The form of which most stands in a text, which is compared as captions are; None where there is no form."""
    return max((_near(text, form) for form in forms.values()), key=lambda one: one.likeness, default=None)


def _near(text: str, form: Form) -> Near:
    stands: dict[str, bool] = {}
    for cell in form.layout.cells:
        if cell.caption and not cell.holes:
            stands[cell.caption] = any(caption_key(spelling) in text for spelling in (cell.caption, *form.captions.get(cell.caption, ())))
    titled = max(_ending(text, caption_key(title)) for title in (form.title, *form.titles))
    return Near(form, tuple(one for one, there in stands.items() if there), tuple(one for one, there in stands.items() if not there), titled)


def _ending(text: str, title: str) -> float:
    """The part of a title, from its end, that stands in a text; its last letter alone tells nothing."""
    return next((1 - at / len(title) for at in range(len(title) - 1) if title[at:] in text), 0.0)
