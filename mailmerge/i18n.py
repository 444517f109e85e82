"""The languages of the program: texts are marked where they are written, and translated where they are shown."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802  (the name that gettext's tools look for)
    """Mark a text for translation; it is English until it is shown."""
    return text
