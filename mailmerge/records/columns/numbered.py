"""Several people in each row, told apart by numbers: "Prénom 1", "Nom 1" and "Mail 1" beside those of the second.

Letters and ordinals do the same: "Nom B", "Nom du second candidat".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from mailmerge.model import Field
from mailmerge.records.columns.header_synonyms import each_word
from mailmerge.records.columns.headers import header_words, name_header, whose
from mailmerge.records.columns.name_headers import NamePart
from mailmerge.text.regex import regex

_MOST = 2
"""Digits of such a number at most."""
_ORDINALS = (
    each_word(
        "premier premiere 1er 1ere 1st first primer primero primera primeiro primeira primo prima erste erster eerste"
    ),
    each_word("second seconde deuxieme 2e 2eme 2nd 2nde segundo segunda secondo seconda zweite zweiter tweede"),
    each_word("troisieme 3e 3eme 3rd third tercer tercero tercera terceiro terceira terzo terza dritte dritter derde"),
)
_LETTER = regex(r"[\s_(]([A-D])\)?\s*\Z")
_SURNAMES = frozenset({NamePart.LAST, NamePart.NAME})
_WHOLE = frozenset({NamePart.FULL, NamePart.NAME, NamePart.PERSON})


def number_of(header: str) -> str:
    """The number in a header, without a zero before it; ``""`` where there is none, or several."""
    return _apart(header)[0]


def _apart(header: str) -> tuple[str, tuple[str, ...]]:
    """The number in a header, and its other words."""
    words = header_words(header)
    found = [at for at, word in enumerate(words) if word.isdecimal() and len(word) <= _MOST]
    if len(found) == 1:
        return words[found[0]].lstrip("0"), (*words[: found[0]], *words[found[0] + 1 :])
    if letter := _LETTER.search(header):
        return str(ord(letter[1]) - ord("A") + 1), words[:-1]
    for number, ordinals in enumerate(_ORDINALS, 1):
        for at, word in enumerate(words):
            if word in ordinals and words[at : at + 2] not in _FIRST_NAME:
                return str(number), (*words[:at], *words[at + 1 :])
    return "", words


_FIRST_NAME = (("first", "name"), ("first", "names"))


def people_by_number(
    fields: Sequence[Field], about: frozenset[str] = frozenset(), addresses: Collection[str] = ()
) -> Mapping[str, Sequence[Field]]:
    """The columns of each one's names by their number, with headers without it; none where a row has one person.

    ``about`` are the words for the person whom the table is about, as of :func:`headers.whose`, and ``addresses`` the
    identifiers of columns that hold no names. A person has a first name and a surname, or one name and an address: two
    surnames beside a single first name are one person's, and so are "Name1" and "Name2" beside a single address.
    """
    people: dict[str, list[Field]] = {}
    for field in fields:
        if field.name not in addresses and whose(field.header) == about:
            people.setdefault(number_of(field.header), []).append(_without_number(field))
    parts = {number: {_part(field, about) for field in group} for number, group in people.items()}
    has_first = NamePart.FIRST in parts.get("", ())
    mailed = set() if has_first else {number_of(field.header) for field in fields if field.name in addresses}
    named = {number for number, found in parts.items() if _is_whole(found, alone=number in mailed)}
    return {number: people[number] for number in named} if len(named) > 1 else {}


def _part(field: Field, about: frozenset[str]) -> NamePart | None:
    said = name_header(field.header, about)
    return said.part if said else None


def _is_whole(parts: Collection[NamePart | None], *, alone: bool) -> bool:
    return (NamePart.FIRST in parts and not _SURNAMES.isdisjoint(parts)) or (alone and not _WHOLE.isdisjoint(parts))


def _without_number(field: Field) -> Field:
    number, words = _apart(field.header)
    return replace(field, header=" ".join(words)) if number else field
