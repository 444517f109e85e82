"""Numbers that a file of settings may hold: between bounds, and nothing that only looks like a number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailmerge.i18n import N_
from mailmerge.text import shorten


@dataclass(frozen=True, slots=True)
class Bounds:
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

    def problem(self, name: str, value: object) -> str:
        """What is wrong with a value that is not admitted."""
        template = _WHOLE if self.whole else _ANY
        return template.format(name=name, least=self.least, most=self.most, value=shorten(_shown(value), 20))


_WHOLE = N_("{name} must be a whole number between {least} and {most}; it is {value}")
_ANY = N_("{name} must be a number between {least} and {most}; it is {value}")
_TOO_LONG = N_("it holds a number with too many digits")
_TOO_DEEP = N_("it is nested too deeply")


def out_of_bounds(table: Mapping[str, object], bounds: Mapping[str, Bounds]) -> Iterator[str]:
    """What is wrong with each number of a table that is not within its bounds."""
    for name, bound in bounds.items():
        if name in table and not bound.admits(table[name]):
            yield bound.problem(name, table[name])


def why_no_toml(error: Exception) -> str:
    """Why a text cannot be read as TOML, where ``tomllib`` raised ``ValueError`` or ``RecursionError``."""
    if isinstance(error, tomllib.TOMLDecodeError):
        return str(error)
    return _TOO_DEEP if isinstance(error, RecursionError) else _TOO_LONG


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**20:
        return N_("a number of more than 20 digits")
    return f'"{value}"' if isinstance(value, str) else str(value)
