"""What can be recognised of a person, and that it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mailmerge.i18n import N_
from mailmerge.lint.sentence import Term


class What(StrEnum):
    """The kinds of identity, in words for a sentence."""

    ADDRESS = N_("e-mail address")
    PHONE = N_("telephone number")
    NIR = N_("social security number")
    IBAN = N_("bank account number")
    REFERENCE = N_("reference")
    NAME = N_("full name")
    HOME = N_("postal address")
    BIRTH = N_("date of birth")
    PROFILE = N_("profile link")
    NUMBER = N_("number")
    INITIAL = N_("surname and initial")
    SURNAMES = N_("surnames")
    REMARK = N_("internal remark")

    @property
    def token(self) -> str:
        """What a fingerprint has of it: the same in every language, and however it is worded."""
        return self.name.lower()

    @property
    def term(self) -> Term:
        """The words, for a sentence."""
        return Term(self.value)


@dataclass(frozen=True, slots=True)
class Hit:
    """An identity that is in a text; two are the same however they are spelt."""

    what: What
    key: str
    """Normalised; the same for every spelling."""
    owners: tuple[int, ...]
    """Numbers of the records that carry it."""
    text: str = field(default="", compare=False)
    """As the text has it."""
    at: int = field(default=0, compare=False)
    """Where in the text that is."""


DETAILS = frozenset({What.HOME, What.BIRTH, What.PROFILE, What.NUMBER, What.INITIAL, What.SURNAMES})
"""What is only one person's, and yet may be in another's letter by chance: it warns."""
