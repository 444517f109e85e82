"""What a header says about its column: whose address it holds, which part of a name, or nothing that is known.

A header is known where all of its words are: "Quelle est votre adresse e-mail ?" is, "E-mail Dupuis" is not. A word
for somebody else (manager, tuteur, N+1, cc ...) decides whatever is beside it.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from mailmerge.records.columns import header_synonyms, name_words
from mailmerge.records.columns.name_headers import NameHeader, NamePart, Standing, read_name_header
from mailmerge.text.folding import fold
from mailmerge.text.regex import regex

_CAMEL = regex(r"(?<=[^\W\d_])(?=\d)|(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ]{2})(?=[A-ZÀ-Þ][a-zà-ÿ])")
"""Where a new word begins inside ``EmailAddress``, ``HREmail`` and ``Mail2``."""
_ABBREVIATION = regex(r"(?<=[^\W\d_]) ([A-Z]{2,3})(?: ?[0-9])?\s*\Z")
"""A short word in capitals at the end of a header, where no article and no "my" can be."""
_STEM = 3
"""Letters before "mail" from which on a word is a compound."""
_NUMBERED = regex(
    r"\A\s*(?:\d{1,3}\s*[.):\u2013-]|(?:G\d{1,3})?Q\d{1,6}\w*(?:\[\w*\])?\s*[.):\u2013-]?)\s+(?=.*[^\W\d_])",
    re.IGNORECASE,
)
"""The number of a question: "3. Nom", "Q3. E-mail", "G1Q2[SQ001] Nom"."""
_ASKED = regex(
    r"\A\s*(?:and|et|und)\s|\b(?:pouvons|pourrons|devons)[ -]nous\b|\b(?:peut[ -]on|puis[ -]je)\b|"
    r"\b(?:vous|te) (?:re)?(?:contacter|joindre|répondre|écrire|envoyer)\b|"
    r"\b(?:can|may|could|should|shall) (?:we|i)\b(?: (?:reach|contact|write to|use for|send))?|"
    r"\b(?:reach|to contact|to reach|to write to) you\b|\byou(?: (?:at|on))?\s*\?\s*\Z",
    re.IGNORECASE,
)
"""With what a form asks for an address: "À quelle adresse pouvons-nous vous contacter ?"."""
_AT = regex(r"(?<!\S)@(?!\S)")
"""The sign that is a word for mail: "Adresse @"."""


class AddressClue(IntEnum):
    """What a header says about the addresses below it, the least first."""

    SOMEBODY_ELSES = 0
    """It names somebody who is not the person of the row."""
    UNKNOWN = 1
    """It says nothing about mail."""
    VAGUE = 2
    """It is about mail, and has words that are not known: whose address it is, the content tells, or somebody."""
    EITHER = 3
    """It is about the mail of somebody who may be the person of the row: "Agent email", "Email du client"."""
    SECOND = 4
    """A usual word for one of several addresses of a person: "E-mail 2", "mail perso", "work email"."""
    LOGIN = 5
    """The name that a person signs in with."""
    OWN = 6
    """A usual word for the address of the person of the row."""

    @property
    def is_known(self) -> bool:
        """Whether all words of such a header are known, and name nobody else."""
        return self >= AddressClue.EITHER

    @property
    def is_own(self) -> bool:
        """Whether the person's own address is expected below such a header."""
        return self >= AddressClue.SECOND


@lru_cache(maxsize=1024)
def mail_grade(header: str) -> AddressClue:
    """What a header says about the addresses below it."""
    tokens = header_words(header)
    if is_somebody_elses(header):
        return AddressClue.SOMEBODY_ELSES
    if " ".join(tokens) in header_synonyms.EMAIL_WHOLE:
        return AddressClue.OWN
    if " ".join(tokens) in header_synonyms.EMAIL_LOGIN or _core(tokens, header_synonyms.FILLERS) in _LOGIN:
        return AddressClue.LOGIN
    left = tuple(word for word in tokens if word not in _MAIL_FILLERS or word in header_synonyms.EITHER)
    if _is_mail(left):
        return AddressClue.OWN
    if _is_mail(left, header_synonyms.EMAIL_SECOND):
        return AddressClue.SECOND
    if _is_mail(left, header_synonyms.EMAIL_SECOND | header_synonyms.EITHER):
        return AddressClue.EITHER
    return AddressClue.UNKNOWN if header_synonyms.EMAIL_TOKENS.isdisjoint(tokens) else AddressClue.VAGUE


def _is_mail(left: tuple[str, ...], besides: frozenset[str] = frozenset()) -> bool:
    """Whether nothing but words for an address is left of a header, ``besides`` some others."""
    core = tuple(word for word in left if word not in besides)
    return " ".join(core) in _MAIL_STEMS or (
        not header_synonyms.EMAIL_TOKENS.isdisjoint(core) and header_synonyms.EMAIL_TOKENS.issuperset(core)
    )


def is_somebody_elses(header: str) -> bool:
    """Whether a header names somebody, or something, other than the person of the row."""
    return bool(whose(header))


@lru_cache(maxsize=1024)
def may_be_theirs(header: str) -> bool:
    """Whether a header names somebody who is the person of the row where nobody else is named: "Interlocuteur"."""
    named = whose(header)
    return bool(named) and named <= header_synonyms.MAY_BE_THEIRS


def either_of(header: str) -> frozenset[str]:
    """The words of a header for somebody who is the person of the row in some tables: "Contact e-mail"."""
    return (
        header_synonyms.EITHER.intersection(header_words(header))
        if mail_grade(header) is AddressClue.EITHER
        else frozenset()
    )


def unknown_of(header: str) -> frozenset[str]:
    """The words of a header of addresses that are not known: those of "Email payeur" are above the payer's name too."""
    if mail_grade(header) is not AddressClue.VAGUE:
        return frozenset()
    return frozenset(header_words(header)) - header_synonyms.EMAIL_TOKENS - _MAIL_FILLERS


def group_of(header: str) -> frozenset[str]:
    """The words of a header of addresses for the people below it, if no list has them: the "ADH" of "MAIL ADH"."""
    return unknown_of(header) or either_of(header) or whose(header)


@lru_cache(maxsize=1024)
def whose(header: str) -> frozenset[str]:
    """The words of a header that name somebody, or something, other than the person of the row; none for that person.

    Columns that share them belong together: "Nom du tuteur" and "E-mail du tuteur".
    """
    tokens = header_words(header)
    said = name_header(header)
    if name_word(header) in _KNOWN or (said is not None and said.part is not NamePart.UNSAID):
        return frozenset()  # "Nom d'épouse", "Legal surname"
    named = {word for word in tokens if word in header_synonyms.NOT_THEIRS}
    named |= {word for pair in pairwise(tokens) if pair in header_synonyms.ABOVE for word in pair}
    left = [word for word in tokens if word not in _AROUND]
    if left and left[-1] in header_synonyms.BY:
        named.update(left)
    return frozenset(named)


@lru_cache(maxsize=1024)
def name_word(header: str, about: frozenset[str] = frozenset()) -> str:
    """A header without the words that change nothing, as :mod:`mailmerge.records.columns.header_synonyms` lists it.

    ``about`` are the words for the person whom the table is about, where it is not about the people of its rows.
    """
    tokens = header_words(header)
    return _core(tokens, _NAME_FILLERS | about) or " ".join(tokens)


def is_not_everybodys(header: str) -> bool:
    """Whether a header is about a part of a name that not everybody has: "Tussenvoegsel", "Middle name"."""
    return name_word(header) in name_words.NOT_EVERYBODYS


def name_header(header: str, about: frozenset[str] = frozenset()) -> NameHeader | None:
    """What a header says about a name of the person whom the table is about; None where it says nothing."""
    said = read_name_header(name_word(header, about)) or _in_two_languages(header, about)
    if said is None or said.part is NamePart.UNSAID:
        return NameHeader(NamePart.PERSON) if is_a_person(header) else said
    return said


@lru_cache(maxsize=1024)
def _in_two_languages(header: str, about: frozenset[str]) -> NameHeader | None:
    """What a header says that says it twice: "Naam / Nom", "Prénom (First name)", "Nom Surname"."""
    tokens = header_words(header)
    if not 1 < len(tokens) <= _LONGEST_PAIR:
        return None
    parts = [part for part in _ALTERNATIVES.split(header) if part.strip()]
    splits = [parts] if len(parts) > 1 else []
    splits += [[" ".join(tokens[:at]), " ".join(tokens[at:])] for at in range(1, len(tokens))]
    for split in splits:
        said = [read_name_header(name_word(part, about)) for part in split]
        plain = {each.part for each in said if each and each.standing is Standing.PLAIN and each.part in _NAMES}
        if all(said) and len(said) == sum(each is not None and each.part in plain for each in said):
            if len(plain) == 1:
                return NameHeader(plain.pop())
            if plain == {NamePart.NAME, NamePart.LAST}:
                return NameHeader(NamePart.LAST)
    return None


_ALTERNATIVES = regex(r"[/|()\[\];•]|\s[-\u2013\u2014]\s")
_LONGEST_PAIR = 12
"""Words of a header in two or three languages."""
_NAMES = frozenset({NamePart.FIRST, NamePart.LAST, NamePart.FULL, NamePart.NAME})


@lru_cache(maxsize=1024)
def is_a_person(header: str) -> bool:
    """Whether a header is only a word for the person of the row: "Mitarbeiter*in", "Empleado/a", "Nouveau salarié"."""
    left = [
        word
        for word in header_words(header)
        if word not in header_synonyms.FILLERS | header_synonyms.NEW | header_synonyms.ENDINGS
    ]
    return bool(left) and header_synonyms.PERSON.issuperset(left)


@lru_cache(maxsize=1024)
def header_is_email(header: str) -> bool:
    """Whether a header is one of the usual words for the e-mail column."""
    return mail_grade(header).is_known


@lru_cache(maxsize=1024)
def header_is_known(header: str) -> bool:
    """Whether a header is one of the words that tables of people use."""
    if header_is_email(header) or name_word(header) in _KNOWN or fold(header) in _KNOWN:
        return True
    said = read_name_header(name_word(header)) or _in_two_languages(header, frozenset())
    return said is not None and said.part is not NamePart.UNSAID


@lru_cache(maxsize=2048)
def header_words(header: str) -> tuple[str, ...]:
    """The folded words of a header, ``EmailAddress``, ``Mail2`` and ``Elternmail`` taken apart.

    An abbreviation that is spelt like a word that changes nothing stays as it is: the "MA" of "E-mail MA".
    """
    asked = _ASKED.sub(" ", _NUMBERED.sub("", _AT.sub("mail", header)))
    apart = _CAMEL.sub(" ", asked)
    words = fold(apart).split()
    found = _ABBREVIATION.search(apart)
    if found and found[1].lower() in header_synonyms.FILLERS:
        words[len(fold(apart[: found.start(1)]).split())] = found[1]
    return tuple(part for word in words for part in _without_mail(word))


def _without_mail(word: str) -> tuple[str, ...]:
    """A compound that ends with a word for mail in two: ``vorgesetztenmail``."""
    for ending in ("emailadresse", "mailadresse", "email", "mail") if word not in header_synonyms.EMAIL_TOKENS else ():
        if word.endswith(ending) and len(word) >= len(ending) + _STEM:
            return word[: -len(ending)], ending
    return (word,)


def _core(tokens: tuple[str, ...], fillers: frozenset[str]) -> str:
    return " ".join(word for word in tokens if word not in fillers)


_AROUND = header_synonyms.FILLERS | header_synonyms.EMAIL_TOKENS | {"adresse", "address"}
_NAME_FILLERS = header_synonyms.FILLERS | header_synonyms.PERSON
_MAIL_FILLERS = (
    header_synonyms.FILLERS
    | header_synonyms.PERSON
    | header_synonyms.EMAIL_FILLERS
    | header_synonyms.EMAIL_NEW
    | header_synonyms.EMAIL_CURRENT
)
_MAIL_STEMS = frozenset(_core(tuple(stem.split()), _MAIL_FILLERS) for stem in header_synonyms.EMAIL_STEMS) - {""}
_LOGIN = frozenset(_core(tuple(each.split()), header_synonyms.FILLERS) for each in header_synonyms.EMAIL_LOGIN)
_KNOWN = frozenset((*header_synonyms.TITLE, *header_synonyms.LANGUAGE))
