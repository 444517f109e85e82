"""What a header says about a name: which part of it, and whether the person goes by it.

"Nom porté" is a surname that is used, "Previous Surname" one that is not any more, "Legal First Name" a first name that
is only on papers. A header is understood where it is one of the usual words, or one with a word that qualifies it.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from mailmerge.records.columns import name_words


class NamePart(Enum):
    """Which part of a name."""

    FIRST = "first"
    LAST = "last"
    FULL = "full"
    NAME = "name"
    """The surname, or all of it: the content tells."""
    PERSON = "person"
    """Only a word for the person: all of the name, if anything; the content tells."""
    UNSAID = "unsaid"
    """Only a word that qualifies a name: "Former"."""


class Standing(Enum):
    """Whether a person goes by such a name."""

    PLAIN = "plain"
    USUAL = "usual"
    """It is the one that is used."""
    LEGAL = "legal"
    """It is the one on official papers."""
    FORMER = "former"
    """It is the one at birth, or an earlier one."""


class NameHeader(NamedTuple):
    """What a header says about a name."""

    part: NamePart
    standing: Standing = Standing.PLAIN


_WORDS = {
    NamePart.FIRST: name_words.FIRST_NAME,
    NamePart.LAST: name_words.LAST_NAME,
    NamePart.FULL: name_words.FULL_NAME,
    NamePart.NAME: name_words.NAME,
}
_PARTS = {word: part for part, usual in _WORDS.items() for word in usual}
_EXACT = {
    **{word: NameHeader(part) for word, part in _PARTS.items()},
    **dict.fromkeys(name_words.USUAL_FIRST_NAME, NameHeader(NamePart.FIRST, Standing.USUAL)),
    **dict.fromkeys(name_words.USUAL_LAST_NAME, NameHeader(NamePart.LAST, Standing.USUAL)),
    **dict.fromkeys(name_words.USUAL_NAME, NameHeader(NamePart.NAME, Standing.USUAL)),
    **dict.fromkeys(name_words.FORMER_LAST_NAME, NameHeader(NamePart.LAST, Standing.FORMER)),
}

_RANK = {word: rank for rank, word in enumerate(_EXACT)}


def rank_of(core: str) -> int:
    """How usual a header is, the usual ones first."""
    return _RANK.get(core, len(_RANK))


@lru_cache(maxsize=2048)
def read_name_header(core: str) -> NameHeader | None:
    """What a header says, given without the words that change nothing; None where it is about no name."""
    if core in _EXACT:
        return _EXACT[core]
    said = core.split()
    surname = _one_of_two(said)
    if surname is not None:
        return surname
    known = name_words.FORMER | name_words.MARRIED | name_words.LEGAL | name_words.USUAL
    stem = " ".join(word for word in said if word not in known)
    qualifiers = set(said) & known
    part = _PARTS.get(stem) if stem else NamePart.UNSAID
    if part is None or not qualifiers:
        return None
    if part is NamePart.FIRST and not qualifiers.isdisjoint(name_words.MARRIED | name_words.OF_A_GIRL):
        return None  # "Prénom de l'épouse" is another person's
    if not qualifiers.isdisjoint(name_words.FORMER):
        standing = Standing.FORMER
    elif not qualifiers.isdisjoint(name_words.LEGAL):
        standing = Standing.LEGAL
    else:
        standing = Standing.USUAL
    if part is NamePart.NAME and (standing is Standing.FORMER or not qualifiers.isdisjoint(name_words.MARRIED)):
        part = NamePart.LAST
    return NameHeader(part, standing)


def _one_of_two(said: list[str]) -> NameHeader | None:
    """Which of a person's two surnames a header is about: "Apellido 1", "2º apellido", "Apellido materno"."""
    stem = " ".join(word for word in said if word not in name_words.FIRST_OF_TWO | name_words.SECOND_OF_TWO)
    if stem == " ".join(said) or _PARTS.get(stem) is not NamePart.LAST:
        return None
    is_second = not name_words.SECOND_OF_TWO.isdisjoint(said)
    return NameHeader(NamePart.LAST, Standing.LEGAL if is_second else Standing.PLAIN)


def is_second_surname(core: str) -> bool:
    """Whether a header is about the second of a person's two surnames: printed beside the first, it is their name."""
    return _one_of_two(core.split()) == NameHeader(NamePart.LAST, Standing.LEGAL)


def is_called(core: str) -> bool:
    """Whether a header is about what somebody is called, which is a first name where it is one word."""
    said = frozenset(core.split())
    is_usual = not said.isdisjoint(name_words.NO_SURNAME) and not said.isdisjoint(name_words.USUAL)
    return is_usual or not said.isdisjoint(name_words.CALLED) or core in name_words.USUAL_NAME


def with_unknown_qualifier(core: str) -> bool:
    """Whether a header is about a surname or a name, qualified by words that are not known: "Nom d'artiste"."""
    said = core.split()
    return any(
        " ".join(said[:length]) in _PARTS and _PARTS[" ".join(said[:length])] in (NamePart.LAST, NamePart.NAME)
        for length in range(1, len(said))
    ) or any(
        " ".join(said[start:]) in _PARTS and _PARTS[" ".join(said[start:])] in (NamePart.LAST, NamePart.NAME)
        for start in range(1, len(said))
    )
