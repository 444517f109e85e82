"""What a header says about its column: whose address it holds, which part of a name, or nothing that is known.

A header is known where all of its words are: "Quelle est votre adresse e-mail ?" is, "E-mail Dupuis" is not. A word
for somebody else (manager, tuteur, N+1, cc ...) decides whatever stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from mailmerge.records import words
from mailmerge.text import fold

_CAMEL = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])")
"""Where a new word begins inside ``EmailAddress``, ``HREmail`` and ``Mail2``."""


class Mail(IntEnum):
    """What a header says about the addresses below it, the least first."""

    SOMEBODY_ELSES = 0
    """It names somebody who is not the person of the row."""
    UNKNOWN = 1
    """It says nothing about mail."""
    VAGUE = 2
    """It is about mail, and has words that are not known."""
    SECOND = 3
    """A usual word for one of several addresses of a person: "E-mail 2", "mail perso", "work email"."""
    LOGIN = 4
    """The name that a person signs in with."""
    OWN = 5
    """A usual word for the address of the person of the row."""

    @property
    def is_known(self) -> bool:
        """Whether the person's own address is expected below such a header."""
        return self >= Mail.SECOND


@lru_cache(maxsize=1024)
def mail_grade(header: str) -> Mail:
    """What a header says about the addresses below it."""
    tokens = header_words(header)
    if is_somebody_elses(header):
        return Mail.SOMEBODY_ELSES
    whole = " ".join(tokens)
    if whole in words.EMAIL_WHOLE:
        return Mail.OWN
    if whole in words.EMAIL_LOGIN or _core(tokens, words.FILLERS) in _LOGIN:
        return Mail.LOGIN
    left = [word for word in tokens if word not in _MAIL_FILLERS]
    if " ".join(left) in _MAIL_STEMS:
        return Mail.OWN
    if " ".join(word for word in left if word not in words.EMAIL_SECOND) in _MAIL_STEMS:
        return Mail.SECOND
    return Mail.UNKNOWN if words.EMAIL_TOKENS.isdisjoint(tokens) else Mail.VAGUE


def is_somebody_elses(header: str) -> bool:
    """Whether a header names somebody, or something, other than the person of the row."""
    return bool(whose(header))


@lru_cache(maxsize=1024)
def whose(header: str) -> frozenset[str]:
    """The words of a header that name somebody, or something, other than the person of the row; none for that person.

    Columns that share them belong together: "Nom du tuteur" and "E-mail du tuteur".
    """
    tokens = header_words(header)
    if name_word(header) in _KNOWN:
        return frozenset()  # "Nom d'épouse"
    named = {word for word in tokens if word in words.NOT_THEIRS}
    named |= {word for pair in pairwise(tokens) if pair in words.ABOVE for word in pair}
    left = [word for word in tokens if word not in _AROUND]
    if left and left[-1] in words.BY:
        named.update(left)
    return frozenset(named)


@lru_cache(maxsize=1024)
def name_word(header: str, about: frozenset[str] = frozenset()) -> str:
    """A header without the words that change nothing, as the lists of :mod:`mailmerge.records.words` have it.

    ``about`` are the words for the person whom the table is about, where it is not about the people of its rows.
    """
    tokens = header_words(header)
    return _core(tokens, _NAME_FILLERS | about) or " ".join(tokens)


@lru_cache(maxsize=1024)
def header_is_email(header: str) -> bool:
    """Whether a header is one of the usual words for the e-mail column."""
    return mail_grade(header).is_known


@lru_cache(maxsize=1024)
def header_is_known(header: str) -> bool:
    """Whether a header is one of the words that tables of people use."""
    return header_is_email(header) or name_word(header) in _KNOWN or fold(header) in _KNOWN


def header_words(header: str) -> tuple[str, ...]:
    """The folded words of a header, ``EmailAddress`` and ``Mail2`` taken apart."""
    return tuple(fold(_CAMEL.sub(" ", header)).split())


def folded(usual: Iterable[str]) -> tuple[str, ...]:
    """A list of words for names in the form of :func:`name_word`."""
    return tuple(dict.fromkeys(_core(tuple(each.split()), _NAME_FILLERS) or each for each in usual))


def _core(tokens: tuple[str, ...], fillers: frozenset[str]) -> str:
    return " ".join(word for word in tokens if word not in fillers)


_AROUND = words.FILLERS | words.EMAIL_TOKENS | {"adresse", "address"}
_NAME_FILLERS = words.FILLERS | words.PERSON
_MAIL_FILLERS = words.FILLERS | words.PERSON | words.EMAIL_FILLERS
_MAIL_STEMS = frozenset(_core(tuple(stem.split()), _MAIL_FILLERS) for stem in words.EMAIL_STEMS) - {""}
_LOGIN = frozenset(_core(tuple(each.split()), words.FILLERS) for each in words.EMAIL_LOGIN)
FIRST_NAME, USUAL_FIRST_NAME = folded(words.FIRST_NAME), folded(words.USUAL_FIRST_NAME)
LAST_NAME, USUAL_LAST_NAME = folded(words.LAST_NAME), folded(words.USUAL_LAST_NAME)
BIRTH_NAME, FULL_NAME, NAME = folded(words.BIRTH_NAME), folded(words.FULL_NAME), folded(words.NAME)
_KNOWN = frozenset(
    (*FIRST_NAME, *USUAL_FIRST_NAME, *LAST_NAME, *USUAL_LAST_NAME, *BIRTH_NAME, *FULL_NAME, *NAME, *words.CIVILITY,
     *words.LANGUAGE)
)  # fmt: skip
