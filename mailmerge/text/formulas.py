"""Cells that a spreadsheet would run: an apostrophe before them makes them texts (CWE-1236, CSV injection)."""

from __future__ import annotations

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
_MADE_INERT = tuple(f"'{beginning}" for beginning in _BEGINNINGS)


def inert(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_BEGINNINGS) else cell


def may_be_inert(text: str) -> bool:
    """Whether a text may hold a cell that was made inert."""
    return any(beginning in text for beginning in _MADE_INERT)


def as_it_was(cell: str) -> str:
    """The cell before it was made inert, here or by another program that exports tables."""
    return cell[1:] if cell.startswith(_MADE_INERT) else cell
