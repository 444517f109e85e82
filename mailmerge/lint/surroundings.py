"""What is around a place in a text: just before and after it, in its line, in its paragraph."""

from __future__ import annotations

NEAR = 45
"""Characters within which a word or a sign has to do with a place; longer than any name of a field."""


def before(text: str, at: int) -> str:
    """What is just before a place."""
    return text[max(0, at - NEAR) : at]


def after(text: str, at: int) -> str:
    """What is just after it."""
    return text[at : at + NEAR]


def line_before(text: str, at: int) -> str:
    """Its line, up to it."""
    return text[text.rfind("\n", 0, at) + 1 : at]


def line_after(text: str, at: int) -> str:
    """The rest of its line."""
    return text[at:].partition("\n")[0]


def paragraph_before(text: str, at: int) -> str:
    """Its paragraph, up to it."""
    return text[:at].rpartition("\n\n")[2]


def paragraph_after(text: str, at: int) -> str:
    """The rest of its paragraph."""
    return text[at:].partition("\n\n")[0]
