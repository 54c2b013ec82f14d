"""A first mapping, drawn from an official blank or a filled sample: what can be told from it, and what cannot, marked."""

from xltool.draft.writing import Draft, draft

__all__ = ["Draft", "draft"]
