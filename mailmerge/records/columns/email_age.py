"""Whether the header of a column of addresses says that they are new ones, or old ones: "Ancien e-mail"."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from mailmerge.records.columns import header_synonyms
from mailmerge.records.columns.headers import header_words


class Age(IntEnum):
    """What a header says of when its addresses are, or were, in use; those to write to last."""

    OLD = 0
    UNSAID = 1
    CURRENT = 2
    NEW = 3


_BESIDE = (
    header_synonyms.FILLERS
    | header_synonyms.PERSON
    | header_synonyms.EMAIL_TOKENS
    | header_synonyms.EMAIL_FILLERS
    | header_synonyms.EMAIL_SECOND
)
_KNOWN = (
    _BESIDE
    | header_synonyms.EMAIL_OLD
    | header_synonyms.EMAIL_NEW
    | header_synonyms.EMAIL_CURRENT
    | header_synonyms.EITHER
    | {"e"}
)


@lru_cache(maxsize=1024)
def age_of(header: str) -> Age:
    """What a header says, if it is about nothing but addresses."""
    said = set(header_words(header))
    if not said <= _KNOWN:
        return Age.UNSAID
    if not said.isdisjoint(header_synonyms.EMAIL_OLD):
        return Age.OLD
    if not said.isdisjoint(header_synonyms.EMAIL_NEW):
        return Age.NEW
    return Age.UNSAID if said.isdisjoint(header_synonyms.EMAIL_CURRENT) else Age.CURRENT


def is_surely_old(header: str) -> bool:
    """Whether a header says so by itself: "Alt email" may be short for an alternate one."""
    return age_of(header) is Age.OLD and not header_synonyms.EMAIL_SURELY_OLD.isdisjoint(header_words(header))
