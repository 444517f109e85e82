"""What the readers of a text ask of the index over the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from mailmerge.lint.identities.names import NameForm


class KnownPeople(Protocol):
    """Who is in the table, by their names; each ``letters`` are folded, with nothing between them."""

    @property
    def languages(self) -> Sequence[str]:
        """Those of the letters."""

    @property
    def mononyms(self) -> Mapping[str, int]:
        """The records with one name, by that."""

    def bearers(self, name: str) -> tuple[int, ...]:
        """The records with this folded first name or surname."""

    def surname_owners(self, surname: str) -> tuple[int, ...]:
        """The records with this folded surname."""

    def name_owners(self, letters: str) -> tuple[int, ...]:
        """The records whose full name has these letters."""

    def is_first_name(self, letters: str) -> bool:
        """Whether the letters are a first name of the table."""

    def is_name_word(self, letters: str) -> bool:
        """Whether the letters are a first name or a surname of the table."""

    def forms(self, number: int) -> list[NameForm]:
        """The ways to write a record's name."""
