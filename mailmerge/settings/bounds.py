"""Numbers that a file of settings may hold: between bounds, and nothing that only looks like a number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from mailmerge.errors import Reason
from mailmerge.i18n import N_, Term
from mailmerge.text.shown import shorten, visible


class Bounds(Struct, frozen=True):
    """The least and the most that a number may be."""

    least: int
    most: int
    whole: bool = True
    """Whether it has no fraction."""

    def admits(self, value: object) -> bool:
        """Whether a value as TOML has it is such a number; ``true`` and ``nan`` are none."""
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            return False
        return self.least <= value <= self.most

    def problem(self, name: str, value: object) -> Reason:
        """What is wrong with a value that is not admitted."""
        values = {"name": name, "least": self.least, "most": self.most, "value": _shown(value)}
        return Reason("whole-number", _WHOLE, values) if self.whole else Reason("number", _ANY, values)


_WHOLE = N_("{name} must be a whole number between {least} and {most}; it is {value}")
_ANY = N_("{name} must be a number between {least} and {most}; it is {value}")
_TOO_LONG = Term(N_("it holds a number with too many digits"))
_TOO_DEEP = Term(N_("it is nested too deeply"))
_MANY_DIGITS = Term(N_("a number of more than 20 digits"))


def out_of_bounds(table: Mapping[str, object], bounds: Mapping[str, Bounds]) -> Iterator[Reason]:
    """What is wrong with each number of a table that is not within its bounds."""
    for name, bound in bounds.items():
        if name in table and not bound.admits(table[name]):
            yield bound.problem(name, table[name])


def why_no_toml(error: Exception) -> str | Term:
    """Why a text cannot be read as TOML, where ``tomllib`` raised ``ValueError`` or ``RecursionError``."""
    if isinstance(error, tomllib.TOMLDecodeError):
        return visible(str(error))
    return _TOO_DEEP if isinstance(error, RecursionError) else _TOO_LONG


def _shown(value: object) -> str | Term:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**20:
        return _MANY_DIGITS
    return shorten(f'"{value}"' if isinstance(value, str) else str(value), 20)
