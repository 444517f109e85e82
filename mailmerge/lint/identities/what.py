"""What can be recognised of a person, and that it was."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

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
    PERSONAL_LINK = N_("personal link")
    """It lets in whoever has it."""
    NUMBER = N_("number")
    INITIAL = N_("surname and initial")
    ONE_NAME = N_("name")
    """One name, with something of its bearer's, or where it is all that somebody has."""
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


class Hit(Struct, frozen=True, eq=False):
    """An identity that is in a text; two are the same however they are spelt."""

    what: What
    key: str
    """Normalised; the same for every spelling."""
    owners: tuple[int, ...]
    """Numbers of the records that carry it."""
    text: str = ""
    """As the text has it."""
    at: int = 0
    """Where in the text that is."""

    def __eq__(self, other: object) -> bool:
        """Wherever they are, and however they are spelt there."""
        return isinstance(other, Hit) and self._same == other._same

    def __hash__(self) -> int:
        """Of what makes two the same."""
        return hash(self._same)

    @property
    def _same(self) -> tuple[What, str, tuple[int, ...]]:
        return self.what, self.key, self.owners


DETAILS = frozenset({What.HOME, What.BIRTH, What.PROFILE, What.NUMBER, What.INITIAL, What.ONE_NAME, What.SURNAMES})
"""What is only one person's, and yet may be in another's letter by chance: it warns."""
CONTACTS = frozenset({What.ADDRESS, What.PHONE})
"""How somebody is reached: files may say so of whoever writes the letters, columns of colleagues."""
