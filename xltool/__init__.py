"""xltool: official budget-performance forms from text and workbooks into canonical JSON, and back."""

__version__ = "0.1.0"
