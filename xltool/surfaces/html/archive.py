"""The pages of a web archive (MHT), as Excel and browsers save them: a mail with the page and what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from xltool import budgets
from xltool.problems import ProblemError, problem


def pages(data: bytes, name: str) -> Iterator[tuple[bytes, str]]:
    """The bytes of each page in order, with the charset that its headers state.

    Raises:
        ProblemError: workbook-broken where the archive is damaged or holds no page.
    """
    try:
        parts = list(_parts(message_from_bytes(data)))
    except RecursionError:
        raise ProblemError(problem("workbook-broken", name, what="multipart")) from None
    found = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if len(parts) > budgets.limit("mht_parts"):
        raise budgets.over("archive-members", name, "mht_parts", found=len(parts))
    if not found:
        raise ProblemError(problem("workbook-broken", name, what="text/html"))
    for part in found:
        raw = part.get_payload(decode=True)
        yield raw if isinstance(raw, bytes) else b"", part.get_content_charset() or ""


def _parts(message: Message) -> Iterator[Message]:
    return message.walk()
